"""What was found, in sentences: first what it is, then what it may mean. Nothing here says good or bad."""

from collections.abc import Sequence
from statistics import median

from openmash.apps.review.national import National, Seen
from openmash.engines.review.figures import Figure
from openmash.engines.review.markers import Cell, Marker
from openmash.engines.statistics.control_chart import Signal

UNUSUAL = 3.0
"""Standard deviations from the middle, chance and the usual spread between areas taken together."""


def figure_of(seen: Seen) -> tuple[str, str]:
    """The figure and its unit as they are read: `23.2%`, `of referrals`, or `460.0`, `for every 10,000 children`."""
    unit = seen.measure.unit
    return (f"{short(seen.figure)}%", unit[2:]) if unit.startswith("% ") else (short(seen.figure), unit)


def shown(found: Figure) -> str:
    """`22.6`, `1,234.5`, or in words why there is no figure."""
    return found.value.says if isinstance(found.value, Marker) else f"{found.value:,.1f}"


def short(found: Figure) -> str:
    """`22.6`, or the marker as published; a dash where there is no row."""
    return (found.value.value or "–") if isinstance(found.value, Marker) else f"{found.value:,.1f}"


def count(cell: Cell) -> str:
    """`1,234`, `36.5`, or the marker as published; a dash where there is no row."""
    return (cell.value or "–") if isinstance(cell, Marker) else f"{cell:,}"


def beside(seen: Seen) -> str:
    """The neighbours' middle and range, and England, in one sentence."""
    numbers = sorted(each.figure.number for each in seen.neighbours if each.figure.number is not None)
    england = f"England {shown(seen.england)}" if seen.england.number is not None else "no figure for England"
    if not numbers:
        return f"No neighbour has a figure; {england}."
    few = (
        f" ({len(numbers)} of {len(seen.neighbours)} have a figure)"
        if len(numbers) < len(seen.neighbours)
        else ""
    )
    return (
        f"Neighbours {numbers[0]:,.1f} to {numbers[-1]:,.1f}, middle {median(numbers):,.1f}{few}; {england}."
    )


def standing(seen: Seen) -> str:
    """Where the area stands among areas of its size."""
    if seen.figure.number is None:
        return f"No figure: {shown(seen.figure)}."
    if seen.funnel is None:
        return "No limits are drawn: it is not a count out of a number."
    if isinstance(seen.figure.count, Marker) or isinstance(seen.figure.of, Marker) or not seen.figure.of:
        return "It cannot be placed: a count behind it is not published."
    away = seen.funnel.distance(float(seen.figure.count), float(seen.figure.of))
    if abs(away) <= UNUSUAL:
        return "Within what areas of its size usually show."
    side = "Higher" if away > 0 else "Lower"
    return f"{side} than areas of its size usually show. Ask first how it is recorded."


def changed(seen: Seen) -> str:
    """Whether its own years moved as they always did."""
    if seen.chart.centre is None:
        return "Too few years since the series began to say what is usual for it."
    outside = [
        (found, point)
        for found, point in zip(seen.years, seen.chart.points, strict=True)
        if point.signal is Signal.OUTSIDE
    ]
    runs = [
        found.year
        for found, point in zip(seen.years, seen.chart.points, strict=True)
        if point.signal is Signal.RUN
    ]
    said = []
    for high in (True, False):
        years = [
            str(found.year)
            for found, point in outside
            if point.value is not None and point.limits and (point.value > point.limits.high) is high
        ]
        if years:
            said.append(
                f"{'Higher' if high else 'Lower'} in {_and(years)} than its first years would lead one to expect."
            )
    if runs:
        said.append(f"Eight years or more on one side of its earlier middle, to {runs[-1]}: it has shifted.")
    return " ".join(said) or "Its own years move as they did before."


def spread(seen: Seen) -> str:
    """How much areas differ, and what that does to the limits."""
    if seen.funnel is None:
        return ""
    naive = sum(_away(seen, dot.figure, spread=False) > UNUSUAL for dot in seen.dots)
    allowed = sum(_away(seen, dot.figure, spread=True) > UNUSUAL for dot in seen.dots)
    return (
        f"Areas vary {seen.funnel.phi:,.1f} times as much as chance alone would bring (variance; phi). Limits for "
        f"chance alone would call {naive} of {len(seen.dots)} areas unusual; with the usual spread between areas "
        f"added, as drawn, {allowed}. Where all record differently, such limits also forgive what should be asked "
        "about."
    )


def _away(seen: Seen, found: Figure, *, spread: bool) -> float:
    if seen.funnel is None or isinstance(found.count, Marker) or isinstance(found.of, Marker):
        return 0.0
    return abs(seen.funnel.distance(float(found.count), float(found.of), spread=spread))


def worth_asking(review: National) -> list[tuple[Seen, str]]:
    """The figures that are unusual for the area's size, or in this year for the area itself."""
    found = []
    for seen in review.measures:
        said = [standing(seen)] if standing(seen).startswith(("Higher", "Lower")) else []
        if any(
            each.year == review.year and point.signal
            for each, point in zip(seen.years, seen.chart.points, strict=True)
        ):
            said.append(changed(seen))
        if said:
            found.append((seen, " ".join(said)))
    return found


def beyond_neighbours(seen: Seen) -> str:
    """`higher` or `lower` than every neighbour that has a figure, if it is; otherwise empty."""
    numbers = [each.figure.number for each in seen.neighbours if each.figure.number is not None]
    if seen.figure.number is None or not numbers:
        return ""
    if seen.figure.number > max(numbers):
        return "higher"
    return "lower" if seen.figure.number < min(numbers) else ""


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
