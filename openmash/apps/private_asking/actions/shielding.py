"""Deciding that questions about a record are answered by a person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.private_asking.errors import CannotBeAsked
from openmash.apps.private_asking.models import Shielding
from openmash.apps.private_asking.permission import permitted


@transaction.atomic
def shield(
    *, source: str, record_id: UUID, shielded: bool, reason: str, by: Person, now: datetime
) -> Shielding:
    """From now on a person answers about this record of `by`'s own agency, or no longer.

    Raises:
        Refused: `by` leads nothing in their agency.
        CannotBeAsked: no reason was given.
    """
    ground = permitted("shield", by=by, now=now)
    if not reason.strip():
        raise CannotBeAsked("Say why a person should answer, or why that is no longer needed.")
    said = Shielding.objects.create(
        agency_id=by.agency_id,
        source=source,
        record_id=record_id,
        shielded=shielded,
        reason=reason,
        by=by,
        at=now,
    )
    record(
        by=by,
        verb="shield" if shielded else "stop_shielding",
        subject_kind="private_answers",
        subject_id=by.agency_id,
        ground=ground,
        now=now,
        detail={"record": str(record_id)},
    )
    return said
