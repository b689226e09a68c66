"""Places and lengths for the small charts, in the units of their drawing. The figures stand beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from openmash.engines.statistics import Interval
from openmash.engines.thresholds import Gate, Level, Policy
from openmash.web.understanding.presenters.acknowledging import level_words

LEFT, WIDE = 10, 180
"""A chart is 200 wide, so that a dot at either end is not cut off."""


@dataclass(frozen=True)
class Mark:
    """A dot with its interval, from 0 to 1 across the chart."""

    dot: int
    low: int
    high: int


@dataclass(frozen=True)
class Bar:
    """How many chose a level; `width` in hundredths of all. `is_threshold` marks what the threshold says."""

    words: str
    count: int
    width: int
    is_threshold: bool


def mark(value: float, interval: Interval) -> Mark:
    """Where a share lies. What falls below 0 is drawn at 0."""
    return Mark(dot=_place(value), low=_place(interval.low), high=_place(interval.high))


def _place(value: float) -> int:
    return LEFT + round(WIDE * min(max(value, 0.0), 1.0))


def bars(gate: Gate, by_rank: Mapping[int, int], threshold: Level, policy: Policy) -> tuple[Bar, ...]:
    """One bar for each level of the gate, the most serious first."""
    everybody = sum(by_rank.values()) or 1
    return tuple(
        Bar(
            words=level_words(level, policy),
            count=by_rank.get(level.rank, 0),
            width=round(100 * by_rank.get(level.rank, 0) / everybody),
            is_threshold=level.code == threshold.code,
        )
        for level in reversed(gate.levels)
    )
