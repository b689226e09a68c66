"""Round the table: called, entries of each agency, held, decided for every child, ended."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from openmash.apps.audit.actions import record
from openmash.apps.casework.actions.leading import ActionTold, agree_actions
from openmash.apps.casework.actions.moves import (
    Around,
    Taken,
    check_move,
    locked,
    note,
    take,
)
from openmash.apps.casework.actions.opening import case_about, new_case
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import (
    AgencyEntry,
    Attendance,
    Case,
    Dissent,
    Invitation,
    Meeting,
    MeetingAbout,
    MeetingDecision,
    MeetingEnded,
    MeetingHeld,
    MeetingSecondWord,
)
from openmash.apps.casework.pathway import MEETINGS, MeetingKind, Stage, move_for
from openmash.apps.casework.practice import in_force, practice_of
from openmash.apps.casework.rules import Said, Written
from openmash.apps.casework.standing import permitted, stages_of, worker_of
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.models.part import HOUSEHOLD_ROLES
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Description
from openmash.engines.pathway import missing_from


def note_meeting(
    meeting: Meeting,
    verb: str,
    *,
    by: Person,
    ground: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write an event about this meeting."""
    record(
        by=by, verb=verb, subject_kind="meeting", subject_id=meeting.pk, ground=ground, now=now, detail=detail
    )


def locked_meeting(meeting_id: UUID) -> Meeting:
    """The meeting, locked until the transaction ends."""
    return Meeting.objects.select_for_update().get(pk=meeting_id)


def children_of_household(case: Case) -> list[tuple[Description, Contact]]:
    """Every child of the household, as described on the concerns this case goes back to."""
    found: dict[UUID, tuple[Description, Contact]] = {}
    for came in case.camefrom_set.select_related("contact"):
        parts = came.contact.parts.filter(role__in=HOUSEHOLD_ROLES).select_related("description")
        for part in parts:
            found[part.description.pk] = (part.description, came.contact)
    return list(found.values())


@transaction.atomic
def call_meeting(
    *,
    case_id: UUID,
    seen_version: int | None,
    kind: str,
    purpose: str,
    planned_for: datetime | None,
    invite: Collection[Person],
    by: Person,
    now: datetime,
) -> Meeting:
    """Call a meeting about this child and every other child of the household it concerns.

    A strategy discussion is about all children of the household, whoever had no work yet included: each gets a
    decision of its own (rule C12). Other meetings are about those who are at the stage they decide on.

    Raises:
        Refused, NotPossibleNow, ChangedMeanwhile: as every move.
        Incomplete: what is lacking, by field.
    """
    case, meant = locked(case_id, seen_version), MEETINGS[kind]
    taken = check_move(case, meant.call, "", Written(reason=purpose), by=by, now=now)
    lacking = _why_not_call(planned_for, invite, now)
    if lacking or planned_for is None:
        raise Incomplete(lacking)
    if MeetingAbout.objects.filter(
        case=case, meeting__kind=kind, meeting__meetingended__isnull=True
    ).exists():
        raise NotPossibleNow(f"A meeting of this kind is open already: {meant.label}. End it first.")
    meeting = Meeting.objects.create(
        kind=kind, purpose=purpose, planned_for=max(planned_for, now), called_by=by, called_at=now
    )
    for each in [case, *_other_cases(case, meant, taken)]:
        _bring_in(meeting, each, meant, taken)
    cases = [about.case for about in meeting.meetingabout_set.select_related("case")]
    people = {by, *invite, *(worker for each in cases if (worker := worker_of(each)) is not None)}
    for person in sorted(people, key=lambda person: person.pk):
        Invitation.objects.create(meeting=meeting, person=person, by=by, at=now)
    detail = {"cases": [str(each.pk) for each in cases], "invited": [person.pk for person in people]}
    note_meeting(meeting, meant.call, by=by, ground=taken.ground, now=now, detail=detail)
    return meeting


def _minute(moment: datetime) -> datetime:
    """People write times to the minute: a meeting held at once is not held before it was called."""
    return moment.replace(second=0, microsecond=0)


def _why_not_call(planned_for: datetime | None, invite: Collection[Person], now: datetime) -> list[Reason]:
    lacking = []
    if planned_for is None or planned_for < _minute(now):
        lacking.append(Reason("planned_on", "Give the day and time of the meeting, from now on."))
    if not invite:
        lacking.append(Reason("invite", "Choose whom to invite: at least one person of another agency."))
    return lacking


def _other_cases(case: Case, kind: MeetingKind, taken: Taken) -> list[Case]:
    """The other children of the household who belong in this meeting, each with a case, locked."""
    found: dict[UUID, Case] = {}
    for child, contact in children_of_household(case):
        known = case_about(child)
        if known is not None:
            other = Case.objects.select_for_update().get(pk=known.pk)
            if other.pk != case.pk and _belongs(other, kind):
                found[other.pk] = other
        elif kind.kind == "strategy_discussion":
            made = new_case(child, contact, taken.by, taken.now)
            found[made.pk] = made
    return list(found.values())


