"""Moments of working life: office hours, nights on duty, school terms."""

from datetime import date, datetime, time, timedelta
from random import Random

from openmash.engines.clocks import LONDON, is_working_day

OPENS, CLOSES = time(8, 30), time(17, 30)
HOLIDAYS = (
    ((7, 22), (9, 3)),
    ((12, 20), (12, 31)),
    ((1, 1), (1, 4)),
    ((4, 1), (4, 14)),
    ((10, 24), (10, 31)),
    ((5, 25), (5, 31)),
    ((2, 14), (2, 20)),
)
"""Roughly when schools are closed: first and last day as month and day."""
AT_SCHOOL = frozenset({"school", "independent_school"})
AT_ANY_HOUR = frozenset({"police", "hospital"})
AT_HOME = frozenset({"family", "neighbour", "child", "other_public"})


def is_term(day: date) -> bool:
    """Whether schools are open in that part of the year."""
    return not any(first <= (day.month, day.day) <= last for first, last in HOLIDAYS)


def _on(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=LONDON)


def at_work(moment: datetime) -> datetime:
    """The moment itself in office hours, otherwise the next time the office opens."""
    here = moment.astimezone(LONDON)
    day = here.date()
    if is_working_day(day) and here.time() < CLOSES:
        return max(here, _on(day, OPENS))
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return _on(day, OPENS)


def later(moment: datetime, hours: float) -> datetime:
    """So many office hours after a moment."""
    at, left = at_work(moment), timedelta(hours=hours)
    while True:
        open_until = _on(at.date(), CLOSES)
        if at + left <= open_until:
            return at + left
        left -= open_until - at
        at = at_work(open_until)


def earlier(moment: datetime, hours: float) -> datetime:
    """So many office hours before a moment, in office hours."""
    at, left = moment.astimezone(LONDON), timedelta(hours=hours)
    while True:
        opened = _on(at.date(), OPENS)
        if is_working_day(at.date()) and at > opened:
            at = min(at, _on(at.date(), CLOSES))
            if at - left >= opened:
                return at - left
            left -= at - opened
        at = _on(at.date() - timedelta(days=1), CLOSES)


def days_written_on(source: str, until: date) -> list[date]:
    """The days of the year before `until` on which this kind of source may have written something down."""
    days = [until - timedelta(days=ago) for ago in range(6, 330)]
    if source in AT_ANY_HOUR | AT_HOME:
        return days
    return [day for day in days if is_working_day(day) and (source not in AT_SCHOOL or is_term(day))]


def who_is_up(moment: datetime) -> frozenset[str] | None:
    """The kinds of source that would write at this hour; None if all would."""
    if time(8) <= moment.astimezone(LONDON).time() <= time(18):
        return None
    return AT_ANY_HOUR | AT_HOME | {"childrens_social_care"}


def when_it_is_told(day: date, source: str, rng: Random) -> datetime:
    """A moment on or soon after a day at which this kind of source would write to the front door."""
    if source in AT_ANY_HOUR:
        return _on(day, time(rng.choice((0, 1, 2, 3, 7, 11, 16, 18, 19, 20, 21, 22, 23)), rng.randint(0, 59)))
    if source in AT_HOME:
        return _on(day, time(rng.choice((8, 12, 17, 19, 20, 21, 22)), rng.randint(0, 59)))
    while not is_working_day(day) or (source in AT_SCHOOL and not is_term(day)):
        day += timedelta(days=1)
    return _on(day, time(rng.choice((8, 9, 10, 11, 12, 13, 14, 15, 15, 16)), rng.randint(31, 59)))
