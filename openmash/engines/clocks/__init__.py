"""Clocks: when something is due, in England's working days and London's time.

`due` takes the moment something starts and a `Clock` and gives the moment it falls due. Nothing here knows
what time it is now, or which limit applies to what: both are passed in.
"""

from openmash.engines.clocks.calendar import (
    LONDON,
    bank_holidays,
    is_working_day,
    next_working_day,
    working_days_between,
)
from openmash.engines.clocks.due import Clock, due, weeks_before

__all__ = [
    "LONDON",
    "Clock",
    "bank_holidays",
    "due",
    "is_working_day",
    "next_working_day",
    "weeks_before",
    "working_days_between",
]
