"""When something is due."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from openmash.engines.clocks.calendar import LONDON, is_working_day, london_time, next_working_day

_END_OF_DAY = time(23, 59)
_DAYS = {"calendar_days": 1, "calendar_weeks": 7}
KINDS = (
    "at_once",
    "hours",
    "same_day",
    "working_days",
    "calendar_days",
    "calendar_weeks",
    "calendar_months",
)


@dataclass(frozen=True)
class Clock:
    """A limit on time. `kind` is one of `KINDS`; `number` is how many, 0 for at_once and same_day.

    Raises:
        ValueError: the kind is not known, or the number does not go with it.
    """

    kind: str
    number: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"There is no kind of clock “{self.kind}”: it is one of {', '.join(KINDS)}.")
        if (self.number == 0) != (self.kind in ("at_once", "same_day")) or self.number < 0:
            raise ValueError(f"A clock of kind {self.kind} cannot have the number {self.number}.")


def due(start: datetime, clock: Clock) -> datetime:
    """The moment by which it must be done, in London's time.

    - at once: the moment it starts.
    - hours: so many hours later, whatever the clocks do in between.
    - same day: 23:59 that day.
    - calendar days and weeks: the same time of day so many days later, be it a working day or not.
    - calendar months: the same time of day on the same day of a later month, or on that month's last day when it
      is shorter.
    - working days: the same time of day N working days later. What starts on a day that is not a working day
      counts from the next working day, which is the first, and is due at 23:59 on the N-th: nobody is given
      less than N working days, and nobody gains by waiting.

    A time of day that the spring change of clocks skips falls an hour later; one that the autumn change
    repeats is the first of the two.

    Raises:
        ValueError: `start` has no time zone.
    """
    begins = london_time(start)
    if clock.kind == "at_once":
        return begins
    if clock.kind == "hours":
        return (begins.astimezone(UTC) + timedelta(hours=clock.number)).astimezone(LONDON)
    if clock.kind == "same_day":
        # What starts in the day's last minute is due as it starts, never before.
        return max(begins, _on(begins.date(), _END_OF_DAY))
    if clock.kind == "working_days":
        return _working_days_later(begins, clock.number)
    if clock.kind == "calendar_months":
        return _on(_months_later(begins.date(), clock.number), begins.time())
    return _on(begins.date() + timedelta(days=clock.number * _DAYS[clock.kind]), begins.time())


def weeks_before(day: date, number: int) -> datetime:
    """The end of the day so many weeks before a day that lies ahead, in London's time.

    The day counts as it is, working day or not: what leads up to a birth does not wait for an office to open.
    """
    return _on(day - timedelta(weeks=number), _END_OF_DAY)


def _working_days_later(begins: datetime, number: int) -> datetime:
    day = begins.date()
    time_of_day = begins.time() if is_working_day(day) else _END_OF_DAY
    for _ in range(number):
        day = next_working_day(day)
    return _on(day, time_of_day)


def _months_later(day: date, number: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _on(day: date, time_of_day: time) -> datetime:
    there = datetime.combine(day, time_of_day.replace(fold=0), tzinfo=LONDON)
    # To UTC and back moves a time that the change of clocks skipped to one that exists.
    return there.astimezone(UTC).astimezone(LONDON)
