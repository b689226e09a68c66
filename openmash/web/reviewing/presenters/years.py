"""The years of an area beside England, with the limits its first years set."""

from dataclasses import dataclass

from openmash.apps.review import words
from openmash.apps.review.national import Seen
from openmash.engines.review.areas import breaks_of
from openmash.engines.review.figures import Figure
from openmash.web.reviewing.presenters.scales import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Frame,
    Label,
    Scale,
    line,
    plain,
    steps,
)


@dataclass(frozen=True)
class Mark:
    """A year of the area; `signal` where it is outside the limits or part of a shift; `now` for the year chosen."""

    x: float
    y: float
    signal: bool
    now: bool


@dataclass(frozen=True)
class YearsChart:
    """`bands` are what is usual; `base` is where the baseline ends; `breaks` where the series is broken."""

    slug: str
    title: str
    desc: str
    frame: Frame
    own: tuple[str, ...]
    england: tuple[str, ...]
    bands: tuple[str, ...]
    marks: tuple[Mark, ...]
    base: float | None
    breaks: tuple[float, ...]


def years_chart(seen: Seen, area: str, year: int) -> YearsChart | None:
    """The years of a figure; None when no year has one."""
    times = seen.measure.times
    highs = [point.limits.high * times for point in seen.chart.points if point.limits]
    shown = [float(each.number) for each in (*seen.years, *seen.england_years) if each.number is not None]
    if not shown:
        return None
    up = steps(max([*shown, *highs]))
    upward = Scale(0.0, up[-1], HEIGHT - BOTTOM, TOP)
    first, last = seen.years[0].year, seen.years[-1].year
    along = Scale(first, last, LEFT + 12, WIDTH - RIGHT - 12)
    every = 2 if last - first > 8 else 1
    labels = [Label(along.at(each), str(each)) for each in range(last, first - 1, -every)]
    measured = "30 September" if seen.measure.top[0].table == "workforce" else "31 March"
    basis = [
        found.year for found, point in zip(seen.years, seen.chart.points, strict=True) if point.is_baseline
    ]
    return YearsChart(
        slug=f"years-{seen.measure.id}",
        title=f"{seen.measure.title}: {first} to {last}",
        desc=f"{area} and England, years to {measured}. {words.changed(seen)}",
        frame=Frame(
            tuple(Label(upward.at(each), plain(each)) for each in up), tuple(labels), f"year to {measured}"
        ),
        own=_pieces(seen.years, along, upward),
        england=_pieces(seen.england_years, along, upward),
        bands=_bands(seen, along, upward),
        marks=_marks(seen, along, upward, year),
        base=along.at(basis[-1] + 0.5)
        if basis and seen.chart.centre is not None and basis[-1] < last
        else None,
        breaks=tuple(
            along.at(each.year - 0.5) for each in breaks_of(seen.figure.code) if first < each.year <= last
        ),
    )


def _pieces(years: tuple[Figure, ...], along: Scale, upward: Scale) -> tuple[str, ...]:
    """A line for each stretch without a gap: across a missing year nothing is drawn."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for each in years:
        if each.number is None:
            pieces.append([])
        else:
            pieces[-1].append((along.at(each.year), upward.at(float(each.number))))
    return tuple(line(each) for each in pieces if len(each) > 1)


def _bands(seen: Seen, along: Scale, upward: Scale) -> tuple[str, ...]:
    bands: list[list[tuple[float, float, float]]] = [[]]
    for found, point in zip(seen.years, seen.chart.points, strict=True):
        if point.limits is None:
            bands.append([])
        else:
            low, high = (upward.at(end * seen.measure.times) for end in (point.limits.low, point.limits.high))
            bands[-1].append((along.at(found.year), low, high))
    return tuple(
        line([(x, high) for x, _, high in each] + [(x, low) for x, low, _ in reversed(each)])
        for each in bands
        if len(each) > 1
    )


def _marks(seen: Seen, along: Scale, upward: Scale, year: int) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            along.at(found.year), upward.at(float(found.number)), point.signal is not None, found.year == year
        )
        for found, point in zip(seen.years, seen.chart.points, strict=True)
        if found.number is not None
    )
