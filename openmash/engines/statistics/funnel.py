"""Funnel plots: how far areas of a size differ from one another as a matter of course.

Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24
(2005), and "Handling over-dispersion of performance indicators", Quality and Safety in Health Care 14 (2005). With
many thousands of referrals chance alone explains almost nothing, and limits for chance alone would call two areas in
three unusual. So the spread between areas that is always there is measured (winsorised, so that a few far-off
areas do not widen the limits for themselves) and added to chance: additive random effects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, sin, sqrt
from typing import Literal

import numpy as np

from openmash.engines.statistics.estimates import Interval, NotEnough

FunnelKind = Literal["share", "rate"]
WINSORISED = 0.1
"""How much of each end is drawn in before the spread is measured."""
FEWEST_AREAS = 10


@dataclass(frozen=True)
class Funnel:
    """`centre` is all counts over all sizes. `phi` is how many times chance the areas spread; `tau` the spread
    beyond chance, on the scale on which chance is even: arcsine of the root of a share, root of a rate over centre.
    """

    kind: FunnelKind
    centre: float
    phi: float
    tau: float
    areas: int

    def limits(self, size: float, sds: float = 3.0, *, spread: bool = True) -> Interval:
        """Between which values an area of this size would be expected, `sds` standard deviations to each side.

        Without `spread`, for chance alone.
        """
        half = sds * sqrt(_variance(self.kind, self.centre, size) + (self.tau**2 if spread else 0.0))
        middle = _even(self.kind, self.centre, self.centre)
        return Interval(_back(self, middle - half), _back(self, middle + half))

    def distance(self, count: float, size: float, *, spread: bool = True) -> float:
        """How many standard deviations from the centre."""
        away = _even(self.kind, count / size, self.centre) - _even(self.kind, self.centre, self.centre)
        return away / sqrt(_variance(self.kind, self.centre, size) + (self.tau**2 if spread else 0.0))


def funnel(
    counts: Sequence[float], sizes: Sequence[float], kind: FunnelKind, *, winsorised: float = WINSORISED
) -> Funnel | NotEnough:
    """The funnel of areas with these counts out of, or beside, these sizes. Areas of no size are left out.

    Raises:
        ValueError: a share of more than all, or lists of unequal length.
    """
    pairs = [(count, size) for count, size in zip(counts, sizes, strict=True) if size > 0]
    if kind == "share" and any(not 0 <= count <= size for count, size in pairs):
        raise ValueError("There cannot be that many of so many.")
    if len(pairs) < FEWEST_AREAS or not sum(count for count, _ in pairs):
        return NotEnough.NOTHING
    centre = sum(count for count, _ in pairs) / sum(size for _, size in pairs)
    chance = Funnel(kind, centre, 1.0, 0.0, len(pairs))
    away = np.array([chance.distance(count, size) for count, size in pairs])
    low, high = np.quantile(away, [winsorised, 1 - winsorised])
    phi = float(np.mean(np.clip(away, low, high) ** 2))
    weights = np.array([1 / _variance(kind, centre, size) for _, size in pairs])
    beyond = len(pairs) * phi - (len(pairs) - 1)
    tau_squared = max(0.0, beyond / float(weights.sum() - (weights**2).sum() / weights.sum()))
    return Funnel(kind, centre, phi, sqrt(tau_squared), len(pairs))


def _even(kind: FunnelKind, value: float, centre: float) -> float:
    return asin(sqrt(value)) if kind == "share" else sqrt(value / centre)


def _variance(kind: FunnelKind, centre: float, size: float) -> float:
    return 1 / (4 * size) if kind == "share" else 1 / (4 * centre * size)


def _back(funnel: Funnel, even: float) -> float:
    if funnel.kind == "share":
        return sin(min(max(even, 0.0), np.pi / 2)) ** 2
    return max(even, 0.0) ** 2 * funnel.centre
