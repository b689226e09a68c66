"""Who decides how long a record is kept: those who answer for its front door, or for the work with the child."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import KEPT_OUT, Ground, Viewer, ground_for, localities_for
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.access.work_grounds import ground_for_work
from openmash.apps.casework.models import CameFrom, Case
from openmash.apps.casework.standing import facts_of
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import facts_for_access
from openmash.apps.directory.models import Person
from openmash.apps.keeping.kinds import RecordKind

VERB = "keep"
OF_CONTACTS = frozenset({"manager", "head_of_service", "safeguarding_partner"})
OF_WORK = frozenset({"team_manager", "head_of_service", "safeguarding_partner"})
ANSWERS_FOR_WORK = frozenset({Ground.MANAGES_TEAM, Ground.HEADS_SERVICE_HERE, Ground.SAFEGUARDING_PARTNER})
KEEPERS = OF_CONTACTS | OF_WORK


@seeing_everything("the gate of keeping decides, and says why not")
def ground_to_keep(kind: RecordKind, record_id: UUID, by: Person, now: datetime) -> Ground:
    """The ground on which somebody decides about a record.

    Raises:
        Contact.DoesNotExist, Case.DoesNotExist: there is no such record.
        Refused: there is none, or they are kept out of the record.
    """
    viewer = viewer_of(by, day_of(now))
    if kind is RecordKind.CONTACT:
        return ground_for(viewer, VERB, facts_for_access(Contact.objects.get(pk=record_id)))
    ground = ground_for_work(viewer, VERB, facts_of(Case.objects.get(pk=record_id), now), ANSWERS_FOR_WORK)
    if viewer.kept_out & {str(each) for each in came_from(record_id)}:
        raise Refused(KEPT_OUT, verb=VERB, subject_kind=kind, subject_id=str(record_id))
    return ground


def came_from(case_id: UUID) -> list[UUID]:
    """The concerns that the work goes back to."""
    return list(CameFrom.objects.filter(case=case_id).values_list("contact_id", flat=True).distinct())


def contacts_of(viewer: Viewer) -> Q:
    """The contacts about which somebody decides."""
    return _within(localities_for(viewer, OF_CONTACTS)) & ~Q(pk__in=viewer.kept_out)


def cases_of(viewer: Viewer) -> Q:
    """The same of work with children."""
    closed = CameFrom.objects.filter(contact__in=[UUID(each) for each in viewer.kept_out]).values("case")
    return _within(localities_for(viewer, OF_WORK)) & ~Q(pk__in=closed)


def _within(where: Collection[int] | None) -> Q:
    return Q() if where is None else Q(locality_id__in=where)
