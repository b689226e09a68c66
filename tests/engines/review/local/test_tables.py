"""What is counted from a history, row by row."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from openmash.engines.review.local import after, tables
from openmash.engines.review.local.after import Asked
from tests.engines.review.local.invented import END, small_history

DAY = date(2025, 1, 6)


def concern(number: int, **said: Any) -> dict[str, Any]:
    return {"contact": str(number), "child": f"c{number}", "received_on": DAY, "decided_on": DAY, **said}


def test_lower_same_higher_and_not_known_are_four_different_things() -> None:
    read = small_history(
        [
            concern(1, policy_level="3", policy_rank=3, decided_level="2", decided_rank=2, agency_kind="gp"),
            concern(2, policy_level="3", policy_rank=3, decided_level="3", decided_rank=3, agency_kind="gp"),
            concern(3, policy_level="2", policy_rank=2, decided_level="4", decided_rank=4),
            concern(4, decided_level="4", decided_rank=4, agency_kind="gp", signs=["x", "y"]),
        ]
    )
    found = tables.beside_policy(read.opened(), "agency_kind")
    assert (found.rows, found.cells) == (("gp", ""), ((1, 1, 0, 1), (0, 0, 1, 0)))
    assert tables.beside_policy(read.opened(), "sign").rows == ("x", "y")
    assert tables.levels(read.opened()).cells == ((0, 0, 1), (1, 1, 0), (0, 0, 1))


def test_want_of_staff_is_found_and_not_knowing_is_not_taken_for_no() -> None:
    lower = {"policy_rank": 3, "decided_rank": 2}
    read = small_history(
        [
            concern(1, **lower, lacked_capacity=True),
            concern(2, **lower, lacked_capacity=None),
            concern(3, **lower, lacked_capacity=False),
            concern(4, policy_rank=2, decided_rank=2, lacked_capacity=True),
        ]
    )
    assert tables.lower_for_capacity(read.opened()) == tables.Capacity(lower=3, lacking=1, not_known=1)


def test_another_concern_on_the_same_day_is_the_same_matter_and_a_plan_is_not() -> None:
    closed = concern(1, child="a", closed_at_door=True)
    again = [{"contact": str(n), "child": "a", "received_on": DAY + timedelta(n)} for n in (0, 30)]
    read = small_history([closed, *again], events=[{"child": "a", "on": DAY, "kind": "plan"}])
    store = read.opened()
    found = after.closed(store, Asked.SERIOUS)
    assert (found.days.tolist(), found.cause.tolist()) == ([0], [1])
    without = small_history([closed, *again]).opened()
    found = after.closed(without, Asked.AGAIN)
    assert (found.days.tolist(), found.cause.tolist()) == ([30], [1])


def test_what_comes_first_counts_and_nobody_is_followed_for_ever() -> None:
    read = small_history(
        [concern(n, closed_at_door=True, policy_level=str(n % 2)) for n in range(1, 5)]
        + [concern(9, closed_at_door=None), concern(8, child=None, closed_at_door=True)],
        events=[
            {"child": "c1", "on": DAY + timedelta(10), "kind": "moved"},
            {"child": "c1", "on": DAY + timedelta(20), "kind": "plan"},
            {"child": "c2", "on": DAY + timedelta(15), "kind": "enquiry"},
        ],
        children=[{"child": "c3", "born_on": date(2007, 2, 5)}, {"child": "c4", "household": "h"}],
    )
    store = read.opened()
    found = after.closed(store, Asked.SERIOUS)
    assert found.days.tolist() == [10, 15, 30, (END - DAY).days]
    assert found.cause.tolist() == [2, 1, 2, 0]
    assert found.not_followed == 1
    assert len(np.unique(found.cluster)) == 4
    assert after.groups_by(store, "level")[1] == ("0", "1")


def test_an_agency_is_silent_only_when_the_history_is_long_enough_to_say() -> None:
    rows = [
        {"contact": "1", "received_on": date(2023, 1, 1), "agency": "Elm", "agency_kind": "gp"},
        {"contact": "2", "received_on": date(2025, 12, 1), "agency": "Ash", "agency_kind": "gp"},
    ]
    assert tables.silent_agencies(small_history(rows).opened()) == (tables.Silent("gp", 1, 1),)
    assert tables.silent_agencies(small_history(rows[1:]).opened()) == ()


def test_waiting_is_not_the_same_as_a_short_wait() -> None:
    read = small_history([concern(1, decided_on=DAY + timedelta(3)), concern(2), concern(3, decided_on=None)])
    found = tables.waits(read.opened(), "decision")
    assert (found.within[:3], found.waiting, found.longest) == ((1, 0, 1), 1, 3.0)
