"""The shape of a local history, and what is worked out in it."""

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from openmash.engines.review.local.history import CONTACTS, EVENTS, History, history, schema
from openmash.engines.review.local.kinds import AGENCY_KINDS, ALSO_INSIDE, ASKED_ABOUT_IN_2002
from tests.engines.review.local.invented import END, small_history


def events_of(read: History) -> list[tuple[Any, ...]]:
    return read.opened().rows('SELECT child, "on", kind FROM events ORDER BY ALL')


def test_the_second_concern_about_a_child_is_a_re_referral_and_the_first_is_not() -> None:
    read = small_history(
        [
            {"contact": "1", "child": "a", "received_on": date(2025, 1, 6)},
            {"contact": "2", "child": "a", "received_on": date(2025, 3, 3)},
            {"contact": "3", "child": "b", "received_on": date(2025, 3, 3)},
            {"contact": "4", "child": None, "received_on": date(2025, 3, 4)},
        ]
    )
    assert events_of(read) == [("a", date(2025, 3, 3), "re_referral")]


def test_nobody_is_followed_past_the_end_and_a_birthday_is_known_beforehand() -> None:
    read = small_history(
        [
            {"contact": "1", "child": "a", "received_on": date(2025, 1, 6)},
            {"contact": "2", "child": "b", "received_on": date(2025, 1, 6)},
        ],
        events=[{"child": "a", "on": date(2026, 4, 1), "kind": "plan"}],
        children=[{"child": "a", "born_on": date(2008, 2, 29)}, {"child": "b", "born_on": date(2008, 4, 1)}],
    )
    assert events_of(read) == [("a", date(2026, 2, 28), "turned_18")]


def test_a_reader_that_leaves_out_a_column_or_a_day_is_stopped() -> None:
    good = small_history([{"contact": "1", "received_on": date(2025, 1, 6)}])
    with pytest.raises(ValueError, match="contacts has no received_on"):
        history("x", END, good.contacts.drop_columns(["received_on"]), good.children, good.events)
    undated = pa.table(
        {"child": ["a"], "on": pa.array([None], pa.date32()), "kind": ["plan"], "contact": ["1"]}
    )
    with pytest.raises(ValueError, match="on of events must not be null"):
        history("x", END, good.contacts, good.children, undated)


def test_every_column_says_what_it_holds_and_every_kind_has_a_name() -> None:
    assert all(column.holds for column in CONTACTS + EVENTS)
    assert schema(CONTACTS).field("child").nullable
    assert set(ASKED_ABOUT_IN_2002) | set(ALSO_INSIDE) <= set(AGENCY_KINDS)
