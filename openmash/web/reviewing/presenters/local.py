"""The local review as a page: its tables as they may be shown, and the two drawings made from the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from openmash.apps.review.local.after import Curve
from openmash.apps.review.local.review import Local, Part
from openmash.engines.review.local.after import MEANS
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
    steps,
)

YEAR = 365.25


@dataclass(frozen=True)
class CurveChart:
    """The share by time since the decision; `band` is the interval round it."""

    slug: str
    title: str
    desc: str
    frame: Frame
    own: str
    band: str


@dataclass(frozen=True)
class LocalPage:
    """All that stands on the page."""

    period: str
    concerns: str
    notes: tuple[str, ...]
    capacity: str
    alarm: bool
    decided: tuple[Part, ...]
    waiting: tuple[Part, ...]
    afterwards: tuple[Part, ...]
    fairness: tuple[Part, ...]
    charts: tuple[CurveChart, ...]


def page_of(review: Local) -> LocalPage:
    """The page of a review."""
    first = f"{review.first.day} {review.first:%B %Y} to " if review.first else "up to "
    return LocalPage(
        period=f"{first}{review.followed_to.day} {review.followed_to:%B %Y}",
        concerns=review.concerns,
        notes=review.notes,
        capacity=review.capacity,
        alarm=review.alarm,
        decided=_with_rows(review.decided),
        waiting=_with_rows(review.waiting),
        afterwards=_with_rows(review.afterwards),
        fairness=_with_rows(review.fairness),
        charts=tuple(_chart(each) for each in review.curves if len(each.points) > 2),
    )


def _with_rows(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.sheet.rows)


def _chart(curve: Curve) -> CurveChart:
    days, shares, lows, highs = zip(*curve.points, strict=True)
    up = steps(max(highs), 4)
    along, upward = Scale(0, days[-1], LEFT, WIDTH - RIGHT), Scale(0, up[-1], HEIGHT - BOTTOM, TOP)
    years = days[-1] / YEAR
    marks = (
        [n / 2 for n in range(int(years * 2) + 1)] if years < 3 else [float(n) for n in range(int(years) + 1)]
    )
    return CurveChart(
        slug=f"after-{curve.asked}",
        title=f"After the door closed: {MEANS[curve.asked]}",
        desc=f"Out of 100, by time since the decision. {_ends(days, shares, lows, highs)} The table holds the numbers.",
        frame=Frame(
            tuple(Label(upward.at(each), f"{each:g}") for each in up),
            tuple(Label(along.at(each * YEAR), f"{each:g}") for each in marks),
            "years since the decision; out of 100",
        ),
        own=line([(along.at(day), upward.at(share)) for day, share in zip(days, shares, strict=True)]),
        band=line(
            [(along.at(day), upward.at(high)) for day, high in zip(days, highs, strict=True)]
            + [(along.at(day), upward.at(low)) for day, low in reversed(list(zip(days, lows, strict=True)))]
        ),
    )


def _ends(days: Sequence[int], shares: Sequence[int], lows: Sequence[int], highs: Sequence[int]) -> str:
    return f"After {days[-1] / YEAR:.1f} years {shares[-1]} (between {lows[-1]} and {highs[-1]})."
