"""Many runs, and what they say together: an average with its interval, and how much one year differs from another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np

from openmash.engines.coping.inputs import Floats, Scenario
from openmash.engines.coping.running import Run, run

RUNS = 20


@dataclass(frozen=True)
class Estimate:
    """`mean` over the runs, `low` to `high` its 95% interval: how exact the simulation is.

    `from_` to `to` is where four runs in five lie: how much luck there is in one such year.
    """

    mean: float
    low: float
    high: float
    from_: float
    to: float


@dataclass(frozen=True)
class Outcome:
    """What became of a scenario over `runs` runs. Waits in days.

    `long` is the share that waited longer than the scenario's `long_wait`; `waiting` and `held` are children at the end
    of the time looked at; `by_week` is the average wait of those who came in each week.
    """

    scenario: Scenario
    runs: int
    children: Estimate
    wait: Estimate
    median: Estimate
    longest_tenth: Estimate
    long: Estimate
    waiting: Estimate
    held: Estimate
    by_week: tuple[Estimate, ...]


def simulate(scenario: Scenario, *, seed: int = 0, runs: int = RUNS) -> Outcome:
    """Run a scenario so many times. The same seed gives the same figures, to the last place.

    Raises:
        ValueError: fewer than two runs say nothing about how much they differ.
    """
    if runs < 2:
        raise ValueError("At least two runs are needed.")
    made = [run(scenario, each) for each in np.random.SeedSequence(seed).spawn(runs)]
    return Outcome(
        scenario,
        runs,
        children=_over(made, lambda each: float(len(each.waits))),
        wait=_over(made, lambda each: _of_waits(each, np.mean)),
        median=_over(made, lambda each: _of_waits(each, np.median)),
        longest_tenth=_over(made, lambda each: _of_waits(each, lambda waits: np.quantile(waits, 0.9))),
        long=_over(made, lambda each: _of_waits(each, lambda waits: np.mean(waits > scenario.long_wait))),
        waiting=_over(made, lambda each: float(each.waiting[-1])),
        held=_over(made, lambda each: float(each.held[-1])),
        by_week=tuple(_week(made, week) for week in range(scenario.weeks)),
    )


def _of_waits(made: Run, figure: Callable[[Floats], object]) -> float:
    return float(figure(made.waits)) if len(made.waits) else 0.0  # type: ignore[arg-type]


def _week(made: Sequence[Run], week: int) -> Estimate:
    """Over the runs in which anybody came in that week."""
    means = [float(each.waits[each.weeks == week].mean()) for each in made if (each.weeks == week).any()]
    return estimate(means) if means else estimate([0.0, 0.0])


def _over(made: Sequence[Run], figure: Callable[[Run], float]) -> Estimate:
    return estimate([figure(each) for each in made])


def estimate(values: Sequence[float]) -> Estimate:
    """Of one figure of each run; the interval is Student's."""
    found = np.array(values, dtype=np.float64)
    mean = float(found.mean())
    half = student(len(found) - 1) * float(found.std(ddof=1)) / sqrt(len(found)) if len(found) > 1 else 0.0
    tenth, nine_tenths = (float(each) for each in np.quantile(found, [0.1, 0.9]))
    return Estimate(mean, max(0.0, mean - half), mean + half, tenth, nine_tenths)


def student(freedom: int) -> float:
    """The 97.5% point of Student's distribution; to 0.01 from four degrees of freedom.

    Source: Cornish and Fisher's series about the normal point (Abramowitz and Stegun 1964, 26.7.5).
    """
    exact = {1: 12.706, 2: 4.303, 3: 3.182}
    if freedom in exact:
        return exact[freedom]
    z = NormalDist().inv_cdf(0.975)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))
