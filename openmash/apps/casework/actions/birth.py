"""Before and at birth: when a child is expected, and that it was born, with what is then learned of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.asking import keep_what_it_says
from openmash.apps.casework.actions.moves import Around, Taken, check_move, locked, take
from openmash.apps.casework.actions.timing import today
from openmash.apps.casework.asking import STAGE_OF, at_gate
from openmash.apps.casework.errors import Incomplete
from openmash.apps.casework.models import Birth, Case, ExpectedDate
from openmash.apps.casework.rules import Written
from openmash.apps.casework.standing import stages_of
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import note_down
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.families.actions import BirthTold, IdentifierTold, MoreTold, NameTold, say_more

LONGEST_AHEAD = 310
"""Days: nobody is expected later than this."""


@dataclass(frozen=True)
class Born:
    """What is learned of a child at birth. Empty is "not known yet"; `where` is where it is now, and with whom."""

    born_at: datetime | None
    name: str
    nhs_number: str
    where: str


@acting
@transaction.atomic
def record_expected_date(
    *,
    case_id: UUID,
    seen_version: int | None,
    expected_on: date | None,
    how_known: str,
    by: Person,
    now: datetime,
) -> Case:
    """Write down when an unborn child is expected. Clocks that lead up to the birth are counted from the new date.

    Raises:
        Incomplete: no date, one that cannot be, or nothing on how it is known.
    """
    case = locked(case_id, seen_version)
    taken = check_move(case, "record_expected_date", "", Written(reason=how_known), by=by, now=now)
    if expected_on is None or not -60 < (expected_on - today(now)).days < LONGEST_AHEAD:
        raise Incomplete([Reason("expected_on", "Give the day on which the child is expected.")])
    ExpectedDate.objects.create(case=case, expected_on=expected_on, reason=how_known, by=by, at=now)
    _say(case, MoreTold(births=(BirthTold(expected_on=expected_on),)), taken)
    take(taken, Around(detail={"expected_on": expected_on.isoformat()}))
    return case


@acting
@transaction.atomic
def record_birth(*, case_id: UUID, seen_version: int | None, born: Born, by: Person, now: datetime) -> Birth:
    """Write down that the child was born. Clocks that start at birth count from then.

    What the published threshold said before the birth is kept first: that a child has been born spares nobody a
    second person.

    Raises:
        Incomplete: what is lacking, by field.
        NotPossibleNow: this child was born before the work began, or the birth is on record.
    """
    case = locked(case_id, seen_version)
    taken = check_move(case, "record_birth", "", Written(reason=born.where), by=by, now=now)
    born_at = born.born_at
    if born_at is None or born_at > now:
        raise Incomplete([Reason("born_on", "Give the day and time of the birth, up to now.")])
    for gate, stage in STAGE_OF.items():
        standing = at_gate(case, gate, now) if stage in stages_of(case) else None
        if standing is not None:
            keep_what_it_says(case, standing, by, now)
    birth = Birth.objects.create(
        case=case, born_at=born_at, name=born.name.strip(), where=born.where, by=by, at=now
    )
    _say(case, _learned(born, today(born_at)), taken)
    take(taken, Around(moments={"born": born_at}, detail={"birth": birth.pk}))
    return birth


def _learned(born: Born, born_on: date) -> MoreTold:
    return MoreTold(
        names=(NameTold(given=born.name.strip(), kind="in_use"),),
        births=(BirthTold(born_on=born_on),),
        identifiers=(IdentifierTold("nhs_number", born.nhs_number.strip()),),
    )


def _say(case: Case, more: MoreTold, taken: Taken) -> None:
    """Say it of the child itself too, beside what was said before: so the child is found by it."""
    contact = Contact.objects.get(pk=case.child.contact_id)
    say_more(description=case.child, more=more, contact_id=contact.pk, by=taken.by, now=taken.now)
    detail = {"case": str(case.pk)}
    note_down(contact, taken.move.verb, by=taken.by, ground=taken.ground, now=taken.now, detail=detail)
