"""Stops the service from starting when anybody could sign in as somebody else."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

PERSONA_BACKEND = "openmash.web.accounts.personas.PersonaBackend"


@register
def made_up_people_stay_in_the_demonstration(**_: Any) -> list[CheckMessage]:
    """Signing in as a made-up person needs no password, so it must never be near real accounts."""
    found: list[CheckMessage] = []
    if PERSONA_BACKEND in settings.AUTHENTICATION_BACKENDS and not settings.OPENMASH_DEMO:
        words = "Anybody could sign in as a made-up person, and this is not the demonstration."
        hint = f"Take {PERSONA_BACKEND} out of AUTHENTICATION_BACKENDS."
        found.append(Error(words, hint=hint, id="openmash.accounts.E001"))
    if settings.OPENMASH_DEMO and settings.SINGLE_SIGN_ON.apps:
        words = "The demonstration is switched on together with an agency's real sign-in."
        found.append(Error(words, hint="Set OPENMASH_DEMO to 0.", id="openmash.accounts.E002"))
    return found
