"""The record in the words of its pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date

from openmash.apps.casework.pathway import MOVES
from openmash.apps.casework.queries.lists import Line
from openmash.apps.casework.queries.opened import ClockShown, Opened
from openmash.apps.casework.stages import MEANINGS, Stage
from openmash.apps.casework.table.move import Move
from openmash.apps.casework.unborn import birth_of, expected_on, is_unborn, loss_of, name_of
from openmash.apps.concerns.queries.chronology import age_by, age_on
from openmash.web.casework.threshold import rules_of
from openmash.web.layout.times import Due, due_in_words, moment, span

VERB_WORDS = {
    "open_case": "The work was opened",
    "receive_information": "Something new reached the work",
    "send_what_is_due": "A clock ran out, and notice was given",
    **{move.verb: move.has_happened for move in MOVES if not move.outcome},
}
"""How each verb reads once it has happened."""

OUTCOME_WORDS = {move.event: move.has_happened for move in MOVES if move.outcome}
TO_DO = {move.verb: move.words for move in MOVES if not move.outcome}
STARTED = {
    "received": "when the concern was received",
    "meeting": "when the meeting was held",
    "done": "when it was done",
    "agreed": "by the date agreed",
    "expected": "back from the day on which the child is expected",
    "born": "when the child was born",
}


def child_name(case: Any) -> str:
    return name_of(case)


def child_line(case: Any, now: datetime) -> str:
    """`Alex Winter, 8 years`; `Unborn child, expected on 3 March 2027`; `Bo Winter, 2 weeks`."""
    birth = birth_of(case)
    if birth is not None:
        born, today = timezone.localtime(birth.born_at).date(), timezone.localtime(now).date()
        return f"{child_name(case)}, {age_by(born, today)}"
    if loss_of(case) is not None:
        return f"{child_name(case)}; the pregnancy has ended"
    if is_unborn(case):
        expected = expected_on(case)
        when = f"expected on {format_date(expected, 'j F Y')}" if expected else "no expected date is known"
        return f"{child_name(case)}, {when}"
    return f"{child_name(case)}, {age_on(case.child, timezone.localtime(now).date())}"


def before_birth(case: Any) -> dict[str, str]:
    """What a form need not ask of a child who is not born yet: it can be changed on the page."""
    return {"child_not": "The child is not born yet."} if is_unborn(case) else {}


def person_words(person: Any) -> str:
    return f"{person.name}, {person.job_title}, {person.agency.name}"


@dataclass(frozen=True)
class ClockLine:
    """A clock in words: what must be done, by when, and what started it."""

    must: str
    due: Due
    started: str
    started_at: str
    source: str
    to_be_confirmed: bool
    stopped: str


def clock_line(clock: ClockShown, now: datetime) -> ClockLine:
    row, definition = clock.row, clock.definition
    stopped = f"Stopped on {moment(row.stopped_at)}" if row.stopped_at else ""
    return ClockLine(
        must=definition.must,
        due=due_in_words(row.due_at, now),
        started=event_words(row.started_by),
        started_at=f"{moment(row.started_at)} ({STARTED[row.counted_from]})",
        source=definition.source,
        to_be_confirmed=definition.to_be_confirmed,
        stopped=stopped,
    )


def event_words(event: str) -> str:
    """What started a clock: `decide_on_enquiry opened section_47_enquiry` in words."""
    verb, _opened, stage = event.partition(" opened ")
    if stage:
        return f"“{MEANINGS[Stage(stage)].label}” began"
    return VERB_WORDS.get(verb, OUTCOME_WORDS.get(verb, verb))


@dataclass(frozen=True)
class EventLine:
    """One thing that was done, for the story of the work."""

    at: datetime
    by: str
    words: str
    reason: str


def story(opened: Opened, people: dict[int, str]) -> list[EventLine]:
    """What has happened, oldest first."""
    lines = []
    for event in opened.events:
        outcome = event.detail.get("outcome", "")
        words = OUTCOME_WORDS.get(f"{event.verb}:{outcome}") or VERB_WORDS.get(event.verb, event.verb)
        if event.detail.get("waits"):
            words = f"Proposed, waiting for a second person: {words}"
        by = people.get(event.by_id or 0, "The service itself")
        # Events of before the words were kept with the record hold them themselves.
        why = opened.whys.get(event.detail.get("why", 0), "") or str(event.detail.get("reason", ""))
        lines.append(EventLine(event.at, by, words, why))
    return lines


BUTTONS = (
    # verb, words on the page, whether it is a button
    ("allocate", "Name who leads the work", False),
    ("record_child_seen", "Record that the child was seen", False),
    ("record_birth", "Record the birth", True),
    ("record_expected_date", "Record when the child is expected", False),
    ("record_pregnancy_ended", "The pregnancy has ended", False),
    ("record_pregnancy_goes_on", "The pregnancy goes on after all", False),
    ("write_plan", "Write the plan", False),
    ("call_strategy_discussion", "Call a strategy discussion", False),
    ("call_conference", "Call the initial conference", True),
    ("call_transfer_in_conference", "Call the transfer-in conference", True),
    ("call_core_group", "Call the core group", False),
    ("call_review_conference", "Call a review conference", False),
    ("finish_assessment", "Finish the assessment", True),
    ("finish_enquiry", "Finish the enquiry", True),
    ("review_plan", "Look at the plan again", True),
    ("step_up", "Step up", False),
    ("step_down", "Step down", False),
    ("offer_refused", "The family says no to help", False),
    ("transfer", "Transfer to another area", False),
    ("accept_transfer", "Take over the work", True),
    ("return_transfer", "Give the work back", False),
    ("withdraw_transfer", "The child stays here after all", False),
    ("hand_over", "Record that an area outside has taken over", True),
    ("wait_for_agency", "Write down what another agency is to send", False),
    ("reopen", "Open the work again", True),
    ("close", "End the work", False),
)
CALLS = {
    "call_strategy_discussion": "strategy_discussion",
    "call_conference": "initial_conference",
    "call_transfer_in_conference": "transfer_in_conference",
    "call_core_group": "core_group",
    "call_review_conference": "review_conference",
}
OWN_PAGES = {
    "allocate": "casework:allocate",
    "record_child_seen": "casework:record_child_seen",
    "write_plan": "casework:write_plan",
    "wait_for_agency": "casework:wait_for_agency",
    "record_birth": "casework:record_birth",
    "record_pregnancy_ended": "casework:record_pregnancy_ended",
    "record_expected_date": "casework:record_expected_date",
}


@dataclass(frozen=True)
class Button:
    """Something to do now, and the address of its page."""

    verb: str
    words: str
    is_button: bool
    href: str


def buttons(opened: Opened) -> list[Button]:
    """What this person may do now, in the order of the work."""
    return [
        Button(verb, words, is_button, _href(verb, opened.case.pk))
        for verb, words, is_button in BUTTONS
        if verb in opened.can
    ]


def _href(verb: str, case_id: Any) -> str:
    if verb in CALLS:
        return reverse("casework:call_meeting", args=[case_id, CALLS[verb]])
    if verb in OWN_PAGES:
        return reverse(OWN_PAGES[verb], args=[case_id])
    return reverse("casework:move", args=[case_id, verb])


def label_of(verb: str) -> str:
    """What is to be done, as the title of its page."""
    return next((words for each, words, _ in BUTTONS if each == verb), TO_DO.get(verb, verb))


def done_words(verb: str) -> str:
    """What is said once it has been done."""
    return f"{VERB_WORDS[verb]}." if verb in TO_DO else "What you decided has been kept."


SOON = timedelta(days=7)


@dataclass(frozen=True)
class LineShown:
    """One case in the worklist."""

    id: str
    reference: str
    child: str
    stages: tuple[str, ...]
    worker: str
    waited: str
    next_due: Due | None
    next_must: str
    overdue: int
    due_soon: int
    """How many clocks run out within a week, those that have run out left aside."""


def line_shown(line: Line, now: datetime) -> LineShown:
    first = line.clocks[0] if line.clocks else None
    return LineShown(
        id=str(line.case.pk),
        reference=line.case.reference,
        child=child_line(line.case, now),
        stages=tuple(MEANINGS[Stage(stage)].label for stage in line.stages),
        worker=line.worker.name if line.worker is not None else "",
        waited=span(now - line.nobody_since) if line.nobody_since is not None else "",
        next_due=due_in_words(first.row.due_at, now) if first is not None else None,
        next_must=first.definition.must if first is not None else "",
        overdue=sum(clock.row.due_at < now for clock in line.clocks),
        due_soon=sum(now <= clock.row.due_at < now + SOON for clock in line.clocks),
    )


def outcome_words(verb: str, outcome: str) -> str:
    """What was decided, in words."""
    return OUTCOME_WORDS.get(f"{verb}:{outcome}") or VERB_WORDS.get(verb, verb)


def ended_words(ended: Any) -> str:
    """A decision that ended a stage: `No enquiry: help goes on (Strategy discussion), Monday 16 November`."""
    stage = MEANINGS[Stage(ended.opened.stage)].label
    return f"{outcome_words(ended.verb, ended.outcome)} ({stage}), {moment(ended.at)}"


@dataclass(frozen=True)
class FindingOfContact:
    """What the threshold said of a concern, as it was kept: level and rules."""

    level: str
    rules: tuple[tuple[str, str, tuple[str, ...]], ...]


def finding_of(new: Any) -> FindingOfContact | None:
    """The highest that was found for the concern on which something new was told."""
    kept = new.contact.findings.all()
    row = max(kept, key=lambda each: (each.level_rank, each.pk), default=None)
    if row is None:
        return None
    return FindingOfContact(f"Level {row.level}: {row.finding['level']['name']}", rules_of(row.finding))


def decided_before(opened: Opened) -> list[str]:
    """Every decision that stands on the record, with the version of the threshold it was taken under."""
    decisions = [
        f"{came.contact.reference}: level {came.decision.level}, {came.decision.by.name}, "
        f"{moment(came.decision.at)}, under version {came.contact.policy.version} of the threshold"
        for came in opened.came_from
        if came.decision is not None
    ]
    return decisions + [
        f"{ended_words(ended)}: {ended.by.name}"
        for each in opened.ended_stages
        if (ended := getattr(each.row, "ended", None)) is not None
    ]


def earlier_plans(opened: Opened) -> list[tuple[Any, list[str], str]]:
    """Each version but the latest, newest first, with what the next one changed, and who changed it."""
    return [(plan, _changed(plan, after), after.by.name) for after, plan in pairwise(opened.plans)]


def _changed(before: Any, after: Any) -> list[str]:
    words = {
        "goals": "what should be different",
        "outline": "what is done",
        "review_on": "when it is looked at again",
        "lead_id": "who leads it",
    }
    return [said for name, said in words.items() if getattr(before, name) != getattr(after, name)]


def move_words(moves: tuple[Move, ...], outcome: str) -> str:
    return next((move.words for move in moves if move.outcome == outcome), outcome)
