"""Puts people, lines and households together into one drawing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from openmash.engines.genogram.drawn import Genogram, Line, Mark, Outline, Point, Symbol
from openmash.engines.genogram.generations import generations
from openmash.engines.genogram.measures import (
    ABOVE_LANES,
    BELOW_LABEL,
    BELOW_LANES,
    EDGE,
    HALF_SLOT,
    HALF_SYMBOL,
    INSET,
    LANE,
    PORTS_APART,
    SYMBOL,
    TEXT_LINE,
    lines_of,
)
from openmash.engines.genogram.outlines import Rectangle, outline
from openmash.engines.genogram.people import Household, Person, Relationship, Sex, check
from openmash.engines.genogram.places import placed
from openmash.engines.genogram.routes import Above, Bar, Beside, Level, Stop, Streets
from openmash.engines.genogram.ties import Couple, Descent, Ties, ties_of
from openmash.engines.genogram.words import told

SHAPES = {Sex.MALE: "square", Sex.FEMALE: "circle", Sex.NOT_KNOWN: "diamond"}
NEXT_TO = 2
ELBOWS = (0.0, 10.0, -10.0, 16.0, -16.0, 5.0, -5.0)


def draw(
    people: Sequence[Person], relationships: Sequence[Relationship], households: Sequence[Household] = ()
) -> Genogram:
    """Lay out a family and say it in words.

    Everybody is drawn once; no two symbols or names overlap. Lengths are in units of about a pixel.
    Statements about the same two people are to be given oldest first: a couple is drawn as the last said.

    Raises:
        NotAFamily: a key is used twice, or a relationship or household names somebody who is not there.
    """
    check(people, relationships, households)
    rows = generations(people, relationships)
    ties = ties_of(people, relationships, rows)
    order = [person.key for person in sorted(people, key=lambda person: person.born_on or date.max)]
    return _Drawing(people, rows, placed(order, rows, ties), ties).finished(relationships, households)


@dataclass
class _Way:
    """A line before heights are known."""

    kind: str
    stops: list[Stop]
    doubtful: bool
    ends: frozenset[str]
    mark: str = ""


class _Drawing:
    def __init__(
        self, people: Sequence[Person], rows: Mapping[str, int], halves: Mapping[str, int], ties: Ties
    ) -> None:
        self.people, self.rows, self.halves, self.ties = people, rows, halves, ties
        self.last = max(rows.values(), default=-1)
        here = {row: sorted(halves[key] for key in rows if rows[key] == row) for row in range(self.last + 1)}
        self.side_by_side = [each for each in ties.couples if self._are_next(each)]
        joined = {
            row: [
                (min(halves[c.one], halves[c.other]), max(halves[c.one], halves[c.other]))
                for c in self.side_by_side
                if rows[c.one] == row
            ]
            for row in here
        }
        self.streets = Streets(here, joined)
        self.ways: list[_Way] = []
        self.elbows: Counter[tuple[str, int]] = Counter()
        self.ports = self._ports()

    def _are_next(self, couple: Couple) -> bool:
        return abs(self.halves[couple.one] - self.halves[couple.other]) == NEXT_TO

    def x(self, key: str) -> float:
        return self.halves[key] * HALF_SLOT

    # --- where lines meet the top of a symbol -------------------------------------------------------------

    def _ports(self) -> dict[tuple[object, str], float]:
        """For each line and each person at whose top it ends: where. Side by side if there are several."""
        wanted: dict[str, list[object]] = {}
        for couple in self._over():
            wanted.setdefault(couple.one, []).append(couple)
            wanted.setdefault(couple.other, []).append(couple)
        for family in self.ties.descents:
            for child in family.children:
                wanted.setdefault(child, []).append(family)
        ports = {}
        for key, owners in wanted.items():
            apart = min(PORTS_APART, (SYMBOL - PORTS_APART) / max(1, len(owners) - 1))
            for place, owner in enumerate(owners):
                x = self.x(key) + apart * (place - (len(owners) - 1) / 2)
                ports[(owner, key)] = x
                self.streets.take(x, owner, [("gap", self.rows[key])])
        return ports

    def _over(self) -> list[Couple]:
        """Ties within a row that cannot run from side to side."""
        return [*(each for each in self.ties.couples if not self._are_next(each)), *self.ties.across]

    # --- lines ----------------------------------------------------------------------------------------------

    def _couples(self) -> dict[frozenset[str], Bar]:
        """Draw every couple; the bars of those whose line runs above the row."""
        for each in self.side_by_side:
            left, right = sorted((each.one, each.other), key=self.x)
            level = Beside(self.rows[left])
            stops: list[Stop] = [(self.x(left) + HALF_SYMBOL, level), (self.x(right) - HALF_SYMBOL, level)]
            self._add(each, stops)
        over = {}
        for each in self._over():
            row = self.rows[each.one]
            one, other = self.ports[(each, each.one)], self.ports[(each, each.other)]
            bar = self.streets.bar(row, one, other)
            over[frozenset({each.one, each.other})] = bar
            self._add(each, [(one, Above(row)), (one, bar), (other, bar), (other, Above(row))])
        return over

    def _add(self, couple: Couple, stops: list[Stop]) -> None:
        mark = "parted" if couple.ended else ""
        ends = frozenset({couple.one, couple.other})
        self.ways.append(_Way(couple.kind, stops, couple.doubtful, ends, mark))

    def _descents(self, over: Mapping[frozenset[str], Bar]) -> None:
        for family in self.ties.descents:
            for row in sorted({self.rows[child] for child in family.children}):
                children = [child for child in family.children if self.rows[child] == row]
                if family.parents:
                    self._family(family, children, row, over)
                else:
                    self._drops(family, children, row, [])

    def _family(
        self, family: Descent, children: list[str], row: int, over: Mapping[frozenset[str], Bar]
    ) -> None:
        above = self.rows[family.parents[0]]
        start = self._start(family, above, row, over)
        way = self.streets.way_down(start[-1], above, row, family)
        self._drops(family, children, row, [*start[:-1], *way])

    def _start(self, family: Descent, above: int, row: int, over: Mapping[frozenset[str], Bar]) -> list[Stop]:
        """From the line between two parents, or from the side of one."""
        gaps = [("gap", above + 1)]
        pair = frozenset(family.parents)
        if len(pair) == 1:
            return self._from_the_side(family, above, gaps)
        middle = sum(self.x(key) for key in pair) / 2
        if pair not in over:
            return [(self.streets.take_near(middle, family, gaps), Beside(above))]
        half = self.streets.nearest_free(above, middle / HALF_SLOT)
        x = self.streets.take_near(half * HALF_SLOT, family, [("row", above), *gaps])
        over[pair].reach(x)
        return [(middle, over[pair]), (x, over[pair])]

    def _from_the_side(self, family: Descent, above: int, gaps: list[tuple[str, int]]) -> list[Stop]:
        (parent,) = family.parents
        half = self.halves[parent]
        joined = {end for pair in self.streets.joined[above] for end in pair if half in pair}
        toward = sum(self.halves[child] for child in family.children) / len(family.children)
        sides = sorted((1, -1), key=lambda side: (half + 2 * side in joined, -side * (toward - half)))
        side = sides[0]
        lower = self._elbow(parent, side, crowded=half + 2 * side in joined)
        x = self.streets.take_near((half + side) * HALF_SLOT, family, [("row", above), *gaps])
        level = Beside(above, lower)
        return [(self.x(parent) + side * HALF_SYMBOL, level), (x, level)]

    def _elbow(self, parent: str, side: int, *, crowded: bool) -> float:
        """How far below the middle of a symbol a line leaves its side: no two at one place."""
        self.elbows[(parent, side)] += 1
        used = self.elbows[(parent, side)] - (0 if crowded else 1)
        return ELBOWS[min(used, len(ELBOWS) - 1)]

    def _drops(self, family: Descent, children: list[str], row: int, way: list[Stop]) -> None:
        """From where the way has come down to the top of each child."""
        tops = {child: self.ports[(family, child)] for child in children}
        forks = self._forks(family, tops)
        xs = [*forks.values(), *([way[-1][0]] if way else [])]
        straight = len(set(xs)) == 1 and not family.twins
        bar = None if straight else self.streets.bar(row, *xs)
        for child, top in tops.items():
            stops = list(way)
            if bar is not None:
                stops += ([(way[-1][0], bar)] if way else [(xs[0], bar)]) + [(forks[child], bar)]
            stops.append((top, Above(row)))
            ends = frozenset({*family.parents, child}) if family.parents else frozenset(children)
            self.ways.append(_Way(family.kind, stops, family.doubtful, ends))

    def _forks(self, family: Descent, tops: Mapping[str, float]) -> dict[str, float]:
        """Where each child's line leaves the bar: above the child, or for twins side by side both in one place."""
        forks = dict(tops)
        for pair in family.twins:
            one, *rest = sorted(pair & tops.keys(), key=tops.__getitem__)
            if rest and abs(self.halves[one] - self.halves[rest[0]]) == NEXT_TO:
                forks[one] = forks[rest[0]] = (tops[one] + tops[rest[0]]) / 2
        return forks

    # --- heights ----------------------------------------------------------------------------------------------

    def finished(self, relationships: Sequence[Relationship], households: Sequence[Household]) -> Genogram:
        self._descents(self._couples())
        lanes = self.streets.give_lanes()
        labels = {person.key: lines_of(person.name) + lines_of(person.age) for person in self.people}
        heights = _Heights(self.last, lanes, self._most_lines(labels))
        lines = [_line(way, heights) for way in self.ways]
        left = min([HALF_SLOT * (min(self.halves.values(), default=1) - 1), *_xs(lines)], default=0) - EDGE
        right = max([HALF_SLOT * (max(self.halves.values(), default=1) + 1), *_xs(lines)], default=0) + EDGE
        lines = [_moved(line, -left) for line in lines]
        by_rows = sorted(self.people, key=lambda person: (self.rows[person.key], self.halves[person.key]))
        return Genogram(
            width=right - left,
            height=heights.bottom,
            symbols=tuple(self._symbol(each, labels[each.key], heights, left) for each in by_rows),
            lines=tuple(lines),
            marks=tuple(_marks(self.ways, lines)),
            outlines=tuple(self._outlines(households, heights, left)),
            kinds=tuple(dict.fromkeys(line.kind for line in lines)),
            told=told(by_rows, relationships, households),
        )

    def _most_lines(self, labels: Mapping[str, tuple[str, ...]]) -> list[int]:
        return [
            max(len(labels[person.key]) for person in self.people if self.rows[person.key] == row)
            for row in range(self.last + 1)
        ]

    def _symbol(self, person: Person, lines: tuple[str, ...], heights: "_Heights", left: float) -> Symbol:
        return Symbol(
            key=person.key,
            shape="triangle" if person.is_unborn else SHAPES[person.sex],
            x=self.x(person.key) - left,
            y=heights.middle[self.rows[person.key]],
            inside=person.inside,
            lines=lines,
            is_concerned=person.is_concerned,
            has_died=bool(person.died),
        )

    def _outlines(
        self, households: Sequence[Household], heights: "_Heights", left: float
    ) -> Iterator[Outline]:
        for household in households:
            if household.members:
                parts = list(self._parts(household.members, heights))
                path, (x, y) = outline(
                    [(one - left, top, other - left, bottom) for one, top, other, bottom in parts]
                )
                yield Outline(household.name, path, x, y)

    def _parts(self, members: frozenset[str], heights: "_Heights") -> Iterator[Rectangle]:
        """A rectangle for each run of members side by side, and one for each gap that two runs share."""
        runs: dict[int, list[tuple[float, float]]] = {}
        for row in range(self.last + 1):
            here = sorted((self.halves[key], key in members) for key in self.rows if self.rows[key] == row)
            runs[row] = [
                (first * HALF_SLOT - HALF_SLOT + INSET, last * HALF_SLOT + HALF_SLOT - INSET)
                for first, last in _runs(here)
            ]
            for one, other in runs[row]:
                yield one, heights.top[row], other, heights.end[row]
        for row in range(self.last):
            for one, other in runs[row]:
                for start, end in runs[row + 1]:
                    if max(one, start) < min(other, end):
                        yield max(one, start), heights.end[row], min(other, end), heights.top[row + 1]


