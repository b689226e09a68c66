"""Deciding about a record whose time is over: keep it longer, or remove it, which takes two people."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.errors import NotPossibleNow
from openmash.apps.directory.models import Person
from openmash.apps.keeping.actions.around import entered, lacking, note
from openmash.apps.keeping.actions.removing import remove
from openmash.apps.keeping.kinds import KEEP, REMOVE, SUBJECT, RecordKind
from openmash.apps.keeping.models import Decision, Removed
from openmash.apps.keeping.queries.opened import Kept, kept

LONGEST = timedelta(days=10 * 366)


@acting
@transaction.atomic
def keep_longer(
    *, kind: RecordKind, record_id: UUID, until: date, reason: str, by: Person, now: datetime
) -> Decision:
    """Keep a record whose time is over until another day.

    Raises:
        Contact.DoesNotExist, Case.DoesNotExist: there is no such record.
        Refused: `by` does not decide about it.
        NotPossibleNow: its time is not over.
        Incomplete: there is no reason, or no day within ten years.
    """
    ground = entered(kind, record_id, by, now)
    _over(kind, record_id, now)
    today = day_of(now)
    if not today < until <= today + LONGEST:
        raise lacking("until", "Give a day after today, at most ten years away.")
    made = _decided(kind, record_id, KEEP, reason, by, now, until)
    note("keep_record_longer", record_id, by=by, ground=ground, now=now, detail={"decision": made.pk})
    return made


@acting
@transaction.atomic
def decide_removal(*, kind: RecordKind, record_id: UUID, reason: str, by: Person, now: datetime) -> Decision:
    """Decide that a record whose time is over be removed. It stays until a second person agrees.

    Raises:
        Contact.DoesNotExist, Case.DoesNotExist: there is no such record.
        Refused: `by` does not decide about it.
        NotPossibleNow: its time is not over, or it is held.
        Incomplete: there is no reason.
    """
    ground = entered(kind, record_id, by, now)
    _not_held(_over(kind, record_id, now))
    made = _decided(kind, record_id, REMOVE, reason, by, now, None)
    note("decide_removal", record_id, by=by, ground=ground, now=now, detail={"decision": made.pk})
    return made


@acting
@transaction.atomic
def agree_to_removal(*, kind: RecordKind, record_id: UUID, by: Person, now: datetime) -> Removed:
    """Agree as the second person. The record is removed at once, and what is left says so.

    Raises:
        Contact.DoesNotExist, Case.DoesNotExist: there is no such record.
        Refused: `by` does not decide about it, or decided it themselves.
        NotPossibleNow: nobody has decided it, its time is not over, it is held, or something else rests on it.
    """
    ground = entered(kind, record_id, by, now)
    standing = _over(kind, record_id, now)
    _not_held(standing)
    if not standing.decisions or standing.decisions[0].outcome != REMOVE:
        raise NotPossibleNow(
            "Nobody has decided to remove this record, or somebody has decided since to keep it."
        )
    if standing.decisions[0].by_id == by.pk:
        raise Refused(
            "You decided this yourself. Removing a record takes a second person.",
            verb="remove_record",
            subject_kind=SUBJECT,
            subject_id=str(record_id),
        )
    return remove(standing, by=by, ground=ground, now=now)


def _over(kind: RecordKind, record_id: UUID, now: datetime) -> Kept:
    standing = kept(kind, record_id, day_of(now))
    if not standing.is_over:
        raise NotPossibleNow(
            "The time of this record is not over: it is still being worked on, something else rests on it, or its "
            "day is to come."
        )
    return standing


def _not_held(standing: Kept) -> None:
    if standing.holds:
        raise NotPossibleNow(
            "This record is held. Somebody who decides about it lifts the hold first, once it is no longer needed."
        )


def _decided(
    kind: RecordKind,
    record_id: UUID,
    outcome: str,
    reason: str,
    by: Person,
    now: datetime,
    until: date | None,
) -> Decision:
    if not reason.strip():
        raise lacking("reason", "Give the reason.")
    return Decision.objects.create(
        kind=kind, record_id=record_id, outcome=outcome, reason=reason, keep_until=until, by=by, at=now
    )
