"""A table as something to read: each row with what it says first, then every other cell that says something."""

from dataclasses import dataclass

from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.proof.changes import changed_rows
from openmash.engines.thresholds.text.editing import Table, table_of
from openmash.engines.thresholds.text.parse import KEYS
from openmash.engines.thresholds.text.sentences import FORMS
from openmash.web.drafting.tables import TableShown
from openmash.web.drafting.words import in_words

A_PAGE = 25
HIDDEN_WHEN = {"strength": "no", "closes": "no", "to_be_confirmed": "no", "immediate": "never"}
"""What goes without saying."""


@dataclass(frozen=True)
class RowShown:
    """One row. `mark` says how it differs from the version before, "" where it does not."""

    key: str
    name: str
    main: str
    cells: tuple[tuple[str, str], ...]
    mark: str


@dataclass(frozen=True)
class RowsShown:
    """One page of a table, after a search."""

    rows: tuple[RowShown, ...]
    found: int
    total: int
    page: int
    pages: int

    @property
    def numbers(self) -> range:
        """The numbers of the pages."""
        return range(1, self.pages + 1)


def rows_shown(shown: TableShown, policy: Policy, base: Policy, *, words: str, page: int) -> RowsShown:
    """The rows in which every word of the search stands, one page of them. Pages count from 1."""
    table = table_of(policy.sources, shown.file)
    marks = {change.row: change.what for change in changed_rows(base, policy) if change.file == shown.file}
    wanted = words.lower().split()
    places = [place for place in range(len(table.rows)) if _holds(table, place, wanted)]
    pages = max(1, -(-len(places) // A_PAGE))
    page = min(max(page, 1), pages)
    here = places[(page - 1) * A_PAGE : page * A_PAGE]
    rows = tuple(row_shown(shown, table, place, policy, marks) for place in here)
    return RowsShown(rows, len(places), len(table.rows), page, pages)


def _holds(table: Table, place: int, wanted: list[str]) -> bool:
    text = " ".join(table.rows[place]).lower()
    return all(word in text for word in wanted)


def row_shown(
    shown: TableShown, table: Table, place: int, policy: Policy, marks: dict[str, str] | None = None
) -> RowShown:
    """One row to read."""
    row, key = table.named(place), table.key(place)
    has_id = shown.file in KEYS
    cells = tuple(
        (column.label, in_words(column.kind, row[column.name], policy))
        for column in shown.columns
        if column.name != shown.main and column.kind != "code" and row[column.name]
        if row[column.name] != HIDDEN_WHEN.get(column.name)
    )
    what = (marks or {}).get(key, "") if has_id else ""
    mark = {"added": "New", "changed": "Changed"}.get(what, "")
    return RowShown(key, key if has_id else f"Line {key}", row[shown.main], cells, mark)


@dataclass(frozen=True)
class NamesShown:
    """Names of one kind that a condition may use, each with what it means."""

    title: str
    names: tuple[tuple[str, str], ...]


SENTENCES = FORMS


def names_shown(policy: Policy) -> tuple[NamesShown, ...]:
    """Every name that exists, for whoever writes a condition."""
    kinds = sorted({sign.accumulates for sign in policy.signs} - {""})
    return (
        NamesShown("How a sign is known, weakest first", tuple((g.id, g.label) for g in policy.evidence)),
        NamesShown("Levels of signs", tuple((level.code, level.name) for level in policy.levels)),
        NamesShown(
            "Groups of signs",
            tuple((name, policy.set_notes.get(name, "")) for name in policy.sign_sets),
        ),
        NamesShown("Kinds of sign and of contact", tuple((kind, "") for kind in kinds)),
        NamesShown("Groups of questions", tuple((n, policy.set_notes.get(n, "")) for n in policy.fact_sets)),
        NamesShown("Questions", tuple((fact.id, fact.question) for fact in policy.facts)),
        NamesShown("Kinds of agency", tuple((kind, "") for kind in policy.agency_kinds)),
        NamesShown("Signs", tuple((sign.id, sign.wording) for sign in policy.signs)),
    )
