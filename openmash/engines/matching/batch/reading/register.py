"""A register from a file of any kind, a row at a time."""

import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Protocol

from openmash.engines.matching.batch.reading.dates import Order, order_of
from openmash.engines.matching.batch.reading.faults import CannotRead, RawRow, Remark
from openmash.engines.matching.batch.reading.headings import Columns, columns_of
from openmash.engines.matching.batch.reading.mend import Mends
from openmash.engines.matching.batch.reading.rows import Rows
from openmash.engines.matching.batch.reading.text_files import TextFile
from openmash.engines.matching.described import DescribedPerson

Progress = Callable[[int], None]
_TELL_EVERY = 5_000
_LOOKED_AT_FOR_DATES = 200_000
"""Rows in which it is looked for which way round day and month stand."""


class Source(Protocol):
    """What every kind of file comes down to."""

    headings: tuple[str, ...]
    notes: list[str]

    def rows(self) -> Iterator[RawRow]: ...


@dataclass
class Count:
    """How many rows of a register were read, left out, and kept with something to look at."""

    rows: int = 0
    left_out: int = 0
    kept_with_remarks: int = 0

    @property
    def people(self) -> int:
        return self.rows - self.left_out

    def note(self, *, is_used: bool, remarks: Sequence[Remark]) -> None:
        """Count one row."""
        self.rows += 1
        self.left_out += not is_used
        self.kept_with_remarks += is_used and bool(remarks)

    def add(self, other: "Count") -> None:
        """Count what was counted elsewhere."""
        self.rows += other.rows
        self.left_out += other.left_out
        self.kept_with_remarks += other.kept_with_remarks


@dataclass(frozen=True)
class RegisterRow:
    """One person of a register, and the line they stand in."""

    line: int
    person: DescribedPerson


class Register:
    """A register that can be read: what its columns hold, and its people one after the other.

    path: a CSV, Excel or Parquet file, told by its content and not by its name.
    issuer: whose register it is; local identifiers are only the same beside the same issuer.
    on: today.

    Raises:
        CannotRead: the file as a whole cannot be used. The text says what to do.
    """

    def __init__(self, path: Path, *, issuer: str, on: date, sheet: str = "") -> None:
        self.path = path
        self.count = Count()
        self._source = _source(path, sheet)
        self.columns: Columns = columns_of(self._source.headings)
        self._order = self._find_order()
        self.rows = Rows(self.columns, self._order, issuer=issuer, on=on)

    @property
    def notes(self) -> list[str]:
        """What should be known about the register as a whole, in sentences."""
        order = self._order.sentence()
        return [*self._source.notes, *self.columns.notes, *([order] if order else [])]

    @property
    def name(self) -> str:
        return self.path.name

    def raw_rows(self) -> Iterator[RawRow]:
        """Every row as it stands in the file."""
        return self._source.rows()

    def people(self, to_mend: Mends, progress: Progress = lambda rows: None) -> Iterator[RegisterRow]:
        """Every row that can be used. The others, and remarks, go to `to_mend` as they are met."""
        self.count = Count()
        for raw in self.raw_rows():
            person, remarks = self.rows.used(raw)
            self.count.note(is_used=person is not None, remarks=remarks)
            if self.count.rows % _TELL_EVERY == 0:
                progress(self.count.rows)
            if remarks:
                to_mend.add(raw.line, remarks, raw.cells)
            if person is not None:
                yield RegisterRow(raw.line, person)
        progress(self.count.rows)

    def _find_order(self) -> Order:
        places = [place for name in ("born", "expected") for place in self.columns.places.get(name, ())]
        if not places:
            return Order()
        return order_of(
            raw.cells[place]
            for raw in islice(self._source.rows(), _LOOKED_AT_FOR_DATES)
            if not raw.fault
            for place in places
        )


def open_register(path: Path, *, issuer: str, on: date, sheet: str = "") -> Register:
    """The register in a file; the same as `Register(...)`, for a file that may not be there."""
    try:
        return Register(path, issuer=issuer, on=on, sheet=sheet)
    except OSError as wrong:
        raise CannotRead(f"{path.name} cannot be read: {wrong.strerror}.") from None


def _source(path: Path, sheet: str) -> Source:
    with path.open("rb") as file:
        begin = file.read(8)
    if begin.startswith(b"PAR1"):
        found: Source = _needs("parquet").ParquetFile(path)
        return found
    if begin.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        book: Source = _needs("workbooks").Workbook(path, sheet)
        return book
    if begin.startswith(b"%PDF"):
        raise CannotRead(f"{path.name} is a PDF. Ask for the register as CSV, Excel or Parquet.")
    return TextFile(path)


def _needs(kind: str) -> ModuleType:
    """The module for one kind of file. It is loaded only now: its library is part of the extra `batch`."""
    try:
        return importlib.import_module(f"openmash.engines.matching.batch.reading.{kind}")
    except ModuleNotFoundError as missing:
        raise CannotRead(
            f"Reading this kind of file needs {missing.name}, which is not installed (openmash[batch]). "
            "A CSV file can be read without it."
        ) from None
