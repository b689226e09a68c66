"""A sample can be drawn again, depends on nothing but seed and ids, and gives every concern its chance."""

import pytest

from openmash.engines.review.sampling import draw

EVERY = {f"c{number}": "big" if number < 90 else "small" for number in range(100)}


def test_the_same_seed_gives_the_same_sample_in_whatever_order_the_ids_come() -> None:
    again = dict(reversed(EVERY.items()))
    assert draw(EVERY, 10, 7) == draw(again, 10, 7)
    assert draw(EVERY, 10, 7).ids != draw(EVERY, 10, 8).ids


def test_a_small_group_is_heard_as_much_as_a_large_one_and_the_rest_comes_from_where_there_is_more() -> None:
    assert draw(EVERY, 10, 7).groups == {"big": (90, 5), "small": (10, 5)}
    assert draw(EVERY, 40, 7).groups == {"big": (90, 30), "small": (10, 10)}
    assert len(draw(EVERY, 500, 7).ids) == 100


def test_the_order_does_not_tell_the_group() -> None:
    groups = {tuple(EVERY[one] for one in draw(EVERY, 10, seed).ids) for seed in range(30)}
    assert len(groups) > 20


def test_every_concern_is_drawn_about_equally_often() -> None:
    often = dict.fromkeys(EVERY, 0)
    plain = dict.fromkeys(EVERY, "")
    for seed in range(2000):
        for one in draw(plain, 10, seed).ids:
            often[one] += 1
    # Expected 200 each; the standard deviation of a count is 13.4, and of a hundred none strays by five of them.
    assert 133 < min(often.values()) <= max(often.values()) < 267


def test_an_empty_sample_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        draw(EVERY, 0, 1)
