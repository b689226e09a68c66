"""Round the table: what each agency writes itself, who came, and who disagrees."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.meetings.noting import (
    cases_of,
    invitation_of,
    locked_meeting,
    note_meeting,
    permitted_at,
    refuse_if_ended,
    to_the_minute,
)
from openmash.apps.casework.actions.moves import (
    Around,
    Taken,
    locked,
    take,
)
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.meeting_kinds import MEETINGS
from openmash.apps.casework.models import (
    AgencyEntry,
    Attendance,
    Dissent,
    Meeting,
    MeetingHeld,
)
from openmash.apps.casework.pathway import move_for
from openmash.apps.casework.practice import in_force, practice_of
from openmash.apps.casework.rules import Written
from openmash.apps.casework.standing import stages_of
from openmash.apps.casework.unborn import loss_of
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.engines.pathway import missing_from


@acting
@transaction.atomic
def make_entry(*, meeting_id: UUID, text: str, by: Person, now: datetime) -> AgencyEntry:
    """Write what one's own agency knows. Whoever has more to say later adds another: nothing is overwritten."""
    meeting = locked_meeting(meeting_id)
    ground = permitted_at("make_entry", meeting, by, now)
    refuse_if_ended(meeting)
    if not text.strip():
        raise Incomplete([Reason("text", "Write what your agency knows.")])
    entry = AgencyEntry.objects.create(
        meeting=meeting, invitation=invitation_of(meeting, by), text=text, by=by, at=now
    )
    note_meeting(meeting, "make_entry", by=by, ground=ground, now=now, detail={"entry": entry.pk})
    return entry


@acting
@transaction.atomic
def dissent(*, meeting_id: UUID, text: str, by: Person, now: datetime) -> Dissent:
    """Record that one disagrees with what a meeting decided, and why. It stays beside the decision."""
    meeting = locked_meeting(meeting_id)
    ground = permitted_at("dissent", meeting, by, now)
    if not text.strip():
        raise Incomplete([Reason("text", "Write what you disagree with, and why.")])
    said = Dissent.objects.create(
        meeting=meeting, invitation=invitation_of(meeting, by), text=text, by=by, at=now
    )
    note_meeting(meeting, "dissent", by=by, ground=ground, now=now, detail={"dissent": said.pk})
    return said


@acting
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

    Whom it lacks, by the practice in force, is written down with it. A child who has left the stage since it was
    called, or lives in another area now, does not keep the others from it.

    Raises:
        Refused: this person may not, for any of the children.
        NotPossibleNow: no child is left whom it is for, it was held already or has ended.
        Incomplete: when it was held is not given.
    """
    meeting = locked_meeting(meeting_id)
    kind = MEETINGS[meeting.kind]
    ground = permitted_at(kind.hold, meeting, by, now)
    refuse_if_ended(meeting)
    if MeetingHeld.objects.filter(meeting=meeting).exists():
        raise NotPossibleNow("It has already been recorded that this meeting was held.")
    if held_at > now or held_at < to_the_minute(meeting.called_at):
        raise Incomplete([Reason("held_on", "Give when it was held: after it was called, and before now.")])
    cases = [locked(each.pk) for each in cases_of(meeting)]
    here = [(case, move_for(kind.hold, "", stages_of(case))) for case in cases if loss_of(case) is None]
    moves = [Taken(case, move, Written(), ground, by, now) for case, move in here if move is not None]
    if not moves:
        raise NotPossibleNow("None of these children is at the stage that this meeting is for any more.")
    held = _write_held(meeting, held_at, came, not_applying, by, now)
    around = Around(moments={"meeting": held_at}, detail={"meeting": str(meeting.pk)})
    for each in moves:
        take(each, around)
    note_meeting(meeting, kind.hold, by=by, ground=ground, now=now, detail={"missing": len(held.missing)})
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
