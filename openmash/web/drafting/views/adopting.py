"""Adoption by a safeguarding partner: everything the decision rests on, on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openmash.apps.policy.actions import drafting
from openmash.apps.policy.draft_states import DraftState
from openmash.apps.policy.errors import DraftChangedMeanwhile, DraftMoveNotPossible
from openmash.apps.policy.queries import versions
from openmash.apps.policy.queries.checking import prove
from openmash.apps.policy.queries.drafts import move_possible, moved_so
from openmash.web.drafting.forms.other import AdoptForm
from openmash.web.drafting.opening import Begun, begin, not_possible, shown
from openmash.web.drafting.presenters.changes import changes_shown
from openmash.web.drafting.presenters.draft import check_shown, printed, sent_words
from openmash.web.layout.acting import answers_in
from openmash.web.layout.templatetags.gds import day_and_time


def adopt_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt the revision that was sent, from a day to come."""
    begun = begin(request, pk, to="adopt_draft")
    form = AdoptForm(request.POST or None, today=begun.now.date())
    if request.method != "POST":
        try:
            move_possible("adopt_draft", begun.opened.draft, begun.by)
        except DraftMoveNotPossible as refused:
            return not_possible(begun, refused.reason)
        return _page(begun, form)
    return _adopt(begun, form) if form.is_valid() else _page(begun, form)


def _adopt(begun: Begun, form: AdoptForm) -> HttpResponse:
    decision, moment = form.decision(), form.moment()
    try:
        made = drafting.adopt_draft(
            draft_id=begun.pk,
            in_force_from=moment,
            decision=decision,
            seen=begun.seen,
            by=begun.by,
            now=begun.now,
        )
    except DraftChangedMeanwhile as changed:
        form.add_error(None, changed.reason)
        return _page(begun, form, status=409)
    except DraftMoveNotPossible as refused:
        return _refused(begun, form, refused, decision)
    messages.success(begun.request, f"Adopted. This version applies from {day_and_time(made.in_force_from)}.")
    return redirect(reverse("thresholds:version", args=[made.pk]))


def _refused(begun: Begun, form: AdoptForm, refused: DraftMoveNotPossible, decision: str) -> HttpResponse:
    done = moved_so(begun.pk, DraftState.ADOPTED, words=decision, by=begun.by)
    if done is not None:  # the button was pressed twice
        return redirect(reverse("thresholds:version", args=[done.adopted_id]))
    if "adopt_draft" not in begun.opened.may:
        return not_possible(begun, refused.reason, answers_in(form))
    form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
    return _page(begun, form, status=409)


def _page(begun: Begun, form: AdoptForm, *, status: int = 200) -> HttpResponse:
    opened = begun.opened
    proof = prove(opened.revision.digest, opened.revision.pk)
    context = {
        "form": form,
        "opened": opened,
        "check": check_shown(opened, proof),
        "changes": changes_shown(opened.base.policy, opened.policy),
        "sent": sent_words(opened),
        "printed": printed(opened.policy),
        "to_come": [each for each in versions() if each.is_to_come(begun.now)],
    }
    return shown(begun, "adopt_draft", context, status=status)
