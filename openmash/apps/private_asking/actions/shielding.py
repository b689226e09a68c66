"""Deciding that questions about a child are answered by a person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.private_asking.errors import CannotBeShielded
from openmash.apps.private_asking.models import Shielding
from openmash.apps.private_asking.permission import permitted
from openmash.apps.private_asking.queries.shields import is_shielded_by


@acting
@transaction.atomic
def shield(*, record_id: UUID, shielded: bool, reason: str, by: Person, now: datetime) -> Shielding:
    """From now on a person answers about the child of this description, or `by`'s agency no longer asks for that.

    The caller has checked that `by` may open the contact on which the child is described.

    Raises:
        Refused: `by` leads nothing in their agency.
        CannotBeShielded: no reason was given, or it stands so already.
    """
    ground = permitted("shield", by=by, now=now)
    if not reason.strip():
        raise CannotBeShielded("Say why a person should answer, or why that is no longer needed.")
    if is_shielded_by(by.agency_id, record_id) == shielded:
        raise CannotBeShielded(
            "Your agency shields this child already." if shielded else "Your agency has ended this already."
        )
    said = Shielding.objects.create(
        agency_id=by.agency_id, record_id=record_id, shielded=shielded, reason=reason.strip(), by=by, at=now
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
