"""Changing the texts of a policy one row at a time, as a person edits them, and keeping why.

Every function takes texts as `gather` gives them (a policy's `sources`), gives new ones and leaves the old ones
alone. None of them says whether the texts still make a policy: `parse` does that.
"""

import csv
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openmash.engines.thresholds.policy.errors import PolicyError, PolicyErrors
from openmash.engines.thresholds.text.files import HEADER
from openmash.engines.thresholds.text.parse import COLUMNS, KEYS

CHANGES = "changes.csv"
Notes = Mapping[tuple[str, str], str]
"""Why rows changed: (file, row) to the reason; row "" for a whole file."""

# The header's own line, not one of the same name in a table below it.
_VERSION = re.compile(r"""^version[ \t]*=[ \t]*("[^"\n]*"|'[^'\n]*')""", re.MULTILINE)
_FIRST_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


@dataclass(frozen=True)
class Table:
    """One table: its columns, and its rows as they stand, each a cell for every column."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def named(self, place: int) -> dict[str, str]:
        """A row by column."""
        return dict(zip(self.columns, self.rows[place], strict=True))

    def key(self, place: int) -> str:
        """What a row is called: its id, or its number (from 1) among those that have none."""
        return self.named(place)[KEYS[self.file]] if self.file in KEYS else str(place + 1)

    def place(self, key: str) -> int | None:
        """Where the row with this key stands, None if there is none."""
        return next((place for place in range(len(self.rows)) if self.key(place) == key), None)

    def number(self, place: int) -> int:
        """The row as a spreadsheet numbers it, once the table has been written by one of the functions here."""
        return place + 2

    def same_row(self, place: int, now: "Table") -> int | None:
        """Where a row stands in a later state of the table: by its id, or where it has none by its words."""
        if self.file in KEYS:
            return now.place(self.key(place))
        row = self.named(place)
        return next((other for other in range(len(now.rows)) if now.named(other) == row), None)


def table_of(texts: Mapping[str, str], file: str) -> Table:
    """A table of a policy, without the empty rows.

    Raises:
        KeyError: a policy has no such table.
    """
    if file not in COLUMNS:
        raise KeyError(f"A policy has no table called “{file}”.")
    head, *lines = csv.reader(io.StringIO(texts[file], newline=""))
    columns = tuple(name.strip() for name in head)
    rows = [
        tuple(cell.strip() for cell in (*line, *[""] * len(columns))[: len(columns)])
        for line in lines
        if any(cell.strip() for cell in line)
    ]
    return Table(file, columns, tuple(rows))


def with_row(
    texts: Mapping[str, str], file: str, place: int | None, cells: Mapping[str, str]
) -> dict[str, str]:
    """The texts with one row replaced, or added at the end when `place` is None.

    Line ends within a cell become spaces. A column that is not given becomes empty.
    """
    table = table_of(texts, file)
    row = tuple(" ".join(cells.get(column, "").split()) for column in table.columns)
    rows = list(table.rows)
    if place is None:
        rows.append(row)
    else:
        rows[place] = row
    return {**texts, file: _written(table.columns, rows)}


def without_row(texts: Mapping[str, str], file: str, place: int) -> dict[str, str]:
    """The texts with one row taken out."""
    table = table_of(texts, file)
    rows = [row for number, row in enumerate(table.rows) if number != place]
    return {**texts, file: _written(table.columns, rows)}


def notes_of(texts: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """The reasons that changes.csv holds."""
    rows = (table.named(place) for table in [table_of(texts, CHANGES)] for place in range(len(table.rows)))
    return {(row["file"], row["row"]): row["reason"] for row in rows}


def with_notes(texts: Mapping[str, str], notes: Notes) -> dict[str, str]:
    """The texts with these reasons in changes.csv, and no others."""
    rows = [(file, row, " ".join(reason.split())) for (file, row), reason in notes.items()]
    return {**texts, CHANGES: _written(COLUMNS[CHANGES], rows)}


def as_new_version(texts: Mapping[str, str], version: str) -> dict[str, str]:
    """The texts under another version, with no changes noted yet.

    `version` may hold no quotation marks, backslashes or line ends.

    Raises:
        PolicyErrors: the header does not say its version in a line of its own.
    """
    first = _FIRST_TABLE.search(texts[HEADER])
    end = first.start() if first else len(texts[HEADER])
    top, rest = texts[HEADER][:end], texts[HEADER][end:]
    header = _VERSION.sub(lambda _: f'version = "{version}"', top, count=1) + rest
    if tomllib.loads(header).get("version") != version:
        said = "The header does not say its version in a line of its own."
        raise PolicyErrors([PolicyError(HEADER, None, said, 'Write version = "…", above all tables.')])
    return with_notes({**texts, HEADER: header}, {})


def _written(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([columns, *rows])
    return out.getvalue()
