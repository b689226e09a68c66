"""Ways for lines through the drawing, so that none runs through a symbol or along another line.

Between any two rows is a gap. Lines run sideways only in gaps, each in a lane of its own, and up or down only
where no symbol and no name stands. Heights are known only once every lane has been given out; until then a
point says what it is level with.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openmash.engines.genogram.measures import ASIDE, CLEAR, HALF_SLOT


@dataclass
class Bar:
    """A stretch that runs sideways in a gap. Its lane is given when all are known."""

    gap: int
    left: float
    right: float
    lane: int = 0

    def reach(self, x: float) -> None:
        self.left, self.right = min(self.left, x), max(self.right, x)


@dataclass(frozen=True)
class Beside:
    """Level with the symbols of a row, `lower` than their middle by so much."""

    row: int
    lower: float = 0.0


@dataclass(frozen=True)
class Above:
    """Where the symbols of a row begin."""

    row: int


Level = Bar | Beside | Above
Stop = tuple[float, Level]
"""A point on a way: x, and what it is level with."""


@dataclass
class Streets:
    """What is taken already: slots of people, and stretches that run up and down through gaps and rows."""

    people: Mapping[int, Sequence[int]]
    """For each row the places of its people, in half slots."""
    joined: Mapping[int, Sequence[tuple[int, int]]]
    """For each row the places between which a line runs from side to side."""
    bars: list[Bar] = field(default_factory=list)
    taken: dict[tuple[str, int], list[tuple[float, object]]] = field(default_factory=dict)

    def bar(self, gap: int, *xs: float) -> Bar:
        made = Bar(gap, min(xs), max(xs))
        self.bars.append(made)
        return made

    def is_free(self, row: int, half: int) -> bool:
        """Whether a line may run down through a row at this half slot."""
        blocked = any(abs(half - place) < 1 for place in self.people.get(row, ()))
        return not blocked and not any(low < half < high for low, high in self.joined.get(row, ()))

    def nearest_free(self, row: int, half: float) -> int:
        start = round(half)
        step = 0
        while True:
            for each in (start + step, start - step):
                if self.is_free(row, each):
                    return each
            step += 1

    def take(self, x: float, owner: object, places: Iterable[tuple[str, int]]) -> None:
        for place in places:
            self.taken.setdefault(place, []).append((x, owner))

    def take_near(
        self, x: float, owner: object, places: Sequence[tuple[str, int]], *, first: float | None = None
    ) -> float:
        """The nearest x to this one at which nothing of another owner runs through these places.

        `first` is tried before all others, if it is no further off than they are.
        """
        others = [there for place in places for there, whose in self.taken.get(place, ()) if whose != owner]
        near = [x + aside for aside in ASIDE]
        if first is not None and abs(first - x) <= max(ASIDE):
            near.insert(0, first)
        found = next((each for each in near if all(abs(each - other) >= CLEAR for other in others)), x)
        self.take(found, owner, places)
        return found

    def way_down(self, start: Stop, from_row: int, to_row: int, owner: object) -> list[Stop]:
        """Stops from a place beside a row down to the gap above `to_row`, past every row between."""
        x, _level = start
        stops = [start]
        for row in range(from_row + 1, to_row):
            middle = HALF_SLOT * self.nearest_free(row, x / HALF_SLOT)
            lower = self.take_near(middle, owner, [("gap", row), ("row", row), ("gap", row + 1)], first=x)
            if lower != x:
                bar = self.bar(row, x, lower)
                stops += [(x, bar), (lower, bar)]
                x = lower
        return stops

    def give_lanes(self) -> dict[int, int]:
        """Give every bar a lane in which it meets no other; how many lanes each gap has."""
        ends: dict[int, list[float]] = {}
        for bar in sorted(self.bars, key=lambda bar: (bar.gap, bar.left, bar.right)):
            lanes = ends.setdefault(bar.gap, [])
            place = next((lane for lane, end in enumerate(lanes) if end + CLEAR < bar.left), len(lanes))
            if place == len(lanes):
                lanes.append(bar.right)
            lanes[place] = bar.right
            bar.lane = place
        return {gap: len(lanes) for gap, lanes in ends.items()}
