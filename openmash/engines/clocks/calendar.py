"""England's working days: Monday to Friday, without the bank holidays of England.

The bank holidays come from the `holidays` library (England), one-off days such as a coronation included.
Days a government has yet to proclaim cannot be in it: a new one arrives with a new release of the library.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

LONDON = ZoneInfo("Europe/London")
_SATURDAY = 5


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, substitute days included.

    The library's own tables cover every year from 1974 on, the first with today's early bank holidays.
    """
    found = country_holidays("GB", subdiv="ENG", years=year)
    return frozenset(day for day in found if day.year == year)


def is_working_day(day: date) -> bool:
    """Whether a day is neither at the weekend nor a bank holiday."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day after a day, whatever kind of day that is."""
    following = day + timedelta(days=1)
    while not is_working_day(following):
        following += timedelta(days=1)
    return following


def working_days_between(start: date | datetime, end: date | datetime) -> int:
    """How many working days come after the day of `start`, up to and including the day of `end`.

    0 on the same day; less than 0 if `end` comes before `start`. Moments are taken on their London date.

    Raises:
        ValueError: a moment has no time zone.
    """
    first, last = london_date(start), london_date(end)
    if last < first:
        return -working_days_between(last, first)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(map(is_working_day, days))


def london_date(when: date | datetime) -> date:
    """The date in London at a moment; a plain date is itself."""
    return london_time(when).date() if isinstance(when, datetime) else when


def london_time(when: datetime) -> datetime:
    """The moment as London's clocks show it.

    Raises:
        ValueError: the moment has no time zone, so nobody can say when it was.
    """
    if when.tzinfo is None or when.utcoffset() is None:
        raise ValueError(f"{when} has no time zone: a clock can only start at a moment known everywhere.")
    return when.astimezone(LONDON)
