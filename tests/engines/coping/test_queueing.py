"""The simulation beside what queueing theory knows exactly, or nearly.

Sources: A. K. Erlang (1917), for the chance of waiting with c servers and exponential work (M/M/c); Pollaczek and
Khinchine for one server and any work (M/G/1), exactly; Lee and Longton (1959) for several and any work (M/G/c), nearly.
"""

import numpy as np
import pytest

from openmash.engines.coping import Demand, Estimate, LogNormal, Scenario, Team, simulate
from openmash.engines.coping.inputs import DAYS_IN_WEEK
from openmash.engines.coping.running import run
from tests.engines.coping.exponential import Exponential


def erlang_c(servers: int, load: float) -> float:
    """The chance that whoever comes must wait; `load` is work over servers."""
    offered = servers * load
    blocked = 1.0
    for each in range(1, servers + 1):
        blocked = offered * blocked / (each + offered * blocked)
    return blocked / (1 - load + load * blocked)


def wait_of(servers: int, load: float, stay: Exponential | LogNormal, *, weeks: int = 800) -> Estimate:
    weekly = load * servers / stay.mean * DAYS_IN_WEEK
    scenario = Scenario(Team(servers, 1), Demand(weekly, stay), weeks=weeks, warm_up=60)
    return simulate(scenario, seed=7, runs=12).wait


def holds(estimate: Estimate, exact: float, *, slack: float = 0.0) -> bool:
    """Within the interval, made half as wide again: of many such checks one in twenty misses its own."""
    reach = 1.5 * (estimate.high - estimate.mean) + slack * exact
    return abs(estimate.mean - exact) <= reach and reach < 0.4 * exact


@pytest.mark.parametrize(("servers", "load"), [(1, 0.7), (5, 0.8), (20, 0.85)])
def test_exponential_work_waits_as_erlang_says(servers: int, load: float) -> None:
    exact = erlang_c(servers, load) * 10 / (servers * (1 - load))
    assert holds(wait_of(servers, load, Exponential(10), weeks=16_000 // (servers + 3)), exact)


@pytest.mark.parametrize("sd", [0.0, 5.0, 12.0])
def test_one_person_and_any_work_waits_as_pollaczek_and_khinchine_say(sd: float) -> None:
    exact = 0.7 * 10 * (1 + (sd / 10) ** 2) / 2 / (1 - 0.7)
    assert holds(wait_of(1, 0.7, LogNormal(10, sd), weeks=4000), exact)


def test_several_people_and_any_work_wait_nearly_as_lee_and_longton_say() -> None:
    near = erlang_c(8, 0.85) * 10 / (8 * (1 - 0.85)) * (1 + 1.2**2) / 2
    assert holds(wait_of(8, 0.85, LogNormal(10, 12), weeks=1500), near, slack=0.1)


def test_those_held_are_what_comes_times_how_long_it_lasts() -> None:
    """Little's law, with children who come back and people away: nobody is lost and nobody counted twice."""
    demand = Demand(10, LogNormal(60, 60), returns=0.25)
    scenario = Scenario(Team(20, 10, away=0.1), demand, weeks=400, warm_up=100)
    found = [run(scenario, each) for each in np.random.SeedSequence(3).spawn(6)]
    held = sum(float(each.held.mean()) for each in found) / len(found)
    came = sum(len(each.waits) for each in found) / len(found) / scenario.weeks
    assert came == pytest.approx(10, rel=0.03), "the children who come back are part of the ten a week"
    assert held == pytest.approx(10 / 7 * 60, rel=0.04)
