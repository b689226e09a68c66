"""A question that becomes a concern, without a word typed again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.apps.concerns.actions.drafts import discard_draft, start_draft
from openmash.apps.concerns.codes import new_code
from openmash.apps.concerns.queries.drafts import unfinished_on_this_device
from openmash.apps.concerns.queries.lists import unfinished_drafts
from openmash.apps.concerns.states import Kind, verbs_from
from openmash.apps.policy.queries import in_force
from openmash.web.raising.holding import code_held, codes_held, hold
from openmash.web.raising.journey import CONCERN, HAPPENING, QUESTION, Journey
from openmash.web.raising.opening import for_whoever_raised_it, with_journey
from openmash.web.raising.prefill import pages_from
from openmash.web.raising.typed import first
from openmash.web.raising.views.start import begin


@with_journey
@require_POST
def make_concern(request: HttpRequest, journey: Journey) -> HttpResponse:
    """A question not yet sent: its pages become the pages of a concern."""
    pages = {name: journey.values(name) for name in journey.draft.pages if name != QUESTION}
    pages[HAPPENING] = {"account": [first(journey.values(QUESTION), "question")]}
    by = request.user if request.user.is_authenticated else None
    draft_id = journey.draft.pk
    discard_draft(draft_id=draft_id, by=by, code=code_held(request, draft_id), now=journey.now)
    return begin(request, CONCERN, pages)


@for_whoever_raised_it
def from_advice(request: HttpRequest, advice: Any) -> HttpResponse:
    """A question already sent, and perhaps answered: a new draft of a concern with everything in it."""
    if advice.kind != Kind.ADVICE:
        raise Http404
    by = request.user if request.user.is_authenticated else None
    can_become = "become_concern" in verbs_from(advice.kind, advice.state)
    if request.method == "POST" and can_become:
        return _begin_from(request, advice, by)
    begun = [draft for draft in _unfinished(request, by) if draft.arose_from_id == advice.pk]
    shown = {"advice": advice, "can_become": can_become, "begun": begun[0] if begun else None}
    return render(request, "raising/from_advice.html", shown)


def _unfinished(request: HttpRequest, by: Any) -> list[Any]:
    return list(
        unfinished_drafts(by=by) if by is not None else unfinished_on_this_device(codes_held(request))
    )


def _begin_from(request: HttpRequest, advice: Any, by: Any) -> HttpResponse:
    now = timezone.now()
    code = new_code() if by is None else ""
    pages = pages_from(advice, in_force(now).policy)
    draft = start_draft(kind=CONCERN, by=by, code=code, pages=pages, arose_from=advice, now=now)
    journey = Journey(draft=draft, signed_in=by is not None, now=now, today=timezone.localdate(now))
    response = redirect(journey.url("task_list"))
    if by is None:
        hold(request, response, draft.pk, code)
    return response
