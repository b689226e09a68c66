"""Removing a record, with everything that is part of it, and writing down what is left."""

from datetime import datetime
from functools import partial

from django.db import IntegrityError, connection, transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.errors import NotPossibleNow
from openmash.apps.directory.models import Person
from openmash.apps.documents.keeping import erase
from openmash.apps.documents.models import Document
from openmash.apps.families.actions import remove_from_index
from openmash.apps.families.models import Description, IndexedPerson
from openmash.apps.keeping.actions.around import note
from openmash.apps.keeping.models import Removed, RemovedPart
from openmash.apps.keeping.parts import Parts, parts_of
from openmash.apps.keeping.queries.opened import Kept
from openmash.apps.keeping.schedules import schedule_in_force

RESTS = (
    "Something else that is kept still rests on this record, or a record it is joined with is held. It can be removed "
    "once that has been settled."
)


@acting
def remove(standing: Kept, *, by: Person, ground: str, now: datetime) -> Removed:
    """Remove a record, inside the caller's transaction; `by` is the second person, and has been asked for their right.

    Raises:
        NotPossibleNow: another record that is kept rests on it.
    """
    one, decision = standing.record, standing.decisions[0]
    if one is None or standing.until is None:
        raise NotPossibleNow("The time of this record is not over.")
    parts = parts_of(one.kind, one.id)
    if parts.rests_on_it:
        raise NotPossibleNow(RESTS)
    record(
        by=by,
        verb="remove_record",
        subject_kind=one.kind,
        subject_id=one.id,
        ground=ground,
        now=now,
        detail={"decided_by": decision.by_id, "period": one.period, "kept_until": standing.until.isoformat()},
    )
    note("remove_record", one.id, by=by, ground=ground, now=now)
    removed = Removed.objects.create(
        record_id=one.id,
        kind=one.kind,
        locality_id=one.locality_id,
        began_on=one.began_on,
        ended_on=one.ended_on,
        kept_until=standing.until,
        period=one.period,
        version=schedule_in_force(day_of(now)).version,
        decided_by=decision.by,
        decided_at=decision.at,
        by=by,
        at=now,
        rows=len(parts.rows),
    )
    _let_go(parts, removed)
    return removed


def _let_go(parts: Parts, removed: Removed) -> None:
    people = [pk for model, pk in parts.rows if model is Description]
    remove_from_index(source=IndexedPerson.Source.DESCRIPTION, record_ids=people)
    documents = [pk for model, pk in parts.rows if model is Document]
    files = list(Document.objects.filter(pk__in=documents).values_list("kept_as", flat=True))
    try:
        with transaction.atomic():
            RemovedPart.objects.bulk_create(
                RemovedPart(removed=removed, record_id=removed.record_id, kind=kind, subject_id=subject)
                for kind, subject in sorted(parts.subjects)
            )
            for model, pks in parts.by_table().items():
                # Straight at the table: the parts were gathered one by one, and nothing else may go with them.
                model._base_manager.filter(pk__in=pks)._raw_delete("default")
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as rests:
        raise NotPossibleNow(RESTS) from rests
    for name in files:
        # One file that cannot be erased keeps no other: the failure is logged, and the rest go on.
        transaction.on_commit(partial(erase, name), robust=True)
