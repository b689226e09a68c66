"""Moments and limits of time in the words people use. Being late is said in words, never only coloured."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as format_date

from openmash.web.layout.templatetags.gds import clock_time

SOON = timedelta(hours=2)
END_OF_DAY = (23, 59)
"""A limit at this time of day is said as "the end of" that day: nobody plans for a minute to midnight."""


@dataclass(frozen=True)
class Due:
    """`words` say it all; `tone` is late, soon or empty, for the style only; `at` is the full date."""

    words: str
    tone: str
    at: str

    @property
    def is_late(self) -> bool:
        return self.tone == "late"


def due_in_words(due: datetime, now: datetime) -> Due:
    """`overdue by 2 hours`, `due now`, `today by 3:40pm (in 40 minutes)`, `by Tuesday 24 November, 10am`."""
    left = due - now
    if left < timedelta(minutes=1):
        words = "due now" if left > timedelta(minutes=-1) else f"overdue by {span(-left)}"
        return Due(words, "late", moment(due))
    if left <= SOON:
        return Due(f"{by_when(due, now)} (in {span(left)})", "soon", moment(due))
    return Due(by_when(due, now), "", moment(due))


def by_when(due: datetime, now: datetime) -> str:
    """`today by 3:40pm`, `by the end of tomorrow`, `by Tuesday 24 November, 10am`."""
    local, today = timezone.localtime(due), timezone.localtime(now).date()
    whole_day = (local.hour, local.minute) == END_OF_DAY
    near = {today: "today", today + timedelta(days=1): "tomorrow"}.get(local.date(), "")
    day = near or format_date(local, "l j F" if local.year == today.year else "l j F Y")
    if whole_day:
        return f"by the end of {day}"
    return f"{day} by {clock_time(due)}" if near else f"by {day}, {clock_time(due)}"


def span(length: timedelta) -> str:
    """A length of time in its largest whole unit: `12 minutes`, `2 hours`, `3 days`."""
    minutes = max(1, int(length.total_seconds() // 60))
    number, unit = next(
        (minutes // size, unit)
        for size, unit in ((1440, "day"), (60, "hour"), (1, "minute"))
        if minutes >= size
    )
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def moment(when: datetime) -> str:
    """`Tuesday 24 November 2026, 10am`."""
    return f"{format_date(timezone.localtime(when), 'l j F Y')}, {clock_time(when)}"


def short_moment(when: datetime, now: datetime) -> str:
    """`today at 3:40pm`, `yesterday at 9am`, or `24 November 2026, 10am`."""
    local, today = timezone.localtime(when), timezone.localtime(now).date()
    near = {today: "today", today - timedelta(days=1): "yesterday"}.get(local.date(), "")
    return f"{near} at {clock_time(when)}" if near else f"{format_date(local, 'j F Y')}, {clock_time(when)}"
