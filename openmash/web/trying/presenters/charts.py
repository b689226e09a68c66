"""Small line charts as numbers for their drawing. Every figure drawn stands in a table as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from openmash.engines.statistics.disclosure import FEWEST, rounded
from openmash.web.trying.small_numbers import Count, How

WIDTH, HEIGHT = 340, 150
LEFT, RIGHT, TOP, BOTTOM = 34, 10, 10, 24
FEW_STANDS_AT = FEWEST / 2
CHARACTER = 6.5
"""About how wide a character of a label is."""

Value = float | Count
"""What a line shows at one place: a number, or a count that may be hidden."""


@dataclass(frozen=True)
class Dot:
    """A point of a line. `few`: somewhere under 5, or close to what is drawn; hollow."""

    x: float
    y: float
    few: bool


@dataclass(frozen=True)
class Line:
    """A line in pieces, broken where a count is not shown. `kind` names its style: before, after or only."""

    kind: str
    name: str
    pieces: tuple[str, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Label:
    """Words beside an axis, and where they stand."""

    at: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Chart:
    """One chart. `slug` makes ids on the page; `desc` says in words what is drawn. `marked` is a place on x."""

    slug: str
    title: str
    desc: str
    across: tuple[Label, ...]
    up: tuple[Label, ...]
    lines: tuple[Line, ...]
    few_from: float | None
    marked: float | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM

    @property
    def inner_width(self) -> int:
        return self.right - self.left

    @property
    def few_height(self) -> float:
        """How high the band is in which small counts lie."""
        return self.bottom - (self.few_from or self.bottom)


def chart(
    slug: str,
    title: str,
    places: Sequence[str],
    lines: Sequence[tuple[str, str, Sequence[Value]]],
    *,
    unit: str,
    marked: int | None = None,
) -> Chart:
    """A chart of lines (kind, name, a value for each place). `marked` is the place to mark."""
    most = _round_up(max((_height(each) or 0.0 for _, _, values in lines for each in values), default=0.0))
    hollow = any(isinstance(each, Count) and each.how is How.FEW for _, _, values in lines for each in values)
    xs = [_x(place, len(places)) for place in range(len(places))]
    return Chart(
        slug=slug,
        title=title,
        desc=_desc(places, lines, unit, marked),
        across=_across(places, xs, marked),
        up=tuple(Label(_y(value, most) + 4, _number(value), "end") for value in (0, most / 2, most)),
        lines=tuple(_line(kind, name, values, xs, most) for kind, name, values in lines),
        few_from=_y(min(FEWEST, most), most) if hollow else None,
        marked=None if marked is None else xs[marked],
    )


def _height(value: Value) -> float | None:
    """How high a value is drawn; None when it is not."""
    if not isinstance(value, Count):
        return value
    if value.how is How.CLOSE:
        return rounded(value.near)
    return FEW_STANDS_AT if value.how is How.FEW else value.rounded


def _round_up(most: float) -> float:
    for step in (0.5, 1, 2, 5, 10, 20, 40, 60, 80, 100, 200, 400, 500):
        if most <= step:
            return step
    return ceil(most / 500) * 500.0


def _x(place: int, count: int) -> float:
    if count == 1:
        return (LEFT + WIDTH - RIGHT) / 2
    return round(LEFT + 6 + place * (WIDTH - RIGHT - LEFT - 12) / (count - 1), 1)


def _y(value: float, most: float) -> float:
    return round(HEIGHT - BOTTOM - value / most * (HEIGHT - BOTTOM - TOP), 1)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")


def _across(places: Sequence[str], xs: Sequence[float], marked: int | None) -> tuple[Label, ...]:
    """Words under those of the places that have room: always the marked one, the last and the first."""
    last = len(places) - 1
    wanted = [*([] if marked is None else [marked]), last, 0, *range(len(places))]
    apart = CHARACTER * (max(len(words) for words in places) + 1)
    chosen: list[int] = []
    for place in wanted:
        if all(abs(xs[place] - xs[other]) >= apart for other in chosen):
            chosen.append(place)

    def anchor(place: int) -> str:
        if len(places[place]) < 4 or not last:
            return "middle"
        return {0: "start", last: "end"}.get(place, "middle")

    return tuple(Label(xs[place], places[place], anchor(place)) for place in sorted(chosen))


def _line(kind: str, name: str, values: Sequence[Value], xs: Sequence[float], most: float) -> Line:
    pieces: list[list[str]] = [[]]
    dots = []
    for x, value in zip(xs, values, strict=True):
        height = _height(value)
        if height is None:
            pieces.append([])
            continue
        y = _y(height, most)
        pieces[-1].append(f"{x},{y}")
        dots.append(Dot(x, y, isinstance(value, Count) and value.number is None))
    return Line(kind, name, tuple(" ".join(piece) for piece in pieces if len(piece) > 1), tuple(dots))


def _desc(
    places: Sequence[str],
    lines: Sequence[tuple[str, str, Sequence[Value]]],
    unit: str,
    marked: int | None,
) -> str:
    told = [
        f"{name}: {_said(values[0])} at {places[0]}, {_said(values[-1])} at {places[-1]}"
        for _, name, values in lines
        if values
    ]
    today = f" {places[marked]} is marked." if marked is not None else ""
    return f"{unit}. {'; '.join(told)}.{today} Every figure stands in the table."


def _said(value: Value) -> str:
    return str(value) if isinstance(value, Count) else _number(value)
