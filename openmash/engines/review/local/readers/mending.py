"""What is wrong with rows that could be read: said by row, and left out or counted as not known, never guessed."""

from collections.abc import Sequence
from datetime import date

import duckdb

from openmash.engines.review.local.history import Fault
from openmash.engines.review.local.readers.headings import EVENT_OF, Heading, Kind

MOST_FAULTS = 10_000
"""Beyond this many, the file as a whole is wrong; those that follow are not listed."""
LONGEST_BACK = 30
"""Years. An older day is a slip of the keyboard, or stands for "not known"."""

_AGAIN = (
    "FROM (SELECT line, row_number() OVER (PARTITION BY contact, child ORDER BY line) AS nth "
    "FROM rows WHERE child IS NOT NULL) WHERE nth > 1"
)


def unreadable(database: duckdb.DuckDBPyConnection, found: Sequence[Heading]) -> list[Fault]:
    """Cells that say nothing of their kind, by row; rows without a number or a day of receipt are left out."""
    faults = []
    for each in found:
        if each.kind is Kind.TEXT and not each.must:
            continue
        bad = f"{each.name} IS NULL" if each.must else f"{each.name} IS NULL AND {each.name}_text IS NOT NULL"
        rows = database.execute(
            f"SELECT line, {each.name}_text FROM rows WHERE {bad} ORDER BY line LIMIT {MOST_FAULTS}"
        ).fetchall()
        then = "The row was left out." if each.must else "It counts as not known."
        for line, text in rows:
            what = f"“{text[:40]}” is not {each.kind.value.split(';')[0]}." if text else "Nothing is there."
            faults.append(Fault(f"row {line}", f"{each.name}: {what} {then}"))
    database.execute("DELETE FROM rows WHERE contact IS NULL OR received_on IS NULL")
    return faults


def impossible(database: duckdb.DuckDBPyConnection, last: date) -> list[Fault]:
    """Days that cannot be, and the same child twice on one concern."""
    faults = []
    checks = [
        (
            "received_on",
            f"received_on::DATE > DATE '{last}'",
            "is in the future, or after the last day the file is for. The row was left out.",
        ),
        (
            "received_on",
            f"received_on::DATE < DATE '{last}' - INTERVAL {LONGEST_BACK} YEAR",
            f"is more than {LONGEST_BACK} years back. The row was left out.",
        ),
        *(
            (
                name,
                f"{name}::DATE < received_on::DATE",
                "is before the concern was received. It counts as not known.",
            )
            for name in ("decided_on", "answered_on", "seen_on", *EVENT_OF)
        ),
        *(
            (
                name,
                f"{name}::DATE > DATE '{last}'",
                "is in the future, or after the last day the file is for. It counts as not known.",
            )
            for name in ("decided_on", "answered_on", "seen_on", *EVENT_OF)
        ),
        (
            "born_on",
            "born_on > received_on::DATE + 280",
            "is more than 40 weeks after the concern. It counts as not known.",
        ),
        (
            "born_on",
            "born_on < received_on::DATE - INTERVAL 25 YEAR",
            "would make the child over 25. It counts as not known.",
        ),
    ]
    for name, wrong, says in checks:
        rows = database.execute(
            f"SELECT line, {name}_text FROM rows WHERE {wrong} ORDER BY line LIMIT {MOST_FAULTS}"
        ).fetchall()
        if not rows:
            continue
        faults += [Fault(f"row {line}", f"{name}: {text} {says}") for line, text in rows]
        if name == "received_on":
            database.execute(f"DELETE FROM rows WHERE {wrong}")
        else:
            database.execute(f"UPDATE rows SET {name} = NULL WHERE {wrong}")
    twice = database.execute(f"SELECT line {_AGAIN} ORDER BY line LIMIT {MOST_FAULTS}").fetchall()
    if twice:
        says = "The same concern and child as a row before it. It was left out."
        faults += [Fault(f"row {line}", says) for (line,) in twice]
        database.execute(f"DELETE FROM rows WHERE line IN (SELECT line {_AGAIN})")
    return faults
