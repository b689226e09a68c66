"""How many of so many, with an interval that stays between none and all.

Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927); for
answers that come in clusters, the design effect of L. Kish, "Survey Sampling" (1965), section 5.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from openmash.engines.statistics.estimates import Interval, NotEnough


@dataclass(frozen=True)
class Share:
    """`count` out of `of`."""

    count: int
    of: int
    value: float
    interval: Interval


def share(count: int, of: int, *, confidence: float = 0.95) -> Share | NotEnough:
    """A share with Wilson's interval, for answers that do not depend on one another.

    Raises:
        ValueError: there cannot be that many of so many.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is not a share.")
    return Share(count, of, count / of, _wilson(count / of, of, confidence)) if of else NotEnough.NOTHING


def clustered_share(clusters: Iterable[tuple[int, int]], *, confidence: float = 0.95) -> Share | NotEnough:
    """A share over clusters of answers, each (how many, of how many), such as all answers to one vignette.

    Answers to one vignette resemble one another: they tell less than as many answers to different ones. The
    interval counts them for as many as they are worth, and never for more than there are.

    Raises:
        ValueError: there cannot be that many of so many.
    """
    kept = [(count, of) for count, of in clusters if of or count]
    if any(not 0 <= count <= of for count, of in kept):
        raise ValueError("A cluster holds more than there are.")
    count, of = sum(count for count, _ in kept), sum(of for _, of in kept)
    if not of:
        return NotEnough.NOTHING
    return Share(count, of, count / of, _wilson(count / of, of / _design_effect(kept), confidence))


def _design_effect(clusters: list[tuple[int, int]]) -> float:
    """By how much the clusters widen the variance of the share; at least 1."""
    of = sum(size for _, size in clusters)
    value = sum(count for count, _ in clusters) / of
    alone = value * (1 - value) / of
    if len(clusters) < 2 or alone == 0:
        return 1.0
    spread = sum((count - value * size) ** 2 for count, size in clusters) / of**2
    return max(1.0, spread * len(clusters) / (len(clusters) - 1) / alone)


def _wilson(value: float, of: float, confidence: float) -> Interval:
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    middle = (value + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(value * (1 - value) / of + z * z / (4 * of * of))
    # Rounding may push an end a hair past the share itself at none and at all.
    return Interval(max(0.0, min(middle - half, value)), min(1.0, max(middle + half, value)))
