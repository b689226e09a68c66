"""What a simulation is told: who there is to do the work, how much of it comes, and how long it lasts."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from math import exp, log, sqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DAYS_IN_WEEK = 7
DAYS_IN_YEAR = 365.25
LEVEL_SEASON = (1.0,) * 12


class NotPossible(ValueError):
    """A number that no team can have, in words for the person who gave it."""


class Stay(Protocol):
    """How long work with a child lasts, in days."""

    @property
    def mean(self) -> float:
        """The average length."""

    def draw(self, random: np.random.Generator, count: int) -> Floats:
        """So many lengths, of children whose work begins."""

    def draw_met(self, random: np.random.Generator, count: int) -> Floats:
        """So many lengths, of children whose work is met under way: long ones are met more often."""


@dataclass(frozen=True)
class LogNormal:
    """Most work is short and some very long. `sd` is the standard deviation, in days; 0 for all alike."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not 0 < self.mean <= 3650 or not 0 <= self.sd <= 10 * self.mean:
            raise NotPossible("Work lasts for more than 0 and at most 3,650 days on average.")

    @property
    def _shape(self) -> tuple[float, float]:
        variance = log(1 + (self.sd / self.mean) ** 2)
        return log(self.mean) - variance / 2, variance

    def draw(self, random: np.random.Generator, count: int) -> Floats:
        middle, variance = self._shape
        return random.lognormal(middle, sqrt(variance), count)

    def draw_met(self, random: np.random.Generator, count: int) -> Floats:
        middle, variance = self._shape
        return random.lognormal(middle + variance, sqrt(variance), count)

    @property
    def median(self) -> float:
        return exp(self._shape[0])


@dataclass(frozen=True)
class Measured:
    """Lengths that were seen, each with its share of all; shares add up to 1."""

    days: tuple[float, ...]
    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.days or len(self.days) != len(self.shares) or min(self.days) < 0 or max(self.days) <= 0:
            raise NotPossible("Measured lengths are days, 0 or more, each with its share, and not all 0.")

    @property
    def mean(self) -> float:
        return sum(day * share for day, share in zip(self.days, self.shares, strict=True))

    def draw(self, random: np.random.Generator, count: int) -> Floats:
        return random.choice(np.array(self.days), count, p=np.array(self.shares))

    def draw_met(self, random: np.random.Generator, count: int) -> Floats:
        weights = np.array(self.days) * np.array(self.shares)
        return random.choice(np.array(self.days), count, p=weights / weights.sum())


@dataclass(frozen=True)
class Team:
    """Who there is. `posts` that hold children, `empty` the share with nobody in them, `caseload` how many children
    one person can hold, `away` the share of time somebody is away, `spell` for how many days at a time on average.

    While somebody is away the others look after those children, so the team can hold that many fewer.
    """

    posts: float
    caseload: int
    empty: float = 0.0
    away: float = 0.0
    spell: float = 14.0

    def __post_init__(self) -> None:
        if not (0 < self.posts <= 5000 and 1 <= self.caseload <= 200):
            raise NotPossible("A team has up to 5,000 posts, and a person holds from 1 to 200 children.")
        if not (0 <= self.empty < 1 and 0 <= self.away < 1 and self.spell > 0):
            raise NotPossible("Posts that are empty and time away are shares of less than 1.")
        if self.slots < 1:
            raise NotPossible("With so many posts empty there is nobody to hold a single child.")

    @cached_property
    def slots(self) -> int:
        """How many children the team can hold with nobody away."""
        return round(self.posts * (1 - self.empty) * self.caseload)

    @property
    def usual_slots(self) -> float:
        """How many it can hold on average, with people away as usual."""
        return self.slots * (1 - self.away)


@dataclass(frozen=True)
class Demand:
    """How much comes. `weekly` children accepted in an average week, those who come back among them.

    `returns` is the share of all whose work ended that come back within a year (evenly over it). `season` holds, for
    January to December, how many times an average month each is. `spread` is the variance of weekly numbers over
    their mean: 1 where children come independently of one another, more where they come in waves.
    """

    weekly: float
    stay: Stay
    returns: float = 0.0
    season: tuple[float, ...] = LEVEL_SEASON
    spread: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.weekly <= 5000:
            raise NotPossible("More than 0 and at most 5,000 children come in a week.")
        if not 0 <= self.returns < 0.95:
            raise NotPossible("The share of children who come back is less than 95 in 100.")
        if len(self.season) != 12 or min(self.season) < 0 or abs(sum(self.season) / 12 - 1) > 0.05:
            raise NotPossible("A season is twelve numbers with an average of 1.")
        if self.spread < 1:
            raise NotPossible("Weekly numbers vary at least as much as chance makes them.")


@dataclass(frozen=True)
class Scenario:
    """A team, what comes to it, and how things stand when the simulation begins.

    `held` children at the beginning (None: as many as there would usually be), `waiting` for somebody, `first_month`
    1 for January. `weeks` are looked at, after `warm_up` weeks that are not.
    """

    team: Team
    demand: Demand
    held: int | None = None
    waiting: int = 0
    first_month: int = 4
    weeks: int = 52
    warm_up: int = 0
    long_wait: float = field(default=5.0)

    def __post_init__(self) -> None:
        if not (1 <= self.first_month <= 12 and 1 <= self.weeks <= 5200 and 0 <= self.warm_up <= 5200):
            raise NotPossible("From 1 to 5,200 weeks can be looked at, beginning in a month from 1 to 12.")
        if self.waiting < 0 or (self.held is not None and not 0 <= self.held <= self.team.slots):
            raise NotPossible(f"Nobody can hold more than {self.team.slots} children at the beginning.")

    @property
    def load(self) -> float:
        """Work that comes over work that can be held: at 1 and above, waits grow for as long as it lasts."""
        return self.demand.weekly / DAYS_IN_WEEK * self.demand.stay.mean / self.team.usual_slots

    @property
    def held_at_first(self) -> int:
        if self.held is not None:
            return self.held
        return min(self.team.slots, round(self.load * self.team.usual_slots))

    def at_load(self, load: float) -> "Scenario":
        """The same team, with as much coming as makes this load."""
        return replace(
            self, demand=replace(self.demand, weekly=self.demand.weekly * load / self.load), held=None
        )

    def with_posts(self, posts: float) -> "Scenario":
        """The same children, with another number of posts, as many of them empty as before."""
        team = replace(self.team, posts=posts)
        held = None if self.held is None else min(self.held, team.slots)
        return replace(self, team=team, held=held)
