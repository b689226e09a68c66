"""What every action on a meeting shares: lock it, check the right, write it down."""

from datetime import datetime
from typing import Any
from uuid import UUID

from openmash.apps.audit.actions import record
from openmash.apps.casework.errors import NotPossibleNow
from openmash.apps.casework.models import (
    Case,
    Invitation,
    Meeting,
    MeetingEnded,
)
from openmash.apps.casework.standing import permitted, worker_of
from openmash.apps.directory.models import Person


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


def invitation_of(meeting: Meeting, by: Person) -> Invitation:
    return Invitation.objects.get(meeting=meeting, person=by)


def refuse_if_ended(meeting: Meeting) -> None:
    if MeetingEnded.objects.filter(meeting=meeting).exists():
        raise NotPossibleNow("This meeting has ended.")


def to_the_minute(moment: datetime) -> datetime:
    """People write times to the minute: a meeting held at once is not held before it was called."""
    return moment.replace(second=0, microsecond=0)
