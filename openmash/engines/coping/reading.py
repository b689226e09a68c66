"""A team's own list of allocations, from a CSV file: `accepted`, `begun`, `ended`, a day in each or nothing."""

import csv
import io
from datetime import date, datetime

from openmash.engines.coping.inputs import NotPossible
from openmash.engines.coping.learning import Allocation

HEADINGS = ("accepted", "begun", "ended")
_FORMS = ("%Y-%m-%d", "%d/%m/%Y")
_FAULTS_NAMED = 5


def read_allocations(text: str) -> tuple[list[Allocation], list[str]]:
    """The rows that can be read, and what is wrong with the others, each by its row in a spreadsheet.

    Days are written 2026-11-24 or 24/11/2026. An empty `begun` or `ended` means not yet.

    Raises:
        NotPossible: a heading is missing, or no row can be read.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    named = [heading.strip().lower() for heading in rows.fieldnames or ()]
    if missing := [heading for heading in HEADINGS if heading not in named]:
        raise NotPossible(f"The first row has no {', no '.join(missing)}. It needs: {', '.join(HEADINGS)}.")
    rows.fieldnames = named
    read: list[Allocation] = []
    faults: list[str] = []
    for number, row in enumerate(rows, start=2):
        try:
            read.append(_allocation([(row.get(heading) or "").strip() for heading in HEADINGS]))
        except ValueError as wrong:
            faults.append(f"row {number}: {wrong}")
    if not read:
        raise NotPossible(f"No row can be read. {'; '.join(faults[:_FAULTS_NAMED])}")
    return read, faults


def _allocation(cells: list[str]) -> Allocation:
    accepted, begun, ended = (_day(cell) if cell else None for cell in cells)
    if accepted is None:
        raise ValueError("“accepted” is empty")
    if begun and begun < accepted:
        raise ValueError("the work began before the child was accepted")
    if ended and (begun is None or ended < begun):
        raise ValueError("the work ended before it began")
    return Allocation(accepted, begun, ended)


def _day(cell: str) -> date:
    for form in _FORMS:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 -- a day has no time zone
        except ValueError:
            continue
    raise ValueError(f"“{cell[:20]}” is not a day")
