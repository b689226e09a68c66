"""Another bar over decided concerns: what is known of those it would have moved, and what nobody can know.

Owns: the least that was missed among those moved up, what is at stake among those moved down, and the bounds of both.
Does not own: what a policy says of a concern, and where later events come from.

A child who was turned away was never looked at (Lakkaraju and others 2017, selective labels), and one who was helped
may be safe because of it. So nothing here is an outcome under the other bar. What was not seen is taken as none at all
and as all of them (Manski 1990), and the truth lies between.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int32]
Flags = NDArray[np.bool_]

NONE_KNOWN = -1
"""In place of days, where no such event is known."""

HORIZONS = (365, 182, 91)
"""Days after the decision, the longest first. None is used that too few could be followed for."""

FEWEST_FOLLOWED = 10


class Closed(IntEnum):
    """Whether people's decision ended the matter at the front door."""

    NOT_KNOWN = -1
    NO = 0
    YES = 1


class Found(IntEnum):
    """The most serious thing that the work after a decision is known to have come to."""

    NOT_KNOWN = 0
    NOTHING_MORE = 1
    HELP = 2
    PROTECTION = 3


@dataclass(frozen=True)
class Aftermath:
    """What came after each decision, an entry for each concern.

    - closed, found: a number of `Closed`, of `Found`
    - serious_after: whole days from the decision to the first section 47 enquiry or protection plan, or NONE_KNOWN
    - followed: for how many days after the decision an event would have been known
    """

    closed: Whole
    found: Whole
    serious_after: Whole
    followed: Whole

    def __post_init__(self) -> None:
        lengths = {len(each) for each in (self.closed, self.found, self.serious_after, self.followed)}
        if len(lengths) > 1:
            raise ValueError("Every concern has one entry in each.")


@dataclass(frozen=True)
class Missed:
    """Concerns closed at the door that the other bar puts higher.

    Of `cases`, `followed` could be followed for the whole `horizon` in days, and `later` of those are known to have
    come to an enquiry or a plan within it: the least that was missed. `horizon` 0: too few to follow for any.
    """

    cases: int
    followed: int
    later: int
    horizon: int

    @property
    def bounds(self) -> tuple[float, float]:
        """Which share of those followed was in need: from what is known to all, since nobody looked at the others."""
        return (self.later / self.followed if self.followed else 0.0), 1.0


@dataclass(frozen=True)
class AtStake:
    """Concerns that were taken up and that the other bar puts lower, by the most serious thing that was found."""

    cases: int
    protection: int
    help: int
    nothing_more: int
    not_known: int

    @property
    def bounds(self) -> tuple[float, float]:
        """Which share of what was found might have been lost: none, had it come to notice otherwise, or all."""
        return 0.0, (self.cases - self.nothing_more) / self.cases if self.cases else 0.0


@dataclass(frozen=True)
class WhatIf:
    """What can be said of those who would move. `not_known` of them nobody knows whether they were closed."""

    up: int
    down: int
    missed: Missed
    at_stake: AtStake
    not_known: int


def what_if(before: Whole, after: Whole, aftermath: Aftermath) -> WhatIf:
    """Compare the ranks that two versions give to the same concerns, and what came after those.

    Raises:
        ValueError: the arrays are of different concerns.
    """
    if not len(before) == len(after) == len(aftermath.closed):
        raise ValueError("Both versions and what came after must be of the same concerns.")
    ups, downs = after > before, after < before
    closed = aftermath.closed == Closed.YES
    return WhatIf(
        _count(ups),
        _count(downs),
        _missed(ups & closed, aftermath),
        _at_stake(downs & (aftermath.closed == Closed.NO), aftermath),
        _count((ups | downs) & (aftermath.closed == Closed.NOT_KNOWN)),
    )


def _missed(which: Flags, aftermath: Aftermath) -> Missed:
    horizon = _horizon(aftermath.followed[which])
    followed = which & (aftermath.followed >= horizon) if horizon else np.zeros_like(which)
    serious = aftermath.serious_after
    # Only of those followed throughout: whoever is known early because something happened would be counted twice over.
    later = followed & (serious != NONE_KNOWN) & (serious <= horizon)
    return Missed(_count(which), _count(followed), _count(later), horizon)


def _horizon(followed: Whole) -> int:
    """The longest for which enough could be followed; 0 for none."""
    return next((days for days in HORIZONS if _count(followed >= days) >= FEWEST_FOLLOWED), 0)


def _at_stake(which: Flags, aftermath: Aftermath) -> AtStake:
    def of(found: Found) -> int:
        return _count(which & (aftermath.found == found))

    return AtStake(
        _count(which), of(Found.PROTECTION), of(Found.HELP), of(Found.NOTHING_MORE), of(Found.NOT_KNOWN)
    )


def _count(flags: Flags) -> int:
    return int(np.count_nonzero(flags))
