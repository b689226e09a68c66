"""Opening one contact as the person who raised it, with an account or with the code."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openmash.apps.access.errors import Refused
from openmash.apps.audit.actions import record_refusal
from openmash.apps.concerns.queries.heard import HeardBack, hear_back
from openmash.web.layout.access import public
from openmash.web.layout.errors import what_was_typed
from openmash.web.layout.wall import proved

View = Callable[[HttpRequest, UUID], HttpResponse]


def whose(request: HttpRequest) -> dict[str, Any]:
    """Who is asking, as every action and query takes it: `by`, `codes` and `now`."""
    by = request.user if request.user.is_authenticated else None
    return {"by": by, "codes": proved(request), "now": timezone.now()}


def opened(request: HttpRequest, contact_id: UUID) -> HeardBack:
    """The contact, and the look at it written down.

    Raises:
        Http404: there is no such contact.
        Refused: it is not theirs.
    """
    try:
        return hear_back(contact_id, **whose(request))
    except ObjectDoesNotExist:
        raise Http404 from None


def for_whoever_raised_it(view: View) -> View:
    """Needs no account, only a code. Whoever has shown neither is told how to, and loses nothing typed."""

    @public
    @wraps(view)
    def asked(request: HttpRequest, contact_id: UUID) -> HttpResponse:
        try:
            return view(request, contact_id)
        except Refused as refusal:
            if request.user.is_authenticated:
                raise
            record_refusal(by=None, refusal=refusal, now=timezone.now(), path=request.path)
            here = request.path if request.method == "GET" else ""
            context = {"typed": what_was_typed(request), "here": here}
            return render(request, "hearing_back/prove_it.html", context, status=403)

    return asked
