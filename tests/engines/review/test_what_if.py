"""Another bar over decided concerns: what is counted, what is bounded, and what is kept unknown."""

from dataclasses import fields

import numpy as np
import pytest

from openmash.apps.review.what_if import at_stake_says, missed_says
from openmash.engines.review.what_if import (
    NONE_KNOWN,
    Aftermath,
    AtStake,
    Closed,
    Found,
    Missed,
    WhatIf,
    what_if,
)

YES, NO, UNKNOWN = Closed.YES, Closed.NO, Closed.NOT_KNOWN
Row = tuple[int, int, Closed, Found, int, int]
"""Rank before and after, closed, found, days to something serious, days followed."""


def of(rows: list[Row]) -> WhatIf:
    columns = [np.array(each, dtype=np.int32) for each in zip(*rows, strict=True)]
    return what_if(columns[0], columns[1], Aftermath(*columns[2:]))


def closed_up(serious: int = NONE_KNOWN, followed: int = 400) -> Row:
    return (2, 3, YES, Found.NOT_KNOWN, serious, followed)


def test_need_missed_counts_those_closed_and_put_higher_and_nobody_else() -> None:
    rows = [closed_up(100)] * 3 + [closed_up()] * 8
    others = [
        (3, 3, YES, Found.NOT_KNOWN, 100, 400),  # would not move
        (2, 3, NO, Found.PROTECTION, 100, 400),  # was taken up
        (2, 3, UNKNOWN, Found.NOT_KNOWN, 100, 400),  # nobody knows whether it was closed
        (3, 2, YES, Found.NOT_KNOWN, 100, 400),  # would be put lower
    ]
    found = of([*rows, *others])
    assert found.missed == Missed(cases=11, followed=11, later=3, horizon=365)
    assert found.missed.bounds == (3 / 11, 1.0)
    assert (found.up, found.down, found.not_known) == (13, 1, 1)


def test_no_horizon_goes_past_the_follow_up() -> None:
    """Of those followed half a year nothing is said of a whole one, and later events of theirs do not count."""
    rows = (
        [closed_up(20, followed=200)] * 4 + [closed_up(followed=200)] * 8 + [closed_up(300, followed=400)] * 9
    )
    missed = of(rows).missed
    assert (missed.horizon, missed.followed) == (182, 21)
    assert missed.later == 4, "what came after 300 days lies past a horizon of 182"
    assert of([closed_up(5, followed=30)] * 50).missed == Missed(50, 0, 0, 0)


def test_whoever_was_not_followed_throughout_is_not_counted_because_something_happened_early() -> None:
    rows = [closed_up(5, followed=30)] * 10 + [closed_up()] * 10
    assert of(rows).missed == Missed(cases=20, followed=10, later=0, horizon=365)


def test_an_event_on_the_last_day_counts_and_one_a_day_later_does_not() -> None:
    rows = [closed_up(365), closed_up(366), closed_up(0)] + [closed_up(NONE_KNOWN, 365)] * 8
    assert of(rows).missed.later == 2


def test_loss_at_stake_is_what_was_found_where_work_was_done() -> None:
    rows: list[Row] = [
        (3, 2, NO, Found.PROTECTION, 40, 400),
        (4, 2, NO, Found.HELP, NONE_KNOWN, 400),
        (3, 1, NO, Found.NOTHING_MORE, NONE_KNOWN, 400),
        (3, 2, NO, Found.NOT_KNOWN, NONE_KNOWN, 3),
        (3, 2, YES, Found.NOT_KNOWN, 40, 400),
        (3, 2, UNKNOWN, Found.PROTECTION, 40, 400),
    ]
    assert of(rows).at_stake == AtStake(cases=4, protection=1, help=1, nothing_more=1, not_known=1)
    assert of(rows).at_stake.bounds == (0.0, 0.75), "what is not known may have been lost as well"


def test_the_truth_lies_within_the_bounds_whatever_it_is() -> None:
    """Made-up children of whom we know what nobody could: who was in need, noticed or not."""
    random = np.random.default_rng(8)
    for need, noticed in ((0.05, 0.9), (0.5, 0.1), (0.9, 0.5), (0.3, 0.0)):
        in_need = random.random(400) < need
        seen = in_need & (random.random(400) < noticed)
        rows = [closed_up(100 if each else NONE_KNOWN) for each in seen]
        least, most = of(rows).missed.bounds
        assert least <= in_need.mean() <= most


def test_other_concerns_than_those_that_were_replayed_are_refused() -> None:
    few = np.ones(2, dtype=np.int32)
    with pytest.raises(ValueError, match="same concerns"):
        what_if(few, few, Aftermath(*[np.ones(3, dtype=np.int32) for _ in fields(Aftermath)]))
    with pytest.raises(ValueError, match="one entry"):
        Aftermath(few, few, few, np.ones(3, dtype=np.int32))


def test_every_number_stands_in_one_sentence_with_what_it_does_not_mean() -> None:
    missed, stake = missed_says("45", "10", 365), at_stake_says("40", "15", "10", "5")
    for said in (missed, stake):
        assert said.count(". ") == 0 and said.endswith(".")
        assert "prevent" not in said and "would have been" not in said
    assert "the least that was missed" in missed and "nobody looked at the others" in missed
    assert "all or nothing might have been lost" in stake
