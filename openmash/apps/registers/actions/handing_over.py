"""A register handed over by the agency that keeps it. Good rows are kept, the others listed for mending."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.families.actions import index_people
from openmash.apps.registers.errors import RegisterRefused
from openmash.apps.registers.models import Register, RegisterRow, RowToMend
from openmash.apps.registers.permission import permitted
from openmash.engines.matching.batch.reading.faults import CannotRead, Remark
from openmash.engines.matching.batch.reading.mend import shortened
from openmash.engines.matching.batch.reading.register import open_register
from openmash.engines.matching.record import as_text, from_text

LARGEST_FILE = 20_000_000
MOST_ROWS = 20_000
"""Rows taken through the browser. A larger register is linked on the command line, or handed over in parts."""

MOST_TO_MEND = 20_000
"""Rows with something to mend. Where there are more, it is hardly a register, or not this kind of one."""

MOST_TEXT = 60_000_000
"""Characters of all rows together: many times what 20,000 people need, and what one process can hold."""

LONGEST_KEPT = 3_650
"""Days. Nobody may hand over a register to be kept for good."""
_AT_ONCE = 1_000


@dataclass(frozen=True)
class HandedOver:
    """What somebody says of the register they hand over."""

    kind: str
    purpose: str
    legal_ground: str
    keep_until: date


class _Listed:
    """Takes what is said of rows, for the table of rows to mend."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, str, str, list[str]]] = []
        self._text_left = MOST_TEXT

    def add(self, line: int, remarks: Sequence[Remark], cells: Sequence[object]) -> None:
        wrong = " ".join(dict.fromkeys(each.sentence for each in remarks))
        became = "; ".join(dict.fromkeys(each.kept.value for each in remarks))
        kept = [shortened(cell) for cell in cells]
        self.take(sum(map(len, kept)))
        self.rows.append((line, shortened(wrong), became, kept))
        if len(self.rows) > MOST_TO_MEND:
            raise RegisterRefused(
                f"More than {MOST_TO_MEND:,} rows of this file need mending. Check that it is the right file, and "
                "that its first row names the columns.",
                field="file",
            )

    def take(self, characters: int) -> None:
        """Reckon with so much more text.

        Raises:
            RegisterRefused: it is more than a register holds.
        """
        self._text_left -= characters
        if self._text_left < 0:
            raise RegisterRefused(
                "This file holds far more text than a register. Check that it is the right file, or hand it over in "
                "parts.",
                field="file",
            )


@acting
@transaction.atomic
def hand_over(*, file: Path, file_name: str, said: HandedOver, by: Person, now: datetime) -> Register:
    """Take over a register of `by`'s own agency, and make its people possible to find.

    Raises:
        Refused: `by` does not lead safeguarding in their agency.
        RegisterRefused: something is missing in what was said, the file cannot be read, or the same file was
            handed over before.
    """
    ground = permitted("hand_over", by.agency, by=by, now=now, subject=("agency", by.agency_id))
    today = timezone.localtime(now).date()
    _complete(said, today)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if Register.objects.filter(agency=by.agency, digest=digest).exists():
        raise RegisterRefused("This very file has been handed over before.", field="file")
    listed = _Listed()
    try:
        register = open_register(file, issuer=by.agency.name, on=today)
        people = []
        for row in register.people(listed):
            text = as_text(row.person)
            listed.take(len(text))
            people.append((row.line, text))
            if len(people) > MOST_ROWS:
                raise RegisterRefused(
                    f"The register has more than {MOST_ROWS:,} people. Hand it over in parts, or ask whoever runs "
                    "this service to link it on the command line.",
                    field="file",
                )
    except CannotRead as wrong:
        raise RegisterRefused(str(wrong).replace(file.name, file_name), field="file") from None
    if not people:
        raise RegisterRefused("No row of this register can be used.", field="file")
    made = Register.objects.create(
        agency=by.agency,
        kind=said.kind,
        purpose=said.purpose.strip(),
        legal_ground=said.legal_ground.strip(),
        keep_until=said.keep_until,
        file_name=file_name,
        digest=digest,
        notes=[*register.notes],
        people=register.count.people,
        left_out=register.count.left_out,
        to_look_at=register.count.kept_with_remarks,
        by=by,
        at=now,
    )
    _keep(made, people, listed)
    record(
        by=by,
        verb="hand_over_register",
        subject_kind="register",
        subject_id=made.pk,
        ground=ground,
        now=now,
        detail={"people": made.people, "left_out": made.left_out, "to_look_at": made.to_look_at},
    )
    return made


def _complete(said: HandedOver, today: date) -> None:
    if said.kind not in Register.Kind.values:
        raise RegisterRefused("Choose what kind of register it is.", field="kind")
    if not said.purpose.strip():
        raise RegisterRefused("Say what the register is handed over for.", field="purpose")
    if not said.legal_ground.strip():
        raise RegisterRefused("Say on what legal ground it is handed over.", field="legal_ground")
    if said.keep_until <= today:
        raise RegisterRefused("The day until which it may be kept must lie ahead.", field="keep_until")
    if (said.keep_until - today).days > LONGEST_KEPT:
        raise RegisterRefused("A register may be kept for ten years at most.", field="keep_until")


def _keep(made: Register, people: Sequence[tuple[int, str]], listed: _Listed) -> None:
    for some in _portions(people):
        rows = RegisterRow.objects.bulk_create(
            RegisterRow(register=made, line=line, described=text) for line, text in some
        )
        index_people(source="register", people={row.pk: from_text(row.described) for row in rows})
    RowToMend.objects.bulk_create(
        (
            RowToMend(register=made, line=line, wrong=wrong, became=became, cells=cells)
            for line, wrong, became, cells in listed.rows
        ),
        batch_size=_AT_ONCE,
    )


def _portions(people: Sequence[tuple[int, str]]) -> Iterable[Sequence[tuple[int, str]]]:
    return (people[begin : begin + _AT_ONCE] for begin in range(0, len(people), _AT_ONCE))
