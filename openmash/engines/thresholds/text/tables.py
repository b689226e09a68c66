"""Reading the tables of a policy: rows as a spreadsheet numbers them, cells with nothing hidden in them."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from openmash.engines.thresholds.policy.errors import PolicyError, did_you_mean

MOST_ROWS = 5000
LONGEST_CELL = 4000

SIGN_ID = (re.compile(r"[A-Z][A-Z0-9]{0,9}"), "capital letters and digits, such as D17")
RULE_ID = (re.compile(r"[A-Z][A-Za-z0-9]{0,9}"), "letters and digits beginning with a capital, such as C8a")
NAME = (re.compile(r"[a-z][a-z0-9_]{0,49}"), "small letters, digits and underscores, such as help_refused")
CODE = (re.compile(r"[A-Za-z0-9]{1,10}"), "letters and digits, such as 3 or I")


class Row:
    """One row of a table. Reading a cell that is wrong notes the fault and gives a harmless value back."""

    def __init__(self, file: str, number: int, cells: Mapping[str, str], faults: list[PolicyError]) -> None:
        self.file = file
        self.number = number
        self.cells = cells
        self.faults = faults

    def fault(self, message: str, hint: str) -> None:
        self.faults.append(PolicyError(self.file, self.number, message, hint))

    def text(self, column: str) -> str:
        return self.cells[column]

    def needed(self, column: str) -> str:
        if not self.cells[column]:
            self.fault(f"The column “{column}” is empty.", "Every row needs one.")
        return self.cells[column]

    def id(self, column: str, shape: tuple[re.Pattern[str], str]) -> str:
        value = self.needed(column)
        if value and not shape[0].fullmatch(value):
            self.fault(f"“{value}” cannot be used as a {column}.", f"Use {shape[1]}.")
        return value

    def choice(self, column: str, options: Sequence[str]) -> str:
        value = self.cells[column]
        if value not in options:
            said = f"“{value}” is not something the column “{column}” can say."
            self.fault(said, did_you_mean(value, [option for option in options if option]))
            return options[0]
        return value

    def yes_no(self, column: str) -> bool:
        return self.choice(column, ("", "no", "yes")) == "yes"

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(self.cells[column].replace(";", " ").replace(",", " ").split())

    def parts(self, column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())


def read_table(file: str, text: str, columns: Sequence[str], faults: list[PolicyError]) -> list[Row]:
    """The rows of a table that has exactly these columns, in any order. Empty rows are passed over."""
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as wrong:
        faults.append(PolicyError(file, None, f"The table cannot be read: {wrong}.", "Save it again as CSV."))
        return []
    if len(lines) > MOST_ROWS:
        said = f"The table has {len(lines)} rows; at most {MOST_ROWS} are read."
        faults.append(PolicyError(file, None, said, "Check that the right file was saved."))
        return []
    if not lines:
        faults.append(PolicyError(file, None, "The table is empty.", f"Row 1 must read: {','.join(columns)}"))
        return []
    header = [name.strip() for name in lines[0]]
    if not _header_right(file, header, columns, faults):
        return []
    return [
        row
        for number, line in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in line) and (row := _row(file, number, header, line, faults))
    ]


def _header_right(file: str, header: list[str], columns: Sequence[str], faults: list[PolicyError]) -> bool:
    before = len(faults)
    missing = [name for name in columns if name not in header]
    for name in header:
        if name not in columns:
            said = f"There is no column called “{name}”."
            faults.append(PolicyError(file, 1, said, did_you_mean(name, missing or columns)))
    for name in sorted({name for name in header if header.count(name) > 1}):
        faults.append(PolicyError(file, 1, f"The column “{name}” stands there twice.", "Keep one of them."))
    for name in missing:
        faults.append(PolicyError(file, 1, f"The column “{name}” is missing.", "Add it, empty if need be."))
    return len(faults) == before


def _row(file: str, number: int, header: list[str], line: list[str], faults: list[PolicyError]) -> Row | None:
    if len(line) > len(header) and any(cell.strip() for cell in line[len(header) :]):
        said = f"The row has {len(line)} cells and the table {len(header)} columns."
        faults.append(PolicyError(file, number, said, "Put a text that contains a comma in double quotes."))
        return None
    cells = [cell.strip() for cell in line[: len(header)]] + [""] * (len(header) - len(line))
    before = len(faults)
    for name, cell in zip(header, cells, strict=True):
        _look_into(file, number, name, cell, faults)
    if len(faults) > before:
        return None
    return Row(file, number, dict(zip(header, cells, strict=True)), faults)


def _look_into(file: str, number: int, column: str, cell: str, faults: list[PolicyError]) -> None:
    # A board opens these files in a spreadsheet, which would run such a cell as a formula.
    if cell.startswith(("=", "+", "-", "@")):
        said = f"The cell in “{column}” begins with “{cell[0]}”, which a spreadsheet takes for a formula."
        faults.append(PolicyError(file, number, said, "Begin it with a word."))
    if len(cell) > LONGEST_CELL:
        said = f"The cell in “{column}” holds {len(cell)} characters; at most {LONGEST_CELL} are read."
        faults.append(PolicyError(file, number, said, "Shorten it."))
