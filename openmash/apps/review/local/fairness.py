"""How far the work went, for whom: every stage by what is held of children, plain and among those alike.

A difference is a question, not an answer: neither that children are treated unfairly, nor, where there is none, that
they are treated fairly. Of children whom nobody raises a concern about, nothing can be seen here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openmash.apps.review.local.counted import Written, cell
from openmash.apps.review.sheets import Sheet, Value
from openmash.engines.review.local.history import Source
from openmash.engines.review.local.stages import CLOSED, NOT_KNOWN, WENT_ON, Reached, Whole, reached
from openmash.engines.review.local.store import Store
from openmash.engines.statistics.differences import Difference, difference
from openmash.engines.statistics.disclosure import (
    PERCENT_OF,
    Grid,
    Shown,
    ShownGrid,
    disclose,
    less,
    percent,
    points_shown,
    together,
)

ENOUGH_ALIKE = 0.8
"""No adjusted figure where fewer of the group than this have anybody alike among the others."""

TITLES = {
    "age": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnic group",
    "disability": "Disability",
    "deprivation": "Deprivation of the area",
}
NAMES = {
    "age": {
        "0": "Under 1, or not yet born",
        "1": "1 to 4",
        "2": "5 to 9",
        "3": "10 to 15",
        "4": "16 and over",
    },
    "disability": {"disabled": "A disability is recorded", "not_disabled": "No disability"},
    "deprivation": {"1": "The most deprived fifth", "5": "The least deprived fifth"},
    "sex": {"female": "Female", "male": "Male"},
}
STAGES = {
    WENT_ON: "Went on to help or assessment",
    "assessed": "Assessed",
    "enquiry": "Section 47 enquiry",
    "conference": "Conference",
    "plan": "Child protection plan",
}
HEAD = (
    "Of those before", "Came to it", "In 100", "All others, in 100", "Difference", "At least", "At most",
    "Among those alike", "At least ", "At most ",
)  # fmt: skip
SAYS = (
    "For each stage, of those who came to the stage before it, how many came to it within half a year of the concern. "
    "“Among those alike” sets each child beside others of the same {alike}."
)
MIND = (
    "A difference is a question, not an answer. It may be what children need, what was told of them, or how people see "
    "them; and what is alike by age and referrer may itself be unfair. No difference is no proof of fairness, and "
    "children about whom nobody was worried enough to say so are not in here. Ask, and read some."
)
ALIKE = {"age": "age", "raised_by": "kind of referrer", "need": "main need, once that is known"}


def fairness(store: Store, history: Source) -> list[Written]:
    """A table for each characteristic that is held; none where the history does not say how far anything went."""
    if "closed_at_door" not in history.has:
        return []
    found = reached(store, history)
    if not found.group or not len(found.stage):
        return []
    grids = disclose([_grid(found, by) for by in found.group])
    tables = [_table(found, by, grid) for by, grid in zip(found.group, grids, strict=True)]
    return [(sheet, says, "" if place else MIND) for place, (sheet, says) in enumerate(tables)]


def _grid(found: Reached, by: str) -> Grid:
    """How far each group's concerns went and no further; not known in a column of its own."""
    columns = (CLOSED, *found.stages, "not_known")
    stage = np.where(found.stage < 0, len(columns) - 1, found.stage)
    rows = len(found.names[by])
    counts = np.bincount(found.group[by] * len(columns) + stage, minlength=rows * len(columns))
    cells = tuple(tuple(int(each) for each in row) for row in counts.reshape(rows, len(columns)))
    return Grid("stages", by, found.names[by], columns, cells)


def _table(found: Reached, by: str, grid: ShownGrid) -> tuple[Sheet, str]:
    order = sorted(range(len(grid.grid.rows)), key=lambda row: (grid.grid.rows[row] == NOT_KNOWN, row))
    rows = [
        (STAGES[stage], _name(by, grid.grid.rows[row]), *figures)
        for rank, stage in enumerate(found.stages, start=1)
        for row, figures in zip(order, _of_stage(found, by, grid, rank, order), strict=True)
        if figures[0] != 0
    ]
    rows += [
        (
            "Not known how far",
            _name(by, grid.grid.rows[row]),
            cell(grid.row_totals[row]),
            cell(grid.cells[row][-1]),
        )
        + (None,) * (len(HEAD) - 2)
        for row in order
        if grid.cells[row][-1] != 0
    ]
    alike = [ALIKE[each] for each in found.alike if each != by]
    title = TITLES[by]
    sheet = Sheet(f"fairness-{by}", f"How far it went: {title.lower()}", ("Stage", title, *HEAD), tuple(rows))
    return sheet, SAYS.format(alike=", ".join(alike) or "kind (nothing else is held)")


def _name(by: str, row: str) -> str:
    if row == NOT_KNOWN:
        return "Not known"
    return NAMES.get(by, {}).get(row, f"Fifth {row}" if by == "deprivation" else row)


@dataclass(frozen=True)
class _Counted:
    """How many came to the stage before, and of those to this one."""

    before: Shown
    came: Shown


def _counted(cells: Sequence[Shown], rank: int) -> _Counted:
    return _Counted(together(cells[rank - 1 : -1]), together(cells[rank:-1]))


def _of_stage(
    found: Reached, by: str, grid: ShownGrid, rank: int, order: Sequence[int]
) -> Iterator[tuple[Value, ...]]:
    counted = [_counted(cells, rank) for cells in grid.cells]
    everybody = _counted(grid.column_totals, rank)
    base = found.stage >= rank - 1
    came, cluster, group = found.stage[base] >= rank, found.cluster[base], found.group[by][base]
    none = np.zeros(int(base.sum()), dtype=np.int64)
    alike = _alike(found, by, rank, base)
    unknown = grid.grid.rows.index(NOT_KNOWN) if NOT_KNOWN in grid.grid.rows else -1
    for row in order:
        member = group == row
        seen = member | (group != unknown)
        apart = [counted[each] for each in {row, unknown} - {-1}]
        others = less(everybody.before, *(each.before for each in apart))
        others_came = less(everybody.came, *(each.came for each in apart))
        own, beside = percent(counted[row].came, counted[row].before), percent(others_came, others)
        figures = (cell(counted[row].before), cell(counted[row].came), own, beside)
        if own is None or beside is None:
            yield (*figures, *(None,) * 6)
            continue
        entries = int(min(member.sum(), (seen & ~member).sum()))
        of = (came[seen], member[seen])
        plain = _points(difference(*of, none[seen], cluster[seen]), entries)
        adjusted = difference(*of, alike[seen], cluster[seen])
        enough = adjusted is not None and adjusted.compared >= max(PERCENT_OF, ENOUGH_ALIKE * member.sum())
        yield (*figures, *plain, *(_points(adjusted, entries) if enough else (None,) * 3))


def _points(found: Difference | None, entries: int) -> tuple[Value, ...]:
    shown = points_shown(found.value, found.low, found.high, entries) if found else None
    return shown or (None, None, None)


def _alike(found: Reached, by: str, rank: int, base: NDArray[np.bool_]) -> Whole:
    """A number for everybody alike.

    The main need only counts once the work went on: before, those of whom it is known are mostly those who went on.
    """
    number = np.zeros(int(base.sum()), dtype=np.int64)
    for name, codes in found.alike.items():
        if name != by and (name != "need" or rank > 1):
            number = number * (int(codes.max(initial=0)) + 1) + codes[base]
    return np.unique(number, return_inverse=True)[1]