def _runs(here: Sequence[tuple[int, bool]]) -> Iterator[tuple[int, int]]:
    """First and last place of each run of members with nobody else between."""
    run: list[int] = []
    for place, is_member in here:
        if is_member:
            run.append(place)
        elif run:
            yield run[0], run[-1]
            run = []
    if run:
        yield run[0], run[-1]


class _Heights:
    """How far down everything stands: for each row the middle of its symbols, its top and its end."""

    def __init__(self, last: int, lanes: Mapping[int, int], lines: Sequence[int]) -> None:
        self.lane_tops: list[float] = []
        self.middle: list[float] = []
        self.top: list[float] = []
        self.end: list[float] = []
        y = 0.0
        for row in range(last + 1):
            self.lane_tops.append(y + ABOVE_LANES)
            y += ABOVE_LANES + LANE * lanes.get(row, 0) + BELOW_LANES
            self.middle.append(y + HALF_SYMBOL)
            self.top.append(y - INSET)
            y += SYMBOL + TEXT_LINE * lines[row] + BELOW_LABEL
            self.end.append(y)
        self.bottom = y + EDGE

    def of(self, level: Level) -> float:
        match level:
            case Bar(gap=gap, lane=lane):
                return self.lane_tops[gap] + LANE * lane
            case Beside(row=row, lower=lower):
                return self.middle[row] + lower
        return self.middle[level.row] - HALF_SYMBOL


