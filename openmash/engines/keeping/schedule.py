"""What the text says, and until which day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

HEADER, PERIODS = "keeping.toml", "periods.csv"
FILES = (HEADER, PERIODS)


class Kind(StrEnum):
    """Every kind of record for which the text must say how long."""

    ADVICE = "advice"
    CONCERN = "concern"
    HELP = "help"
    PROTECTION = "protection"
    PREGNANCY_ENDED = "pregnancy_ended"


@dataclass(frozen=True)
class Period:
    """How long one kind of record is kept.

    `counted_from` is `birth` or `end`; `years` from then, and never less than `least_years_after_end` after the record
    ended. `to_be_confirmed`: no law says so; `source` says what does, or that nothing does.
    """

    kind: Kind
    name: str
    counted_from: str
    years: int
    least_years_after_end: int
    source: str
    to_be_confirmed: bool
    why: str


@dataclass(frozen=True)
class Schedule:
    """One version of the whole text."""

    id: str
    version: str
    title: str
    sign_off: str
    in_force_from: date
    periods: tuple[Period, ...]
    digest: str

    def period(self, kind: Kind) -> Period:
        """The period of a kind; there is one for each."""
        return next(each for each in self.periods if each.kind is kind)


def keep_until(period: Period, *, ended_on: date, born_on: date) -> date:
    """The last day on which a record is kept.

    ended_on: when the record ended. born_on: the latest day on which the youngest child in it can have been born; where
    nobody knows, the day on which the child was described, so that what is not known never shortens the time.
    """
    counted = born_on if period.counted_from == "birth" else ended_on
    return max(_later(counted, period.years), _later(ended_on, period.least_years_after_end))


def _later(day: date, years: int) -> date:
    """The same day years later; 1 March where there is no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
