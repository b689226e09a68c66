"""A person's word that somebody of a register is, or is not, somebody described on a contact."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Description
from openmash.apps.families.queries import same_people_as, valid_nhs_numbers_of
from openmash.apps.registers.errors import RegisterRefused
from openmash.apps.registers.models import RegisterRow, RowSaid
from openmash.apps.registers.standings import standings_for
from openmash.engines.matching.described import IdentifierKind
from openmash.engines.matching.identifiers import nhs_number
from openmash.engines.matching.record import from_text

NOT_TOLD = "These people of a register are no longer shown to you. Go back and look again."
TWO_NUMBERS = (
    "Their NHS numbers differ, so these are two different people or one number is wrong. "
    "If the number on this record is wrong, mark it as wrong first."
)
SOMEBODY_ELSE = (
    "This person of the register has been said to be somebody on another record. If both are one child, link the "
    "two records first. If it was wrong, change it on that record."
)


@acting
@transaction.atomic
def say_of_rows(
    *,
    rows: Collection[UUID],
    description: Description,
    same: bool,
    reason: str,
    shown: Mapping[str, Any],
    by: Person,
    now: datetime,
) -> None:
    """Say whether these rows, which stand for one person, are of the person described. The caller records the event.

    Raises:
        RegisterRefused: no reason; `by` may not be told of the rows; the NHS numbers differ; or somebody has said that
            a row is of somebody else.
    """
    if not reason.strip():
        raise RegisterRefused("Write your reason.", field="reason")
    if not rows or standings_for(rows, by=by, now=now).told.keys() != set(rows):
        raise RegisterRefused(NOT_TOLD)
    # Locked in one order: two who say at once that one row is of two children are heard one after the other.
    found = list(RegisterRow.objects.select_for_update().filter(pk__in=rows).order_by("pk"))
    if same:
        one_person = same_people_as([description.pk])[description.pk]
        _refuse_different_nhs_numbers(found, one_person)
        _refuse_somebody_else(found, one_person)
    RowSaid.objects.bulk_create(
        RowSaid(
            row=row,
            register_id=row.register_id,
            description=description,
            contact_id=description.contact_id,
            same=same,
            reason=reason.strip(),
            shown=dict(shown),
            by=by,
            at=now,
        )
        for row in found
    )


def _refuse_different_nhs_numbers(rows: Collection[RegisterRow], one_person: Collection[UUID]) -> None:
    mine = valid_nhs_numbers_of(one_person)
    said = [each for row in rows for each in from_text(row.described).identifiers]
    theirs = {nhs_number(each.value) for each in said if each.kind is IdentifierKind.NHS_NUMBER} - {None}
    if mine and theirs and len(mine | theirs) > 1:
        raise RegisterRefused(TWO_NUMBERS, field="same")


def _refuse_somebody_else(rows: Collection[RegisterRow], one_person: Collection[UUID]) -> None:
    said = list(RowSaid.objects.filter(row__in=rows).exclude(description_id__in=one_person).order_by("id"))
    people = same_people_as({each.description_id for each in said})
    latest = {(each.row_id, people[each.description_id]): each.same for each in said}
    if any(latest.values()):
        raise RegisterRefused(SOMEBODY_ELSE, field="same")
