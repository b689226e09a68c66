"""Keeping a change to a draft's texts, whatever page it was made on, and what may go wrong with that.

Nothing typed is lost: a fault goes beside its field, and what somebody else did meanwhile is shown next to it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from openmash.apps.policy.actions.drafting import revise_draft
from openmash.apps.policy.errors import DraftChangedMeanwhile, DraftMoveNotPossible
from openmash.apps.policy.queries.drafts import revised_so, revision_of
from openmash.engines.thresholds import PolicyError, PolicyErrors
from openmash.web.drafting.faults import at_the_top
from openmash.web.drafting.forms.row import ReasonForm
from openmash.web.drafting.opening import Begun, begin, not_possible, shown
from openmash.web.drafting.presenters.changes import changes_shown
from openmash.web.layout.acting import answers_in

STATE_OF_WRITING = "revise_draft"


@dataclass(frozen=True)
class Change:
    """One form that changes the texts. `texts` makes the new ones from the form; `action` is where it is sent.

    `place_faults` puts what is wrong with the texts on the form. `action_now` is where the form is to be sent
    when somebody else was quicker: None when it cannot be sent any more. `form_now` is the form to show then.
    """

    begun: Begun
    form: ReasonForm
    template: str
    title: str
    button: str
    texts: Callable[[], Mapping[str, str]]
    done: str
    go_to: str
    action: str
    context: dict[str, Any] = field(default_factory=dict)
    place_faults: Callable[[Iterable[PolicyError]], None] | None = None
    action_now: Callable[[Begun], str | None] = lambda begun: begun.request.path
    form_now: Callable[[Begun], ReasonForm] | None = None


def respond(change: Change) -> HttpResponse:
    """Show the form, or keep what was sent and go on."""
    begun = change.begun
    if begun.request.method != "POST":
        return page(change) if STATE_OF_WRITING in begun.opened.may else _closed(change)
    if not change.form.is_valid():
        return page(change)
    texts, reason = change.texts(), change.form.cleaned_data["reason"]
    try:
        revise_draft(
            draft_id=begun.pk, texts=texts, reason=reason, seen=begun.seen, by=begun.by, now=begun.now
        )
    except PolicyErrors as wrong:
        (change.place_faults or (lambda faults: at_the_top(change.form, faults)))(wrong.errors)
        return page(change)
    except (DraftChangedMeanwhile, DraftMoveNotPossible) as refused:
        # The same page sent twice, or sent again from the back button, has been done already.
        if revised_so(begun.pk, texts, seen=begun.seen, reason=reason, by=begun.by):
            return _done(change)
        return _refused(change, refused)
    return _done(change)


def _refused(change: Change, refused: DraftChangedMeanwhile | DraftMoveNotPossible) -> HttpResponse:
    if isinstance(refused, DraftChangedMeanwhile):
        return conflict(change, refused)
    if STATE_OF_WRITING not in begin(change.begun.request, change.begun.pk).opened.may:
        return not_possible(change.begun, refused.reason, answers_in(change.form))
    change.form.add_error(refused.field if refused.field in change.form.fields else None, refused.reason)
    return page(change)


def _closed(change: Change) -> HttpResponse:
    label = change.begun.opened.state.label.lower()
    return not_possible(change.begun, f"This draft is {label}, so it cannot be changed.")


def page(change: Change) -> HttpResponse:
    """The form, as it was typed, against the revision it was typed against."""
    return shown(change.begun, change.template, {**_of(change), "seen": change.begun.seen})


def _of(change: Change) -> dict[str, Any]:
    return {
        **change.context,
        "form": change.form,
        "title": change.title,
        "button": change.button,
        "action": change.action,
    }


def _done(change: Change) -> HttpResponse:
    messages.success(change.begun.request, change.done)
    return redirect(change.go_to)


def conflict(change: Change, refused: DraftChangedMeanwhile) -> HttpResponse:
    """Somebody else was first: what they did, and what was typed, to send again against what stands now."""
    fresh = begin(change.begun.request, change.begun.pk)
    before = revision_of(fresh.pk, change.begun.seen, by=fresh.by, now=fresh.now)
    action = change.action_now(fresh)
    may_send = STATE_OF_WRITING in fresh.opened.may and action is not None
    context = {
        **_of(change),
        "form": change.form_now(fresh) if change.form_now and may_send else change.form,
        "action": action,
        "may_send": may_send,
        "reason": refused.reason,
        "theirs": [each for each in fresh.opened.revisions if each.number > change.begun.seen],
        "changes": changes_shown(before[1], fresh.opened.policy) if before else (),
        "typed": [] if may_send else answers_in(change.form),
        "seen": fresh.opened.revision.number,
    }
    return shown(fresh, "conflict", context, status=409)
