"""How a case stands: which stages are open, who leads, and what access needs to know of it."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from openmash.apps.access.grounds import Ground
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.access.work_grounds import CaseFacts, ground_for_work
from openmash.apps.casework.absence import covers_on
from openmash.apps.casework.models import (
    Allocation,
    CameFrom,
    Case,
    Invitation,
    Meeting,
    StageOpen,
    TransferOut,
)
from openmash.apps.casework.pathway import grounds_for
from openmash.apps.casework.stages import CONFERENCE, Stage
from openmash.apps.directory.models import Person

CONFERENCES = frozenset({"initial_conference", "transfer_in_conference", "review_conference"})


def open_stages(case: Case) -> list[StageOpen]:
    """The stages that are open, in the order in which they began."""
    return list(StageOpen.objects.filter(case=case, ended__isnull=True).order_by("id"))


def stages_of(case: Case) -> frozenset[str]:
    """The names of the stages that are open."""
    return frozenset(each.stage for each in open_stages(case))


def worker_of(case: Case) -> Person | None:
    """Who leads the work now; nobody, until somebody is named, nor once they have left the service."""
    last = Allocation.objects.filter(case=case).select_related("worker__agency").order_by("-id").first()
    worker = last.worker if last is not None else None
    return worker if worker is not None and worker.is_active else None


def leaving(case: Case) -> TransferOut | None:
    """The notice that was given and has not been answered; None if there is none."""
    if Stage.TRANSFER not in stages_of(case):
        return None
    return TransferOut.objects.filter(case=case).order_by("-id").first()


@seeing_everything("opened with the work: the gate of the work decides")
def facts_of(case: Case, now: datetime, *, meeting: Meeting | None = None) -> CaseFacts:
    """All that access needs to know of a case at a moment, as one meeting sees it if there is one."""
    worker = worker_of(case)
    cover = covers_on(case, worker, timezone.localtime(now).date())
    # A conference that has just decided goes on to be ended by its chair, whatever it decided.
    conference = meeting is not None and meeting.kind in CONFERENCES
    return CaseFacts(
        id=str(case.pk),
        locality_id=case.locality_id,
        worker_id=worker.pk if worker is not None else None,
        cover_id=cover.pk if cover is not None else None,
        is_for_conference=conference or bool(stages_of(case) & CONFERENCE),
        receiving_locality_id=case.moving_to_id,
        invited=frozenset(meeting.invitation_set.values_list("person_id", flat=True))
        if meeting is not None
        else frozenset(),
        took_part=_took_part(case),
    )


def _took_part(case: Case) -> frozenset[int]:
    invited = Invitation.objects.filter(meeting__meetingabout__case=case).values_list("person_id", flat=True)
    raised = CameFrom.objects.filter(case=case).values_list("contact__raised_by_id", flat=True)
    return frozenset(pk for pk in (*invited, *raised) if pk is not None)


def permitted(
    verb: str,
    case: Case,
    by: Person,
    now: datetime,
    *,
    who: Collection[Ground] | None = None,
    meeting: Meeting | None = None,
) -> Ground:
    """The ground on which `by` may do `verb`; `who` narrows it to what one outcome of it takes.

    Raises:
        Refused: there is none.
    """
    viewer = viewer_of(by, timezone.localtime(now).date())
    allowed = grounds_for(verb) if who is None else who
    return ground_for_work(viewer, verb, facts_of(case, now, meeting=meeting), allowed)


def told_as(person: Person) -> str:
    """What somebody of an agency is called among those who are told: two agencies may have people of one name."""
    return f"{person.name}, {person.agency.name}"
