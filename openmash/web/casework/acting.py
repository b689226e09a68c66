"""What the pages share on which somebody does something: opening the case, and what may go wrong. Nothing typed
is lost: what is lacking is said beside its field, and when somebody else was first, the answers come back to be
sent again against what stands now.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from openmash.apps.casework.errors import ChangedMeanwhile, Incomplete, NotPossibleNow
from openmash.apps.casework.queries.meeting import OpenedMeeting, open_meeting
from openmash.apps.casework.queries.opened import Opened, open_work
from openmash.apps.concerns.rules import Reason
from openmash.web.layout.acting import answers_in, somebody, version_seen
from openmash.web.layout.fields import QuestionForm

CHANGED = (
    "Somebody else changed this record while you were working on it. What you sent has not taken effect, and "
    "nothing you typed is lost. Look at the record, then send this again if it still holds."
)


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
class Act:
    """One form that does one thing, and where to go then, saying `done`."""

    request: HttpRequest
    form: QuestionForm
    title: str
    button: str
    do: Callable[[], Any]
    done: str
    back: tuple[Any, ...]
    template: str = "casework/act.html"
    context: dict[str, Any] = field(default_factory=dict)
    field_of: Callable[[Reason], str] = lambda reason: reason.field
    ready: Callable[[], bool] = lambda: True
    version: int | None = None


def respond(act: Act) -> HttpResponse:
    """Show the form, or do what was sent and go on."""
    if act.request.method != "POST" or not act.form.is_valid() or not act.ready() or act.form.errors:
        return _page(act)
    try:
        act.do()
    except Incomplete as lacking:
        for reason in lacking.reasons:
            name = act.field_of(reason)
            act.form.add_error(name if name in act.form.fields else None, reason.text)
        return _page(act)
    except ChangedMeanwhile:
        act.form.add_error(None, CHANGED)
        return _page(act, status=409)
    except NotPossibleNow as refused:
        return not_possible(act.request, refused.reason, act.back, act.form)
    messages.success(act.request, act.done)
    return redirect(*act.back)


def _page(act: Act, status: int = 200) -> HttpResponse:
    context = {
        **act.context,
        "form": act.form,
        "title": act.title,
        "button": act.button,
        "back": redirect(*act.back)["Location"],
        # After somebody else's change the page is sent again as one that has seen it.
        "seen_version": act.version,
    }
    if act.request.method == "POST" and status != 409:
        context["seen_version"] = act.request.POST.get("seen_version", act.version)
    return render(act.request, act.template, context, status=status)


def not_possible(
    request: HttpRequest, reason: str, back: tuple[Any, ...], form: QuestionForm | None = None
) -> HttpResponse:
    """It cannot be done at this stage. What was typed, if anything, is shown to be copied."""
    typed = answers_in(form) if form is not None and form.is_bound else []
    context = {"reason": reason, "typed": typed, "back": redirect(*back)["Location"]}
    return render(request, "casework/not_possible.html", context, status=409)
