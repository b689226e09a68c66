"""How often one may ask: dated settings, one row from each date, decided by the partnership.

Limits are what keeps somebody from trying out child after child, so there is no way round them in the code.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "limits.csv"


@dataclass(frozen=True)
class Limits:
    """one_person_a_day, one_agency_a_day: questions of a person, and of all people of an agency, in a day.
    one_case: questions about one case to one agency, ever, so that nobody tries spelling after spelling.
    person_answers_one_in: in one of so many cases a person must answer, whatever the holder knows.
    """

    since: date
    one_person_a_day: int
    one_agency_a_day: int
    one_case: int
    person_answers_one_in: int


@cache
def every_version() -> tuple[Limits, ...]:
    """Every set of limits there was, oldest first."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [_read(row) for row in csv.DictReader(file)]
    return tuple(sorted(rows, key=lambda limits: limits.since))


def _read(row: dict[str, str]) -> Limits:
    numbers = {name: int(row[name]) for name in Limits.__dataclass_fields__ if name != "since"}
    if min(numbers.values()) < 1:
        raise ValueError(f"Every limit in {FILE.name} is 1 or more.")
    return Limits(since=date.fromisoformat(row["from"]), **numbers)


def in_force(on: date) -> Limits:
    """The limits of a day. Before the first row the first one holds: never none."""
    rows = [limits for limits in every_version() if limits.since <= on]
    return rows[-1] if rows else every_version()[0]
