"""When things fall due: the table of cases first, then what must hold for every moment."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmash.engines.clocks import (
    LONDON,
    Clock,
    bank_holidays,
    due,
    is_working_day,
    next_working_day,
    weeks_before,
    working_days_between,
)


def at(text: str) -> datetime:
    """A moment by London's clocks: "2026-12-24 15:00"."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "kind", "number", "expected"),
    [
        ("2026-11-23 10:15", "at_once", 0, "2026-11-23 10:15"),
        ("2026-11-23 10:15", "calendar_months", 3, "2027-02-23 10:15"),
        ("2026-11-30 10:15", "calendar_months", 3, "2027-02-28 10:15"),  # no 30 February
        ("2027-12-31 10:15", "calendar_months", 2, "2028-02-29 10:15"),  # over a year's end, to a leap year
        ("2026-09-29 01:30", "calendar_months", 6, "2027-03-29 01:30"),
        ("2026-11-23 10:15", "same_day", 0, "2026-11-23 23:59"),
        ("2026-11-22 10:15", "same_day", 0, "2026-11-22 23:59"),  # a Sunday is a day too
        ("2026-11-23 10:15", "working_days", 1, "2026-11-24 10:15"),
        ("2026-11-27 16:30", "working_days", 1, "2026-11-30 16:30"),  # over a weekend
        ("2026-11-28 09:00", "working_days", 1, "2026-11-30 23:59"),  # begun on a Saturday
        ("2026-11-29 23:58", "working_days", 2, "2026-12-01 23:59"),  # begun on a Sunday
        (
            "2026-12-24 15:00",
            "working_days",
            1,
            "2026-12-29 15:00",
        ),  # Christmas; Boxing Day is moved to Monday
        ("2026-12-25 15:00", "working_days", 1, "2026-12-29 23:59"),
        ("2026-12-31 15:00", "working_days", 1, "2027-01-04 15:00"),
        ("2026-04-02 12:00", "working_days", 1, "2026-04-07 12:00"),  # Good Friday and Easter Monday
        ("2026-03-27 09:00", "working_days", 1, "2026-03-30 09:00"),  # the clocks go forward on the Sunday
        ("2026-10-23 09:00", "working_days", 1, "2026-10-26 09:00"),  # and back
        ("2023-05-05 09:00", "working_days", 1, "2023-05-09 09:00"),  # the coronation
        ("2022-09-16 09:00", "working_days", 1, "2022-09-20 09:00"),  # the state funeral
        ("2026-01-05 09:00", "working_days", 45, "2026-03-09 09:00"),
        ("2026-03-28 09:00", "calendar_days", 1, "2026-03-29 09:00"),
        ("2026-03-28 01:30", "calendar_days", 1, "2026-03-29 02:30"),  # there is no half past one that night
        ("2026-10-24 01:30", "calendar_days", 1, "2026-10-25 01:30"),  # there are two: the first
        ("2026-11-23 10:15", "calendar_weeks", 6, "2027-01-04 10:15"),
        ("2026-11-23 10:15", "hours", 48, "2026-11-25 10:15"),
        ("2026-03-28 12:00", "hours", 24, "2026-03-29 13:00"),  # a day of 23 hours
        ("2026-10-24 12:00", "hours", 24, "2026-10-25 11:00"),  # a day of 25 hours
    ],
)
def test_due(start: str, kind: str, number: int, expected: str) -> None:
    found = due(at(start), Clock(kind, number))
    assert found == at(expected)
    assert found.tzinfo is LONDON


def test_the_repeated_hour_means_the_first_of_the_two() -> None:
    assert due(at("2026-10-24 01:30"), Clock("calendar_days", 1)).utcoffset() == timedelta(hours=1)


def test_what_starts_in_the_last_minute_is_not_due_before_it_started() -> None:
    late = datetime(2026, 11, 23, 23, 59, 40, tzinfo=LONDON)
    assert due(late, Clock("same_day")) == late


def test_a_moment_elsewhere_counts_on_londons_date() -> None:
    # Half past eleven on Sunday night in UTC, in summer, is already Monday in London.
    assert due(datetime(2026, 7, 5, 23, 30, tzinfo=UTC), Clock("working_days", 1)) == at("2026-07-07 00:30")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        due(datetime(2026, 11, 23, 10), Clock("same_day"))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("kind", "number"),
    [("fortnight", 1), ("working_days", 0), ("working_days", -1), ("at_once", 2), ("hours", 0)],
)
def test_a_clock_that_means_nothing_is_refused(kind: str, number: int) -> None:
    with pytest.raises(ValueError, match=kind):
        Clock(kind, number)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-23", "2026-11-27", 4),
        ("2026-11-27", "2026-11-30", 1),
        ("2026-11-28", "2026-11-29", 0),
        ("2026-12-24", "2027-01-04", 4),
        ("2026-11-30", "2026-11-27", -1),
    ],
)
def test_working_days_between(start: str, end: str, days: int) -> None:
    assert working_days_between(date.fromisoformat(start), date.fromisoformat(end)) == days


