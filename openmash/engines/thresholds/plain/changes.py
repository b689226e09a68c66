"""What changed from one version to the next, row by row, each with the reason the policy gives for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from openmash.engines.thresholds.plain.names import group_name
from openmash.engines.thresholds.policy.model import Policy
from openmash.engines.thresholds.proof.changes import CHANGED, RowChange, changed_rows

FILES = {
    "policy.toml": "Names, numbers, promises, levels and times",
    "signs.csv": "Signs",
    "facts.csv": "Questions",
    "sets.csv": "Groups of signs and of questions",
    "duties.csv": "What must be done",
    "rules.csv": "Rules",
    "routing.csv": "Where it goes",
    "pathways.csv": "What can be decided",
    "advice.csv": "What you read",
    "examples.csv": "Agreed examples",
}
"""What each file is called on every page that lists changes."""
COLUMNS = {
    "": "it says",
    "value": "it says",
    "when": "when",
    "and": "and when",
    "also": "and also when",
    "to_be_confirmed": "open",
}


@dataclass(frozen=True)
class Cell:
    """One thing that a row says: before and now, "" for nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedRow:
    """A row that was "added", "removed" or "changed", and why, "" when nobody has said; `lacks_reason` when somebody
    should have.
    """

    row: str
    what: str
    cells: tuple[Cell, ...]
    reason: str
    lacks_reason: bool

    @property
    def is_change(self) -> bool:
        """Whether the row was there before and is there now."""
        return self.what == CHANGED


@dataclass(frozen=True)
class ChangedFile:
    """The rows of one file that differ."""

    name: str
    file: str
    rows: tuple[ChangedRow, ...]


def changes_between(before: Policy, after: Policy) -> tuple[ChangedFile, ...]:
    """What is different in `after`, file by file, with the reasons that `after` gives."""
    return by_file(changed_rows(before, after))


def by_file(changes: Sequence[RowChange]) -> tuple[ChangedFile, ...]:
    """Changes under the file in which they are, in words."""
    files = dict.fromkeys(change.file for change in changes)
    return tuple(
        ChangedFile(FILES.get(file, file), file, tuple(_row(each) for each in changes if each.file == file))
        for file in files
    )


def _row(change: RowChange) -> ChangedRow:
    cells = tuple(
        Cell(COLUMNS.get(cell.column, group_name(cell.column)), cell.before, cell.after)
        for cell in change.cells
        if cell.before or cell.after
    )
    return ChangedRow(group_name(change.row), change.what, cells, change.reason, change.lacks_reason)
