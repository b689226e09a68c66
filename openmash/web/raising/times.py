"""When an answer is due, as the policy's own sentences say it: "by {due}"."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as format_date

from openmash.web.layout.templatetags.gds import clock_time
from openmash.web.layout.times import END_OF_DAY


def deadline(due: datetime, now: datetime) -> str:
    """What follows "by": `3:40pm today`, `10am on Tuesday 24 November`, `the end of tomorrow`."""
    there, here = timezone.localtime(due), timezone.localtime(now)
    near = {here.date(): "today", here.date() + timedelta(days=1): "tomorrow"}.get(there.date(), "")
    weekday = format_date(there, "l j F" if there.year == here.year else "l j F Y")
    if (there.hour, there.minute) == END_OF_DAY:
        return f"the end of {near or weekday}"
    if near == "tomorrow":
        return f"{clock_time(there)} tomorrow, {weekday}"
    return f"{clock_time(there)} today" if near else f"{clock_time(there)} on {weekday}"
