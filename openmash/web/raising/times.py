"""When an answer is due, as the policy's own sentences say it: "by {due}"."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as format_date

from openmash.web.layout.templatetags.gds import clock_time
from openmash.web.layout.times import END_OF_DAY


def deadline(due: datetime, now: datetime) -> str:
    """What follows "by": `10am on Friday 27 November`, `the end of today, Monday 23 November`.

    The date is always there: the page may be printed, or read again on another day.
    """
    there, here = timezone.localtime(due), timezone.localtime(now)
    near = {here.date(): "today", here.date() + timedelta(days=1): "tomorrow"}.get(there.date(), "")
    weekday = format_date(there, "l j F" if there.year == here.year else "l j F Y")
    day = f"{near}, {weekday}" if near else weekday
    if (there.hour, there.minute) == END_OF_DAY:
        return f"the end of {day}"
    return f"{clock_time(there)} {day}" if near else f"{clock_time(there)} on {day}"
