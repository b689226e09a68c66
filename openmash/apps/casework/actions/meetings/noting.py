"""What every action on a meeting shares: lock it, check the right, write it down."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import acting
from openmash.apps.access.work_grounds import ground_for_work, grounds_on_case
from openmash.apps.audit.actions import record
from openmash.apps.casework.errors import NotPossibleNow
from openmash.apps.casework.models import (
    Case,
    Invitation,
    Meeting,
    MeetingEnded,
)
from openmash.apps.casework.pathway import grounds_for
from openmash.apps.casework.standing import facts_of
from openmash.apps.directory.models import Person


@acting
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


@acting
def locked_meeting(meeting_id: UUID) -> Meeting:
    """The meeting, locked until the transaction ends."""
    return Meeting.objects.select_for_update().get(pk=meeting_id)


@acting
def cases_of(meeting: Meeting) -> list[Case]:
    """The cases of the children a meeting is about."""
    return [about.case for about in meeting.meetingabout_set.select_related("case__child", "case__locality")]


@acting
def permitted_at(verb: str, meeting: Meeting, by: Person, now: datetime) -> str:
    """The ground on which somebody may do this at a meeting: on any child it is about.

    Raises:
        Refused: there is none.
    """
    viewer, allowed = viewer_of(by, timezone.localtime(now).date()), grounds_for(verb)
    every = [facts_of(case, now, meeting=meeting) for case in cases_of(meeting)]
    usable = next((facts for facts in every if grounds_on_case(viewer, facts) & allowed), every[0])
    return ground_for_work(viewer, verb, usable, allowed)


@acting
def invitation_of(meeting: Meeting, by: Person) -> Invitation:
    return Invitation.objects.get(meeting=meeting, person=by)


@acting
def refuse_if_ended(meeting: Meeting) -> None:
    if MeetingEnded.objects.filter(meeting=meeting).exists():
        raise NotPossibleNow("This meeting has ended.")


@acting
def to_the_minute(moment: datetime) -> datetime:
    """People write times to the minute: a meeting held at once is not held before it was called."""
    return moment.replace(second=0, microsecond=0)
