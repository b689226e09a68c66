"""What of a set of counts may be shown, so that nobody can work out a count of one to five.

The Department's rule for small councils' tables: nought is shown, 1 to 5 is not. Here, besides, every count shown is
rounded to the nearest five, so that taking last month's table from this one's tells of nobody; and wherever a hidden
count could still be worked out from all the totals on all the tables, more is hidden until it cannot. Percentages come
from the rounded counts, so they tell no more than those. Pages, drawings, files and commands all show what comes out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

FEWEST = 6
"""The smallest count, but for none, that is shown."""

BASE = 5
"""To what every count that is shown is rounded."""

PERCENT_OF = 50
"""No percentage is given of fewer: rounding would make it wrong by more than ten in a hundred."""

OPEN = 2
"""A hidden count must be able to be numbers this far apart, whatever is worked out from all the tables."""

_MOST = 1e7


class Hidden(StrEnum):
    """What stands in the place of a count that is not shown."""

    FEW = "1 to 5"
    MORE = "not shown"


Shown = int | Hidden


@dataclass(frozen=True)
class Grid:
    """Counts by row and column. Grids of one `of` count the same things, and share totals.

    `by` names what the rows are; two grids with the same `by` share the totals of rows. Where rows are no parts of the
    whole (a concern has several signs) `parts` is False, and columns have no totals. `whole` says that the columns
    together are all there are.
    """

    of: str
    by: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    parts: bool = True
    whole: bool = True


@dataclass(frozen=True)
class ShownGrid:
    """A grid as it may be shown, with its totals; `column_totals` and `total` are empty and None without."""

    grid: Grid
    cells: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown | None


def rounded(count: int) -> int:
    """To the nearest five."""
    return BASE * round(count / BASE)


def shown(count: int) -> Shown:
    """A count that is part of no total that is shown."""
    return Hidden.FEW if 0 < count < FEWEST else rounded(count)


def percent(part: Shown, whole: Shown) -> int | None:
    """A whole percentage, from counts as they are shown; None where one is hidden or the whole is small."""
    if isinstance(part, Hidden) or isinstance(whole, Hidden) or whole < PERCENT_OF:
        return None
    return min(100, round(100 * part / whole))


def together(parts: Sequence[Shown]) -> Shown:
    """Parts of a whole taken together, from how they are shown and nothing else, so that it tells no more than they."""
    seen = [each for each in parts if each != 0]
    if len(seen) < 2:
        return seen[0] if seen else 0
    low, high = (sum(ends) for ends in zip(*map(between, seen), strict=True))
    return Hidden.MORE if Hidden.MORE in seen or low < FEWEST else rounded(int(low + high) // 2)


def less(whole: Shown, *parts: Shown) -> Shown:
    """What is left of a whole, from how it and the parts are shown and nothing else."""
    if whole is Hidden.MORE or Hidden.MORE in parts:
        return Hidden.MORE
    left = sum(between(whole)) - sum(end for part in parts for end in between(part))
    count = rounded(int(left) // 2)
    return count if count >= FEWEST else Hidden.MORE


POINTS_OF = 500
"""Of so many, one point of a hundred is five: no finer than a count is shown."""


def points_shown(value: float, low: float, high: float, entries: int) -> tuple[int, int, int] | None:
    """A difference of two shares in points of a hundred, its interval rounded outwards; None of fewer than fifty.

    `entries` is the smaller of the two groups. In fives where it is under 500.
    """
    if entries < PERCENT_OF:
        return None
    step = 1 if entries >= POINTS_OF else BASE
    middle = step * round(100 * value / step)
    least, most = step * floor(100 * low / step + 1e-9), step * ceil(100 * high / step - 1e-9)
    return middle, min(least, middle), max(most, middle)


def steps_shown(happened: Sequence[int]) -> list[bool]:
    """Which of a growing row of counts may be shown, so that no difference of two of them is 1 to 5."""
    last, found = 0, []
    for count in happened:
        may = not 0 < count - last < FEWEST
        last = count if may else last
        found.append(may)
    return found


ROUGHLY = (10_000, 5_000, 2_000, 1_000, 500, 200, 100, PERCENT_OF)


def roughly(count: int) -> str:
    """How many, in steps so wide that no difference from another table tells of a few."""
    step = next((each for each in ROUGHLY if count >= each), None)
    return f"{step:,} or more" if step else f"fewer than {PERCENT_OF}"


def share_shown(share: float, entries: int) -> int | None:
    """A share of those followed, in whole percent; in fives under 300, and none under 50, as counts could be told."""
    if entries < PERCENT_OF:
        return None
    return _step(entries) * round(100 * share / _step(entries))


def bounds_shown(low: float, high: float, entries: int) -> tuple[int | None, int | None]:
    """The bounds of a share in the same steps: the lower rounded down and the upper up: neither says too much."""
    if entries < PERCENT_OF:
        return None, None
    step = _step(entries)
    return step * floor(100 * low / step + 1e-9), min(100, step * ceil(100 * high / step - 1e-9))


def _step(entries: int) -> int:
    return 1 if entries >= 300 else BASE


def disclose(grids: Sequence[Grid]) -> list[ShownGrid]:
    """The grids as they may be shown together."""
    system = _System(grids)
    system.hide()
    return [system.as_shown(number) for number in range(len(grids))]


Key = tuple[object, ...]
Sum = tuple[Key, tuple[Key, ...]]


@dataclass
class _System:
    """Every count that is published, how it is shown, and which are sums of which."""

    grids: Sequence[Grid]
    counts: dict[Key, int] = field(default_factory=dict)
    hidden: dict[Key, Hidden] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, grid in enumerate(self.grids):
            self._take(number, grid)
        self.hidden = {key: Hidden.FEW for key, count in self.counts.items() if 0 < count < FEWEST}

    def _take(self, number: int, grid: Grid) -> None:
        rows, columns = range(len(grid.rows)), range(len(grid.columns))
        for row in rows:
            for column in columns:
                self.counts[self.cell(number, row, column)] = grid.cells[row][column]
            if grid.whole:
                self._sum(self.row(number, row), [self.cell(number, row, column) for column in columns])
        if grid.parts:
            for column in columns:
                self._sum(self.column(number, column), [self.cell(number, row, column) for row in rows])
        if grid.parts and grid.whole:
            self._sum(self.all(number), [self.column(number, column) for column in columns])

    def _sum(self, whole: Key, parts: list[Key]) -> None:
        count = sum(self.counts[each] for each in parts)
        if self.counts.setdefault(whole, count) != count:
            raise ValueError(f"{whole} is {self.counts[whole]} in one grid and {count} in another")
        self.sums.append((whole, tuple(parts)))

    def cell(self, number: int, row: int, column: int) -> Key:
        return ("cell", number, row, column)

    def row(self, number: int, row: int) -> Key:
        grid = self.grids[number]
        return ("row", grid.of, grid.by, grid.rows[row])

    def column(self, number: int, column: int) -> Key:
        grid = self.grids[number]
        return ("column", grid.of, grid.columns[column])

    def all(self, number: int) -> Key:
        return ("all", self.grids[number].of)

    def hide(self) -> None:
        """Hide more until no small count can be told. Each round hides the smallest count beside each that can."""
        waiting = [key for key, how in self.hidden.items() if how is Hidden.FEW]
        for sums in self._apart():
            inside = {key for whole, parts in sums for key in (whole, *parts)}
            here = [key for key in waiting if key in inside]
            while here:
                bounds = _Bounds(self, sums)
                told = [key for key in here if not bounds.leaves_open(key)]
                here = [key for key in told if self._hide_beside(key, sums)]

    def _apart(self) -> list[list[Sum]]:
        """Sums that share no count, even by others between, tell nothing of one another: apart they are quick."""
        leads: dict[Key, Key] = {}

        def lead(key: Key) -> Key:
            while leads.setdefault(key, key) != key:
                key = leads[key]
            return key

        for whole, parts in self.sums:
            for part in parts:
                leads[lead(part)] = lead(whole)
        apart: dict[Key, list[Sum]] = {}
        for each in self.sums:
            apart.setdefault(lead(each[0]), []).append(each)
        return list(apart.values())

    def _hide_beside(self, key: Key, sums: Sequence[Sum]) -> bool:
        """Hide one count more; False when everything is hidden. At last even "1 to 5" is taken back."""
        beside = [each for whole, parts in sums if key in (whole, *parts) for each in (whole, *parts)]
        seen = [each for each in beside if each not in self.hidden]
        few = [each for each in [*beside, key] if self.hidden.get(each) is Hidden.FEW]
        every = {each for whole, parts in sums for each in (whole, *parts)}
        free = seen or few or [each for each in every if self.hidden.get(each) is not Hidden.MORE]
        if free:
            least = min(free, key=lambda each: (self.counts[each] == 0, self.counts[each], str(each)))
            self.hidden[least] = Hidden.MORE
        return bool(free)

    def as_shown(self, number: int) -> ShownGrid:
        grid = self.grids[number]
        rows, columns = range(len(grid.rows)), range(len(grid.columns))
        return ShownGrid(
            grid,
            tuple(tuple(self._shown(self.cell(number, row, column)) for column in columns) for row in rows),
            tuple(self._shown(self.row(number, row)) for row in rows) if grid.whole else (),
            tuple(self._shown(self.column(number, column)) for column in columns) if grid.parts else (),
            self._shown(self.all(number)) if grid.parts and grid.whole else None,
        )

    def _shown(self, key: Key) -> Shown:
        how = self.hidden.get(key)
        return rounded(self.counts[key]) if how is None else how


def between(value: Shown) -> tuple[float, float]:
    """The least and the most that a count can be, for whoever reads how it is shown."""
    if value is Hidden.FEW:
        return 1, FEWEST - 1
    if value is Hidden.MORE:
        return 0, _MOST
    number = int(value)
    return (0, 0) if number == 0 else (max(FEWEST, number - BASE // 2), number + BASE // 2)


class _Bounds:
    """What whoever reads everything could work out of one count: linear programming over all sums (HiGHS)."""

    def __init__(self, system: _System, sums: Sequence[Sum]) -> None:
        keys = dict.fromkeys(key for whole, parts in sums for key in (whole, *parts))
        self.place = {key: place for place, key in enumerate(keys)}
        self.bounds = [between(system._shown(key)) for key in keys]
        rows, columns, values = [], [], []
        for number, (whole, parts) in enumerate(sums):
            for key, value in ((whole, -1.0), *((part, 1.0) for part in parts)):
                rows.append(number)
                columns.append(self.place[key])
                values.append(value)
        shape = (len(sums), len(self.place))
        self.sums = csr_array((values, (rows, columns)), shape=shape)
        self.zero = np.zeros(shape[0])

    def leaves_open(self, key: Key) -> bool:
        """Whether a hidden count could still be any of three numbers or more."""
        least, most = self._furthest(self.place[key], 1.0), self._furthest(self.place[key], -1.0)
        return most - least >= OPEN

    def _furthest(self, place: int, sign: float) -> float:
        goal = np.zeros(len(self.bounds))
        goal[place] = sign
        found = linprog(goal, A_eq=self.sums, b_eq=self.zero, bounds=self.bounds, method="highs")
        return float(found.x[place])


def published(grids: Iterable[ShownGrid]) -> list[tuple[str, Shown]]:
    """Every count that is shown, by a name that is the same from month to month: for looking what two months tell."""
    found: dict[str, Shown] = {}
    for each in grids:
        grid = each.grid
        for row, cells in zip(grid.rows, each.cells, strict=True):
            for column, value in zip(grid.columns, cells, strict=True):
                found[f"{grid.of}/{grid.by}/{row}/{column}"] = value
        for row, value in zip(grid.rows, each.row_totals, strict=False):
            found[f"{grid.of}/{grid.by}/{row}"] = value
        for column, value in zip(grid.columns, each.column_totals, strict=False):
            found[f"{grid.of}//{column}"] = value
        if each.total is not None:
            found[grid.of] = each.total
    return list(found.items())
