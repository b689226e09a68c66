"""Which single records somebody is kept out of, whatever their role."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from openmash.apps.access.models import ConflictDeclared, EmergencyAccess, Restriction
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.directory.models import Person


def restrictions_on(today: date) -> QuerySet[Restriction]:
    """Those in force."""
    return Restriction.objects.filter(ends_on__gte=today, lifted__isnull=True)


@seeing_everything("what somebody is kept out of is not theirs to read")
def kept_out_of(person: Person, today: date) -> frozenset[str]:
    """Ids, as text, of the contacts that this person may not open. An emergency opens a restriction, no conflict."""
    named = restrictions_on(today).filter(names__person=person).values_list("pk", flat=True)
    emergency = EmergencyAccess.objects.filter(
        contact_id=OuterRef("contact_id"), person=person, last_day__gte=today, at__gte=OuterRef("at")
    )
    closed = restrictions_on(today).exclude(owner=person).exclude(pk__in=named).exclude(Exists(emergency))
    conflicts = ConflictDeclared.objects.filter(person=person, ended__isnull=True)
    return _ids(closed) | _ids(conflicts)


def _ids(
    rows: QuerySet[Restriction] | QuerySet[ConflictDeclared],
) -> frozenset[str]:
    ids: Iterable[UUID] = rows.values_list("contact_id", flat=True)
    return frozenset(map(str, ids))
