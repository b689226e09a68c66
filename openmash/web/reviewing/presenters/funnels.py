"""Every council by its size, with the limits within which areas of a size usually lie."""

from dataclasses import dataclass

from openmash.apps.review import words
from openmash.apps.review.national import Dot, Seen
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
    most_of,
    plain,
    sizes,
    steps,
)

PLACES = 60
"""In how many places the curves are worked out."""


@dataclass(frozen=True)
class Spot:
    """A council: `kind` is area, neighbour, other, or beyond the top of the drawing."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True)
class FunnelChart:
    """`outer` and `inner` are the curves at three and two standard deviations, upper and lower."""

    slug: str
    title: str
    desc: str
    frame: Frame
    spots: tuple[Spot, ...]
    centre: float | None
    outer: tuple[str, ...]
    inner: tuple[str, ...]
    beyond: str = ""


def funnel_chart(seen: Seen, area: str) -> FunnelChart | None:
    """The funnel of a figure; only dots where no limits may be drawn; None with nothing to draw."""
    if not seen.dots:
        return None
    values = [_value(seen, dot) for dot in seen.dots]
    near = {each.area.code for each in seen.neighbours}
    own = [value for dot, value in zip(seen.dots, values, strict=True) if _kind(seen, dot, near) != "other"]
    up = steps(most_of(values, [*own, *_upper_limit(seen)]))
    beyond = sum(value > up[-1] for value in values)
    upward = Scale(0.0, up[-1], HEIGHT - BOTTOM, TOP)
    least, most = min(dot.size for dot in seen.dots), max(dot.size for dot in seen.dots)
    along = Scale(least, most, LEFT + 8, WIDTH - RIGHT - 8, tenfold=True)
    frame = Frame(
        tuple(Label(upward.at(each), plain(each)) for each in up),
        tuple(Label(along.at(each), plain(each)) for each in sizes(least, most)),
        f"{seen.measure.size} (each step is ten times as many)" if most > 10 * least else seen.measure.size,
    )
    spots = [
        Spot(along.at(dot.size), upward.at(value), "beyond" if value > up[-1] else _kind(seen, dot, near))
        for dot, value in zip(seen.dots, values, strict=True)
    ]
    spots.sort(
        key=lambda spot: ("other", "beyond", "neighbour", "area").index(spot.kind)
    )  # the area is drawn last, on top
    return FunnelChart(
        slug=f"funnel-{seen.measure.id}",
        title=f"{seen.measure.title}: councils by size",
        desc=f"{len(spots)} councils, each a dot: across its {seen.measure.size}, up the figure. "
        f"{area}: {words.shown(seen.figure)}. {words.standing(seen)}"
        + (f" {beyond} lie beyond the top of the drawing." if beyond else ""),
        beyond=f"Triangles: {beyond} further up, to {plain(max(values))}." if beyond else "",
        frame=frame,
        spots=tuple(spots),
        centre=upward.at(seen.funnel.centre * seen.measure.times) if seen.funnel else None,
        outer=_curves(seen, along, upward, 3.0),
        inner=_curves(seen, along, upward, 2.0),
    )


def _upper_limit(seen: Seen) -> list[float]:
    """The outer curve where most councils are: it must be on the drawing."""
    if seen.funnel is None:
        return []
    middle = sorted(dot.size for dot in seen.dots)[len(seen.dots) // 2]
    return [seen.funnel.limits(middle).high * seen.measure.times]


def _value(seen: Seen, dot: Dot) -> float:
    return float(dot.figure.number or 0)


def _kind(seen: Seen, dot: Dot, near: set[str]) -> str:
    own = seen.figure
    if dot.area.code == own.code or (own.together and dot.figure.together == own.together):
        return "area"
    return "neighbour" if dot.area.code in near else "other"


def _curves(seen: Seen, along: Scale, upward: Scale, sds: float) -> tuple[str, ...]:
    if seen.funnel is None:
        return ()
    lower, upper = [], []
    for place in range(PLACES + 1):
        size = along.low * (along.high / along.low) ** (place / PLACES)
        limits = seen.funnel.limits(size, sds)
        x = along.at(size)
        lower.append((x, upward.at(limits.low * seen.measure.times)))
        if (
            limits.high * seen.measure.times <= upward.high
        ):  # a curve that leaves the drawing does not run along its top
            upper.append((x, upward.at(limits.high * seen.measure.times)))
    return tuple(line(each) for each in (upper, lower) if len(each) > 1)
