"""What the pages share on which somebody does something: opening the case or the meeting."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.utils import timezone

from openmash.apps.casework.queries.meeting import OpenedMeeting, open_meeting
from openmash.apps.casework.queries.opened import Opened, open_work
from openmash.web.layout import doing
from openmash.web.layout.acting import somebody, version_seen
from openmash.web.layout.doing import not_possible_on, respond

__all__ = ["Act", "Begun", "BegunMeeting", "begin", "begin_meeting", "not_possible", "respond"]


@dataclass(frozen=True)
class Begun:
    """A case opened for one request."""

    request: HttpRequest
    opened: Opened
    now: datetime

    @property
    def id(self) -> UUID:
        return self.opened.case.pk

    @property
    def by(self) -> Any:
        return somebody(self.request)

    @property
    def seen_version(self) -> int:
        return version_seen(self.request)


@dataclass(frozen=True)
class BegunMeeting:
    """A meeting opened for one request."""

    request: HttpRequest
    opened: OpenedMeeting
    now: datetime

    @property
    def id(self) -> UUID:
        return self.opened.meeting.pk

    @property
    def by(self) -> Any:
        return somebody(self.request)


def begin(request: HttpRequest, case_id: UUID) -> Begun:
    """Open a case for a page."""
    now = timezone.now()
    try:
        return Begun(request, open_work(case_id, by=somebody(request), now=now), now)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere


def begin_meeting(request: HttpRequest, meeting_id: UUID, to: str = "") -> BegunMeeting:
    """Open a meeting for a page. `to` is the verb the page is for."""
    now = timezone.now()
    try:
        return BegunMeeting(request, open_meeting(meeting_id, by=somebody(request), now=now, to=to), now)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere


@dataclass(frozen=True)
class Act(doing.Act):
    """One form that does one thing in the work with a child."""

    template: str = "casework/act.html"
    refused: str = "casework/not_possible.html"


not_possible = partial(not_possible_on, "casework/not_possible.html")
