"""Signing in as a made-up person. Only the demonstration lists this backend: elsewhere it has no effect."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from openmash.apps.directory.queries import persona


class PersonaBackend(ModelBackend):
    """Accepts the id of a persona instead of a password."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, persona_id: int | None = None, **credentials: object
    ) -> AbstractBaseUser | None:
        if not settings.OPENMASH_DEMO or persona_id is None:
            return None
        return persona(persona_id)
