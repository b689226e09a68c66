"""Where numbers stand on a drawing, and the round numbers beside its axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH, HEIGHT = 420, 280
LEFT, RIGHT, TOP, BOTTOM = 48, 12, 12, 44


@dataclass(frozen=True)
class Label:
    """Words beside an axis, and where along it they stand."""

    at: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Frame:
    """The box a chart is drawn in, with the words beside its axes. `beside` names the axis across."""

    up: tuple[Label, ...]
    across: tuple[Label, ...]
    beside: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP

    @property
    def right(self) -> int:
        return self.width - RIGHT

    @property
    def bottom(self) -> int:
        return self.height - BOTTOM

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Scale:
    """From `low` at `start` to `high` at `end`; by tenfold steps where `tenfold`."""

    low: float
    high: float
    start: float
    end: float
    tenfold: bool = False

    def at(self, value: float) -> float:
        low, high, here = (
            (log10(self.low), log10(self.high), log10(value))
            if self.tenfold
            else (self.low, self.high, value)
        )
        share = (here - low) / (high - low) if high > low else 0.5
        return round(self.start + min(max(share, 0.0), 1.0) * (self.end - self.start), 1)


def steps(high: float, wanted: int = 5) -> list[float]:
    """Round numbers from 0 to `high` or just beyond it."""
    if high <= 0:
        return [0.0, 1.0]
    rough = high / wanted
    power = 10.0 ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 2.5, 5, 10) if power * times >= rough * 0.999)
    return [round(step * count, 6) for count in range(ceil(high / step - 1e-9) + 1)]


def most_of(values: Sequence[float], must: Sequence[float]) -> float:
    """How far a drawing goes, so that a few far-off councils do not squeeze all others into a corner.

    Up to what all but three in a hundred have, and in any case up to each that `must` be seen.
    """
    in_order = sorted(values)
    return max([*must, in_order[int(0.97 * (len(in_order) - 1))]] if in_order else [*must, 0.0])


def sizes(low: float, high: float) -> list[float]:
    """1, 10, 100 … inside the range; with 2 and 5 between where that would be fewer than three."""
    for between in ((1,), (1, 3), (1, 2, 5)):
        found = [
            times * 10.0**power
            for power in range(floor(log10(low)), ceil(log10(high)) + 1)
            for times in between
            if low <= times * 10.0**power <= high
        ]
        if len(found) >= 3:
            break
    return found


def plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def line(points: Sequence[tuple[float, float]]) -> str:
    """The points of a line, as SVG wants them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
