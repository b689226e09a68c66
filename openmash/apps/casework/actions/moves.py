"""What every action on a case shares: lock it, check the right and what is written, move it, write it down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.casework.actions.timing import practice_now, start_clocks, stop_clocks, today
from openmash.apps.casework.errors import ChangedMeanwhile, Incomplete, NotPossibleNow
from openmash.apps.casework.models import (
    Allocation,
    Case,
    Closure,
    Escalation,
    Meeting,
    StageEnded,
    StageOpen,
    View,
    Why,
)
from openmash.apps.casework.pathway import after, move_for
from openmash.apps.casework.practice import practice_of
from openmash.apps.casework.rules import Written, not_now, why_not, why_not_by_birth
from openmash.apps.casework.stages import MEANINGS, Stage
from openmash.apps.casework.standing import open_stages, permitted, stages_of
from openmash.apps.casework.table.move import Move
from openmash.apps.casework.unborn import is_unborn
from openmash.apps.directory.models import Person


@acting
def locked(case_id: UUID, seen_version: int | None = None) -> Case:
    """The case, locked until the transaction ends.

    Raises:
        ChangedMeanwhile: it has moved on since the version the person saw.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    if seen_version is not None and case.version != seen_version:
        raise ChangedMeanwhile(seen_version, case.version)
    return case


