"""Everything that is part of a record: found by following what refers to it, so that a new table is not forgotten.

What refers to a row of the record is part of it, and so on; but another record that is kept by its own day is not:
while one rests on this, this cannot go.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from openmash.apps.audit.guards import Kept
from openmash.apps.casework.models import Case, Meeting, MeetingAbout
from openmash.apps.concerns.models import Contact, Draft
from openmash.apps.families.models import HouseholdSaid, Link
from openmash.apps.keeping.kinds import SUBJECT, RecordKind
from openmash.apps.papers.models import CaseDocument, MeetingDocument

ROOTS: dict[RecordKind, type[Model]] = {RecordKind.CONTACT: Contact, RecordKind.CASE: Case}
RECORDS = frozenset(ROOTS.values())
LAST_TO_NEED: dict[type[Model], str] = {
    MeetingAbout: "meeting",
    Link: "known_person",
    CaseDocument: "document",
    MeetingDocument: "document",
}
"""Rows with the last of which something goes to which they refer: a meeting about nobody else, a file, a person."""

Row = tuple[type[Model], Any]
"""A table, and the primary key of a row."""


@dataclass
class Parts:
    """The rows that go, what the log calls them, and other records that rest on them."""

    rows: dict[Row, None] = field(default_factory=dict)
    subjects: set[tuple[str, str]] = field(default_factory=set)
    rests_on_it: list[Row] = field(default_factory=list)

    def by_table(self) -> dict[type[Model], list[Any]]:
        found = defaultdict(list)
        for model, pk in self.rows:
            found[model].append(pk)
        return found


def guard_of(model: type[Model]) -> Kept | None:
    """The guard that keeps the rows of a table as long as their record; None where it has another, or none."""
    triggers = getattr(model._meta, "triggers", ())
    return next((each for each in triggers if isinstance(each, Kept)), None)


def parts_of(kind: RecordKind, record_id: UUID) -> Parts:
    """Everything that is part of one record."""
    return _followed(
        [ROOTS[kind]._base_manager.get(pk=record_id), *_named_by_number(kind, record_id)], record_id
    )


def parts_of_meeting(meeting: UUID) -> Parts:
    """Everything that is part of one meeting, whoever else it is about: to be read, and not to be removed."""
    return _followed([Meeting._base_manager.get(pk=meeting)], meeting)


def _followed(waiting: list[Model], record_id: UUID) -> Parts:
    parts = Parts()
    while waiting:
        row = waiting.pop()
        if (type(row), row.pk) in parts.rows:
            continue
        if isinstance(row, Draft) and (row.sent_as_id is not None or row.discarded_at is not None):
            parts.rows[Draft, row.pk] = None  # emptied when it was sent or thrown away: nothing to guard
            continue
        guard = guard_of(type(row))
        if guard is None or (type(row) in RECORDS and row.pk != record_id):
            parts.rests_on_it.append((type(row), row.pk))
            continue
        parts.rows[type(row), row.pk] = None
        parts.subjects.add((guard.kind, str(getattr(row, guard.subject))))
        waiting += [*_referring_to(row), *_left_alone(row, parts)]
    return parts


def _referring_to(row: Model) -> Iterator[Model]:
    """Every row of any table that has a key to this one."""
    for relation in type(row)._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            yield from relation.related_model._base_manager.filter(**{relation.field.name: row.pk})  # type: ignore[union-attr]


def _named_by_number(kind: RecordKind, record_id: UUID) -> Iterator[Model]:
    """Rows that know the record by its number, because they stand below it: of people, access, and keeping itself."""
    for model in apps.get_models():
        guard = guard_of(model)
        if guard is None or guard.subject == "id" or guard.kind not in (kind, SUBJECT):
            continue
        yield from model._base_manager.filter(**{guard.subject: record_id})
    if kind is RecordKind.CONTACT:
        yield from HouseholdSaid.objects.filter(earlier_id=record_id)


def _left_alone(row: Model, parts: Parts) -> Iterator[Model]:
    """What this row was the last to need."""
    name = LAST_TO_NEED.get(type(row))
    if name is None:
        return
    needed = getattr(row, name)
    others = type(row)._base_manager.filter(**{name: needed.pk}).values_list("pk", flat=True)
    if all((type(row), pk) in parts.rows for pk in others):
        yield needed
