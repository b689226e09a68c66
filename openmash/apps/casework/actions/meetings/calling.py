"""Calling a meeting: about whom, and who is asked to come."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.meetings.noting import (
    note_meeting,
    to_the_minute,
)
from openmash.apps.casework.actions.moves import (
    Around,
    Taken,
    check_move,
    locked,
    take,
)
from openmash.apps.casework.actions.opening import case_about, new_case, one_opening_at_a_time
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.meeting_kinds import MEETINGS, MeetingKind
from openmash.apps.casework.models import (
    Case,
    Invitation,
    Meeting,
    MeetingAbout,
)
from openmash.apps.casework.pathway import move_for
from openmash.apps.casework.rules import Written
from openmash.apps.casework.stages import Stage
from openmash.apps.casework.standing import stages_of, worker_of
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.models.part import HOUSEHOLD_ROLES
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Description


@acting
def children_of_household(case: Case) -> list[tuple[Description, Contact]]:
    """Every child of the household, as described on the concerns this case goes back to."""
    found: dict[UUID, tuple[Description, Contact]] = {}
    for came in case.camefrom_set.select_related("contact"):
        parts = came.contact.parts.filter(role__in=HOUSEHOLD_ROLES).select_related("description")
        for part in parts:
            found[part.description.pk] = (part.description, came.contact)
    return list(found.values())


@acting
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

    A child who is in an open meeting of this kind already stays in that one alone.

    Raises:
        Refused, NotPossibleNow, ChangedMeanwhile: as every move.
        Incomplete: what is lacking, by field.
    """
    one_opening_at_a_time()
    case, meant = locked(case_id, seen_version), MEETINGS[kind]
    taken = check_move(case, meant.call, "", Written(reason=purpose), by=by, now=now)
    lacking = _why_not_call(planned_for, invite, now)
    if lacking or planned_for is None:
        raise Incomplete(lacking)
    if _is_in_one(case, meant):
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


def _why_not_call(planned_for: datetime | None, invite: Collection[Person], now: datetime) -> list[Reason]:
    lacking = []
    if planned_for is None or planned_for < to_the_minute(now):
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
            if other.pk != case.pk and _belongs(other, kind) and not _is_in_one(other, kind):
                found[other.pk] = other
        elif kind.kind == "strategy_discussion":
            made = new_case(child, contact, taken.by, taken.now)
            found[made.pk] = made
    return list(found.values())


def _is_in_one(case: Case, kind: MeetingKind) -> bool:
    """Whether this child is in a meeting of this kind that has not ended."""
    open_now = MeetingAbout.objects.filter(case=case, meeting__meetingended__isnull=True)
    return open_now.filter(meeting__kind=kind.kind).exists()


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
