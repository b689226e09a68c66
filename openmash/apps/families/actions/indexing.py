"""Keeping the index of people: by whom somebody can be found again, in the same transaction as what was said.

The index is worked out from what is recorded and records nothing itself, so no event is written for it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.families.homes import home_keys
from openmash.apps.families.models import Description, IndexedPerson
from openmash.apps.families.queries.described import described_all
from openmash.apps.families.queries.matches import behind, keys_are_made_by, not_indexed
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.keys import keys_to_store, sketch_of
from openmash.engines.matching.record import as_text, from_text

ADD_KEYS = """
    INSERT INTO families_matchkey (key, person_id, sketch)
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[])
    ON CONFLICT (key, person_id) DO UPDATE SET sketch = excluded.sketch
"""
REMOVE_KEYS = """
    DELETE FROM families_matchkey
    WHERE (key, person_id) IN (SELECT * FROM unnest(%s::bigint[], %s::bigint[]))
"""
NEW_NUMBERS = """
    SELECT nextval(pg_get_serial_sequence('families_indexedperson', 'id')) FROM generate_series(1, %s)
"""
BEFORE_EVERYBODY = -(2**63)
KeysOfPeople = list[tuple[int, int]]
"""Keys and the people they are of."""


@acting
def keys_of(person: DescribedPerson) -> frozenset[int]:
    """The keys under which a person is kept: hashes under the secret of this service."""
    secret = settings.OPENMASH_MATCHING_SECRET.encode()
    return keys_to_store(person, secret=secret) | home_keys(person.addresses, secret=secret)


def _sketch(person: DescribedPerson) -> int:
    return sketch_of(person, secret=settings.OPENMASH_MATCHING_SECRET.encode())


@acting
def index_person(*, source: str, record_id: UUID, person: DescribedPerson) -> None:
    """Make one person possible to find, or bring up to date by what they are found."""
    index_people(source=source, people={record_id: person})


@acting
@transaction.atomic
def index_descriptions(descriptions: Collection[Description], *, afresh: bool = False) -> None:
    """Index descriptions as they stand now, with all that has been said of them.

    They are locked before they are read: whoever waits for somebody else then reads what the other one wrote.
    """
    source = IndexedPerson.Source.DESCRIPTION
    _hold(source, [each.pk for each in descriptions])
    index_people(source=source, people=described_all(descriptions), afresh=afresh)


def _hold(source: str, record_ids: Collection[UUID]) -> list[IndexedPerson]:
    """The rows of these records, new ones made, locked in one order until the transaction ends."""
    numbers = _numbers_for(source, len(record_ids))
    IndexedPerson.objects.bulk_create(
        (
            IndexedPerson(pk=number, source=source, record_id=record_id)
            for number, record_id in zip(numbers, sorted(record_ids), strict=True)
        ),
        ignore_conflicts=True,
    )
    rows = IndexedPerson.objects.select_for_update().filter(source=source, record_id__in=record_ids)
    return list(rows.order_by("id"))


def _numbers_for(source: str, many: int) -> list[int]:
    """New numbers for rows of this source: those of registers are below nought."""
    sign = -1 if source == IndexedPerson.Source.REGISTER else 1
    with connection.cursor() as cursor:
        cursor.execute(NEW_NUMBERS, [many])
        return [sign * number for (number,) in cursor.fetchall()]


@acting
@transaction.atomic
def index_people(*, source: str, people: Mapping[UUID, DescribedPerson], afresh: bool = False) -> None:
    """Index many people of one source, new or known, by the identifiers of their records.

    `afresh`: also where nothing seems to have changed. Rows are locked in one order, so that two who index the same
    people wait for one another and never deadlock.
    """
    texts = {record_id: as_text(person) for record_id, person in people.items()}
    specification = keys_are_made_by()
    added: list[tuple[int, int, int]] = []
    removed: KeysOfPeople = []
    changed: list[IndexedPerson] = []
    for row in _hold(source, people.keys()):
        if (row.described, row.key_specification) == (texts[row.record_id], specification) and not afresh:
            continue
        before, after = _kept(row, afresh=afresh), keys_of(people[row.record_id])
        sketch = _sketch(people[row.record_id])
        same = before.keys if sketch == before.sketch else frozenset()
        added += [(key, row.pk, sketch) for key in sorted(after - same)]
        removed += [(key, row.pk) for key in sorted(before.keys - after)]
        row.described, row.key_specification = texts[row.record_id], specification
        changed.append(row)
    _execute(REMOVE_KEYS, removed)
    _execute(ADD_KEYS, added)
    IndexedPerson.objects.bulk_update(changed, ["described", "key_specification"], batch_size=1000)


@acting
@transaction.atomic
def remove_from_index(*, source: str, record_ids: Iterable[UUID]) -> None:
    """Take records out that a newer one replaces. What is recorded of them stays where it is."""
    rows = list(
        IndexedPerson.objects.select_for_update()
        .filter(source=source, record_id__in=list(record_ids))
        .order_by("id")
    )
    _execute(REMOVE_KEYS, [(key, row.pk) for row in rows for key in sorted(_kept(row).keys)])
    IndexedPerson.objects.filter(pk__in=[row.pk for row in rows]).delete()


class _Kept(NamedTuple):
    keys: frozenset[int] = frozenset()
    sketch: int | None = None


def _kept(row: IndexedPerson, *, afresh: bool = False) -> _Kept:
    """What is kept for a row. What an older specification made cannot be worked out any more.

    It then stays until `clear_old_keys`: all it can do meanwhile is find somebody once more.
    """
    if afresh or not row.described or row.key_specification != keys_are_made_by():
        return _Kept()
    person = from_text(row.described)
    return _Kept(keys_of(person), _sketch(person))


def _execute(statement: str, rows: Sequence[tuple[int, ...]]) -> None:
    """One statement for all rows, each of its parameters a column."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])


