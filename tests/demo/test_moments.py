"""Working moments, on awkward days too: whatever the hour at which the demonstration is first started."""

from datetime import datetime, timedelta

import pytest

from openmash.demo.stories.moments import at_work, earlier, later, when_it_is_told
from openmash.demo.stories.open_today import due_in, today
from openmash.demo.world import invented
from openmash.engines.clocks import LONDON, Clock, due, is_working_day

MOMENTS = [
    datetime(2026, 11, 24, 11, 20, tzinfo=LONDON),  # a Tuesday morning
    datetime(2026, 11, 23, 2, 26, tzinfo=LONDON),  # a Monday before dawn
    datetime(2026, 11, 21, 15, 0, tzinfo=LONDON),  # a Saturday
    datetime(2026, 12, 25, 0, 0, 5, tzinfo=LONDON),  # Christmas Day, a moment after midnight
    datetime(2026, 3, 29, 2, 30, tzinfo=LONDON),  # the hour that the spring change of clocks skips
    datetime(2026, 10, 25, 23, 59, 40, tzinfo=LONDON),  # a Sunday, a moment before midnight
]


@pytest.mark.parametrize("now", MOMENTS)
@pytest.mark.parametrize("hours", [0.4, 3, 9, 16, 99])
def test_office_hours_back_and_forth(now: datetime, hours: float) -> None:
    before = earlier(now, hours)
    assert before <= now
    assert is_working_day(before.date())
    assert later(before, hours) <= at_work(now) + timedelta(seconds=1)
    assert later(now, hours) >= now


@pytest.mark.parametrize("now", MOMENTS)
def test_what_came_today_came_today(now: datetime) -> None:
    for minutes in (3, 12, 95):
        received = today(now, minutes)
        assert received <= now
        assert received.date() == now.astimezone(LONDON).date()


@pytest.mark.parametrize("now", [moment for moment in MOMENTS if is_working_day(moment.date())])
def test_what_is_due_today_is_due_later_today(now: datetime) -> None:
    falls_due = due(due_in(now, hours=2), Clock(kind="working_days", number=1))
    assert falls_due.date() == now.date()
    assert falls_due > now


def test_schools_write_in_term_and_in_school_hours() -> None:
    rng = invented("schools")
    for day in range(0, 366, 3):
        told = when_it_is_told((MOMENTS[0] - timedelta(days=day)).date(), "school", rng)
        assert is_working_day(told.date())
        assert told.month != 8
        assert 8 <= told.hour <= 16
