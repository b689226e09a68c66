"""Keeps everyone who signed in with a password alone on the pages that set up a second factor."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from openmash.web.accounts.adapters import SECOND_FACTORS
from openmash.web.accounts.checks import PERSONA_BACKEND

SET_UP_PAGES = frozenset(
    {
        "second_factor",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "account_logout",
    }
)


class SecondFactorRequired:
    """Single sign-on brings its provider's own second factor; made-up people have nothing to protect."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name in SET_UP_PAGES or has_second_factor(request):
            return None
        return redirect("second_factor")


def has_second_factor(request: HttpRequest) -> bool:
    person = request.user
    if not person.is_authenticated or is_persona(request):
        return True  # nobody is there to protect, or nothing is
    steps = get_authentication_records(request, person)
    used_single_sign_on = any(step.get("method") == "socialaccount" for step in steps)
    return used_single_sign_on or is_mfa_enabled(person, SECOND_FACTORS)


def is_persona(request: HttpRequest) -> bool:
    return bool(request.session.get(BACKEND_SESSION_KEY) == PERSONA_BACKEND)
