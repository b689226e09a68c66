"""The front page, and what signing in needs beside allauth's own views."""

from allauth.mfa.webauthn.views import remove_webauthn as allauth_remove_passkey
from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.apps.audit.actions import record
from openmash.apps.directory.queries import Persona, personas
from openmash.web.accounts.adapters import has_another_second_factor
from openmash.web.layout.access import public


@public
def home(request: HttpRequest) -> HttpResponse:
    """Where everybody starts: what they can do here."""
    if request.user.is_authenticated:
        return render(request, "accounts/home.html")
    people = personas(timezone.localdate()) if settings.OPENMASH_DEMO else []
    return render(request, "accounts/front_page.html", {"personas": by_role(people)})


def by_role(people: list[Persona]) -> dict[str, list[Persona]]:
    """Made-up people under the first of their roles, or of their work when they hold none."""
    groups: dict[str, list[Persona]] = {}
    for person in people:
        groups.setdefault(person.roles[0] if person.roles else "Works with children", []).append(person)
    return groups


@public
@require_POST
def sign_in_as_persona(request: HttpRequest, person_id: int) -> HttpResponse:
    """Sign in as a made-up person. Does not exist outside the demonstration."""
    if not settings.OPENMASH_DEMO:
        raise Http404
    person = authenticate(request, persona_id=person_id)
    if person is None:
        raise Http404
    login(request, person)
    record(
        by=person,
        verb="signed in",
        subject_kind="person",
        subject_id=person.pk,
        ground="made-up person of the demonstration",
        now=timezone.now(),
    )
    return redirect("home")


def second_factor(request: HttpRequest) -> HttpResponse:
    """Choose a second factor: nobody with a password goes further without one."""
    return render(request, "accounts/second_factor.html")


def remove_passkey(request: HttpRequest, pk: int) -> HttpResponseBase:
    """allauth's page, except for the only second factor of an account."""
    if has_another_second_factor(request.user, pk):
        return allauth_remove_passkey(request, pk=pk)
    return render(request, "accounts/only_second_factor.html", status=409)


@public
def closed(request: HttpRequest) -> HttpResponse:
    """Stands where allauth would let people make or change accounts: the partnership does that."""
    return render(request, "accounts/closed.html", status=403)
