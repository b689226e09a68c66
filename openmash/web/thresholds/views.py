"""The threshold document, open to everybody: the version in force, and every other that was ever adopted."""

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openmash.apps.policy.errors import NoPolicyInForce
from openmash.apps.policy.queries import PolicyInForce, adopted, in_force, versions
from openmash.web.layout.access import public
from openmash.web.thresholds.presenters.document import document_of


@public
def document(request: HttpRequest) -> HttpResponse:
    """The version in force."""
    now = timezone.now()
    try:
        return _shown(request, in_force(now), now)
    except NoPolicyInForce:
        return render(request, "thresholds/none.html", {"versions": versions()}, status=404)


@public
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version, whether in force, past or to come. Old decisions rest on old versions."""
    try:
        return _shown(request, adopted(pk), timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None


def _shown(request: HttpRequest, found: PolicyInForce, now: datetime) -> HttpResponse:
    every = versions()
    this = next(each for each in every if each.pk == found.pk)
    context = {
        "policy": found.policy,
        "document": document_of(found.policy),
        "this": this,
        "is_in_force": this.is_in_force(now),
        "is_to_come": this.is_to_come(now),
        "versions": every,
    }
    return render(request, "thresholds/document.html", context)
