"""Dates as registers write them, and which way round day and month stand in one of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

EARLIEST = date(1900, 1, 2)
"""Nobody in a register was born before; 1 January 1900 itself stands for "not known" in many systems."""
_NOT_KNOWN = date(1900, 1, 1)
_EXCEL_BEGINS = date(1899, 12, 30)
_SERIALS = range(1, 80_000)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?$")
_YEAR_FIRST = re.compile(r"^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$")
_NUMBERS = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_DAY_IN_WORDS = re.compile(
    r"^(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[-/. ]?([a-z]{3,9})\.?[-/., ]*(\d{4}|\d{2})$"
)
_MONTH_IN_WORDS = re.compile(r"^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}|\d{2})$")


class NotADate(Exception):
    """A cell that should hold a date does not. The text says why."""


@dataclass(frozen=True)
class Order:
    """Which way round day and month stand in a register, from the dates that can be read one way only.

    day_first, month_first: how many dates showed each; ambiguous: how many could be read both ways.
    """

    day_first: int = 0
    month_first: int = 0
    ambiguous: int = 0

    @property
    def is_month_first(self) -> bool:
        """True only when dates show it and none shows the contrary: England writes the day first."""
        return self.month_first > 0 and self.day_first == 0

    def sentence(self) -> str:
        """What to say about dates that could be read both ways; "" when there are none, or no doubt."""
        if not self.ambiguous:
            return ""
        count = f"{self.ambiguous:,} date{'s' if self.ambiguous > 1 else ''}"
        if self.is_month_first:
            return (
                f"{count} could be read with the day or the month first. They are read month first "
                f"(03/04/2015 is 4 March), as {self.month_first:,} other dates of this register must be. "
                "Check that this is right."
            )
        if self.day_first and self.month_first:
            return (
                f"Some dates of this register have the day first and some the month ({self.day_first:,} and "
                f"{self.month_first:,} can be read one way only). {count} could be read both ways and are read "
                "day first. Check them, or send dates as 2015-04-03."
            )
        if self.day_first:
            return ""
        return (
            f"{count} could be read with the day or the month first, and no other shows which. They are read "
            "day first (03/04/2015 is 3 April). Check that this is right."
        )


def order_of(cells: Iterable[object]) -> Order:
    """Which way round day and month stand, from all the dates of a register."""
    day, month, both = 0, 0, 0
    for cell in cells:
        numbers = _NUMBERS.match(_bare(cell)) if isinstance(cell, str) else None
        if numbers:
            first, second = int(numbers[1]), int(numbers[2])
            if first > 12 >= second:
                day += 1
            elif second > 12 >= first:
                month += 1
            elif first != second and first <= 12:
                both += 1
    return Order(day, month, both)


def date_in(cell: object, *, order: Order, on: date) -> tuple[date | None, str]:
    """The date in a cell, and a sentence when it was read against the order of the others.

    None when it stands for "not known". `on` is today: a year of two digits is never later.

    Raises:
        NotADate: it cannot be read, or is before 1900.
    """
    found, said = _any_date(cell, order, on)
    if found == _NOT_KNOWN:
        return None, ""
    if found is not None and found < EARLIEST:
        raise NotADate(f"{found:%-d %B %Y} is before 1900.")
    return found, said


def _any_date(cell: object, order: Order, on: date) -> tuple[date | None, str]:
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    if isinstance(cell, bool):
        raise NotADate("It holds yes or no.")
    if isinstance(cell, int | float):
        return _serial(float(cell)), ""
    return _written(str(cell), order, on)


def _bare(text: str) -> str:
    return _TIME.sub("", text.strip())


def _serial(number: float) -> date | None:
    """The date behind a number of days, as Excel counts them, or behind 20140301."""
    if number == 0:
        return None
    if number.is_integer() and (compact := _COMPACT.match(str(int(number)))):
        return _make(int(compact[1]), int(compact[2]), int(compact[3]), str(int(number)))
    if int(number) not in _SERIALS:
        raise NotADate(f"“{number:g}” is not a date.")
    return _EXCEL_BEGINS + timedelta(days=int(number))


def _written(text: str, order: Order, on: date) -> tuple[date | None, str]:
    bare = _bare(text)
    if bare.isascii() and bare.isdigit():
        if len(bare) not in (5, 8):
            raise NotADate(f"“{text[:40]}” is not a date.")
        return _serial(float(bare)), ""
    if found := _YEAR_FIRST.match(bare):
        return _make(int(found[1]), int(found[2]), int(found[3]), text), ""
    if found := _NUMBERS.match(bare):
        return _numbers(int(found[1]), int(found[2]), _year(found[3], on), order, text)
    return _in_words(bare.casefold(), on, text), ""


def _numbers(first: int, second: int, year: int, order: Order, text: str) -> tuple[date, str]:
    month_first = order.is_month_first
    if first > 12 >= second:
        month_first = False
    elif second > 12 >= first:
        month_first = True
    day, month = (second, first) if month_first else (first, second)
    read = _make(year, month, day, text)
    if month_first and not order.is_month_first:
        return read, f"“{text[:40]}” can only be read with the month first: {read:%-d %B %Y}."
    return read, ""


def _in_words(bare: str, on: date, text: str) -> date:
    if found := _DAY_IN_WORDS.match(bare):
        day, month, year = found[1], found[2], found[3]
    elif found := _MONTH_IN_WORDS.match(bare):
        month, day, year = found[1], found[2], found[3]
    else:
        raise NotADate(f"“{text[:40]}” is not a date.")
    if month[:3] not in _MONTHS:
        raise NotADate(f"“{text[:40]}” is not a date.")
    return _make(_year(year, on), _MONTHS[month[:3]], int(day), text)


def _year(digits: str, on: date) -> int:
    """A year; of two digits, the latest that is not later than the one that will have begun a year from now."""
    year = int(digits)
    if len(digits) == 4:
        return year
    century = on.year // 100 * 100
    return century + year if century + year <= on.year + 1 else century - 100 + year


def _make(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate(f"“{text[:40]}” is not a day of any calendar.") from None
