"""Reads when something was so, in the words people use: `since September 2024`, `2019 to 2023`, `until March`.

Nothing is refused: words that cannot be read are kept as they are, and no date is made up for them.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from openmash.web.layout.dates import EARLIEST_YEAR

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR = r"[12]\d{3}"
_DATE = (
    rf"(?:(?:about|around|roughly|early|mid|late|ca?\.?)[ -]+)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\s+{_YEAR}|{_MONTH}\s+{_YEAR}"
    rf"|\d{{1,2}}[/. ]\d{{1,2}}[/. ]{_YEAR}|\d{{1,2}}/{_YEAR}|{_YEAR}-\d{{2}}-\d{{2}}|{_YEAR})"
)
_TO = r"\s*(?:\bto\b|\buntil\b|\btill\b|-|–|—)\s*"
_RANGE = re.compile(
    rf"(?:(?:from|since|between)\s+)?(?P<since>{_DATE})(?:{_TO}|\s+and\s+)(?P<until>{_DATE})", re.IGNORECASE
)
_UNTIL = re.compile(rf"(?:until|till|to|up to)\s+(?P<until>{_DATE})", re.IGNORECASE)
_SINCE = re.compile(rf"(?:from|since)\s+(?P<since>{_DATE})", re.IGNORECASE)
_ALONE = re.compile(rf"(?P<since>{_DATE})", re.IGNORECASE)
_WORD = re.compile(r"\d+|[a-z]+", re.IGNORECASE)


@dataclass(frozen=True)
class When:
    """From when until when, as far as it could be read, and the words themselves.

    since: the first day it can mean. until: the last day it can mean. Either may be None.
    """

    since: date | None = None
    until: date | None = None
    words: str = ""


@dataclass(frozen=True)
class Dated:
    """Something that was so for a time: an old address, a school left."""

    text: str
    when: When


def when_said(words: str) -> When:
    """When something began, or from when until when, in a box of its own. A date alone is when it began."""
    words = " ".join(words.split())
    return _read(words, (_RANGE, _UNTIL, _SINCE, _ALONE)) or When(words=words)


def lines_said(text: str) -> tuple[Dated, ...]:
    """Each line with its dates taken off its end: `4 Mill Lane, NF1 2AB, 2019 to 2023`.

    A date alone at the end of a line does not say whether something began or ended then: it is kept in the
    words, and read as neither.
    """
    return tuple(_line(line) for line in text.splitlines() if line.strip(" ,;.\t"))


def whens_in_lines(text: str) -> list[When]:
    """The dates alone of `lines_said`."""
    return [line.when for line in lines_said(text)]


def _line(line: str) -> Dated:
    line = " ".join(line.split())
    for found in re.finditer(
        r"[,;(]|\s(?=(?:from|since|between|until|till|to)\b)|\s(?=\d)", line, re.IGNORECASE
    ):
        words = line[found.end() :].strip(" ,;.()")
        if not words or not line[: found.start()].strip():
            continue
        when = _read(words, (_RANGE, _UNTIL, _SINCE)) or _only_a_date(words)
        if when is not None:
            return Dated(line[: found.start()].strip(" ,;("), when)
    return Dated(line, When())


def _only_a_date(words: str) -> When | None:
    return When(words=words) if _ALONE.fullmatch(words) and not words.isdecimal() else None


def _read(words: str, shapes: tuple[re.Pattern[str], ...]) -> When | None:
    """What the whole of the words says, in the first shape that fits; None if none does."""
    for shape in shapes:
        found = shape.fullmatch(words.strip(" ."))
        if found is None:
            continue
        said = found.groupdict()
        since, until = _day(said.get("since"), _first), _day(said.get("until"), _last)
        if since is not None and until is not None and since > until:
            return When(words=words)
        return When(since, until, words)
    return None


def _first(year: int, month: int) -> date:
    return date(year, month or 1, 1)


def _last(year: int, month: int) -> date:
    month = month or 12
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(said: str | None, end: Callable[[int, int], date]) -> date | None:
    """The day a date means, or the first or last day of its month or year; None if there is no such day."""
    words = _WORD.findall((said or "").lower())
    parts = [word for word in words if word[0].isdigit() or word[:3] in MONTHS]
    if not parts:
        return None
    if len(parts[0]) == 4 and len(parts) == 3:  # 2024-09-03
        parts = parts[::-1]
    year, *before = (_number(part) for part in reversed(parts))
    try:
        if year < EARLIEST_YEAR:
            return None
        return date(year, before[0], before[1]) if len(before) == 2 else end(year, *before or [0])
    except ValueError:
        return None


def _number(part: str) -> int:
    return int(part) if part.isdecimal() else MONTHS.index(part[:3]) + 1
