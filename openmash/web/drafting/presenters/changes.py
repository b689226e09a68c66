"""What differs between two states of the texts, row by row, in the words of the tables."""

from dataclasses import dataclass

from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.proof.changes import ADDED, REMOVED, changed_rows
from openmash.engines.thresholds.text.files import HEADER
from openmash.web.drafting.tables import ADVICE, BY_FILE, title_of
from openmash.web.drafting.words import in_words

KINDS = {ADDED: "Added", REMOVED: "Taken out"}


@dataclass(frozen=True)
class CellShown:
    """One cell before and now, "" for nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeShown:
    """One row that differs. `slug` is its table's address, "" for the header; `is_gone`: it was taken out."""

    table: str
    slug: str
    row: str
    what: str
    cells: tuple[CellShown, ...]
    reason: str
    is_gone: bool
    lacks_reason: bool

    @property
    def has_page(self) -> bool:
        """Whether the row has a page of its own: lines of advice are found in their table."""
        return bool(self.slug) and self.slug != ADVICE.slug and not self.is_gone


def changes_shown(before: Policy, after: Policy) -> tuple[ChangeShown, ...]:
    """Every row that differs in `after`, with the reason that `after` gives for it; but for the version."""
    found = []
    for change in changed_rows(before, after):
        if (change.file, change.row) == (HEADER, "version"):
            continue  # every page says it
        table = BY_FILE.get(change.file)
        kinds = {column.name: (column.label, column.kind) for column in table.columns} if table else {}
        policies = (before, after)
        cells = []
        for cell in change.cells:
            label, kind = kinds.get(cell.column, (cell.column.replace("_", " ").capitalize(), "line"))
            words = [
                in_words(kind, text, policy)
                for text, policy in zip((cell.before, cell.after), policies, strict=True)
            ]
            cells.append(CellShown(label, *words))
        found.append(
            ChangeShown(
                table=title_of(change.file),
                slug=table.slug if table else "",
                row=change.row.replace("_", " ") if change.file in (HEADER, ADVICE.file) else change.row,
                what=KINDS.get(change.what, "Changed"),
                cells=tuple(cells),
                reason=change.reason,
                is_gone=change.what == REMOVED,
                lacks_reason=change.lacks_reason,
            )
        )
    return tuple(found)