@acting
def note(
    case: Case,
    verb: str,
    *,
    by: Person | None,
    ground: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write an event about this case."""
    record(by=by, verb=verb, subject_kind="case", subject_id=case.pk, ground=ground, now=now, detail=detail)


@dataclass(frozen=True)
class Taken:
    """A move about to be made: allowed, possible and fully written."""

    case: Case
    move: Move
    written: Written
    ground: str
    by: Person
    now: datetime


@acting
def check_move(
    case: Case,
    verb: str,
    outcome: str,
    written: Written,
    *,
    by: Person,
    now: datetime,
    meeting: Meeting | None = None,
) -> Taken:
    """The move of this name, if this person may make it now and has written what it needs.

    Raises:
        Refused: this person may not.
        Incomplete: what is lacking, by field.
        NotPossibleNow: the stages that are open do not allow it.
    """
    ground = permitted(verb, case, by, now, meeting=meeting)
    stages = stages_of(case)
    move = move_for(verb, outcome, stages)
    if move is None:
        raise NotPossibleNow(_why_impossible(verb, outcome, stages))
    ground = permitted(verb, case, by, now, who=move.who, meeting=meeting)
    why = why_not_by_birth(verb, is_unborn(case))
    if why:
        raise NotPossibleNow(why)
    refuse_less_while_disagreed(move, case)
    reasons = why_not(move, written, stages, today(now))
    if reasons:
        raise Incomplete(reasons)
    return Taken(case, move, written, ground, by, now)


HELD = (
    "An agency disagrees, and has had no answer yet: until then nothing is done that asks for less (rule C20). "
    "Answer the disagreement first."
)


@acting
def refuse_less_while_disagreed(move: Move, case: Case) -> None:
    """While an agency waits for its answer nothing is done that asks for less; the answer itself may.

    Raises:
        NotPossibleNow: this would.
    """
    if move.lowers and move.verb != "answer_escalation" and is_disagreed_with(case):
        raise NotPossibleNow(HELD)


@acting
def is_disagreed_with(case: Case) -> bool:
    """Whether a disagreement about this child waits for its answer."""
    return Escalation.objects.filter(case=case, answer__isnull=True).exists()


def _why_impossible(verb: str, outcome: str, stages: frozenset[str]) -> str:
    unlike = Move(verb, outcome, "", frozenset())
    return not_now(unlike, stages)


@dataclass(frozen=True)
class Around:
    """What surrounds a move: from when its clocks count, what closed it, what is noted beside it."""

    moments: Mapping[str, datetime] = field(default_factory=dict)
    closure: Closure | None = None
    about: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    clocks_run_on: bool = False
    """What begins is put back as it was: the action lets its clocks run on, and none starts anew."""


NOTHING = Around()


@acting
def take(taken: Taken, around: Around = NOTHING, **changes: Any) -> list[StageOpen]:
    """Make the move: end and begin stages, stop and start clocks, keep the views, write it down."""
    case, move, by, now = taken.case, taken.move, taken.by, taken.now
    before = open_stages(case)
    names = frozenset(each.stage for each in before)
    then = after(move, names, taken.written.goes_on)
    ended = [each for each in before if Stage(each.stage) not in then]
    for stage in ended:
        _end(stage, taken)
    if Stage.CLOSED in {Stage(each.stage) for each in ended} and move.verb != "escalate":
        # Work that begins again is nobody’s until somebody is named, whoever led it before.
        Allocation.objects.create(case=case, worker=None, by=by, at=now)
    begun = [_begin(case, stage, taken, around) for stage in sorted(then - {Stage(each) for each in names})]
    keep_views(case, move.verb, taken.written, by=by, now=now)
    events = (move.event, move.verb)
    stop_clocks(case, events, ended, now, seen=around.moments.get("seen"))
    if around.about:
        stop_clocks(case, events, (), now, around.about)
    kept = [each for each in before if each not in ended]
    moments = {"done": now, **around.moments}
    if not around.clocks_run_on:
        agreed = taken.written.review_on
        start_clocks(case, events, begun, [*kept, *begun], moments, now, agreed, around.about)
    detail = {
        "outcome": move.outcome,
        "from": sorted(names),
        "to": sorted(then),
        **keep_why(case, move.verb, taken.written.reason, by=by, now=now),
        "goes_on": taken.written.goes_on,
        **around.detail,
    }
    touch(case, move.verb, by=by, ground=taken.ground, now=now, detail=detail, **changes)
    return begun


@acting
def touch(
    case: Case,
    verb: str,
    *,
    by: Person,
    ground: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Raise the version after something was written about the case, and write it down."""
    for name, value in changes.items():
        setattr(case, name, value)
    case.version += 1
    case.save()
    note(case, verb, by=by, ground=ground, now=now, detail=detail)


@acting
def keep_why(case: Case, verb: str, words: str, *, by: Person, now: datetime) -> dict[str, int]:
    """Keep why something was done with the case; what the log is to say of it, which is not the words."""
    if not words.strip():
        return {}
    return {"why": Why.objects.create(case=case, verb=verb, text=words, by=by, at=now).pk}


@acting
def keep_views(case: Case, verb: str, written: Written, *, by: Person, now: datetime) -> None:
    """What the child and the parents said, or why nobody could ask."""
    for whose, said in written.views.items():
        if said.is_there:
            View.objects.create(
                case=case,
                whose=whose,
                verb=verb,
                text=said.text,
                not_obtained_because=said.not_obtained_because,
                by=by,
                at=now,
            )


def _begin(case: Case, stage: Stage, taken: Taken, around: Around) -> StageOpen:
    practice = practice_now(taken.now)
    if not practice_of(practice).has(stage):
        raise NotPossibleNow(
            f"The practice in force does not name “{MEANINGS[stage].label}”. Whoever runs the service adopts one "
            "that does with `manage.py adopt_practice`."
        )
    return StageOpen.objects.create(
        case=case,
        stage=stage,
        practice=practice,
        verb=taken.move.verb,
        closure=around.closure if stage == Stage.CLOSED else None,
        by=taken.by,
        at=taken.now,
    )


def _end(stage: StageOpen, taken: Taken) -> None:
    StageEnded.objects.create(
        case=taken.case,
        opened=stage,
        verb=taken.move.verb,
        outcome=taken.move.outcome,
        reason=taken.written.reason or taken.move.has_happened,
        by=taken.by,
        at=taken.now,
    )
