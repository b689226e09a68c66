"""Cumulative incidence: beside a second implementation, beside a known truth, and where it must stop."""

import numpy as np
import pytest
from statsmodels.duration.survfunc import CumIncidenceRight

from openmash.engines.statistics.cumulative_incidence import (
    Followed,
    Whole,
    incidence,
    one_minus_kaplan_meier,
)

COMES_BACK, MOVES = 0.0010, 0.0015
"""Chances a day, of which one comes first. The truth by day t is a/(a+b) · (1 − (1−a−b)^(t+1))."""


def truth(day: int, a: float = COMES_BACK, b: float = MOVES) -> float:
    return float(a / (a + b) * (1 - (1 - a - b) ** (day + 1)))


def invented(entries: int, seed: int, household: int = 1) -> Followed:
    """Children followed 200 to 900 days. Whole households share their fate where `household` is more than 1."""
    random = np.random.default_rng(seed)
    families = entries // household
    first = random.geometric(COMES_BACK + MOVES, families) - 1
    which = 1 + (random.random(families) > COMES_BACK / (COMES_BACK + MOVES)).astype(int)
    ends = random.integers(200, 900, families)
    days, cause = np.minimum(first, ends), np.where(first <= ends, which, 0)
    numbers = np.arange(families)
    return Followed(*(np.repeat(each, household).astype(np.int64) for each in (days, cause, numbers)))


def everybody(followed: Followed) -> Whole:
    return np.zeros(len(followed.days), dtype=np.int64)


def test_it_agrees_with_a_second_implementation_ties_and_all() -> None:
    followed = invented(3000, seed=5)
    own = incidence(followed, everybody(followed), 1, np.arange(880), replications=0)[0]
    other = CumIncidenceRight(followed.days.astype(float), followed.cause)
    for day, share in zip(other.times, other.cinc[0], strict=True):
        if day < 880:
            assert own.share[int(day)] == pytest.approx(share, abs=1e-12)


def test_groups_are_worked_out_at_once_as_they_would_be_by_themselves() -> None:
    followed = invented(600, seed=6)
    group = np.random.default_rng(7).integers(-1, 3, 600)
    together = incidence(followed, group, 3, np.arange(0, 400, 50), replications=0)
    for number, found in enumerate(together):
        inside = group == number
        alone = Followed(followed.days[inside], followed.cause[inside], followed.cluster[inside])
        by_itself = incidence(alone, everybody(alone), 1, np.arange(0, 400, 50), replications=0)[0]
        assert np.allclose(found.share, by_itself.share)
        assert (found.at_risk == by_itself.at_risk).all() and (found.came == by_itself.came).all()
        assert found.entries == inside.sum()


def test_nothing_is_said_past_the_last_day_anybody_was_followed() -> None:
    followed = Followed(np.array([10, 20, 5]), np.array([1, 0, 0]), np.array([0, 1, 2]))
    found = incidence(followed, np.array([0, 0, 1]), 2, np.array([0, 5, 10, 20, 30]), replications=0)
    assert found[0].days.tolist() == [0, 5, 10, 20]
    assert found[1].days.tolist() == [0, 5]
    assert found[0].share.tolist() == [0, 0, 0.5, 0.5]
    assert found[0].at_risk.tolist() == [2, 2, 2, 1]


def test_one_minus_kaplan_meier_says_too_much_and_this_does_not() -> None:
    followed = invented(40_000, seed=8)
    own = incidence(followed, everybody(followed), 1, np.array([730]), replications=0)[0]
    naive = one_minus_kaplan_meier(followed, np.array([730]))[0]
    assert own.share[0] == pytest.approx(truth(730), abs=0.01)
    assert naive > truth(730) + 0.15  # 52 in 100 where it is 34


def covered(household: int, clustered: bool, trials: int = 200) -> float:
    """How often the interval holds the truth."""
    within = 0
    for seed in range(trials):
        followed = invented(400, seed, household)
        cluster = followed.cluster if clustered else np.arange(len(followed.days))
        asked = Followed(followed.days, followed.cause, cluster)
        found = incidence(asked, everybody(asked), 1, np.array([365]), replications=120, seed=seed)[0]
        within += bool(found.low[0] <= truth(365) <= found.high[0])
    return within / trials


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    assert covered(household=1, clustered=True) >= 0.90
    assert covered(household=4, clustered=True) >= 0.90


def test_intervals_that_took_siblings_for_strangers_would_be_too_narrow() -> None:
    assert covered(household=4, clustered=False) <= 0.80


def test_the_same_seed_gives_the_same_interval() -> None:
    followed = invented(500, seed=9)
    first, second = (incidence(followed, everybody(followed), 1, np.array([100]))[0] for _ in range(2))
    assert (first.low, first.high) == (second.low, second.high)
    assert first.low[0] < first.share[0] < first.high[0]


def test_nobody_at_all_is_no_error() -> None:
    none = np.array([], dtype=np.int64)
    found = incidence(Followed(none, none, none), none, 2, np.array([0, 100]))
    assert [(each.entries, len(each.share)) for each in found] == [(0, 0), (0, 0)]
