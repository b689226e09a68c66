"""One meeting opened: whole for those who lead the work, and for somebody invited what is theirs to see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from openmash.apps.access.grounds import Ground
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.access.work_grounds import grounds_on_case
from openmash.apps.casework.actions.meetings import (
    cases_of,
    decision_standing,
    note_meeting,
    permitted_at,
    undecided,
)
from openmash.apps.casework.meeting_kinds import MEETINGS, MeetingKind
from openmash.apps.casework.models import (
    AgencyEntry,
    Case,
    Dissent,
    Invitation,
    Meeting,
    MeetingDecision,
    MeetingEnded,
    MeetingHeld,
)
from openmash.apps.casework.pathway import LOOKS, grounds_for, moves_from
from openmash.apps.casework.practice import in_force, practice_of
from openmash.apps.casework.standing import facts_of, stages_of
from openmash.apps.casework.table.move import Move
from openmash.apps.casework.unborn import loss_of
from openmash.apps.directory.models import Person
from openmash.engines.pathway import Need


@dataclass(frozen=True)
class ChildAtMeeting:
    """One of the children, what stands decided for it, and what may be decided now."""

    case: Case
    decision: MeetingDecision | None
    moves: tuple[Move, ...]
    lost: bool


@dataclass(frozen=True)
class OpenedMeeting:
    """A meeting. For somebody who was only invited, `entries` and `dissents` are their own alone, and what was
    decided is theirs to read once the meeting has ended.
    """

    meeting: Meeting
    kind: MeetingKind
    children: tuple[ChildAtMeeting, ...]
    invitations: tuple[Invitation, ...]
    entries: tuple[AgencyEntry, ...]
    dissents: tuple[Dissent, ...]
    held: MeetingHeld | None
    ended: MeetingEnded | None
    needs: tuple[Need, ...]
    only_invited: bool
    mine: Invitation | None
    can: frozenset[str]
    left: tuple[Case, ...]


@seeing_everything("opened with the work: the gate of the work decides")
@transaction.atomic
def open_meeting(meeting_id: UUID, *, by: Person, now: datetime, to: str = "") -> OpenedMeeting:
    """Open a meeting, to look at it or to do something (`to`, a verb of the pathway).

    Raises:
        Meeting.DoesNotExist: there is no such meeting.
        Refused: this person has no part in it, or may not do this.
    """
    meeting = Meeting.objects.select_related("called_by__agency").get(pk=meeting_id)
    ground = permitted_at("see_meeting", meeting, by, now)
    note_meeting(meeting, "see_meeting", by=by, ground=ground, now=now)
    if to:
        permitted_at(to, meeting, by, now)
    grounds = grounds_at(meeting, by, now)
    only_invited = not grounds & (LOOKS["see_meeting"] - {Ground.INVITED})
    own = {"by": by} if only_invited else {}
    held = meeting.meetingheld_set.select_related("by").first()
    ended = meeting.meetingended_set.select_related("by").first()
    invitations = meeting.invitation_set.select_related("person__agency", "attendance")
    return OpenedMeeting(
        meeting=meeting,
        kind=MEETINGS[meeting.kind],
        children=tuple(
            _child(case, meeting, may_see=not only_invited or ended is not None) for case in cases_of(meeting)
        ),
        invitations=tuple(invitations),
        entries=tuple(meeting.agencyentry_set.filter(**own).select_related("by__agency")),
        dissents=tuple(meeting.dissent_set.filter(**own).select_related("by__agency")),
        held=held,
        ended=ended,
        needs=practice_of(in_force(now)).needs(meeting.kind),
        only_invited=only_invited,
        mine=next((each for each in invitations if each.person_id == by.pk), None),
        can=_possible(meeting, grounds, held, ended),
        left=tuple(undecided(meeting)),
    )


@seeing_everything("opened with the work: the gate of the work decides")
def grounds_at(meeting: Meeting, by: Person, now: datetime) -> frozenset[Ground]:
    """Every ground this person has on any child the meeting is about."""
    viewer = viewer_of(by, timezone.localtime(now).date())
    cases = cases_of(meeting)
    return frozenset().union(
        *(grounds_on_case(viewer, facts_of(case, now, meeting=meeting)) for case in cases)
    )


def _child(case: Case, meeting: Meeting, *, may_see: bool) -> ChildAtMeeting:
    moves = moves_from(MEETINGS[meeting.kind].decide, stages_of(case))
    return ChildAtMeeting(
        case, decision_standing(meeting, case) if may_see else None, moves, loss_of(case) is not None
    )


def _possible(
    meeting: Meeting, grounds: frozenset[Ground], held: MeetingHeld | None, ended: MeetingEnded | None
) -> frozenset[str]:
    kind = MEETINGS[meeting.kind]
    wanted = {"dissent"} if held is not None else set()
    if ended is None:
        wanted |= {"make_entry", kind.hold if held is None else kind.decide}
    if ended is None and held is not None:
        wanted |= {"end_meeting", "agree_decision"}
    return frozenset(verb for verb in wanted if grounds_for(verb) & grounds)
