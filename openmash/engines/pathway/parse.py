"""From texts to a `Practice`, or every fault in them."""

from collections.abc import Mapping
from pathlib import Path

from openmash.dated_texts import Fault, Faults, Row, digest, gather, header, rows, said_twice
from openmash.engines.pathway.practice import (
    AGREED_DATE,
    ALWAYS,
    COUNTED_FROM,
    KINDS,
    LEADS,
    WEEKS_BEFORE,
    WHERE_IT_APPLIES,
    ClockDefinition,
    Need,
    Practice,
    StageNamed,
)

HEADER, STAGES, CLOCKS, QUORUM = FILES = ("practice.toml", "stages.csv", "clocks.csv", "quorum.csv")
COLUMNS = {
    STAGES: ("stage", "name", "lead", "told", "ground", "pathways", "to_be_confirmed"),
    CLOCKS: (
        "id",
        "stage",
        "must",
        "starts_when",
        "counted_from",
        "stops_when",
        "kind",
        "number",
        "pause_when",
        "source",
        "to_be_confirmed",
    ),
    QUORUM: ("meeting", "needed", "agency_kinds", "applies", "source"),
}
WITHOUT_NUMBER = ("at_once", "same_day", AGREED_DATE)
LONGEST = 1000
"""No limit of time here is longer than this many of anything: a slip of the keyboard would be."""


def parse(source: Path | Mapping[str, str]) -> Practice:
    """The practice in a folder, or in texts by file name.

    Raises:
        Faults: everything that is wrong with it, by file and row, each with what to write instead.
    """
    texts = gather(source, FILES)
    faults: list[Fault] = []
    top = header(HEADER, texts[HEADER], faults)
    tables = {name: list(rows(name, texts[name], COLUMNS[name], faults)) for name in COLUMNS}
    stages = tuple(map(_stage, tables[STAGES]))
    clocks = tuple(map(_clock, tables[CLOCKS]))
    quorum = tuple(map(_need, tables[QUORUM]))
    faults += said_twice(STAGES, "stage", [each.stage for each in stages])
    faults += said_twice(CLOCKS, "id", [each.id for each in clocks])
    if faults:
        raise Faults.in_order(faults, FILES)
    return Practice(
        id=top.id,
        version=top.version,
        title=top.title,
        in_force_from=top.in_force_from,
        sign_off=top.sign_off,
        stages=stages,
        clocks=clocks,
        quorum=quorum,
        texts=texts,
        digest=digest(texts),
    )


def _stage(row: Row) -> StageNamed:
    return StageNamed(
        stage=row.name("stage"),
        name=row.needed("name"),
        lead=row.choice("lead", LEADS),
        told=row.needed("told"),
        ground=row.needed("ground"),
        pathways=frozenset(row.cells["pathways"].split()),
        to_be_confirmed=row.yes_no("to_be_confirmed"),
    )


def _clock(row: Row) -> ClockDefinition:
    kind = row.choice("kind", (*KINDS, AGREED_DATE, WEEKS_BEFORE))
    counted_from = row.choice("counted_from", COUNTED_FROM)
    if (counted_from == "agreed") != (kind == AGREED_DATE):
        said = f"A clock of kind {kind} cannot be counted from “{counted_from}”."
        row.fault(said, "An agreed_date is counted from “agreed”, and nothing else is.")
    if (counted_from == "expected") != (kind == WEEKS_BEFORE):
        said = f"A clock of kind {kind} cannot be counted from “{counted_from}”."
        row.fault(said, "weeks_before is counted from “expected”, and nothing else is.")
    return ClockDefinition(
        id=row.name("id"),
        stage=row.name("stage"),
        must=row.needed("must"),
        starts_when=row.words("starts_when"),
        counted_from=counted_from,
        stops_when=row.words("stops_when"),
        kind=kind,
        number=_number(row, kind),
        pause_when=row.cells["pause_when"],
        source=row.needed("source"),
        to_be_confirmed=row.yes_no("to_be_confirmed"),
    )


def _number(row: Row, kind: str) -> int:
    typed = row.cells["number"]
    if kind in WITHOUT_NUMBER:
        if typed:
            row.fault(f"A clock of kind {kind} takes no number.", "Leave the column “number” empty.")
        return 0
    if not (typed.isascii() and typed.isdecimal() and 0 < int(typed) <= LONGEST):
        row.fault(f"“{typed}” is not how many {kind}.", f"Write a whole number from 1 to {LONGEST}.")
        return 1
    return int(typed)


def _need(row: Row) -> Need:
    return Need(
        meeting=row.name("meeting"),
        needed=row.needed("needed"),
        agency_kinds=frozenset(row.words("agency_kinds")),
        always=row.choice("applies", (ALWAYS, WHERE_IT_APPLIES)) == ALWAYS,
        source=row.needed("source"),
    )
