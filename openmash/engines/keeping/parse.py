"""From texts to a `Schedule`, or every fault in them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from openmash.dated_texts import Fault, Faults, Row, digest, gather, header, rows, said_twice
from openmash.engines.keeping.schedule import FILES, HEADER, PERIODS, Kind, Period, Schedule

COLUMNS = (
    "record",
    "name",
    "counted_from",
    "years",
    "least_years_after_end",
    "source",
    "to_be_confirmed",
    "why",
)
LONGEST = 120


def parse(source: Path | Mapping[str, str]) -> Schedule:
    """The schedule in a folder, or in texts by file name.

    Raises:
        Faults: everything that is wrong with it, by file and row, each with what to write instead.
    """
    texts = gather(source, FILES)
    faults: list[Fault] = []
    top = header(HEADER, texts[HEADER], faults)
    table = list(rows(PERIODS, texts[PERIODS], COLUMNS, faults))
    periods = tuple(map(_period, table))
    faults += said_twice(PERIODS, "record", [row.cells["record"] for row in table])
    if not faults:
        faults += _lacking(periods)
    if faults:
        raise Faults.in_order(faults, FILES)
    return Schedule(
        id=top.id,
        version=top.version,
        title=top.title,
        sign_off=top.sign_off,
        in_force_from=top.in_force_from,
        periods=periods,
        digest=digest(texts),
    )


def _period(row: Row) -> Period:
    return Period(
        kind=Kind(row.choice("record", [each.value for each in Kind])),
        name=row.needed("name"),
        counted_from=row.choice("counted_from", ("birth", "end")),
        years=row.whole_number("years", 1, LONGEST),
        least_years_after_end=row.whole_number("least_years_after_end", 1, LONGEST),
        source=row.needed("source"),
        to_be_confirmed=row.yes_no("to_be_confirmed"),
        why=row.needed("why"),
    )


def _lacking(periods: tuple[Period, ...]) -> Iterator[Fault]:
    for kind in Kind:
        if kind not in {each.kind for each in periods}:
            said = f"It does not say how long “{kind}” is kept."
            yield Fault(PERIODS, None, said, "Add a row for it: every kind of record has one.")
