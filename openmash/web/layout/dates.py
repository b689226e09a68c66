"""A date asked for as day, month and year, which gives back exactly what was typed."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST_YEAR = 1900


class DateWidget(forms.MultiWidget):
    """Three boxes. Drawn by `rendering`, which marks the ones that are wrong."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, datetime.date) else ["", "", ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """What was typed, as it was typed."""
        return [data.get(f"{name}_{part}") or "" for part in PARTS]


class DateError(ValidationError):
    """A date that cannot be used, and which of its boxes to mark."""

    def __init__(self, message: str, *wrong: str) -> None:
        super().__init__(message, code="invalid", params={"wrong": wrong or PARTS})


def read_date(typed: Sequence[str], what: str) -> datetime.date | None:
    """The date in three boxes, or None when all are empty.

    `what` begins the sentences about what is wrong, such as "Date of birth". Months may be words.

    Raises:
        DateError: it is not a whole, real date.
    """
    parts = [part.strip() for part in typed]
    if not any(parts):
        return None
    missing = [name for name, part in zip(PARTS, parts, strict=True) if not part]
    if missing:
        raise DateError(f"{what} must include a {' and a '.join(missing)}", *missing)
    day, month, year = _whole_number(parts[0]), _month(parts[1]), _whole_number(parts[2])
    if year is not None and 0 <= year < 1000:
        raise DateError(f"{what} must have a year with 4 numbers, such as 2016", "year")
    if year is not None and year < EARLIEST_YEAR:
        raise DateError(f"{what} must be in {EARLIEST_YEAR} or later", "year")
    try:
        return datetime.date(year or 0, month or 0, day or 0)
    except (ValueError, OverflowError):
        unreadable = [name for name, part in zip(PARTS, (day, month, year), strict=True) if part is None]
        raise DateError(f"{what} must be a real date", *unreadable) from None


def _whole_number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 6 else None


def _month(text: str) -> int | None:
    known = text.lower()[:3]
    return MONTHS.index(known) + 1 if known in MONTHS and text.isalpha() else _whole_number(text)


class DateField(forms.Field):
    """A date. `in_the_past=True` refuses a later one than the `today` its form was given."""

    widget = DateWidget

    def __init__(self, *, what: str, in_the_past: bool = False, when_empty: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": when_empty or f"Enter the {what.lower()}"})
        super().__init__(**kwargs)
        self.what = what
        self.in_the_past = in_the_past
        self.today: datetime.date | None = None

    def clean(self, value: Any) -> datetime.date | None:
        date = read_date(value or ["", "", ""], self.what)
        if date is None:
            if self.required:
                raise DateError(str(self.error_messages["required"]))
            return None
        if self.in_the_past:
            if self.today is None:
                raise TypeError(f"The form must be given today's date to check {self.what!r}.")
            if date > self.today:
                raise DateError(f"{self.what} must be today or in the past")
        return date

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(data or []) != [str(part) for part in DateWidget().decompress(initial)]
