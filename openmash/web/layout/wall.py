"""Every request stands before the second wall, as whoever is asking."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openmash.apps.access.wall.passing import standing_before

CODES_PROVED = "contact_codes"
"""In the session: ids of the contacts that were raised in this browser, or whose code was given in it."""


def proved(request: HttpRequest) -> frozenset[str]:
    """Ids of the contacts this browser may open. Somebody who is signed in opens things as themselves."""
    return frozenset() if request.user.is_authenticated else frozenset(request.session.get(CODES_PROVED, []))


class TheSecondWall:
    """The database shows a request only what its viewer may see, whatever the code asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer = request.user.pk if request.user.is_authenticated else None
        with standing_before(viewer, timezone.localdate(), proved(request)):
            return self.get_response(request)
