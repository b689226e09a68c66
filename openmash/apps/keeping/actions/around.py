"""What every act about the keeping of a record shares: one at a time, the right, and the note."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from openmash.apps.access.grounds import Ground
from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.concerns.errors import Incomplete
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.keeping.kinds import SUBJECT, RecordKind
from openmash.apps.keeping.permission import came_from, ground_to_keep


@acting
def one_at_a_time(kind: RecordKind, record_id: UUID) -> None:
    """Wait for whoever decides about the same record, or a concern it goes back to, whose hold holds it too."""
    ids = {record_id, *(came_from(record_id) if kind is RecordKind.CASE else ())}
    with connection.cursor() as cursor:
        for each in sorted(ids):  # in one order, so that two never wait for one another
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"keeping {each}"])


@acting
def entered(kind: RecordKind, record_id: UUID, by: Person, now: datetime) -> Ground:
    """The ground of whoever decides about a record that nobody else is deciding about.

    Raises:
        Contact.DoesNotExist, Case.DoesNotExist: there is no such record.
        Refused: it is none of theirs.
    """
    one_at_a_time(kind, record_id)
    return ground_to_keep(kind, record_id, by, now)


@acting
def note(
    verb: str,
    record_id: UUID,
    *,
    by: Person,
    ground: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write an event about the keeping of a record."""
    record(
        by=by, verb=verb, subject_kind=SUBJECT, subject_id=record_id, ground=ground, now=now, detail=detail
    )


@acting
def lacking(field: str, text: str) -> Incomplete:
    """One thing that must be given, beside its field."""
    return Incomplete([Reason(field, text)])
