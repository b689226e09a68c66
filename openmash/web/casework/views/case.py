"""One case, whole, and opening it from a concern."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openmash.apps.casework.actions.bringing import bring_what_is_new
from openmash.apps.casework.actions.opening import open_case as open_work_with
from openmash.apps.casework.errors import NotPossibleNow
from openmash.apps.casework.queries.opened import Opened, StageShown
from openmash.apps.casework.stages import MEANINGS, Stage
from openmash.apps.casework.unborn import is_unborn
from openmash.apps.concerns.steps import STEP_NAMES
from openmash.apps.directory.queries import names_of
from openmash.apps.keeping.kinds import RecordKind
from openmash.apps.keeping.queries import holds_on
from openmash.web.casework import presenters as shown
from openmash.web.casework.acting import Begun, begin, not_possible
from openmash.web.layout.acting import somebody
from openmash.web.layout.times import moment, span


@require_POST
def open_case(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Open the work with each child a concern is about."""
    back = ("screening:contact", contact_id)
    try:
        cases = open_work_with(contact_id=contact_id, by=somebody(request), now=timezone.now())
    except NotPossibleNow as refused:
        return not_possible(request, refused.reason, back)
    names = ", ".join(shown.child_name(case) for case in cases)
    said = f"The work with {names} is open. The team manager now names who leads it."
    messages.success(request, said)
    return redirect(*back)


@require_GET
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Stages, clocks, plan, meetings, what the child says, and what may be done now."""
    begun = begin(request, case_id)
    opened, now = begun.opened, begun.now
    lines = [shown.clock_line(clock, now) for clock in opened.clocks]
    running = [line for line in lines if not line.stopped]
    context = {
        **frame_of(begun),
        "opened": opened,
        "holds": holds_on(RecordKind.CASE, case_id),
        "stages": [
            _stage(each, is_unborn(opened.case) and opened.loss is None) for each in opened.open_stages
        ],
        "ended": [_stage(each) for each in opened.ended_stages],
        "running": running,
        "stopped": [line for line in lines if line.stopped],
        "worker": shown.person_words(opened.worker) if opened.worker else "",
        "waited": span(now - opened.case.opened_at),
        "buttons": shown.buttons(opened),
        **(_again(opened) if opened.loss is None else {}),
        "earlier_plans": shown.earlier_plans(opened),
        "actions": [(each, getattr(each, "done", None)) for each in opened.actions],
        "awaited": [(each, getattr(each, "ended", None)) for each in opened.awaited],
        "meetings": [(each, moment(each.planned_for)) for each in opened.meetings],
        "story": shown.story(opened, names_of({event.by_id for event in opened.events if event.by_id})),
    }
    return render(request, "casework/case.html", context)


def _again(opened: Opened) -> dict[str, Any]:
    """What waits to be decided again; nothing does once a pregnancy has ended."""
    return {
        "new": [each for each in opened.new if not hasattr(each, "decided")],
        "escalations": [
            (each, STEP_NAMES[each.step]) for each in opened.escalations if not hasattr(each, "answer")
        ],
        "proposals": [
            (each, shown.outcome_words(each.verb, each.outcome))
            for each in opened.proposals
            if not hasattr(each, "second_word")
        ],
    }


@require_POST
def bring_to_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Bring to the work with this child what was told and has not reached it yet."""
    begun = begin(request, case_id)
    bring_what_is_new(now=begun.now, cases=[begun.opened.case])
    messages.success(request, "What was told has reached the work. It is to be decided on.")
    return redirect("casework:case", case_id)


def frame_of(begun: Begun) -> dict[str, object]:
    """What every page about one case shows."""
    case = begun.opened.case
    return {"case": case, "child": shown.child_line(case, begun.now), "seen_version": case.version}


def _stage(each: StageShown, unborn: bool = False) -> dict[str, object]:
    row, named = each.row, each.named
    ended = getattr(row, "ended", None)
    return {
        "name": f"{named.name}, before birth" if unborn else named.name,
        "tag": f"govuk-tag--{MEANINGS[Stage(row.stage)].colour}",
        "told": named.told,
        "ground": named.ground,
        "to_be_confirmed": named.to_be_confirmed,
        "since": row.at,
        "practice": row.practice.version,
        "ended": ended,
    }
