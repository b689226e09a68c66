"""What a meeting decides, for every child by itself, and its end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.asking import keep_what_it_says
from openmash.apps.casework.actions.leading import ActionTold, agree_actions
from openmash.apps.casework.actions.meetings.noting import (
    cases_of,
    locked_meeting,
    note_meeting,
    permitted_at,
    refuse_if_ended,
)
from openmash.apps.casework.actions.moves import (
    Around,
    Taken,
    check_move,
    keep_why,
    locked,
    note,
    refuse_less_while_disagreed,
    take,
)
from openmash.apps.casework.actions.stages import LOWER
from openmash.apps.casework.asking import GATE_OF, LOWER_AT, AtGate, at_gate
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.meeting_kinds import MEETINGS
from openmash.apps.casework.models import (
    Awaited,
    Case,
    Meeting,
    MeetingDecision,
    MeetingEnded,
    MeetingHeld,
    MeetingSecondWord,
)
from openmash.apps.casework.pathway import move_for, moves_from
from openmash.apps.casework.rules import Said, Written
from openmash.apps.casework.standing import permitted, stages_of
from openmash.apps.casework.unborn import loss_of, name_of
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person


@acting
def decision_standing(meeting: Meeting, case: Case) -> MeetingDecision | None:
    """The latest decision for a child that is in force or waits for a second person."""
    last = (
        MeetingDecision.objects.filter(meeting=meeting, case=case)
        .select_related("second_word__by", "by__agency")
        .order_by("-id")
        .first()
    )
    return last if last is not None and (last.in_force or last.is_waiting) else None


@acting
@transaction.atomic
def decide_for_child(
    *,
    meeting_id: UUID,
    case_id: UUID,
    outcome: str,
    written: Written,
    not_quorate_because: str,
    actions: Sequence[ActionTold] = (),
    by: Person,
    now: datetime,
) -> MeetingDecision:
    """Decide for one child. A meeting that lacked somebody says why it decides, and a second person must agree.

    Raises:
        Refused, Incomplete, NotPossibleNow: as every move.
    """
    meeting, case = locked_meeting(meeting_id), locked(case_id)
    kind = MEETINGS[meeting.kind]
    refuse_if_ended(meeting)
    if case.pk not in {each.pk for each in cases_of(meeting)}:
        raise NotPossibleNow("This meeting is not about this child.")
    held = MeetingHeld.objects.filter(meeting=meeting).first()
    if held is None:
        raise NotPossibleNow("Record first that the meeting was held, and who was there.")
    if decision_standing(meeting, case) is not None:
        raise NotPossibleNow("This meeting has already decided for this child.")
    taken = check_move(case, kind.decide, outcome, written, by=by, now=now, meeting=meeting)
    standing = at_gate(case, GATE_OF[kind.decide], now) if kind.decide in GATE_OF else None
    lower = standing is not None and standing.guards_lower and (kind.decide, outcome) in LOWER_AT
    if taken.move.event == "decide_on_transfer_in:no_plan":
        refuse_while_records_are_awaited(case)
    lacking = [*_why_not_decide(held, not_quorate_because, actions), *_why_not_lower(lower, written)]
    if lacking:
        raise Incomplete(lacking)
    if standing is not None:
        keep_what_it_says(case, standing, by, now)
    decision = MeetingDecision.objects.create(
        meeting=meeting,
        case=case,
        outcome=outcome,
        goes_on=written.goes_on,
        category=written.category,
        rationale=written.reason,
        quorate=not held.missing,
        not_quorate_because=not_quorate_because if held.missing else "",
        lower_because=written.lower_because if lower else "",
        **_ranks(standing, (kind.decide, outcome)),
        written=_views_kept(written),
        by=by,
        at=now,
    )
    agree_actions(case, actions, plan=None, meeting=meeting, by=by, now=now)
    detail = {"decision": decision.pk, "case": str(case.pk), "outcome": outcome, "missing": len(held.missing)}
    note_meeting(meeting, kind.decide, by=by, ground=taken.ground, now=now, detail=detail)
    if not decision.takes_two:
        _put_in_force(taken, meeting, held)
    else:
        note(case, kind.decide, by=by, ground=taken.ground, now=now, detail={**detail, "waits": True})
    return decision


@acting
def refuse_while_records_are_awaited(case: Case) -> None:
    """What an area knew of a child it protected is not known here yet, and not known is never no.

    Raises:
        NotPossibleNow: records asked for have neither come, nor is it known that they will not.
    """
    left = Awaited.objects.filter(case=case, transfer__isnull=False, ended__isnull=True)
    if left.exists():
        what = "; ".join(each.what for each in left)
        raise NotPossibleNow(
            f"Their plan cannot end here while their records are still to come: {what}. "
            "Record first that they came, or why they will not."
        )


def _why_not_decide(held: MeetingHeld, because: str, actions: Sequence[ActionTold]) -> list[Reason]:
    lacking = []
    if held.missing and not because.strip():
        said = f"The meeting lacked: {', '.join(held.missing)}. Write why it decides all the same."
        lacking.append(Reason("not_quorate_because", said))
    for number, action in enumerate(actions, start=1):
        if not action.is_whole:
            said = "Give what is to be done, who does it, and by when."
            lacking.append(Reason(f"action_{number}_what", said))
    return lacking


def _why_not_lower(lower: bool, written: Written) -> list[Reason]:
    return [Reason("lower_because", LOWER)] if lower and not written.lower_because.strip() else []


def _ranks(standing: AtGate | None, decided: tuple[str, str]) -> dict[str, int]:
    """What the database holds the decision to: the highest the threshold said, and what was decided."""
    if standing is None:
        return {}
    levels = standing.gate.levels
    return {
        "asked_rank": standing.highest_rank,
        "decided_rank": (levels[0] if decided in LOWER_AT else levels[-1]).rank,
        "guarded_from": standing.guarded_from,
    }


def _views_kept(written: Written) -> dict[str, Any]:
    return {
        whose: {"text": said.text, "not_obtained_because": said.not_obtained_because}
        for whose, said in written.views.items()
    }


def _put_in_force(taken: Taken, meeting: Meeting, held: MeetingHeld) -> None:
    take(taken, Around(moments={"meeting": held.held_at}, detail={"meeting": str(meeting.pk)}))


@acting
@transaction.atomic
def say_second_word(
    *, meeting_id: UUID, decision_id: int, agrees: bool, reason: str, by: Person, now: datetime
) -> MeetingSecondWord:
    """A second person agrees to what a meeting decided that lacked somebody, or returns it to be decided again."""
    meeting = locked_meeting(meeting_id)
    decision = MeetingDecision.objects.get(pk=decision_id, meeting=meeting)
    case = locked(decision.case_id)
    verb = "agree_decision" if agrees else "return_decision"
    ground = permitted(verb, case, by, now, meeting=meeting)
    if not decision.is_waiting:
        raise NotPossibleNow("This decision does not wait for a second person.")
    if decision.by_id == by.pk:
        raise NotPossibleNow("You made this decision, so somebody else must be the second person.")
    if not reason.strip():
        raise Incomplete([Reason("reason", "Write why you agree, or why you do not.")])
    word = MeetingSecondWord.objects.create(
        meeting=meeting,
        decision=decision,
        first=decision.by,
        agrees=agrees,
        reason=reason,
        by=by,
        at=now,
    )
    detail = {"decision": decision.pk, "case": str(case.pk)}
    note_meeting(meeting, verb, by=by, ground=ground, now=now, detail=detail)
    why = keep_why(case, verb, reason, by=by, now=now)
    note(case, verb, by=by, ground=ground, now=now, detail={**detail, **why})
    if agrees:
        _agreed(meeting, decision, case, ground, now)
    return word


def _agreed(meeting: Meeting, decision: MeetingDecision, case: Case, ground: str, now: datetime) -> None:
    """It takes effect in the name of whoever decided: what was written is theirs."""
    kind = MEETINGS[meeting.kind]
    move = move_for(kind.decide, decision.outcome, stages_of(case))
    if move is None:
        raise NotPossibleNow(
            "What is open has changed since this was decided. Return it, to be decided again."
        )
    refuse_less_while_disagreed(move, case)
    written = Written(
        reason=decision.rationale,
        goes_on=decision.goes_on,
        category=decision.category,
        views={whose: Said(**said) for whose, said in decision.written.items()},
    )
    held = MeetingHeld.objects.get(meeting=meeting)
    _put_in_force(Taken(case, move, written, ground, decision.by, now), meeting, held)


@acting
def undecided(meeting: Meeting) -> list[Case]:
    """The children for whom no decision is in force yet, and who are still at the stage it decides on."""
    decide = MEETINGS[meeting.kind].decide
    return [
        case
        for case in cases_of(meeting)
        if loss_of(case) is None
        and moves_from(decide, stages_of(case))
        and ((decision := decision_standing(meeting, case)) is None or not decision.in_force)
    ]


@acting
@transaction.atomic
def end_meeting(*, meeting_id: UUID, summary: str, by: Person, now: datetime) -> MeetingEnded:
    """End a meeting: everybody at the table can read what it decided.

    Raises:
        NotPossibleNow: a child is without a decision (rule C12).
    """
    meeting = locked_meeting(meeting_id)
    ground = permitted_at("end_meeting", meeting, by, now)
    refuse_if_ended(meeting)
    if not MeetingHeld.objects.filter(meeting=meeting).exists():
        raise NotPossibleNow("It has not been recorded yet that this meeting was held.")
    left = undecided(meeting)
    if left:
        names = ", ".join(name_of(case) for case in left)
        raise NotPossibleNow(
            f"The meeting cannot end yet: every child needs a decision of its own (rule C12). "
            f"Without one: {names}."
        )
    ended = MeetingEnded.objects.create(meeting=meeting, summary=summary, by=by, at=now)
    note_meeting(meeting, "end_meeting", by=by, ground=ground, now=now)
    return ended
