"""How long children wait, as a whole and at its end: never one figure, never a target, never a colour. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

Whom = TypeVar("Whom")

BANDS: tuple[tuple[str, timedelta | None], ...] = (
    ("Less than a day", timedelta(days=1)),
    ("1 to 3 days", timedelta(days=3)),
    ("3 to 7 days", timedelta(days=7)),
    ("1 to 2 weeks", timedelta(days=14)),
    ("2 to 4 weeks", timedelta(days=28)),
    ("4 weeks or more", None),
)
"""Each begins where the one before ends."""

LONGEST_SHOWN = 5


@dataclass(frozen=True)
class Wait(Generic[Whom]):
    """Somebody who waits, since when."""

    whom: Whom
    since: datetime


@dataclass(frozen=True)
class Spread(Generic[Whom]):
    """How many wait how long, by band, and who has waited longest."""

    bands: tuple[tuple[str, int], ...]
    longest: tuple[Wait[Whom], ...]

    @property
    def count(self) -> int:
        return sum(number for _band, number in self.bands)


def spread(waits: Sequence[Wait[Whom]], now: datetime) -> Spread[Whom]:
    """The distribution of waits at a moment, and those who have waited longest: each once, the longest first."""
    counts = dict.fromkeys((label for label, _end in BANDS), 0)
    for wait in waits:
        counts[band_of(now - wait.since)] += 1
    first: dict[Whom, Wait[Whom]] = {}
    for wait in sorted(waits, key=lambda wait: wait.since):
        first.setdefault(wait.whom, wait)
    return Spread(tuple(counts.items()), tuple(first.values())[:LONGEST_SHOWN])


def band_of(length: timedelta) -> str:
    """The band in which a wait of this length falls."""
    return next(label for label, end in BANDS if end is None or length < end)