def _line(way: _Way, heights: _Heights) -> Line:
    points: list[Point] = []
    for x, level in way.stops:
        point = (x, heights.of(level))
        if not points or points[-1] != point:
            points.append(point)
    return Line(way.kind, tuple(points), way.doubtful, way.ends)


def _xs(lines: Sequence[Line]) -> list[float]:
    return [x for line in lines for x, _y in line.points]


def _moved(line: Line, aside: float) -> Line:
    return Line(line.kind, tuple((x + aside, y) for x, y in line.points), line.doubtful, line.ends)


def _marks(ways: Sequence[_Way], lines: Sequence[Line]) -> Iterator[Mark]:
    """Two strokes where a couple parted; a question mark on what is in doubt. Never on the same spot."""
    there: Counter[Point] = Counter()
    for way, line in zip(ways, lines, strict=True):
        one, other = _longest(line.points)
        if way.mark:
            yield Mark(way.mark, one[0] + (other[0] - one[0]) * 0.25, one[1])
        if line.doubtful:
            x, y = one[0] + (other[0] - one[0]) * 0.75, one[1] + (other[1] - one[1]) * 0.75
            there[(x, y)] += 1
            if there[(x, y)] == 1:
                yield Mark("doubt", x, y)


def _longest(points: Sequence[Point]) -> tuple[Point, Point]:
    pieces = list(pairwise(points)) or [(points[0], points[0])]
    return max(pieces, key=lambda piece: abs(piece[0][0] - piece[1][0]) + abs(piece[0][1] - piece[1][1]))
