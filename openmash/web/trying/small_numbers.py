"""Counts of children that are too small to be shown, and those from which such a count could be worked out.

The smallest count shown, and the rounding, are those of every other table (`engines/statistics/disclosure`): a count of
1 to 5 is shown as “fewer than 6”. Where it could still be worked out, from a total less the rest,
other counts of its row and column are not shown either, until no small count is pinned to one number.

Whatever is shown is rounded to fives. Two drafts tried in turn, or the same one day after the other, may differ by
a single case; without rounding it could be read off by taking one count from the other.

What a draft would change is a count about somebody as well. So where a count stands beside one of the same cases
under another version, and differs from it by 1 to 5, it is shown as “fewer than 6 apart”.

A table with its totals is a network: each count flows from its row to its column, each total into its row or out
of its column. A hidden count can be another than it is exactly when there is a circle of hidden counts along
which one more can flow. So whether a table gives anything away is settled, and not only likely.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from openmash.engines.statistics.disclosure import FEWEST, rounded

ALL = -1
"""The place of a total among rows and among columns."""

Place = tuple[int, int]
"""A row and a column; `ALL` for the total."""


class How(Enum):
    """How a count is shown."""

    AS_IT_IS = "as it is"
    FEW = "few"
    CLOSE = "close"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Count:
    """A count as it may be shown: rounded, or words in its place. `number` is None when it is hidden.

    `number` is the count itself, with which what else has to be hidden is worked out, and is never put on a page:
    `rounded` is. `near` is the count that it is close to, which is shown beside it.
    """

    how: How
    number: int | None
    near: int = 0

    @property
    def rounded(self) -> int | None:
        """What may be shown of it."""
        return None if self.number is None else rounded(self.number)

    def __str__(self) -> str:
        if self.how is How.CLOSE:
            return f"fewer than {FEWEST} apart"
        if self.how is How.FEW:
            return f"fewer than {FEWEST}"
        return "not shown" if self.number is None else f"{rounded(self.number):,}"


def is_small(number: int) -> bool:
    """Whether a count is one of those that are never shown."""
    return 0 < number < FEWEST


def shown_as(number: int, how: How) -> Count:
    """A count, shown in one of the ways there are."""
    return Count(how, number if how is How.AS_IT_IS else None)


def are_close(number: int, beside: Count | None) -> bool:
    """Whether a count tells, with one that is shown beside it, of a few cases that differ."""
    return beside is not None and beside.number is not None and is_small(abs(number - beside.number))


def shown_beside(one: Count, other: Count) -> Count:
    """The second of two counts of the same cases, neither of which is part of anything else that is shown."""
    if other.number is not None and are_close(other.number, one):
        return Count(How.CLOSE, None, one.number or 0)
    return other


def plain(number: int) -> Count:
    """A count that stands by itself, of which nothing else on the page is a part."""
    return shown_as(number, How.FEW if is_small(number) else How.AS_IT_IS)


@dataclass(frozen=True)
class Table:
    """Counts in rows and columns, with the totals of both and of all. Every one says how it may be shown."""

    cells: tuple[tuple[Count, ...], ...]
    row_totals: tuple[Count, ...]
    column_totals: tuple[Count, ...]
    total: Count

    def at(self, place: Place) -> Count:
        """The count at a place."""
        row, column = place
        if row == ALL:
            return self.total if column == ALL else self.column_totals[column]
        return self.row_totals[row] if column == ALL else self.cells[row][column]

    @property
    def hides(self) -> bool:
        """Whether anything in it is hidden."""
        every = [count for row in self.cells for count in row]
        return any(each.number is None for each in (*every, *self.row_totals, *self.column_totals))


def parts_shown(parts: Sequence[int], beside: Sequence[Count] = ()) -> tuple[Count, ...]:
    """The parts of a total that is shown, such as all cases by level; `beside` the same under another version."""
    hiding = _Hiding([list(parts)], one_row=True)
    hiding.beside = {(0, column): count for column, count in enumerate(beside)}
    return hiding.table().cells[0]


def table_shown(
    cells: Sequence[Sequence[int]],
    *,
    column_totals: Sequence[Count] | None = None,
    row_totals: Sequence[Count] | None = None,
    beside: Table | None = None,
) -> Table:
    """A table whose grand total is shown.

    `row_totals` and `column_totals` are given when they stand on the page already: what is shown there is then
    known, and stays as it is. `beside` is the same table under another version, as it is shown.
    """
    hiding = _Hiding([list(row) for row in cells])
    hiding.fixed = {(row, ALL): count for row, count in enumerate(row_totals or ())}
    hiding.fixed |= {(ALL, column): count for column, count in enumerate(column_totals or ())}
    if beside is not None:
        hiding.beside = {place: beside.at(place) for place in hiding.places()}
    return hiding.table()


class _Hiding:
    """A table while it is being worked out what to hide."""

    def __init__(self, cells: list[list[int]], *, one_row: bool = False) -> None:
        self.cells = cells
        self.one_row = one_row
        self.rows, self.columns = range(len(cells)), range(len(cells[0]) if cells else 0)
        self.fixed: dict[Place, Count] = {}
        """Totals that are on the page already."""
        self.beside: dict[Place, Count] = {}
        """What stands beside each count."""

    def number(self, place: Place) -> int:
        row, column = place
        rows = self.rows if row == ALL else [row]
        columns = self.columns if column == ALL else [column]
        return sum(self.cells[r][c] for r in rows for c in columns)

    def places(self) -> Iterator[Place]:
        """Every count but the grand total. Of a single row the columns have no totals of their own."""
        yield from ((row, column) for row in self.rows for column in self.columns)
        if not self.one_row:
            yield from ((row, ALL) for row in self.rows)
            yield from ((ALL, column) for column in self.columns)

    def table(self) -> Table:
        ways = (self._hidden(narrow=narrow) for narrow in (True, False))
        every = dict.fromkeys(self.places(), How.NOT_SHOWN)
        how = next((way for way in ways if way is not None), every)

        def count(place: Place) -> Count:
            if place in self.fixed and how is not every:
                return self.fixed[place]
            shown = how.get(place, How.AS_IT_IS)
            if shown is How.CLOSE:
                return Count(shown, None, self.beside[place].number or 0)
            return shown_as(self.number(place), shown)

        return Table(
            tuple(tuple(count((row, column)) for column in self.columns) for row in self.rows),
            tuple(count((row, ALL)) for row in self.rows),
            tuple(count((ALL, column)) for column in self.columns),
            shown_as(self.number((ALL, ALL)), How.AS_IT_IS),
        )

    def secret(self, place: Place) -> bool:
        """Whether a count must not be known: it is small, or close to the one beside it."""
        fixed = self.fixed.get(place)
        if fixed is not None:
            return fixed.how in (How.FEW, How.CLOSE)
        return is_small(self.number(place)) or are_close(self.number(place), self.beside.get(place))

    def _hidden(self, *, narrow: bool) -> dict[Place, How] | None:
        """How each hidden count is shown; None when nothing more can be hidden and something is still pinned.

        Saying of a count that it is few, or close, narrows it down. Where that gives it away, it is not said
        (`narrow` False).
        """
        how = {}
        for place in self.places():
            if place in self.fixed:
                how[place] = self.fixed[place].how
            elif is_small(self.number(place)):
                how[place] = How.FEW if narrow else How.NOT_SHOWN
            elif self.secret(place):
                how[place] = How.CLOSE if narrow else How.NOT_SHOWN
        how = {place: each for place, each in how.items() if each is not How.AS_IT_IS}
        while pinned := self._pinned(how):
            if not self._hide_beside(pinned, how):
                return None
        return how

    def _hide_beside(self, pinned: Sequence[Place], how: dict[Place, How]) -> bool:
        """Hide one more count beside each pinned one; False when there is none left to hide.

        Of those in one row or column only the first is served: what is hidden for it may free the others too.
        """
        served: set[tuple[str, int]] = set()
        for row, column in pinned:
            lines = {("row", row), ("column", column)}
            more = None if lines & served else self._to_hide((row, column), how)
            if more is not None:
                how[more] = How.NOT_SHOWN
                served |= lines | {("row", more[0]), ("column", more[1])}
        return bool(served)

    def _to_hide(self, pinned: Place, how: dict[Place, How]) -> Place | None:
        """The count to hide next: the smallest in the row or the column of the pinned one, 0 only if need be."""
        row, column = pinned
        free = [place for place in self.places() if place not in how and place not in self.fixed]
        near = [place for place in free if (place[0] == row) != (place[1] == column)] or free
        return min(near, key=lambda place: (self.number(place) == 0, self.number(place), place), default=None)

    def _pinned(self, how: dict[Place, How]) -> list[Place]:
        """The secret counts that whoever reads the table could work out. Of others it does not matter."""
        network = _Network()
        for place, each in how.items():
            network.add(place, *self._ends(place), self.number(place), *self._bounds(place, each))
        return [place for place in how if self.secret(place) and network.is_pinned(place)]

    def _bounds(self, place: Place, how: How) -> tuple[int, int | None]:
        """The least and the most that a hidden count can be for whoever reads it; None for no most."""
        if how is How.FEW:
            return 1, FEWEST - 1
        if how is How.CLOSE:
            fixed = self.fixed.get(place)
            near = fixed.near if fixed else self.beside[place].number or 0
            return max(0, near - FEWEST + 1), near + FEWEST - 1
        return 0, None

    def _ends(self, place: Place) -> tuple[str, str]:
        """From where to where a count flows: all rows → row → column → all columns.

        Both ends are apart, because the number of all, which is shown, is all that could flow back.
        """
        row, column = place
        if row == ALL:
            return f"column {column}", "all columns"
        if column == ALL:
            return "all rows", f"row {row}"
        return f"row {row}", "all columns" if self.one_row else f"column {column}"


class _Network:
    """Hidden counts as arcs, each with how far it could be from what it is."""

    def __init__(self) -> None:
        self.ends: dict[Place, tuple[str, str]] = {}
        self.steps: dict[str, list[tuple[str, Place]]] = defaultdict(list)
        """For each end, where one more could flow to, along an arc or against it."""

    def add(self, place: Place, tail: str, head: str, number: int, least: int, most: int | None) -> None:
        self.ends[place] = tail, head
        if most is None or number < most:
            self.steps[tail].append((head, place))
        if number > least:
            self.steps[head].append((tail, place))

    def is_pinned(self, place: Place) -> bool:
        """Whether a count can be nothing but what it is, all that is shown being as it is."""
        tail, head = self.ends[place]
        if tail == head:
            return False
        more = (head, place) in self.steps[tail] and self._reaches(head, tail, without=place)
        fewer = (tail, place) in self.steps[head] and self._reaches(tail, head, without=place)
        return not (more or fewer)

    def _reaches(self, start: str, goal: str, *, without: Place) -> bool:
        seen, waiting = {start}, deque([start])
        while waiting:
            for after, along in self.steps[waiting.popleft()]:
                if along == without or after in seen:
                    continue
                if after == goal:
                    return True
                seen.add(after)
                waiting.append(after)
        return False


def steps_shown(whole: int, *parts: int) -> tuple[Count, ...]:
    """Counts each of which is part of the one before, such as: fires, decides, decides alone.

    The difference of two of them is a count about somebody as well, so it must not be small either.
    """
    shown: list[Count] = []
    known = whole
    for part in parts:
        if is_small(part):
            shown.append(shown_as(part, How.FEW))
        elif is_small(known - part):
            shown.append(shown_as(part, How.NOT_SHOWN))
        else:
            shown.append(shown_as(part, How.AS_IT_IS))
            known = part
    return tuple(shown)


def together(totals: dict[str, int]) -> dict[str, str]:
    """For each group the name under which it is counted: groups of few are counted together.

    The smallest other group joins them when all of them together are still few.
    """
    few = [name for name, total in totals.items() if is_small(total)]
    others = sorted((name for name in totals if name not in few), key=lambda name: (totals[name], name))
    while few and is_small(sum(totals[name] for name in few)) and others:
        few.append(others.pop(0))
    joined = f"Others ({len(few)} groups)" if len(few) > 1 else ""
    return {name: joined if joined and name in few else name for name in totals}
