"""The same team at other loads, and the same children with more people or fewer."""

from collections.abc import Sequence
from dataclasses import dataclass

from openmash.engines.coping.inputs import DAYS_IN_WEEK, Scenario
from openmash.engines.coping.outcomes import RUNS, Outcome, simulate

LOADS = (0.75, 0.80, 0.85, 0.90, 0.95, 1.00, 1.05, 1.10, 1.15)
FEWEST_RUNS = 8


@dataclass(frozen=True)
class Cliff:
    """How the wait grows with the load: an outcome for each of several loads, in order, and one as things are."""

    as_it_is: Outcome
    others: tuple[Outcome, ...]

    @property
    def in_order(self) -> tuple[Outcome, ...]:
        return tuple(sorted((*self.others, self.as_it_is), key=lambda each: each.scenario.load))


def cliff(scenario: Scenario, *, loads: Sequence[float] = LOADS, seed: int = 0, runs: int = RUNS) -> Cliff:
    """The scenario as it is and at each of these loads. Every load meets the same luck: the seed is one."""
    others = [
        load for load in loads if abs(load - scenario.load) > 0.01
    ]  # two dots on one spot are of no use
    return Cliff(
        simulate(scenario, seed=seed, runs=runs),
        tuple(simulate(scenario.at_load(load), seed=seed, runs=runs) for load in others),
    )


def with_people(
    scenario: Scenario, more: Sequence[float] = (-1, 1, 2, 3), *, seed: int = 0, runs: int = RUNS
) -> tuple[Outcome, ...]:
    """The same children with so many posts more or fewer, where any are left."""
    wanted = [scenario.team.posts + each for each in more]
    return tuple(
        simulate(scenario.with_posts(posts), seed=seed, runs=runs)
        for posts in wanted
        if posts * (1 - scenario.team.empty) * scenario.team.caseload >= 1
    )


def fewest_children(scenario: Scenario) -> int:
    """How many children are simulated, at the least, for the scenario, the other loads and the other people."""
    of_one = scenario.held_at_first + scenario.waiting
    full = scenario.team.usual_slots / scenario.demand.stay.mean * DAYS_IN_WEEK * scenario.weeks
    as_it_is = scenario.demand.weekly * scenario.weeks
    return round(FEWEST_RUNS * ((len(LOADS) + 5) * of_one + sum(LOADS) * full + 5 * as_it_is))


def runs_within(scenario: Scenario, children: int, scenarios: int = len(LOADS) + 5) -> int:
    """How many runs of so many scenarios stay within this many children altogether; never fewer than eight."""
    of_one = scenario.team.usual_slots / scenario.demand.stay.mean * DAYS_IN_WEEK * scenario.weeks
    of_one += scenario.held_at_first
    return max(FEWEST_RUNS, min(RUNS, int(children / scenarios / max(of_one, 1.0))))
