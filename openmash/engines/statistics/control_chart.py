"""Control charts: whether a figure has changed, or moves as it always did.

Source: D. J. Wheeler, "Understanding Variation" (1993), for individual values; D. B. Laney, "Improved control charts
for attributes", Quality Engineering 14 (2002), for shares and rates of so many that chance alone explains little.
The limits come from a fixed stretch at the beginning and are not worked out again after every point: a
baseline that moves along hides the change it should show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import sqrt
from typing import Literal

from openmash.engines.statistics.estimates import Interval

ChartKind = Literal["share", "rate", "single"]
FROM_RANGES = 1.128
"""The mean difference of two neighbours is so many standard deviations, where values are normal."""
RUN = 8
"""So many on one side of the middle, one after another, are a shift."""
FEWEST = 6
"""A baseline of fewer values says too little about how much is usual."""


class Signal(Enum):
    """Why a point is worth a question."""

    OUTSIDE = "outside the limits"
    RUN = "eight or more on one side of the middle"


@dataclass(frozen=True)
class Observed:
    """A count out of, or beside, a size. For single values `size` is 1."""

    count: float
    size: float = 1.0

    @property
    def value(self) -> float:
        return self.count / self.size


@dataclass(frozen=True)
class Point:
    """`limits` is None where there are none. A missing observation stays a gap."""

    value: float | None
    limits: Interval | None
    signal: Signal | None
    is_baseline: bool


@dataclass(frozen=True)
class ControlChart:
    """`centre` is None when the baseline is too short for limits."""

    points: tuple[Point, ...]
    centre: float | None


def control_chart(observed: Sequence[Observed | None], kind: ChartKind, *, baseline: int) -> ControlChart:
    """A chart whose limits rest on the first `baseline` observations that there are.

    A gap breaks a run, and no difference is taken across it.
    """
    there = [place for place, each in enumerate(observed) if each is not None]
    basis = set(there[:baseline])
    if len(basis) < FEWEST:
        return ControlChart(tuple(_bare(each, place in basis) for place, each in enumerate(observed)), None)
    kept = [observed[place] for place in sorted(basis)]
    centre = _centre([each for each in kept if each is not None], kind)
    by_chance = [None if each is None else _by_chance(each, kind, centre) for each in observed]
    spread = _spread(observed, by_chance, basis, centre)
    points = []
    for place, each in enumerate(observed):
        scale = by_chance[place]
        if each is None or scale is None:
            points.append(Point(None, None, None, False))
            continue
        low, high = centre - 3 * spread * scale, centre + 3 * spread * scale
        limits = _possible(low, high, kind)
        signal = None if limits.low <= each.value <= limits.high else Signal.OUTSIDE
        points.append(Point(each.value, limits, signal, place in basis))
    return ControlChart(_with_runs(points, centre), centre)


def _bare(each: Observed | None, is_baseline: bool) -> Point:
    return Point(each.value if each else None, None, None, is_baseline)


def _centre(kept: Sequence[Observed], kind: ChartKind) -> float:
    if kind == "single":
        return sum(each.value for each in kept) / len(kept)
    return sum(each.count for each in kept) / sum(each.size for each in kept)


def _by_chance(each: Observed, kind: ChartKind, centre: float) -> float:
    """The standard deviation that chance alone would bring; 1 for single values, whose spread is all there is."""
    if kind == "single":
        return 1.0
    variance = centre * (1 - centre) if kind == "share" else centre
    return sqrt(variance / each.size)


def _spread(
    observed: Sequence[Observed | None], by_chance: Sequence[float | None], basis: set[int], centre: float
) -> float:
    """How many times chance the values move from one to the next, over the baseline."""
    away: list[float | None] = []
    for place in range(max(basis) + 1):
        each, scale = observed[place], by_chance[place]
        away.append((each.value - centre) / scale if each and scale and place in basis else None)
    ranges = [
        abs(after - before) for before, after in pairwise(away) if before is not None and after is not None
    ]
    return sum(ranges) / len(ranges) / FROM_RANGES if ranges else 0.0


def _possible(low: float, high: float, kind: ChartKind) -> Interval:
    return Interval(max(0.0, low), min(1.0, high) if kind == "share" else high)


def _with_runs(points: list[Point], centre: float) -> tuple[Point, ...]:
    marked = list(points)
    run: list[int] = []
    side = 0
    for place, point in enumerate(points):
        now = 0 if point.value is None or point.value == centre else (1 if point.value > centre else -1)
        run = [*run, place] if now == side and now else [place] if now else []
        side = now
        if len(run) >= RUN:
            for member in run:
                if marked[member].signal is None:
                    each = marked[member]
                    marked[member] = Point(each.value, each.limits, Signal.RUN, each.is_baseline)
    return tuple(marked)
