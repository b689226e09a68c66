"""Differences among those alike: the same as least squares elsewhere, and intervals that hold the truth."""

import numpy as np
import pytest
import statsmodels.api as sm

from openmash.engines.statistics.differences import Difference, difference


def invented(
    seed: int, entries: int = 3_000, truth: float = 0.1, alone: bool = False
) -> tuple[np.ndarray, ...]:
    """Groups that differ by `truth` in every stratum, though members gather where the share is low."""
    draw = np.random.default_rng(seed)
    household = np.arange(entries) if alone else draw.integers(0, entries // 3, entries)
    stratum = draw.integers(0, 4, entries)
    of_household = draw.random(entries)[household]
    member = of_household < 0.15 + 0.2 * stratum if not alone else draw.random(entries) < 0.15 + 0.2 * stratum
    shared = draw.normal(0, 0.1, entries)[household]
    came = draw.random(entries) < np.clip(0.7 - 0.15 * stratum + truth * member + shared, 0, 1)
    return came, member, stratum, household


@pytest.mark.parametrize("alone", [True, False])
def test_it_agrees_with_least_squares_by_statsmodels_to_the_last_place(alone: bool) -> None:
    came, member, stratum, household = invented(1, alone=alone)
    for strata in (stratum, np.zeros(len(stratum), dtype=np.int64)):
        columns = np.column_stack([member, *(strata == each for each in np.unique(strata))]).astype(float)
        theirs = sm.OLS(came.astype(float), columns).fit(cov_type="cluster", cov_kwds={"groups": household})
        ours = difference(came, member, strata, household)
        assert isinstance(ours, Difference)
        low, high = theirs.conf_int()[0]
        assert (ours.value, ours.low, ours.high) == pytest.approx((theirs.params[0], low, high), abs=1e-10)


def test_intervals_hold_the_truth_and_those_that_take_a_household_for_strangers_do_so_less_often() -> None:
    """Households of four, in which mostly all or none come to it."""
    held = held_as_strangers = 0
    household, alone = np.repeat(np.arange(150), 4), np.arange(600)
    for seed in range(200):
        draw = np.random.default_rng(seed)
        stratum = draw.integers(0, 3, 150)[household]
        member = draw.random(150)[household] < 0.2 + 0.2 * stratum
        own, shared = draw.random(600), draw.random(150)[household]
        came = np.where(draw.random(600) < 0.8, shared, own) < 0.3 + 0.1 * stratum + 0.1 * member
        ours = difference(came, member, stratum, household)
        strangers = difference(came, member, stratum, alone)
        assert ours and strangers
        held += ours.low <= 0.1 <= ours.high
        held_as_strangers += strangers.low <= 0.1 <= strangers.high
    assert held >= 182 and held_as_strangers < 170


def test_a_difference_that_is_only_one_of_mixture_goes_away() -> None:
    """Members are mostly in a stratum where few come; within each stratum nothing differs."""
    stratum = np.repeat([0, 1], 1_000)
    member = np.r_[np.arange(1_000) < 100, np.arange(1_000) < 900]
    came = np.r_[np.arange(1_000) % 10 < 5, np.arange(1_000) % 10 < 1]
    alone = np.arange(2_000)
    plain = difference(came, member, np.zeros(2_000, dtype=np.int64), alone)
    alike = difference(came, member, stratum, alone)
    assert plain and alike
    assert plain.high < -0.2 and alike.value == pytest.approx(0, abs=1e-9)


def test_strata_that_hold_too_few_of_either_compare_nothing() -> None:
    stratum = np.repeat([0, 1, 2], 50)
    member = np.r_[np.ones(50), np.arange(50) < 4, np.arange(50) < 20].astype(bool)
    came, alone = np.arange(150) % 2 == 0, np.arange(150)
    found = difference(came, member, stratum, alone)
    assert found and found.compared == 20
    assert difference(came[:100], member[:100], stratum[:100], alone[:100]) is None