def _belongs(case: Case, kind: MeetingKind) -> bool:
    stages = stages_of(case)
    if kind.kind == "strategy_discussion":
        return not stages or stages == {Stage.CLOSED} or move_for(kind.call, "", stages) is not None
    return move_for(kind.hold, "", stages) is not None


def _bring_in(meeting: Meeting, case: Case, kind: MeetingKind, first: Taken) -> None:
    """A child with no work, or none any more, is brought in by opening work at the strategy discussion."""
    MeetingAbout.objects.create(meeting=meeting, case=case, by=first.by, at=first.now)
    stages = stages_of(case)
    without_work = not stages or stages == {Stage.CLOSED}
    move = move_for("open_case", meeting.kind, stages) if without_work else move_for(kind.call, "", stages)
    around = Around(detail={"meeting": str(meeting.pk)})
    if move is not None:
        take(Taken(case, move, first.written, first.ground, first.by, first.now), around)


def cases_of(meeting: Meeting) -> list[Case]:
    """The cases of the children a meeting is about."""
    return [about.case for about in meeting.meetingabout_set.select_related("case__child", "case__locality")]


def permitted_at(verb: str, meeting: Meeting, by: Person, now: datetime) -> str:
    """The ground on which somebody may do this at a meeting: on any child it is about.

    Raises:
        Refused: there is none.
    """
    return permitted(verb, _own_case(meeting, by), by, now, meeting=meeting)


def _own_case(meeting: Meeting, by: Person) -> Case:
    """The child whose work this person leads, if any; otherwise the first."""
    cases = cases_of(meeting)
    led = [case for case in cases if (worker := worker_of(case)) is not None and worker.pk == by.pk]
    return (led or cases)[0]


def _invitation(meeting: Meeting, by: Person) -> Invitation:
    return Invitation.objects.get(meeting=meeting, person=by)


@transaction.atomic
def make_entry(*, meeting_id: UUID, text: str, by: Person, now: datetime) -> AgencyEntry:
    """Write what one's own agency knows. Whoever has more to say later adds another: nothing is overwritten."""
    meeting = locked_meeting(meeting_id)
    ground = permitted_at("make_entry", meeting, by, now)
    _still_open(meeting)
    if not text.strip():
        raise Incomplete([Reason("text", "Write what your agency knows.")])
    entry = AgencyEntry.objects.create(
        meeting=meeting, invitation=_invitation(meeting, by), text=text, by=by, at=now
    )
    note_meeting(meeting, "make_entry", by=by, ground=ground, now=now, detail={"entry": entry.pk})
    return entry


@transaction.atomic
def dissent(*, meeting_id: UUID, text: str, by: Person, now: datetime) -> Dissent:
    """Record that one disagrees with what a meeting decided, and why. It stays beside the decision."""
    meeting = locked_meeting(meeting_id)
    ground = permitted_at("dissent", meeting, by, now)
    if not text.strip():
        raise Incomplete([Reason("text", "Write what you disagree with, and why.")])
    said = Dissent.objects.create(
        meeting=meeting, invitation=_invitation(meeting, by), text=text, by=by, at=now
    )
    note_meeting(meeting, "dissent", by=by, ground=ground, now=now, detail={"dissent": said.pk})
    return said


def _still_open(meeting: Meeting) -> None:
    if MeetingEnded.objects.filter(meeting=meeting).exists():
        raise NotPossibleNow("This meeting has ended.")


@transaction.atomic
def hold_meeting(
    *,
    meeting_id: UUID,
    held_at: datetime,
    came: Mapping[int, tuple[bool, str]],
    not_applying: Mapping[str, str],
    by: Person,
    now: datetime,
) -> MeetingHeld:
    """Record that a meeting was held and who was there. `came` is by invitation: came or not, and a note.

    Whom it lacks, by the practice in force, is written down with it.
    """
    meeting = locked_meeting(meeting_id)
    kind, cases = MEETINGS[meeting.kind], cases_of(meeting)
    permitted_at(kind.hold, meeting, by, now)
    _still_open(meeting)
    if MeetingHeld.objects.filter(meeting=meeting).exists():
        raise NotPossibleNow("It has already been recorded that this meeting was held.")
    if held_at > now or held_at < _minute(meeting.called_at):
        raise Incomplete([Reason("held_on", "Give when it was held: after it was called, and before now.")])
    held = _write_held(meeting, held_at, came, not_applying, by, now)
    around = Around(moments={"meeting": held_at}, detail={"meeting": str(meeting.pk)})
    for each in cases:
        case = locked(each.pk)
        take(check_move(case, kind.hold, "", Written(), by=by, now=now, meeting=meeting), around)
    ground = permitted_at(kind.hold, meeting, by, now)
    note_meeting(meeting, kind.hold, by=by, ground=ground, now=now, detail={"missing": held.missing})
    return held


