"""What has happened by when, where other things can happen first: Aalen and Johansen (1978).

One minus Kaplan–Meier treats a child who moved away as one who may still come back, and so says too much; here
whoever moved, turned 18 or died cannot come back any more. Intervals are by household: siblings are no
strangers. Worked out on whole days, for every group at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]

CENSORED = 0
"""Nothing had happened when the follow-up ended. 1 is what is asked about; 2 and on are what can come first."""


@dataclass(frozen=True)
class Followed:
    """Everybody who was followed, an entry for each time.

    - days: whole days from the start to what came first, or to the end of follow-up; none below 0
    - cause: `CENSORED`, 1 for what is asked about, 2 and on for what comes first instead
    - cluster: entries of one household have one number, from 0
    """

    days: Whole
    cause: Whole
    cluster: Whole


@dataclass(frozen=True)
class Incidence:
    """One group, on the days asked for, as far as anybody was followed and no further.

    - share: the part to which it had happened by that day; `low` and `high` bound it, 95 in 100
    - at_risk: entries to which nothing had happened before that day and who were still followed on it
    - came: to how many it had happened by that day
    """

    entries: int
    days: Whole
    share: Numbers
    low: Numbers
    high: Numbers
    at_risk: Whole
    came: Whole


def incidence(
    followed: Followed, group: Whole, groups: int, on: Whole, *, replications: int = 200, seed: int = 1
) -> tuple[Incidence, ...]:
    """The incidence on the days `on` in each group, 0 to `groups` - 1; an entry of a group below 0 is in none.

    Intervals are percentiles over `replications` in which whole households are drawn again, the same for all groups.
    The same seed gives the same intervals.
    """
    counter = _Counter(followed, group, groups)
    counts = counter.counts(None)
    on = on[on < counter.shape[2]]
    share, at_risk, came = (
        _share(counts)[:, on],
        _at_risk(counts)[:, on],
        np.cumsum(counts[:, 1], axis=1)[:, on],
    )
    drawn = np.zeros((replications, groups, len(on)))
    random = np.random.default_rng(seed)
    households = int(followed.cluster.max()) + 1 if len(followed.cluster) else 0
    for replication in range(replications if households else 0):
        times = np.bincount(random.integers(households, size=households), minlength=households)
        drawn[replication] = _share(counter.counts(times))[:, on]
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0) if replications else (share, share)
    made = []
    for k in range(groups):
        to = int(np.searchsorted(on, counter.last_day[k], side="right")) if counter.entries[k] else 0
        entries = int(counter.entries[k])
        risk, had = at_risk[k, :to].astype(np.int64), came[k, :to].astype(np.int64)
        made.append(Incidence(entries, on[:to], share[k, :to], low[k, :to], high[k, :to], risk, had))
    return tuple(made)


def one_minus_kaplan_meier(followed: Followed, on: Whole) -> Numbers:
    """What would be said if whoever moved, turned 18 or died could still come back: too much, and never shown."""
    cause = np.where(followed.cause == 1, 1, CENSORED)
    everybody = np.zeros(len(cause), dtype=np.int64)
    return incidence(Followed(followed.days, cause, followed.cluster), everybody, 1, on, replications=0)[
        0
    ].share


class _Counter:
    """Counts entries by group, cause and day, each as often as its household was drawn."""

    def __init__(self, followed: Followed, group: Whole, groups: int) -> None:
        inside = group >= 0
        days, cause, self.cluster = followed.days[inside], followed.cause[inside], followed.cluster[inside]
        group = group[inside]
        cause = np.minimum(cause, 2)  # what comes first instead counts alike, whichever it was
        self.shape = (groups, 3, int(days.max()) + 1 if len(days) else 1)
        self.place = (group * 3 + cause) * self.shape[2] + days
        self.size = int(np.prod(self.shape))
        self.entries = np.bincount(group, minlength=groups)
        self.last_day = np.zeros(groups, dtype=np.int64)
        np.maximum.at(self.last_day, group, days)

    def counts(self, times: Whole | None) -> Numbers:
        """Group × cause × day; `times` says how often each household counts, once if it is left out."""
        weights = None if times is None else times[self.cluster]
        return np.bincount(self.place, weights, self.size).reshape(self.shape).astype(float)


def _share(counts: Numbers) -> Numbers:
    """The cumulative incidence by group and day. Whoever is censored on a day is at risk on it."""
    at_risk = _at_risk(counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = np.where(at_risk > 0, counts[:, 1] / at_risk, 0.0)
        leaving = np.where(at_risk > 0, (counts[:, 1] + counts[:, 2]) / at_risk, 0.0)
    staying = np.cumprod(1.0 - leaving, axis=1)
    before = np.concatenate([np.ones((len(staying), 1)), staying[:, :-1]], axis=1)
    return np.cumsum(before * hazard, axis=1)


def _at_risk(counts: Numbers) -> Numbers:
    every = counts.sum(axis=1)
    return np.cumsum(every[:, ::-1], axis=1)[:, ::-1]


def groups_of(names: Sequence[str | None]) -> tuple[Whole, tuple[str, ...]]:
    """A number for each name, in the order of the names; below 0 where there is none."""
    order = tuple(sorted({name for name in names if name is not None}))
    number = {name: place for place, name in enumerate(order)}
    return np.array([-1 if name is None else number[name] for name in names], dtype=np.int64), order
