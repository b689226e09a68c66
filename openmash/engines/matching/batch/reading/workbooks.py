"""Excel workbooks as registers. Formulas are not worked out: what Excel last kept is read, and said so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from openmash.engines.matching.batch.reading.faults import CannotRead, RawRow
from openmash.engines.matching.batch.reading.headings import (
    how_many_known,
    is_heading_row,
    plain,
    without_names,
)
from openmash.engines.matching.batch.reading.packed import part_of_sheet, weigh

_TITLES_BEFORE = 20
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_OLD = 100_000_000


@dataclass
class Workbook:
    """One sheet of a workbook: its headings, then its rows, as often as they are asked for.

    sheet: its name; may be left out when one sheet alone has headings.

    Raises:
        CannotRead: it is damaged, protected or far too large, or it is not clear which sheet is meant.
    """

    path: Path
    sheet: str = ""
    headings: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._weighed = None if _is_old(self.path) else weigh(self.path)
        try:
            self._book = CalamineWorkbook.from_path(str(self.path))
            self._sheet, self._headings_at, self.headings = self._choose()
        except (CalamineError, OSError, ValueError) as wrong:
            said = (
                "is protected with a password" if "assword" in str(wrong) else "cannot be read as a workbook"
            )
            raise CannotRead(f"{self.path.name} {said}. Open it in Excel and save it again.") from None
        self._not_worked_out = self._unknown_formulas()
        if self._headings_at > 1:
            self.notes.append(
                f"The headings are in row {self._headings_at:,}; what stands before was not read."
            )

    def rows(self) -> Iterator[RawRow]:
        """Every row after the headings; empty rows are passed over."""
        for number, cells in _numbered(self._sheet):
            if number <= self._headings_at or not any(plain(cell) for cell in cells):
                continue
            yield RawRow(number, tuple(cells), self._fault(number))

    def _fault(self, number: int) -> str:
        unknown = [each for each in self._not_worked_out.get(number, ()) if self._is_used(each)]
        if not unknown:
            return ""
        return (
            f"Cell {min(unknown)}{number} holds a formula that was never worked out. Open the workbook in Excel, "
            "save it, and hand it over again."
        )

    def _is_used(self, column: str) -> bool:
        place = 0
        for letter in column:
            place = place * 26 + ord(letter) - ord("A") + 1
        place -= 1 + (self._sheet.start[1] if self._sheet.start else 0)
        return 0 <= place < len(self.headings) and how_many_known([self.headings[place]]) == 1

    def _choose(self) -> tuple[CalamineSheet, int, tuple[str, ...]]:
        found = []
        seen: Sequence[str] = ()
        for about in self._book.sheets_metadata:
            if self.sheet and about.name != self.sheet:
                continue
            sheet = self._book.get_sheet_by_name(about.name)
            place, cells = _headings(sheet)
            seen = seen or cells
            if place and (self.sheet or about.visible == SheetVisibleEnum.Visible):
                found.append((sheet, place, tuple(cells)))
        if self.sheet and self.sheet not in self._book.sheet_names:
            named = ", ".join(f"“{each}”" for each in self._book.sheet_names)
            raise CannotRead(f"{self.path.name} has no sheet “{self.sheet}”. Its sheets are: {named}.")
        if not found:
            raise CannotRead(without_names(seen))
        if len(found) > 1:
            named = ", ".join(f"“{sheet.name}”" for sheet, _, _ in found)
            raise CannotRead(
                f"{self.path.name} holds several registers: sheets {named}. Say which one to read."
            )
        others = [each for each in self._book.sheet_names if each != found[0][0].name]
        if others:
            named = ", ".join(f"“{each}”" for each in others[:5])
            self.notes.append(f"Only the sheet “{found[0][0].name}” is read. Not read: {named}.")
        return found[0]

    def _unknown_formulas(self) -> dict[int, set[str]]:
        if self._weighed is None or not self._weighed.formulas:
            return {}
        self.notes.append(
            f"The workbook holds {self._weighed.formulas:,} formulas. What Excel last worked out is used."
        )
        return self._weighed.not_worked_out.get(part_of_sheet(self.path, self._sheet.name), {})


def _is_old(path: Path) -> bool:
    with path.open("rb") as file:
        begin = file.read(8)
        if begin != _OLD_OFFICE:
            return False
        if path.stat().st_size > LARGEST_OLD:
            raise CannotRead(
                f"{path.name} is larger than {LARGEST_OLD // 1_000_000} MB. Export it as CSV instead."
            )
        if "EncryptedPackage".encode("utf-16-le") in begin + file.read():
            raise CannotRead(f"{path.name} is protected with a password. Take it away and save it again.")
    return True


def _numbered(sheet: CalamineSheet) -> Iterator[tuple[int, list[object]]]:
    """Rows with the number Excel shows: empty rows above the first filled one count."""
    first = sheet.start[0] if sheet.start else 0
    for number, cells in enumerate(sheet.iter_rows(), start=first + 1):
        yield number, [*cells]


def _headings(sheet: CalamineSheet) -> tuple[int, Sequence[str]]:
    """The row of headings and its cells; row 0 and the first filled row when there is none."""
    first: Sequence[str] = ()
    for number, cells in _numbered(sheet):
        words = [re.sub(r"\s+", " ", str(cell)) for cell in cells]
        if is_heading_row(words):
            return number, words
        first = first or (words if any(map(plain, words)) else ())
        if number > _TITLES_BEFORE:
            break
    return 0, first
