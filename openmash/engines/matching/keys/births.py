"""The days, months and years by which keys are made of a birth."""

from datetime import date
from typing import NamedTuple

from openmash.engines.matching.comparing.prepared import stands_for_not_known
from openmash.engines.matching.described import Born

_OLDEST = 120


class Births(NamedTuple):
    """Full dates; the years; the months in which a child is or was expected.

    slips: dates one slip of the pen away from what was said, for keys that very few share.
    """

    days: tuple[date, ...] = ()
    years: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    slips: tuple[date, ...] = ()


def stored_births(born: Born) -> Births:
    """What is kept of a birth: an age stands for the two years in which it can have begun."""
    if born.on is not None and stands_for_not_known(born.on):
        return Births()
    if born.on is not None:
        return Births((born.on,), (born.on.year,))
    if born.expected_on is not None:
        return Births(years=(born.expected_on.year,), months=(_month(born.expected_on),))
    if born.age_years is not None and born.age_said_on is not None and 0 <= born.age_years <= _OLDEST:
        year = born.age_said_on.year - born.age_years
        return Births(years=(year, year - 1))
    return Births()


def searched_births(born: Born, on: date) -> Births:
    """What a birth may have been kept as, when somebody says it as of the day `on`."""
    if born.on is not None and stands_for_not_known(born.on):
        return Births()
    if born.on is not None:
        year, month = born.on.year, _month(born.on)
        return Births(
            (born.on,), (year, year - 1, year + 1), (month - 1, month, month + 1), _one_slip_away(born.on)
        )
    if born.expected_on is not None:
        year, month = born.expected_on.year, _month(born.expected_on)
        return Births(years=(year, year - 1, year + 1), months=(month - 1, month, month + 1))
    if born.age_years is not None and 0 <= born.age_years <= _OLDEST:
        year = (born.age_said_on or on).year - born.age_years
        return Births(years=(year, year - 1, year + 1, year - 2))
    return Births()


def _month(day: date) -> int:
    """Months since the year nought."""
    return day.year * 12 + day.month


def _one_slip_away(day: date) -> tuple[date, ...]:
    """Dates with one digit of the day changed, another month, or a year that is one or two off."""
    found = [
        (day.year, day.month, number)
        for number in range(1, 32)
        if number != day.day and (number % 10 == day.day % 10 or number // 10 == day.day // 10)
    ]
    found += [(day.year, month, day.day) for month in range(1, 13) if month != day.month]
    found += [(day.year + off, day.month, day.day) for off in (-2, -1, 1, 2)]
    return tuple([slip for slip in map(_date, found) if slip is not None])


def _date(parts: tuple[int, int, int]) -> date | None:
    try:
        return date(*parts)
    except ValueError:
        return None
