"""By how much a share differs between a group and all others, among those who are alike in other things.

Within every stratum (say: of one age, raised by one kind of agency) the group is set beside the others, and strata
count by how much they can tell: S. Greenland and J. M. Robins, "Estimation of a common effect parameter from sparse
follow-up data" (1985), the Mantel–Haenszel difference. It is the same as least squares within strata. Intervals allow
for entries of one child or household that resemble one another (K.-Y. Liang and S. L. Zeger 1986).
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]

LEAST = 5
"""A stratum with fewer of the group, or fewer others, compares nothing and is left out."""


@dataclass(frozen=True)
class Difference:
    """The group's share less the others', from -1 to 1, with its interval. `compared` of the group were in strata."""

    value: float
    low: float
    high: float
    compared: int


def difference(
    came: NDArray[np.bool_],
    member: NDArray[np.bool_],
    stratum: Whole,
    cluster: Whole,
    *,
    confidence: float = 0.95,
) -> Difference | None:
    """The difference among those alike; None where no stratum holds enough of both.

    Arrays have an entry each: whether it came to it, whether it is of the group, and a number from 0 for its stratum
    and for its household. With one stratum for all, the plain difference.
    """
    members = np.bincount(stratum, weights=member)
    others = np.bincount(stratum, weights=~member)
    kept = ((members >= LEAST) & (others >= LEAST))[stratum]
    if not kept.any():
        return None
    x = _within(member[kept].astype(np.float64), stratum[kept])
    y = _within(came[kept].astype(np.float64), stratum[kept])
    weight = float(x @ x)
    value = float(x @ y) / weight
    _, household = np.unique(cluster[kept], return_inverse=True)
    scores = np.bincount(household, weights=x * (y - value * x))
    error = sqrt(float(scores @ scores) * _small(len(x), len(scores), stratum[kept])) / weight
    reach = NormalDist().inv_cdf(0.5 + confidence / 2) * error
    return Difference(value, max(-1.0, value - reach), min(1.0, value + reach), int(member[kept].sum()))


def _within(values: Numbers, stratum: Whole) -> Numbers:
    """Each value less the mean of its stratum."""
    size = np.maximum(np.bincount(stratum), 1)
    return np.asarray(values - (np.bincount(stratum, weights=values) / size)[stratum])


def _small(entries: int, clusters: int, stratum: Whole) -> float:
    """What few households add to the variance, as it is usually reckoned for least squares."""
    if clusters < 2:
        return float("inf")
    free = max(1, entries - len(np.unique(stratum)) - 1)
    return clusters / (clusters - 1) * (entries - 1) / free
