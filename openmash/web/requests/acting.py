"""What the pages share on which somebody does something with a request. Nothing typed is lost."""

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

from openmash.apps.sharing.errors import ChangedMeanwhile, Incomplete, NotPossibleNow
from openmash.apps.sharing.queries.opened import OpenedRequest, open_request
from openmash.apps.sharing.states import MEANINGS
from openmash.web.layout.acting import answers_in, somebody, version_seen
from openmash.web.layout.fields import QuestionForm

CHANGED = (
    "Somebody else changed this request while you were working on it. What you sent has not taken effect, and "
    "nothing you typed is lost. Look at the request, then send this again if it still holds."
)


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
class Act:
    """One form that does one thing, and where to go then, saying `done`."""

    request: HttpRequest
    form: QuestionForm
    title: str
    button: str
    do: Callable[[], Any]
    done: str
    back: tuple[Any, ...]
    template: str = "requests/act.html"
    context: dict[str, Any] = field(default_factory=dict)
    then: Callable[[Any], tuple[Any, ...]] | None = None
    version: int | None = None


def respond_on(begun: Begun, verb: str, act: Act) -> HttpResponse:
    """The same for an act on a request that may have moved on since the link to the page was shown."""
    if begun.request.method != "POST" and verb not in begun.opened.can:
        label = MEANINGS[begun.opened.state].label.lower()
        return not_possible(begun.request, f"{begun.opened.reference} is at “{label}”.", begun.back)
    return respond(act)


def respond(act: Act) -> HttpResponse:
    """Show the form, or do what was sent and go on."""
    if act.request.method != "POST" or not act.form.is_valid():
        return _page(act)
    try:
        result = act.do()
    except Incomplete as lacking:
        for reason in lacking.reasons:
            act.form.add_error(reason.field if reason.field in act.form.fields else None, reason.text)
        return _page(act)
    except ChangedMeanwhile:
        act.form.add_error(None, CHANGED)
        return _page(act, status=409)
    except NotPossibleNow as refused:
        return not_possible(act.request, refused.reason, act.back, act.form)
    messages.success(act.request, act.done)
    return redirect(*(act.then(result) if act.then is not None else act.back))


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
    """It cannot be done any more. What was typed, if anything, is shown to be copied."""
    typed = answers_in(form) if form is not None and form.is_bound else []
    context = {"reason": reason, "typed": typed, "back": redirect(*back)["Location"]}
    return render(request, "requests/not_possible.html", context, status=409)