def _write_held(
    meeting: Meeting,
    held_at: datetime,
    came: Mapping[int, tuple[bool, str]],
    not_applying: Mapping[str, str],
    by: Person,
    now: datetime,
) -> MeetingHeld:
    kinds = set()
    for invitation in meeting.invitation_set.select_related("person__agency"):
        was_there, words = came.get(invitation.pk, (False, ""))
        if was_there:
            kinds.add(invitation.person.agency.kind)
        Attendance.objects.create(
            meeting=meeting, invitation=invitation, came=was_there, note=words, by=by, at=now
        )
    given = {need: why for need, why in not_applying.items() if why.strip()}
    missing = missing_from(practice_of(in_force(now)), meeting.kind, kinds, given)
    return MeetingHeld.objects.create(
        meeting=meeting, held_at=held_at, missing=list(missing), not_applying=given, by=by, at=now
    )


def decision_standing(meeting: Meeting, case: Case) -> MeetingDecision | None:
    """The latest decision for a child that is in force or waits for a second person."""
    last = (
        MeetingDecision.objects.filter(meeting=meeting, case=case)
        .select_related("second_word__by", "by__agency")
        .order_by("-id")
        .first()
    )
    return last if last is not None and (last.in_force or last.is_waiting) else None


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
    _still_open(meeting)
    if case.pk not in {each.pk for each in cases_of(meeting)}:
        raise NotPossibleNow("This meeting is not about this child.")
    held = MeetingHeld.objects.filter(meeting=meeting).first()
    if held is None:
        raise NotPossibleNow("Record first that the meeting was held, and who was there.")
    if decision_standing(meeting, case) is not None:
        raise NotPossibleNow("This meeting has already decided for this child.")
    taken = check_move(case, kind.decide, outcome, written, by=by, now=now, meeting=meeting)
    lacking = _why_not_decide(held, not_quorate_because, actions)
    if lacking:
        raise Incomplete(lacking)
    decision = MeetingDecision.objects.create(
        meeting=meeting,
        case=case,
        outcome=outcome,
        goes_on=written.goes_on,
        category=written.category,
        rationale=written.reason,
        quorate=not held.missing,
        not_quorate_because=not_quorate_because if held.missing else "",
        written=_views_kept(written),
        by=by,
        at=now,
    )
    agree_actions(case, actions, plan=None, meeting=meeting, by=by, now=now)
    detail = {"decision": decision.pk, "case": str(case.pk), "outcome": outcome, "missing": held.missing}
    note_meeting(meeting, kind.decide, by=by, ground=taken.ground, now=now, detail=detail)
    if decision.quorate:
        _put_in_force(taken, meeting, held)
    else:
        note(case, kind.decide, by=by, ground=taken.ground, now=now, detail={**detail, "waits": True})
    return decision


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


def _views_kept(written: Written) -> dict[str, Any]:
    return {
        whose: {"text": said.text, "not_obtained_because": said.not_obtained_because}
        for whose, said in written.views.items()
    }


def _put_in_force(taken: Taken, meeting: Meeting, held: MeetingHeld) -> None:
    take(taken, Around(moments={"meeting": held.held_at}, detail={"meeting": str(meeting.pk)}))


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
    note(case, verb, by=by, ground=ground, now=now, detail={**detail, "reason": reason})
    if agrees:
        _agreed(meeting, decision, case, ground, by, now)
    return word


def _agreed(
    meeting: Meeting, decision: MeetingDecision, case: Case, ground: str, by: Person, now: datetime
) -> None:
    kind = MEETINGS[meeting.kind]
    move = move_for(kind.decide, decision.outcome, stages_of(case))
    if move is None:
        raise NotPossibleNow(
            "What is open has changed since this was decided. Return it, to be decided again."
        )
    written = Written(
        reason=decision.rationale,
        goes_on=decision.goes_on,
        category=decision.category,
        views={whose: Said(**said) for whose, said in decision.written.items()},
    )
    held = MeetingHeld.objects.get(meeting=meeting)
    _put_in_force(Taken(case, move, written, ground, by, now), meeting, held)


def undecided(meeting: Meeting) -> list[Case]:
    """The children for whom no decision is in force yet."""
    return [
        case
        for case in cases_of(meeting)
        if (decision := decision_standing(meeting, case)) is None or not decision.in_force
    ]


@transaction.atomic
def end_meeting(*, meeting_id: UUID, summary: str, by: Person, now: datetime) -> MeetingEnded:
    """End a meeting: everybody at the table can read what it decided.

    Raises:
        NotPossibleNow: a child is without a decision (rule C12).
    """
    meeting = locked_meeting(meeting_id)
    ground = permitted_at("end_meeting", meeting, by, now)
    _still_open(meeting)
    if not MeetingHeld.objects.filter(meeting=meeting).exists():
        raise NotPossibleNow("It has not been recorded yet that this meeting was held.")
    left = undecided(meeting)
    if left:
        names = ", ".join(case.child.name or case.reference for case in left)
        raise NotPossibleNow(
            f"The meeting cannot end yet: every child needs a decision of its own (rule C12). "
            f"Without one: {names}."
        )
    ended = MeetingEnded.objects.create(meeting=meeting, summary=summary, by=by, at=now)
    note_meeting(meeting, "end_meeting", by=by, ground=ground, now=now)
    return ended
