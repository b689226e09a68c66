"""What the pages share on which somebody does something with a request: opening it."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from openmash.apps.sharing.queries.opened import OpenedRequest, open_request
from openmash.apps.sharing.states import MEANINGS
from openmash.web.layout import doing
from openmash.web.layout.acting import somebody, version_seen
from openmash.web.layout.doing import NOT_POSSIBLE, not_possible_on, respond

__all__ = ["Act", "Begun", "begin", "not_possible", "respond", "respond_on"]


@dataclass(frozen=True)
class Begun:
    """A request opened for one page."""

    request: HttpRequest
    opened: OpenedRequest
    now: datetime

    @property
    def by(self) -> Any:
        return somebody(self.request)

    @property
    def seen_version(self) -> int:
        return version_seen(self.request)

    @property
    def back(self) -> tuple[Any, ...]:
        return ("requests:request", self.opened.id)


def begin(request: HttpRequest, request_id: UUID, to: str = "") -> Begun:
    """Open a request for a page. `to` is the verb the page is for."""
    now = timezone.now()
    try:
        return Begun(request, open_request(request_id, by=somebody(request), now=now, to=to), now)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere


@dataclass(frozen=True)
class Act(doing.Act):
    """One form that does one thing with a request."""

    template: str = "requests/act.html"


not_possible = partial(not_possible_on, NOT_POSSIBLE)


def respond_on(begun: Begun, verb: str, act: Act) -> HttpResponse:
    """The same for an act on a request that may have moved on since the link to the page was shown."""
    if begun.request.method != "POST" and verb not in begun.opened.can:
        label = MEANINGS[begun.opened.state].label.lower()
        return not_possible(begun.request, f"{begun.opened.reference} is at “{label}”.", begun.back)
    return respond(act)
