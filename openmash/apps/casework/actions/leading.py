"""Who leads the work, that the child was seen, the plan, and what people said they would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.moves import Around, check_move, locked, take
from openmash.apps.casework.actions.timing import today
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import (
    ActionAgreed,
    ActionDone,
    Allocation,
    Case,
    ChildSeen,
    Meeting,
    Plan,
)
from openmash.apps.casework.rules import Written, day_needed
from openmash.apps.casework.stages import PLANNED
from openmash.apps.casework.standing import open_stages, worker_of
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.directory.queries import people_with


@dataclass(frozen=True)
class ActionTold:
    """What somebody will do, who that is in words, and by when."""

    what: str
    owner: str
    due_on: date | None

    @property
    def is_whole(self) -> bool:
        return bool(self.what.strip() and self.owner.strip() and self.due_on)


@acting
@transaction.atomic
def allocate(
    *, case_id: UUID, seen_version: int | None, worker: Person | None, note: str, by: Person, now: datetime
) -> Case:
    """Name who leads the work with this child.

    Raises:
        Incomplete: nobody is named, or not a social worker of this locality.
    """
    case = locked(case_id, seen_version)
    taken = check_move(case, "allocate", "", Written(), by=by, now=now)
    may_lead = people_with("social_worker", case.locality_id, today(now))
    if worker is None or not may_lead.filter(pk=worker.pk).exists():
        raise Incomplete([Reason("worker", "Choose who leads the work with this child.")])
    Allocation.objects.create(case=case, worker=worker, note=note, by=by, at=now)
    take(taken, Around(detail={"worker": worker.pk}))
    return case


@acting
@transaction.atomic
def record_child_seen(
    *,
    case_id: UUID,
    seen_version: int | None,
    seen_at: datetime,
    alone: str,
    what: str,
    by: Person,
    now: datetime,
) -> ChildSeen:
    """Write down that the child was seen, and what was seen and heard."""
    case = locked(case_id, seen_version)
    taken = check_move(case, "record_child_seen", "", Written(reason=what), by=by, now=now)
    if seen_at > now:
        raise Incomplete([Reason("seen_on", "The child cannot have been seen in the future.")])
    seen = ChildSeen.objects.create(case=case, seen_at=seen_at, alone=alone, what=what, by=by, at=now)
    take(taken, Around(moments={"seen": seen_at}, detail={"seen": seen.pk}))
    return seen


@acting
@transaction.atomic
def write_plan(
    *,
    case_id: UUID,
    seen_version: int | None,
    goals: str,
    outline: str,
    actions: Sequence[ActionTold],
    written: Written,
    by: Person,
    now: datetime,
) -> Plan:
    """Write the plan, or its next version. The goals are in the child's own words.

    Raises:
        Incomplete: what is lacking, by field.
        NotPossibleNow: nobody leads the work yet.
    """
    case = locked(case_id, seen_version)
    taken = check_move(case, "write_plan", "", written, by=by, now=now)
    lead = worker_of(case)
    if lead is None:
        raise NotPossibleNow("Nobody leads the work with this child yet: a plan needs somebody who does.")
    lacking = [*_lacking(goals, outline), *_actions_lacking(actions)]
    if lacking:
        raise Incomplete(lacking)
    stage = [each for each in open_stages(case) if each.stage in PLANNED][-1]
    plan = Plan.objects.create(
        case=case,
        stage=stage,
        goals=goals,
        outline=outline,
        lead=lead,
        review_on=day_needed(written),
        by=by,
        at=now,
    )
    agree_actions(case, actions, plan=plan, meeting=None, by=by, now=now)
    take(taken, Around(detail={"plan": plan.pk}))
    return plan


def _lacking(goals: str, outline: str) -> list[Reason]:
    lacking = []
    if not goals.strip():
        lacking.append(Reason("goals", "Write what should be different, in the child’s own words."))
    if not outline.strip():
        lacking.append(Reason("outline", "Write what will be done so that it is."))
    return lacking


def _actions_lacking(actions: Sequence[ActionTold]) -> list[Reason]:
    return [
        Reason(f"action_{number}_what", "Give what is to be done, who does it, and by when.")
        for number, action in enumerate(actions, start=1)
        if not action.is_whole
    ]


@acting
def agree_actions(
    case: Case,
    actions: Sequence[ActionTold],
    *,
    plan: Plan | None,
    meeting: Meeting | None,
    by: Person,
    now: datetime,
) -> None:
    """Keep what people said they would do, as far as it is whole. The caller writes the event."""
    for action in actions:
        if action.due_on is None:
            continue
        ActionAgreed.objects.create(
            case=case,
            what=action.what,
            owner=action.owner,
            due_on=action.due_on,
            plan=plan,
            meeting=meeting,
            by=by,
            at=now,
        )


@acting
@transaction.atomic
def finish_action(*, case_id: UUID, action_id: int, note: str, by: Person, now: datetime) -> ActionDone:
    """Say what came of an action."""
    case = locked(case_id)
    action = ActionAgreed.objects.select_related("meeting").get(pk=action_id, case=case)
    written = Written(reason=note)
    taken = check_move(case, "finish_action", "", written, by=by, now=now, meeting=action.meeting)
    if ActionDone.objects.filter(action=action).exists():
        raise NotPossibleNow("This has already been recorded as done.")
    done = ActionDone.objects.create(case=case, action=action, note=note, by=by, at=now)
    take(taken, Around(detail={"action": action.pk}))
    return done
