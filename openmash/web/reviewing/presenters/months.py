"""The months of an area with the season taken out, and what a usual year looks like."""

from dataclasses import dataclass

from openmash.apps.review.months import BASELINE_YEARS, NAMES, Months
from openmash.engines.statistics.control_chart import ControlChart, Signal
from openmash.web.reviewing.presenters.scales import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    Frame,
    Label,
    Scale,
    line,
    plain,
    steps,
)

WIDTH, HEIGHT = 860, 280
USUAL_WIDTH, BAR = 860, 26


@dataclass(frozen=True)
class Bar:
    """A month of a usual year: the area's bar, and where England stands."""

    x: float
    y: float
    height: float
    england: float
    words: str
    says: str


@dataclass(frozen=True)
class MonthsChart:
    """`marks` are months outside the limits: where they stand, and their names."""

    slug: str
    title: str
    desc: str
    frame: Frame
    own: tuple[str, ...]
    low: float
    high: float
    centre: float
    base: float
    marks: tuple[tuple[float, float], ...]
    outside: str


@dataclass(frozen=True)
class UsualYear:
    """Twelve bars around the average month, which stands at `middle`."""

    slug: str
    title: str
    desc: str
    frame: Frame
    bars: tuple[Bar, ...]
    middle: float
    bar: int = BAR


def months_chart(months: Months, area: str) -> MonthsChart | None:
    """None where there is no season, and so nothing to compare with."""
    chart = months.chart
    if chart is None or chart.centre is None:
        return None
    limits = next(point.limits for point in chart.points if point.limits)
    values = [point.value for point in chart.points if point.value is not None]
    up = steps(max([*values, limits.high]))
    upward = Scale(0.0, up[-1], HEIGHT - BOTTOM, TOP)
    along = Scale(0, len(months.months) - 1, LEFT + 8, WIDTH - RIGHT - 8)
    januaries = [
        Label(along.at(place), str(each.first.year))
        for place, each in enumerate(months.months)
        if each.first.month == 1
    ]
    outside = _outside(months, chart)
    frame = Frame(
        tuple(Label(upward.at(each), plain(each)) for each in up),
        tuple(januaries),
        "January of",
        WIDTH,
        HEIGHT,
    )
    return MonthsChart(
        slug="months",
        title="Referrals for each weekday, season taken out",
        desc=f"{area}, {months.months[0].first:%B %Y} to {months.months[-1].first:%B %Y}. {outside}",
        frame=frame,
        own=_pieces(chart, along, upward),
        low=upward.at(limits.low),
        high=upward.at(limits.high),
        centre=upward.at(chart.centre),
        base=along.at(min(12 * BASELINE_YEARS, len(months.months)) - 0.5),
        marks=tuple(
            (along.at(place), upward.at(point.value))
            for place, point in enumerate(chart.points)
            if point.signal is Signal.OUTSIDE and point.value is not None
        ),
        outside=outside,
    )


def usual_year(months: Months, area: str) -> UsualYear | None:
    """What each month usually is beside an average one."""
    if months.usual is None:
        return None
    away = [abs(each - 1) for each in (*months.usual, *months.england_usual)]
    most = steps(max(away) * 100, 2)[-1]
    upward = Scale(-most, most, HEIGHT - BOTTOM, TOP)
    along = Scale(-0.5, 11.5, LEFT + 4, USUAL_WIDTH - RIGHT)
    bars = []
    for place, (own, england) in enumerate(zip(months.usual, months.england_usual, strict=True)):
        percent = (own - 1) * 100
        top = min(upward.at(percent), upward.at(0))
        height = round(abs(upward.at(percent) - upward.at(0)), 1)
        says = f"{percent:+.0f}%"
        bars.append(Bar(along.at(place), top, height, upward.at((england - 1) * 100), NAMES[place][:3], says))
    levels = [-most, -most / 2, 0, most / 2, most]
    frame = Frame(
        tuple(Label(upward.at(each), f"{each:+.0f}%" if each else "0") for each in levels),
        tuple(Label(bar.x, bar.words) for bar in bars),
        "month",
        USUAL_WIDTH,
        HEIGHT,
    )
    busiest, quietest = (choose(zip(months.usual, NAMES, strict=True))[1] for choose in (max, min))
    return UsualYear(
        slug="usual-year",
        title="What a usual year looks like",
        desc=f"Each month beside an average one, {area} and England. Most come in {busiest}, fewest in {quietest}.",
        frame=frame,
        bars=tuple(bars),
        middle=upward.at(0),
    )


def _outside(months: Months, chart: ControlChart) -> str:
    found = [
        f"{each.first:%B %Y}"
        for each, point in zip(months.months, chart.points, strict=True)
        if point.signal is Signal.OUTSIDE
    ]
    if not found:
        return "No month lies outside the limits."
    if len(found) > 6:
        return f"{len(found)} of {len(months.months)} months lie outside the limits, from {found[0]} to {found[-1]}."
    return f"Outside the limits: {', '.join(found)}."


def _pieces(chart: ControlChart, along: Scale, upward: Scale) -> tuple[str, ...]:
    pieces: list[list[tuple[float, float]]] = [[]]
    for place, point in enumerate(chart.points):
        if point.value is None:
            pieces.append([])
        else:
            pieces[-1].append((along.at(place), upward.at(point.value)))
    return tuple(line(each) for each in pieces if len(each) > 1)
