"""Shares with Wilson's interval, and clusters of answers that tell less than as many by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.engines.statistics import NotEnough, Share, clustered_share, share


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        # R. G. Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals(count: int, of: int, low: float, high: float) -> None:
    found = share(count, of)
    assert isinstance(found, Share)
    assert found.interval.low == pytest.approx(low, abs=0.00005)
    assert found.interval.high == pytest.approx(high, abs=0.00005)


CLUSTERS = st.lists(
    st.integers(min_value=0, max_value=12).flatmap(
        lambda of: st.tuples(st.integers(min_value=0, max_value=of), st.just(of))
    ),
    max_size=8,
)


@given(CLUSTERS)
def test_clusters_never_make_it_surer(clusters: list[tuple[int, int]]) -> None:
    found = clustered_share(clusters)
    alone = share(sum(count for count, _ in clusters), sum(of for _, of in clusters))
    if isinstance(found, Share) and isinstance(alone, Share):
        assert found.value == alone.value
        assert 0 <= found.interval.low <= alone.interval.low + 1e-9
        assert alone.interval.high - 1e-9 <= found.interval.high <= 1
        assert found.interval.low <= found.value <= found.interval.high
    else:
        assert found is alone is NotEnough.NOTHING


def test_answers_that_all_go_the_same_way_in_each_cluster_count_once() -> None:
    """Ten people who all say the same of each of six vignettes know six things, not sixty."""
    together = clustered_share([(10, 10), (10, 10), (10, 10), (0, 10), (0, 10), (0, 10)])
    six = share(3, 6)
    assert isinstance(together, Share)
    assert isinstance(six, Share)
    assert together.interval.low == pytest.approx(six.interval.low, abs=0.03)


def test_there_cannot_be_more_than_there_are() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        share(3, 2)
    with pytest.raises(ValueError, match="more than there are"):
        clustered_share([(1, 2), (3, 2)])
    with pytest.raises(ValueError, match="more than there are"):
        clustered_share([(1, 0)])
