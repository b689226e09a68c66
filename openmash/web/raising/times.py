"""Moments in the words people use."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as format_date

from openmash.web.layout.templatetags.gds import clock_time


def by_when(due: datetime, now: datetime) -> str:
    """What follows "by": `3:40pm today`, `10am tomorrow, Tuesday 24 November`, `the end of today`."""
    there, here = timezone.localtime(due), timezone.localtime(now)
    day = _day(there, here)
    if (there.hour, there.minute) == (23, 59):
        return f"the end of {day}"
    return f"{clock_time(there)} {day}" if day == "today" else f"{clock_time(there)} on {day}"


def _day(there: datetime, here: datetime) -> str:
    if there.date() == here.date():
        return "today"
    weekday = format_date(there, "l j F" if there.year == here.year else "l j F Y")
    return f"{weekday} (tomorrow)" if there.date() == (here + timedelta(days=1)).date() else weekday


def when(moment: datetime, now: datetime) -> str:
    """A moment gone by: `today at 4:10pm`, `yesterday at 9am`, `Friday 20 November at 3:05pm`."""
    there, here = timezone.localtime(moment), timezone.localtime(now)
    if there.date() == here.date():
        return f"today at {clock_time(there)}"
    if there.date() == (here - timedelta(days=1)).date():
        return f"yesterday at {clock_time(there)}"
    return f"{format_date(there, 'l j F' if there.year == here.year else 'l j F Y')} at {clock_time(there)}"
