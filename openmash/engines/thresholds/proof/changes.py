"""Which rows differ between two versions, cell by cell, and which differences nobody has given a reason for."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openmash.engines.thresholds.meaning.examples import differences
from openmash.engines.thresholds.policy.model import Policy
from openmash.engines.thresholds.text.files import HEADER
from openmash.engines.thresholds.text.parse import COLUMNS
from openmash.engines.thresholds.text.tables import Row, read_table

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_NOT_COMPARED = ("changes.csv",)
# Lines without a name of their own are told apart by what they are about.
_KEYS = {"advice.csv": ("level", "kind")}
# What says of itself why it differs from version to version.
_NEED_NO_REASON = ("id", "version", "status", "in_force_from", "review_by", "sign_off")
_TABLES = {"gate": "id", "level": "code", "clock": "id", "domain": "id", "evidence": "id"}


@dataclass(frozen=True)
class CellChange:
    """One cell before and after; "" for none."""

    column: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.column}: {self.before or '(empty)'} → {self.after or '(empty)'}"


@dataclass(frozen=True)
class RowChange:
    """One row that differs. `what` is added, removed or changed; `row` its id; `cells` those that differ.

    `reason` is what the later version's changes.csv says of it, "" when nobody has said.
    """

    file: str
    row: str
    what: str
    cells: tuple[CellChange, ...]
    reason: str = ""

    @property
    def lacks_reason(self) -> bool:
        """Whether nobody has said why; a new version number or date says it of itself."""
        return not self.reason and not (self.file == HEADER and self.row in _NEED_NO_REASON)

    def __str__(self) -> str:
        cells = f": {'; '.join(str(cell) for cell in self.cells)}" if self.what == CHANGED else ""
        return f"{self.file} {self.row} {self.what}{cells}. {self.reason or 'No reason is given.'}"


def changed_rows(before: Policy, after: Policy) -> tuple[RowChange, ...]:
    """Every row that differs, in the order of the files and, within one, of the rows.

    Compares the texts that the policies were read from. In the header a row is one key, or one of its tables.
    """
    files = [HEADER, *(file for file in COLUMNS if file not in _NOT_COMPARED)]
    found = []
    for file in files:
        old, new = _rows(before, file), _rows(after, file)
        for row in dict.fromkeys([*old, *new]):
            change = _change(file, row, old.get(row), new.get(row), after)
            if change:
                found.append(change)
    return tuple(found)


def without_reason(changes: tuple[RowChange, ...]) -> tuple[RowChange, ...]:
    """The changes for which nobody has given a reason and somebody should."""
    return tuple(change for change in changes if change.lacks_reason)


EXAMPLES = "examples.csv"


@dataclass(frozen=True)
class ExampleChange:
    """An agreed example of the version before that was taken out or changed: its `story`, and the `reason` given.

    `differs` is what the later version says of the case as it was agreed, a sentence for each difference; empty
    where it still comes out as agreed.
    """

    example: str
    what: str
    story: str
    reason: str
    differs: tuple[str, ...]

    def __str__(self) -> str:
        now = " ".join(self.differs) or "The case as it was agreed still comes out so."
        return f"Agreed example {self.example} {self.what}. {self.reason or 'No reason is given.'} {now}"


def examples_not_kept(before: Policy, after: Policy) -> tuple[ExampleChange, ...]:
    """The agreed examples of the version before that the later one does not hold as they were.

    An example that stands in the way can be taken out of a draft, or rewritten until it passes. Whoever adopts
    the draft has to see which, and what the draft says of the case that was agreed.
    """
    agreed = {example.id: example for example in before.examples}
    return tuple(
        ExampleChange(
            example=change.row,
            what=change.what,
            story=agreed[change.row].story,
            reason=change.reason,
            differs=tuple(differences(after, agreed[change.row])),
        )
        for change in changed_rows(before, after)
        if change.file == EXAMPLES and change.row in agreed
    )


Cells = Mapping[str, str]


def _change(file: str, row: str, old: Cells | None, new: Cells | None, after: Policy) -> RowChange | None:
    cells = tuple(
        CellChange(column, (old or {}).get(column, ""), (new or {}).get(column, ""))
        for column in dict.fromkeys([*(old or {}), *(new or {})])
        if (old or {}).get(column, "") != (new or {}).get(column, "")
    )
    if old is not None and new is not None and not cells:
        return None
    what = ADDED if old is None else REMOVED if new is None else CHANGED
    return RowChange(file, row, what, cells, _reason(file, row, after))


def _reason(file: str, row: str, after: Policy) -> str:
    given = [note.reason for note in after.changes if note.file == file and note.row == row]
    whole = [note.reason for note in after.changes if note.file == file and not note.row]
    return " ".join(given or whole)


def _rows(policy: Policy, file: str) -> dict[str, Cells]:
    if file == HEADER:
        return dict(_header(tomllib.loads(policy.sources[HEADER])))
    rows: dict[str, Cells] = {}
    keys = _KEYS.get(file, COLUMNS[file][:1])
    for row in read_table(file, policy.sources[file], COLUMNS[file], []):
        rows[_apart(_named(row, keys), rows)] = row.cells
    return rows


def _named(row: Row, keys: tuple[str, ...]) -> str:
    return " ".join(row.cells[key] for key in keys)


def _apart(name: str, taken: Mapping[str, Cells]) -> str:
    """The name, with a number when it is taken: the second line of advice of one kind at one level."""
    number = 2
    chosen = name
    while chosen in taken:
        chosen, number = f"{name} ({number})", number + 1
    return chosen


def _header(values: Mapping[str, Any]) -> Iterator[tuple[str, Cells]]:
    """Each key of the header, and each of its tables, as a row: "level 4", "contacts", "version"."""
    for key, value in values.items():
        if key in _TABLES and isinstance(value, list):
            for each in value:
                yield f"{key} {each.get(_TABLES[key], '')}", _texts(each)
        elif isinstance(value, dict):
            yield key, _texts(value)
        else:
            yield key, {"value": _text(value)}


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {key: _text(value) for key, value in values.items()}


def _text(value: Any) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
