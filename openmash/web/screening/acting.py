"""What every page shares on which somebody does something to a contact: opening it, and what may go wrong.

Nothing typed is lost: what is lacking is said beside its field, and what somebody else did meanwhile is shown
next to it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from openmash.apps.concerns.errors import ChangedMeanwhile, Incomplete, NotPossibleNow
from openmash.apps.concerns.queries.changes import changes_since
from openmash.apps.concerns.queries.opened import Opened, open_contact
from openmash.apps.concerns.rules import Reason
from openmash.web.layout.acting import answers_in, somebody, version_seen
from openmash.web.layout.fields import QuestionForm
from openmash.web.screening.presenters.changes import change_shown
from openmash.web.screening.presenters.contact import header
from openmash.web.screening.presenters.decisions import decision_shown
from openmash.web.screening.presenters.findings import level_words


@dataclass(frozen=True)
class Begun:
    """A contact opened for one request."""

    request: HttpRequest
    opened: Opened
    now: datetime

    @property
    def id(self) -> UUID:
        return self.opened.contact.pk

    @property
    def by(self) -> Any:
        return somebody(self.request)

    @property
    def seen_version(self) -> int:
        return version_seen(self.request)

    @property
    def seen_at(self) -> datetime:
        """When the page sent was opened; when that cannot be read, the beginning."""
        try:
            read = datetime.fromisoformat(self.request.POST.get("seen_at", ""))
        except ValueError:
            return self.opened.contact.received_at
        return read if timezone.is_aware(read) else self.opened.contact.received_at


def begin(request: HttpRequest, contact_id: UUID, *, to: str = "") -> Begun:
    """Open a contact for a page. `to` is the verb it is for: without a right to that, the page is refused."""
    now = timezone.now()
    try:
        return Begun(request, open_contact(contact_id, by=somebody(request), now=now, to=to), now)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere


@dataclass(frozen=True)
class Act:
    """One form that does one thing.

    `do` is given the version seen, `sent_before` says whether the same page did it already, and `finish` says
    where to go with what `do` returned (otherwise to the contact, saying `done`).
    """

    begun: Begun
    verb: str
    form: QuestionForm
    title: str
    button: str
    do: Callable[[int], Any]
    done: str
    sent_before: Callable[[], bool] = lambda: False
    finish: Callable[[Begun, Any], HttpResponse] | None = None
    template: str = "screening/act.html"
    fields: str = "screening/act_fields.html"
    context: dict[str, Any] = field(default_factory=dict)
    field_of: Callable[[Reason], str | None] = lambda reason: reason.field


def respond(act: Act) -> HttpResponse:
    """Show the form, or do what was sent and go on."""
    if act.begun.request.method != "POST":
        return _asked_for(act)
    if not act.form.is_valid():
        return _page(act)
    try:
        result = act.do(act.begun.seen_version)
    except Incomplete as lacking:
        beside_fields(act.form, lacking.reasons, act.field_of)
        return _page(act)
    except ChangedMeanwhile:
        return _done(act) if act.sent_before() else conflict(act.begun, act=act)
    except NotPossibleNow as refused:
        return _done(act) if act.sent_before() else not_possible(act.begun, refused.reason, act.form)
    return _done(act, result)


def add_whatever_changed(do: Callable[[int], Any], act_sent_before: Callable[[], bool], version: int) -> None:
    """For what adds to a contact and so cannot overwrite anybody: another version is no obstacle.

    The version is still given, so that the same page sent twice adds once.
    """
    try:
        do(version)
    except ChangedMeanwhile as changed:
        if not act_sent_before():
            add_whatever_changed(do, act_sent_before, changed.now_at)


def beside_fields(
    form: QuestionForm, reasons: Iterable[Reason], field_of: Callable[[Reason], str | None]
) -> None:
    """Put each reason beside its field, or at the top when the form has no such field."""
    for reason in reasons:
        name = field_of(reason)
        if name is not None:
            form.add_error(name if name in form.fields else None, reason.text)


NEEDS = {
    "second_word": "agree",
    **dict.fromkeys(
        (
            "say_same_person",
            "say_household",
            "say_on_register",
            "undo_link",
            "take_back_not_same",
            "say_more",
            "say_identifier_wrong",
            "say_relationship",
        ),
        "link",
    ),
}
"""What somebody must be able to do for an act that goes by another name."""


def _asked_for(act: Act) -> HttpResponse:
    if NEEDS.get(act.verb, act.verb) not in act.begun.opened.can:
        return not_possible(act.begun, f"{act.begun.opened.contact.reference} is not at the stage for this.")
    return _page(act)


def _page(act: Act) -> HttpResponse:
    request = act.begun.request
    kept = {"seen_version": request.POST["seen_version"]} if "seen_version" in request.POST else {}
    kept |= {"seen_at": request.POST["seen_at"]} if "seen_at" in request.POST else {}
    return render(request, act.template, {**frame_of(act.begun), **_form_of(act), **kept})


def _form_of(act: Act) -> dict[str, Any]:
    return {
        **act.context,
        "form": act.form,
        "title": act.title,
        "button": act.button,
        "fields_template": act.fields,
    }


def frame_of(begun: Begun) -> dict[str, Any]:
    """What every page about one contact shows, and what its forms send back to say what was seen."""
    return {
        "contact": header(begun.opened, begun.now),
        "seen_version": begun.opened.contact.version,
        "seen_at": begun.now.isoformat(),
    }


def _done(act: Act, result: Any = None) -> HttpResponse:
    """On to the contact, or where `finish` leads. No result: the same page had done it before."""
    if act.finish is not None and result is not None:
        return act.finish(act.begun, result)
    messages.success(act.begun.request, act.done)
    return redirect("screening:contact", act.begun.id)


def conflict(begun: Begun, *, act: Act | None = None) -> HttpResponse:
    """Somebody else was first: what they did, how it stands now, and what was typed, to send again."""
    fresh = Begun(begun.request, open_contact(begun.id, by=begun.by, now=begun.now), begun.now)
    opened = fresh.opened
    may_send = act is not None and act.verb in {
        *opened.can,
        *(["second_word"] if "agree" in opened.can else []),
    }
    changes = changes_since(opened.contact, begun.seen_at)
    shown = [change_shown(each, opened.policy, me=begun.by.pk, now=begun.now) for each in changes]
    context = {
        **(_form_of(act) if act is not None and may_send else {}),
        **frame_of(fresh),
        "changes": shown,
        "decision": decision_shown(opened.proposed, opened) if opened.proposed else None,
        "threshold": level_words(opened.finding.level, opened.policy),
        "typed": answers_in(act.form) if act is not None and not may_send else [],
        "may_send": may_send,
    }
    return render(begun.request, "screening/conflict.html", context, status=409)


def not_possible(begun: Begun, reason: str, form: QuestionForm | None = None) -> HttpResponse:
    """The contact is not at the stage for this. What was typed, if anything, is shown to be copied."""
    typed = answers_in(form) if form is not None and form.is_bound else []
    context = {**frame_of(begun), "reason": reason, "typed": typed}
    return render(begun.request, "screening/not_possible.html", context, status=409)
