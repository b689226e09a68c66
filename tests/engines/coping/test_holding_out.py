"""Months that the simulation has not seen, of teams that another program simulated."""

from datetime import date, timedelta

import pytest

from openmash.engines.coping import LogNormal, NotPossible, Team, hold_out, read_allocations
from tests.engines.coping.by_hand import allocations, as_known_on

FIRST = date(2023, 1, 2)
LAST = FIRST + timedelta(days=7 * 130 - 1)
STAY = LogNormal(50, 50)


def tried(seed: int, *, slots: int = 60, said_to_be: int = 60) -> list[bool]:
    listed = as_known_on(allocations(slots, 60 / 50 * 7 * 0.97, STAY, weeks=150, seed=seed), LAST)
    found = hold_out(listed, Team(said_to_be / 10, 10), first=FIRST, last=LAST, weeks=26, runs=20)
    return [each.fits for each in found]


def test_months_held_out_are_foreseen_about_as_often_as_said() -> None:
    """Four in five, less what is lost by learning from one short history."""
    fits = [each for seed in range(12) for each in tried(seed)]
    assert sum(fits) / len(fits) > 0.6


def test_a_team_said_to_be_larger_than_it_is_does_not_fit() -> None:
    waits = [tried(seed, said_to_be=90)[1] for seed in range(6)]
    assert sum(waits) <= 2, "with half as many places again nobody would have waited, and they did"


def test_a_team_that_held_more_than_it_can_is_refused() -> None:
    with pytest.raises(NotPossible, match="more than the 30"):
        tried(1, said_to_be=30)


def test_rows_that_cannot_be_read_are_named_and_the_rest_is_kept() -> None:
    text = (
        "\ufeffAccepted,Begun,Ended,Note\n2026-01-05,06/01/2026,,x\n2026-13-01,,,\n,2026-01-01,,\n"
        "2026-01-05,2026-01-01,,\n2026-01-05,,2026-02-01,\n05/01/2026,,,\n"
    )
    read, faults = read_allocations(text)
    assert [(each.accepted.day, each.begun and each.begun.day, each.ended) for each in read] == [
        (5, 6, None),
        (5, None, None),
    ]
    assert [fault.split(":")[0] for fault in faults] == ["row 3", "row 4", "row 5", "row 6"]
    assert "“2026-13-01” is not a day" in faults[0] and "began before" in faults[2]
    with pytest.raises(NotPossible, match="no begun, no ended"):
        read_allocations("accepted\n2026-01-01\n")
    with pytest.raises(NotPossible, match="No row can be read"):
        read_allocations("accepted,begun,ended\nx,,\n")
