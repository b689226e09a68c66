"""Krippendorff's alpha against his own worked examples, a slow reading of the definition, and its promises."""

from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.engines.statistics import Alpha, NotEnough, alpha
from openmash.engines.statistics.agreement import Metric, Ratings

NA = None
# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), part C: four observers, twelve units.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
    [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
]
PUBLISHED = [list(unit) for unit in zip(*OBSERVERS, strict=True)]
METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval")


def value(ratings: Ratings, metric: Metric) -> float:
    found = alpha(ratings, metric, resamples=20)
    assert isinstance(found, Alpha)
    return found.value


@pytest.mark.parametrize(
    ("metric", "expected"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_the_published_example(metric: Metric, expected: float) -> None:
    found = alpha(PUBLISHED, metric)
    assert isinstance(found, Alpha)
    assert found.value == pytest.approx(expected, abs=0.0005)
    assert (found.units, found.values) == (11, 40)


def test_the_published_example_of_two_observers_and_two_answers() -> None:
    """Part A of the same paper: ten units, no missing values, 0.095."""
    jon = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    han = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert value(list(zip(jon, han, strict=True)), "nominal") == pytest.approx(0.095, abs=0.0005)


def test_the_published_example_of_two_observers_and_many_answers() -> None:
    """Part B of the same paper: twelve units, five answers in letters, 0.692."""
    ben, gerry = "aabbdcccedda", "babbbccceddd"
    assert value(list(zip(ben, gerry, strict=True)), "nominal") == pytest.approx(0.692, abs=0.0005)


def test_a_mapping_says_the_same_as_rows() -> None:
    table = {
        f"unit {number}": {f"coder {place}": each for place, each in enumerate(row)}
        for number, row in enumerate(PUBLISHED)
    }
    assert alpha(table, "ordinal", seed=3) == alpha(PUBLISHED, "ordinal", seed=3)


# --- a slow reading of the definition ---


def read_slowly(ratings: list[list[Any]], metric: Metric) -> float | None:
    """One minus the mean distance within units over the mean distance of any two values, pair by pair."""
    units = [[v for v in unit if v is not None] for unit in ratings]
    units = [unit for unit in units if len(unit) > 1]
    given = [v for unit in units for v in unit]

    def apart(one: Any, other: Any) -> float:
        if metric == "nominal":
            return float(one != other)
        if metric == "interval":
            return float((one - other) ** 2)
        low, high = min(one, other), max(one, other)
        between = sum(low <= v <= high for v in given)
        return float((between - (given.count(one) + given.count(other)) / 2) ** 2)

    within = sum(
        sum(apart(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units
    ) / len(given)
    by_chance = sum(apart(a, b) for a, b in permutations(given, 2)) / (len(given) * (len(given) - 1))
    return 1 - within / by_chance if by_chance else None


VALUES = st.one_of(st.none(), st.integers(min_value=1, max_value=5))
TABLES = st.integers(min_value=2, max_value=5).flatmap(
    lambda coders: st.lists(st.lists(VALUES, min_size=coders, max_size=coders), min_size=1, max_size=9)
)


@given(TABLES, st.sampled_from(METRICS))
def test_it_is_what_the_definition_says(table: list[list[Any]], metric: Metric) -> None:
    found = alpha(table, metric, resamples=10)
    if isinstance(found, Alpha):
        assert found.value == pytest.approx(read_slowly(table, metric), abs=1e-9)


@given(TABLES, st.sampled_from(METRICS), st.randoms(use_true_random=False))
def test_the_order_of_coders_and_units_changes_nothing(
    table: list[list[Any]], metric: Metric, chance: Random
) -> None:
    columns = list(range(len(table[0])))
    chance.shuffle(columns)
    shuffled = [[row[column] for column in columns] for row in table]
    chance.shuffle(shuffled)
    one, other = alpha(table, metric, resamples=10), alpha(shuffled, metric, resamples=10)
    if isinstance(one, Alpha) and isinstance(other, Alpha):
        assert other.value == pytest.approx(one.value, abs=1e-9)
    else:
        assert one == other


@given(TABLES, st.sampled_from(METRICS))
def test_alpha_is_at_most_one_and_inside_its_interval(table: list[list[Any]], metric: Metric) -> None:
    found = alpha(table, metric, resamples=50)
    if isinstance(found, Alpha):
        assert found.value <= 1 + 1e-9
        if found.interval:
            assert found.interval.low <= found.value <= found.interval.high <= 1 + 1e-9


@given(
    st.lists(st.integers(min_value=1, max_value=5), min_size=2, max_size=9).filter(lambda v: len(set(v)) > 1),
    st.integers(min_value=2, max_value=5),
    st.sampled_from(METRICS),
)
def test_perfect_agreement_is_one(answers: list[int], coders: int, metric: Metric) -> None:
    assert value([[answer] * coders for answer in answers], metric) == pytest.approx(1)


def test_the_same_seed_gives_the_same_interval() -> None:
    assert alpha(PUBLISHED, "ordinal", seed=1) == alpha(PUBLISHED, "ordinal", seed=1)
    assert alpha(PUBLISHED, "ordinal", seed=1) != alpha(PUBLISHED, "ordinal", seed=2)


def test_intervals_mostly_hold_what_is_true() -> None:
    """Coders who give the true answer three times in five: alpha over very many units is known."""
    chance = Random(11)

    def unit() -> list[int]:
        truth = chance.randint(1, 4)
        return [truth if chance.random() < 0.6 else chance.randint(1, 4) for _ in range(6)]

    true = value([unit() for _ in range(4000)], "nominal")
    held = 0
    for seed in range(100):
        found = alpha([unit() for _ in range(25)], "nominal", seed=seed, resamples=400)
        assert isinstance(found, Alpha)
        assert found.interval is not None
        held += found.interval.low <= true <= found.interval.high
    assert held >= 85


# --- where there is not enough to say ---


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([], NotEnough.NO_PAIRS),
        ([[1], [2], [3]], NotEnough.NO_PAIRS),
        ([[1, None], [None, 2]], NotEnough.NO_PAIRS),
        ([[None, None]], NotEnough.NO_PAIRS),
        ([[1, 2, 3]], NotEnough.ONE_UNIT),
        ([[2, 2], [2, 2], [2, 2]], NotEnough.NO_VARIATION),
        ([[2, 2], [2, 2], [1, None]], NotEnough.NO_VARIATION),
    ],
)
@pytest.mark.parametrize("metric", METRICS)
def test_no_number_where_there_is_nothing_to_say(
    table: list[list[Any]], reason: NotEnough, metric: Metric
) -> None:
    assert alpha(table, metric) is reason


def test_few_units_get_a_figure_and_no_interval() -> None:
    found = alpha([[1, 1], [2, 2], [1, 2]], "ordinal")
    assert isinstance(found, Alpha)
    assert found.interval is None


# --- parts of a whole ---


def test_a_part_is_measured_against_the_whole() -> None:
    """Units that all but one coder call 3 vary little among themselves: alone, they would look hopeless."""
    threes, fives = [[3, 3, 3, 3, 2]] * 6, [[5, 5, 5, 5, 4]] * 6
    alone, of_all = alpha(threes, "ordinal"), alpha(threes, "ordinal", whole=[*threes, *fives])
    assert isinstance(alone, Alpha)
    assert isinstance(of_all, Alpha)
    assert alone.value < 0 < 0.7 < of_all.value


@given(TABLES, TABLES, st.sampled_from(METRICS))
def test_parts_average_to_the_whole(one: list[list[Any]], other: list[list[Any]], metric: Metric) -> None:
    whole = [*one, *other]
    found = alpha(whole, metric, resamples=10)
    parts = [alpha(part, metric, whole=whole, resamples=10) for part in (one, other)]
    if isinstance(found, Alpha) and all(isinstance(part, Alpha) for part in parts):
        kept = [part for part in parts if isinstance(part, Alpha)]
        mean = sum(part.value * part.values for part in kept) / sum(part.values for part in kept)
        assert mean == pytest.approx(found.value, abs=1e-9)