def test_the_bank_holidays_of_england_and_not_of_scotland() -> None:
    assert date(2026, 8, 31) in bank_holidays(2026)  # the summer one in England
    assert date(2026, 8, 3) not in bank_holidays(2026)  # Scotland's
    assert date(2026, 11, 30) not in bank_holidays(2026)  # St Andrew's
    assert date(2028, 1, 3) in bank_holidays(2028)  # New Year's Day moved from a Saturday


MOMENTS = st.datetimes(
    min_value=datetime(2002, 1, 1),  # noqa: DTZ001
    max_value=datetime(2035, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
CLOCKS = st.one_of(
    st.just(Clock("at_once")),
    st.just(Clock("same_day")),
    st.builds(
        Clock,
        st.sampled_from(["hours", "working_days", "calendar_days", "calendar_weeks"]),
        st.integers(min_value=1, max_value=60),
    ),
)
PROPERTY = settings(deadline=None, max_examples=200)


@PROPERTY
@given(MOMENTS, CLOCKS)
def test_nothing_is_due_before_it_starts(start: datetime, clock: Clock) -> None:
    assert due(start, clock) >= start


@PROPERTY
@given(MOMENTS, st.integers(0, 10_000), CLOCKS)
def test_starting_later_is_never_due_earlier(start: datetime, minutes: int, clock: Clock) -> None:
    assert due(start, clock) <= due(start + timedelta(minutes=minutes), clock) + timedelta(hours=_skip(clock))


def _skip(clock: Clock) -> int:
    """The slack that calendar days need: the autumn night shows one hour twice and means the first."""
    return int(clock.kind in ("calendar_days", "calendar_weeks"))


@PROPERTY
@given(MOMENTS, st.integers(1, 60))
def test_working_days_end_on_a_working_day_with_that_many_between(start: datetime, number: int) -> None:
    end = due(start, Clock("working_days", number))
    assert is_working_day(end.date())
    assert working_days_between(start, end) == number


@PROPERTY
@given(MOMENTS, st.integers(1, 60))
def test_the_time_of_day_is_kept_or_is_the_end_of_the_day(start: datetime, number: int) -> None:
    begins, end = start.astimezone(LONDON), due(start, Clock("working_days", number))
    kept = (begins.hour, begins.minute) if is_working_day(begins.date()) else (23, 59)
    assert (end.hour, end.minute) == kept


@PROPERTY
@given(MOMENTS, st.integers(1, 60))
def test_a_longer_limit_is_never_due_earlier(start: datetime, number: int) -> None:
    for kind in ("hours", "working_days", "calendar_days", "calendar_weeks", "calendar_months"):
        assert due(start, Clock(kind, number)) < due(start, Clock(kind, number + 1))


@PROPERTY
@given(st.dates(date(2002, 1, 1), date(2035, 12, 31)))
def test_the_next_working_day_is_the_first_after(day: date) -> None:
    following = next_working_day(day)
    assert following > day
    assert is_working_day(following)
    assert working_days_between(day, following) == 1


def test_every_day_the_slow_way() -> None:
    """Two years, day by day, against counting on one's fingers."""
    for n in range(730):
        start = at("2025-06-01 10:00") + timedelta(days=n)
        day, counted = start.date(), 0
        while counted < 3:
            day += timedelta(days=1)
            counted += day.weekday() < 5 and day not in bank_holidays(day.year)
        assert due(start, Clock("working_days", 3)).date() == day


@PROPERTY
@given(MOMENTS, st.integers(0, 400), st.integers(1, 24))
def test_months_begun_on_a_later_day_never_end_on_an_earlier_one(
    start: datetime, days: int, number: int
) -> None:
    clock, later = Clock("calendar_months", number), start + timedelta(days=days)
    assert start <= due(start, clock)
    assert due(start, clock).date() <= due(later, clock).date()


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 40))
def test_weeks_before_end_on_the_same_day_of_the_week_across_every_change_of_clocks(
    day: date, number: int
) -> None:
    found = weeks_before(day, number)
    assert found.astimezone(LONDON).date() == day - timedelta(weeks=number)
    assert (found.astimezone(LONDON).hour, found.astimezone(LONDON).minute) == (23, 59)
    assert weeks_before(day, number + 1) < found
