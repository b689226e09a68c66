"""The cliff, and the weeks of the year as it is, as drawings with their tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from openmash.apps.review.coping import Coping, days, share
from openmash.engines.coping import Estimate, Outcome
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

SMOOTHED = 4
"""Weeks are drawn by fours: one week of one team holds a handful of children."""


@dataclass(frozen=True)
class WaitChart:
    """`band` is where four of five runs lie, `own` the average, `now` the dot of the team as it is."""

    slug: str
    title: str
    desc: str
    frame: Frame
    band: str
    own: str
    dots: tuple[tuple[float, float], ...]
    now: tuple[float, float] | None
    full: float | None


@dataclass(frozen=True)
class Row:
    """A row of a table; `is_now` is the team as it is."""

    name: str
    cells: tuple[str, ...]
    is_now: bool = False


def cliff_chart(coping: Coping) -> WaitChart:
    """Wait against load. The dashed upright line stands where as much comes as can be held."""
    found = coping.cliff.in_order
    loads = [each.scenario.load * 100 for each in found]
    upward = _upward([each.wait for each in found])
    across = Scale(min(loads), max(loads), LEFT + 8, WIDTH - RIGHT - 8)
    xs = [across.at(load) for load in loads]
    labels = tuple(
        Label(across.at(each), f"{each}")
        for each in range(0, 1000, 10)
        if min(loads) - 0.5 <= each <= max(loads) + 0.5
    )
    at = found.index(coping.now)
    return _chart(
        "cliff",
        "How the wait grows with the load",
        f"Across: work that comes for every 100 children the team can hold. Up: average wait in days. "
        f"From {days(found[0].wait.mean)} at {loads[0]:.0f} to {days(found[-1].wait.mean)} at {loads[-1]:.0f}. "
        f"The team as it is: {loads[at]:.0f}, {days(coping.now.wait.mean)}.",
        "work for every 100 children it can hold",
        labels,
        upward,
        xs,
        [each.wait for each in found],
        now=at,
        full=across.at(100) if min(loads) < 100 < max(loads) else None,
    )


def weeks_chart(now: Outcome) -> WaitChart:
    """The wait of those who come in each four weeks of the time looked at."""
    points = four_weeks(now.by_week)
    across = Scale(0, max(1, len(points) - 1), LEFT + 8, WIDTH - RIGHT - 8)
    every = max(1, len(points) // 6)
    labels = tuple(
        Label(across.at(place), str(place * SMOOTHED + 1)) for place in range(0, len(points), every)
    )
    return _chart(
        "weeks",
        "The wait, week by week, as things are",
        f"Average wait in days of those who come in each four weeks: {days(points[0].mean)} at first, "
        f"{days(points[-1].mean)} at the end.",
        "week",
        labels,
        _upward(points),
        [across.at(place) for place in range(len(points))],
        points,
    )


def four_weeks(by_week: Sequence[Estimate]) -> list[Estimate]:
    """Each whole four weeks together."""
    wholes = [by_week[at : at + SMOOTHED] for at in range(0, len(by_week) - SMOOTHED + 1, SMOOTHED)]
    return [_average(each) for each in wholes or [by_week]]


def _average(weeks: Sequence[Estimate]) -> Estimate:
    def of(values: list[float]) -> float:
        return sum(values) / len(values)

    return Estimate(
        of([each.mean for each in weeks]),
        of([each.low for each in weeks]),
        of([each.high for each in weeks]),
        of([each.from_ for each in weeks]),
        of([each.to for each in weeks]),
    )


def _upward(waits: Sequence[Estimate]) -> Scale:
    up = steps(max([*(each.to for each in waits), *(each.mean for each in waits), 1.0]))
    return Scale(0.0, up[-1], HEIGHT - BOTTOM, TOP)


def _chart(
    slug: str,
    title: str,
    desc: str,
    beside: str,
    labels: tuple[Label, ...],
    upward: Scale,
    xs: Sequence[float],
    waits: Sequence[Estimate],
    *,
    now: int | None = None,
    full: float | None = None,
) -> WaitChart:
    means = [(x, upward.at(each.mean)) for x, each in zip(xs, waits, strict=True)]
    top = [(x, upward.at(each.to)) for x, each in zip(xs, waits, strict=True)]
    under = [(x, upward.at(each.from_)) for x, each in zip(xs, waits, strict=True)]
    frame = Frame(tuple(Label(upward.at(each), plain(each)) for each in steps(upward.high)), labels, beside)
    others = tuple(point for place, point in enumerate(means) if place != now)
    return WaitChart(
        slug,
        title,
        desc,
        frame,
        line([*top, *reversed(under)]),
        line(means),
        others,
        None if now is None else means[now],
        full,
    )


def load_rows(coping: Coping) -> tuple[Row, ...]:
    return tuple(
        Row(
            f"{100 * each.scenario.load:.0f}{' (as it is)' if each is coping.now else ''}",
            (f"{each.scenario.demand.weekly:.1f}", *_cells(each)),
            each is coping.now,
        )
        for each in coping.cliff.in_order
    )


def people_rows(coping: Coping) -> tuple[Row, ...]:
    return tuple(
        Row(
            f"{each.scenario.team.posts:g}{' (as it is)' if each is coping.now else ''}",
            (f"{100 * each.scenario.load:.0f}", *_cells(each)),
            each is coping.now,
        )
        for each in coping.people
    )


def week_rows(now: Outcome) -> tuple[Row, ...]:
    points = four_weeks(now.by_week)
    return tuple(
        Row(
            f"{place * SMOOTHED + 1} to {place * SMOOTHED + SMOOTHED}",
            (f"{each.mean:.1f}", f"{each.from_:.1f} to {each.to:.1f}"),
        )
        for place, each in enumerate(points)
    )


def _cells(each: Outcome) -> tuple[str, ...]:
    wait = each.wait
    return (
        f"{wait.mean:.1f}",
        f"{wait.low:.1f} to {wait.high:.1f}",
        f"{wait.from_:.1f} to {wait.to:.1f}",
        share(each.long.mean),
        f"{each.waiting.mean:.0f}",
    )
