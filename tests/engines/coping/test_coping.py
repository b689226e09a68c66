"""What a team's waiting depends on, and what it can be learned from."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from openmash.engines.coping import (
    Allocation,
    Demand,
    LogNormal,
    Measured,
    NotPossible,
    Scenario,
    Team,
    cliff,
    learn,
    simulate,
    with_people,
)
from openmash.engines.coping.learning import lengths
from openmash.engines.coping.outcomes import estimate, student
from openmash.engines.coping.running import _Running, run

TEAM = Team(10, 18, away=0.05)
DEMAND = Demand(10, LogNormal(120, 120), returns=0.2)


def test_the_known_example_of_the_cliff_comes_out_in_its_order_of_size() -> None:
    """180 slots and log-normal work: 0.7 days at a load of 0.88, 6.7 at 0.99, and at 1.10 63 and rising."""
    waits = []
    for load in (0.88, 0.99, 1.10):
        scenario = Scenario(TEAM, DEMAND, weeks=104).at_load(load)
        waits.append(simulate(scenario, seed=1, runs=12).wait.mean)
    assert 0.2 < waits[0] < 2
    assert 3 < waits[1] < 13
    four_years = simulate(Scenario(TEAM, DEMAND, weeks=208).at_load(1.10), seed=1, runs=12)
    assert waits[2] > 20 and 40 < four_years.wait.mean < 120
    first_year, last_year = (sum(each.mean for each in four_years.by_week[at : at + 52]) for at in (0, 156))
    assert last_year > 2 * first_year, "above one the wait does not settle, it grows"


def test_the_same_seed_gives_the_same_figures_and_another_seed_others() -> None:
    scenario = Scenario(TEAM, DEMAND, weeks=30).at_load(0.95)
    assert simulate(scenario, seed=5, runs=4) == simulate(scenario, seed=5, runs=4)
    assert simulate(scenario, seed=5, runs=4).wait != simulate(scenario, seed=6, runs=4).wait


def test_more_people_never_lengthen_the_wait_and_more_load_never_shortens_it() -> None:
    scenario = Scenario(TEAM, DEMAND, weeks=52).at_load(1.0)
    in_order = cliff(scenario, loads=(0.8, 0.9, 1.1), seed=2, runs=10).in_order
    assert [round(each.scenario.load, 2) for each in in_order] == [0.8, 0.9, 1.0, 1.1]
    waits = [each.wait.mean for each in in_order]
    assert waits == sorted(waits)
    fewer, more, many_more = with_people(scenario, (-1, 1, 3), seed=2, runs=10)
    assert fewer.wait.mean > in_order[2].wait.mean > more.wait.mean > many_more.wait.mean


@settings(max_examples=20, deadline=None)
@given(
    load=some.floats(0.3, 1.3),
    returns=some.floats(0, 0.5),
    away=some.floats(0, 0.3),
    waiting=some.integers(0, 20),
    spread=some.floats(1, 4),
)
def test_whoever_comes_begins_or_waits_and_no_more_are_held_than_there_are_slots(
    load: float, returns: float, away: float, waiting: int, spread: float
) -> None:
    demand = replace(DEMAND, returns=returns, spread=spread)
    scenario = replace(Scenario(Team(3, 6, away=away), demand, weeks=20).at_load(load), waiting=waiting)
    made = run(scenario, np.random.SeedSequence(1))
    assert (made.waits >= 0).all() and set(made.weeks) <= set(range(20))
    assert len(made.waiting) == len(made.held) == 20
    assert (made.held <= scenario.team.slots).all() and (made.waiting >= 0).all()


def test_children_who_come_back_make_work_and_leaving_them_out_hides_it() -> None:
    first_time_only = replace(DEMAND, weekly=DEMAND.weekly * 0.8, returns=0.0)
    both = Scenario(TEAM, replace(DEMAND, returns=0.2), weeks=52).at_load(1.0)
    without = Scenario(TEAM, replace(first_time_only, weekly=both.demand.weekly * 0.8), weeks=52)
    assert without.load == pytest.approx(0.8)
    assert simulate(both, runs=8).wait.mean > 5 * simulate(without, runs=8).wait.mean


def test_people_away_cost_what_their_slots_cost() -> None:
    there = Scenario(Team(10, 18), DEMAND, weeks=104).at_load(0.93)
    away = replace(there, team=Team(10, 18, away=0.08))
    assert away.load == pytest.approx(0.93 / 0.92)
    assert simulate(away, runs=10).wait.low > simulate(there, runs=10).wait.high


def test_a_quiet_august_is_quieter() -> None:
    season = (1.0,) * 7 + (0.5,) + (1.1,) * 4
    scenario = Scenario(TEAM, Demand(10, LogNormal(20, 20), season=season), first_month=1)
    weeks = np.concatenate([run(scenario, each).weeks for each in np.random.SeedSequence(0).spawn(30)])
    by_week = np.bincount(weeks, minlength=52) / 30
    assert by_week[31:34].mean() == pytest.approx(5, rel=0.15)
    assert by_week[10:20].mean() == pytest.approx(10, rel=0.1)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Team(0, 18),
        lambda: Team(10, 0),
        lambda: Team(10, 18, empty=1.0),
        lambda: Team(0.01, 1),
        lambda: Demand(0, LogNormal(60, 60)),
        lambda: Demand(5, LogNormal(60, 60), returns=1.0),
        lambda: Demand(5, LogNormal(60, 60), season=(1.0,) * 11),
        lambda: Demand(5, LogNormal(60, 60), spread=0.5),
        lambda: LogNormal(0, 1),
        lambda: Scenario(TEAM, DEMAND, held=181),
        lambda: Scenario(TEAM, DEMAND, waiting=-1),
        lambda: Scenario(TEAM, DEMAND, first_month=13),
    ],
)
def test_what_no_team_can_have_is_refused(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotPossible):
        wrong()


def test_students_points_are_those_of_the_tables() -> None:
    for freedom, table in ((1, 12.706), (4, 2.776), (7, 2.365), (9, 2.262), (19, 2.093), (120, 1.980)):
        assert student(freedom) == pytest.approx(table, abs=0.01)


def test_the_interval_holds_the_true_mean_nineteen_times_in_twenty() -> None:
    random = np.random.default_rng(4)
    found = [estimate(random.normal(50, 9, 10).tolist()) for _ in range(2000)]
    covered = sum(each.low <= 50 <= each.high for each in found) / len(found)
    assert covered == pytest.approx(0.95, abs=0.015)


# --- learning from a team's own list ---


def made_up(weeks: int, *, seed: int = 0) -> list[Allocation]:
    """A list that the simulation would make: five a week, no wait, work of 40 days on average."""
    random = np.random.default_rng(seed)
    first = date(2024, 1, 1)
    listed = []
    for week in range(weeks):
        for _ in range(random.poisson(5)):
            came = first + timedelta(days=7 * week + int(random.integers(7)))
            listed.append(
                Allocation(came, came, came + timedelta(days=int(LogNormal(40, 40).draw(random, 1)[0])))
            )
    return listed


def test_lengths_allow_for_work_that_has_not_ended() -> None:
    listed = made_up(40)
    last = date(2024, 1, 1) + timedelta(days=7 * 40 - 1)
    learned = learn(listed, first=date(2024, 1, 1), last=last)
    assert learned.demand.weekly == pytest.approx(5, rel=0.15)
    assert learned.demand.stay.mean == pytest.approx(40, rel=0.15)
    ended_only = [(each.ended - each.accepted).days for each in listed if each.ended and each.ended <= last]
    assert sum(ended_only) / len(ended_only) < learned.demand.stay.mean, "what has ended is the shorter work"
    assert learned.held == sum(each.ended is not None and each.ended > last for each in listed)


def test_nothing_that_came_after_the_last_day_is_learned_from() -> None:
    listed = made_up(60)
    first, last = date(2024, 1, 1), date(2024, 6, 30)
    known = [each for each in listed if each.accepted <= last]
    hidden = [
        replace(each, ended=each.ended if each.ended and each.ended <= last else None) for each in known
    ]
    assert learn(listed, first=first, last=last) == learn(hidden, first=first, last=last)


def test_the_product_limit_of_a_known_small_list() -> None:
    """Four lengths of 1, 2+, 3, 4+ (+ not ended): 1/4 end at 1, half of the rest at 3, and what is left at 4."""
    day = date(2024, 1, 1)
    listed = [
        Allocation(day, day, day + timedelta(days=1)),
        Allocation(day + timedelta(days=2), day + timedelta(days=2)),
        Allocation(day, day, day + timedelta(days=3)),
        Allocation(day, day),
    ]
    found = lengths(listed, day + timedelta(days=4))
    assert dict(zip(found.days, found.shares, strict=True)) == pytest.approx({1: 0.25, 3: 0.375, 4: 0.375})


def test_too_little_is_refused_rather_than_guessed_from() -> None:
    with pytest.raises(NotPossible, match="whole weeks"):
        learn(made_up(40), first=date(2024, 1, 1), last=date(2024, 2, 1))
    with pytest.raises(NotPossible, match="Nobody came"):
        learn([], first=date(2024, 1, 1), last=date(2024, 12, 1))
    with pytest.raises(NotPossible, match="No work ended"):
        learn(
            [Allocation(date(2024, 1, 2), date(2024, 1, 2))], first=date(2024, 1, 1), last=date(2024, 12, 1)
        )
    with pytest.raises(NotPossible):
        Measured((), ())


def test_weeks_that_are_restless_are_seen_and_a_season_needs_two_years() -> None:
    first = date(2023, 1, 2)
    waves = [
        Allocation(day := first + timedelta(days=7 * week), day, day + timedelta(days=9))
        for week in range(52)
        for _ in range(12 if week % 2 else 2)
    ]
    learned = learn(waves, first=first, last=first + timedelta(days=7 * 52 - 1))
    assert learned.demand.spread > 5 and set(learned.demand.season) == {1.0}
    august = [
        Allocation(day := first + timedelta(days=place), day, day + timedelta(days=9))
        for place in range(7 * 156)
        for _ in range(1 if (first + timedelta(days=place)).month == 8 else 3)
    ]
    season = learn(august, first=first, last=first + timedelta(days=7 * 156 - 1)).demand.season
    assert season[7] == pytest.approx(1 / 3 / (34 / 36), rel=0.02) and min(season) == season[7]


def test_a_long_queue_is_kept_in_order_and_nobody_comes_after_the_last_day() -> None:
    scenario = Scenario(Team(10, 18, away=0.05), replace(DEMAND, weekly=20), weeks=52)
    running = _Running(scenario, np.random.SeedSequence(1))
    made = running.run()
    assert running.clock.now > running.last_day and made.waiting[-1] > 100
    assert running.queue + sum(made.weeks >= 0) <= made.waiting[-1] + len(made.waits), ()
    assert running.queue == 0, "whoever came has begun, and nobody came after them"