def index_missing(batch: int) -> Iterator[int]:
    """Index descriptions that are not in the index, a batch in each transaction; how many each time."""
    while True:
        with transaction.atomic():
            found = list(not_indexed()[:batch])
            if not found:
                return
            index_descriptions(found)
        yield len(found)


def index_again(batch: int, *, everybody: bool = False) -> Iterator[int]:
    """Work out again those indexed by another specification (or everybody), a batch in each transaction.

    Descriptions are read afresh from what has been said; rows of registers from what the index keeps of them.
    """
    after = BEFORE_EVERYBODY
    while True:
        with transaction.atomic():
            rows = list(behind(everybody=everybody).filter(pk__gt=after).order_by("pk")[:batch])
            if not rows:
                return
            _index_rows_again(rows)
            after = rows[-1].pk
        yield len(rows)


def _index_rows_again(rows: list[IndexedPerson]) -> None:
    described = [row.record_id for row in rows if row.source == IndexedPerson.Source.DESCRIPTION]
    index_descriptions(list(Description.objects.filter(pk__in=described)), afresh=True)
    registered = {
        row.record_id: from_text(row.described)
        for row in rows
        if row.source == IndexedPerson.Source.REGISTER and row.described
    }
    index_people(source=IndexedPerson.Source.REGISTER, people=registered, afresh=True)


@acting
@transaction.atomic
def clear_old_keys(batch: int = 1000) -> int:
    """Remove every key that the present specification does not make; how many there were.

    Keys are worked out for everybody, which takes as long as indexing did, and holds nobody up. Only while they are
    removed can nobody be described. Whoever was described anew meanwhile is left for the next time.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE keys_wanted (key bigint, person_id bigint) ON COMMIT DROP")
        cursor.execute("CREATE TEMPORARY TABLE texts_read (person_id bigint, described text) ON COMMIT DROP")
        for rows in _in_batches(batch):
            read = [(row.pk, row.described) for row in rows if row.described]
            cursor.execute(
                "INSERT INTO texts_read SELECT * FROM unnest(%s::bigint[], %s::text[])",
                [[person for person, _text in read], [text for _person, text in read]],
            )
            wanted = [(key, person) for person, text in read for key in keys_of(from_text(text))]
            _execute("INSERT INTO keys_wanted SELECT * FROM unnest(%s::bigint[], %s::bigint[])", wanted)
        cursor.execute("ANALYZE keys_wanted, texts_read")
        cursor.execute("LOCK TABLE families_indexedperson IN SHARE MODE")
        cursor.execute(
            "DELETE FROM families_matchkey AS kept USING texts_read AS read, families_indexedperson AS now "
            "WHERE kept.person_id = read.person_id AND now.id = read.person_id "
            "AND now.described = read.described AND NOT EXISTS (SELECT 1 FROM keys_wanted AS wanted "
            "WHERE wanted.key = kept.key AND wanted.person_id = kept.person_id)"
        )
        removed: int = cursor.rowcount
        cursor.execute(
            "DELETE FROM families_matchkey AS kept WHERE NOT EXISTS "
            "(SELECT 1 FROM families_indexedperson AS now WHERE now.id = kept.person_id)"
        )
        removed += cursor.rowcount
        cursor.execute("DROP TABLE keys_wanted, texts_read")
    return removed


def _in_batches(batch: int) -> Iterator[list[IndexedPerson]]:
    after = BEFORE_EVERYBODY
    while rows := list(IndexedPerson.objects.filter(pk__gt=after).order_by("pk")[:batch]):
        yield rows
        after = rows[-1].pk
