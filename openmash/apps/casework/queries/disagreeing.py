"""What somebody who took part sees when they disagree: their own disagreements and answers, never the case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.casework.actions.moves import note
from openmash.apps.casework.meeting_kinds import MEETINGS
from openmash.apps.casework.models import Case, Escalation, MeetingDecision, StageEnded, Told
from openmash.apps.casework.pathway import MOVES
from openmash.apps.casework.standing import permitted
from openmash.apps.directory.models import Person

LOWERING = frozenset((move.verb, move.outcome) for move in MOVES if move.lowers)


@dataclass(frozen=True)
class Disagreeing:
    """The case by name alone, the decisions this person was told of that asked for less, and their own words."""

    case: Case
    decisions: tuple[StageEnded, ...]
    mine: tuple[Escalation, ...]


@seeing_everything("opened with the work: the gate of the work decides")
@transaction.atomic
def open_disagreeing(case_id: UUID, *, by: Person, now: datetime) -> Disagreeing:
    """Open what this person may disagree with, and what became of it.

    Raises:
        Case.DoesNotExist: there is no such case.
        Refused: this person had no part in it.
    """
    case = Case.objects.select_related("child", "locality").get(pk=case_id)
    ground = permitted("see_escalation", case, by, now)
    note(case, "see_escalation", by=by, ground=ground, now=now)
    mine = case.escalation_set.filter(by=by).select_related("about__opened", "answer__by__agency")
    return Disagreeing(case, _told_of(case, by), tuple(mine))


def _told_of(case: Case, by: Person) -> tuple[StageEnded, ...]:
    """Decisions that asked for less, of meetings this person was at that ended, and ends they were told of."""
    decided = MeetingDecision.objects.filter(
        case=case, meeting__invitation__person=by, meeting__meetingended__isnull=False
    ).select_related("meeting")
    which = Q(pk__in=[])
    for each in decided:
        verb = MEETINGS[each.meeting.kind].decide
        if each.in_force and (verb, each.outcome) in LOWERING:
            which |= Q(verb=verb, outcome=each.outcome, at__gte=each.at)
    if Told.objects.filter(case=case, person=by).exists():
        which |= Q(verb="close")
    found = StageEnded.objects.filter(which, case=case).select_related("opened").order_by("-at", "id")
    # One decision may have ended several stages: it is offered once.
    return tuple({(each.verb, each.at): each for each in found}.values())
