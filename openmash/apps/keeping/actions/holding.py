"""Holding a record, and lifting a hold."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.case import day_of
from openmash.apps.directory.models import Person
from openmash.apps.keeping.actions.around import entered, lacking, note
from openmash.apps.keeping.kinds import REASONS, RecordKind
from openmash.apps.keeping.models import Hold, HoldLifted

LONGEST = timedelta(days=366)


@acting
@transaction.atomic
def place_hold(
    *, kind: RecordKind, record_id: UUID, why: str, reason: str, review_on: date, by: Person, now: datetime
) -> Hold:
    """From now on the record is not removed, until somebody lifts the hold. `by` owns it.

    Raises:
        Contact.DoesNotExist, Case.DoesNotExist: there is no such record.
        Refused: `by` does not decide about it.
        Incomplete: there is no reason, or no day within a year on which the hold is looked at again.
    """
    ground = entered(kind, record_id, by, now)
    today = day_of(now)
    if why not in REASONS:
        raise lacking("why", "Choose why the record must stay.")
    if not reason.strip():
        raise lacking("reason", "Say which inquiry, court or request it is.")
    if not today <= review_on <= today + LONGEST:
        raise lacking("review_on", "Give a day from today on, at most a year away.")
    hold = Hold.objects.create(
        kind=kind, record_id=record_id, why=why, reason=reason, owner=by, review_on=review_on, by=by, at=now
    )
    note("hold_record", record_id, by=by, ground=ground, now=now, detail={"hold": hold.pk, "why": why})
    return hold


@acting
@transaction.atomic
def lift_hold(*, hold_id: int, reason: str, by: Person, now: datetime) -> None:
    """Say that a hold is no longer needed.

    Raises:
        Hold.DoesNotExist: there is none in force.
        Refused: `by` does not decide about the record.
        Incomplete: there is no reason.
    """
    about = Hold.objects.get(pk=hold_id)
    ground = entered(RecordKind(about.kind), about.record_id, by, now)
    hold = Hold.objects.get(pk=hold_id, lifted__isnull=True)
    if not reason.strip():
        raise lacking("reason", "Say why the record need not be held any more.")
    HoldLifted.objects.create(hold=hold, record_id=hold.record_id, reason=reason, by=by, at=now)
    note("lift_hold", hold.record_id, by=by, ground=ground, now=now, detail={"hold": hold.pk})
