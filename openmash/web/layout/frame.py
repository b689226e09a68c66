"""What the frame around every page shows: whose service it is, who is signed in, and where they can go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from openmash.apps.directory.queries import role_labels, roles_of
from openmash.web.layout import navigation


@dataclass(frozen=True)
class SignedIn:
    """The person in the corner of the page."""

    name: str
    agency: str
    roles: tuple[str, ...]
    has_password: bool


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Template context for `base.html`. Looked up only when a page uses it."""
    every = SimpleLazyObject(lambda: _navigation(request))
    return {
        "partnership_name": settings.PARTNERSHIP_NAME,
        "is_demonstration": settings.OPENMASH_DEMO,
        "signed_in": SimpleLazyObject(lambda: _signed_in(request)),
        "navigation": every,
        "bar": SimpleLazyObject(lambda: navigation.bar(request, list(every))),
    }


def _person(request: HttpRequest) -> Any:
    user = getattr(request, "user", None)  # absent when a request is refused before it is known whose it is
    return user if user is not None and user.is_authenticated else None


def _signed_in(request: HttpRequest) -> SignedIn | None:
    person = _person(request)
    if person is None:
        return None
    roles = role_labels(person, timezone.localdate())
    password = person.has_usable_password()
    return SignedIn(name=person.name, agency=person.agency.name, roles=roles, has_password=password)


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    person = _person(request)
    held = roles_of(person, timezone.localdate()) if person is not None else frozenset()
    return navigation.links(request, signed_in=person is not None, roles=frozenset(role for role, _ in held))
