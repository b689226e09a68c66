"""From texts to a `Practice`, or every fault in them."""

import csv
import hashlib
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from openmash.engines.pathway.errors import PracticeError, PracticeErrors, did_you_mean
from openmash.engines.pathway.practice import (
    AGREED_DATE,
    ALWAYS,
    COUNTED_FROM,
    KINDS,
    LEADS,
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
LARGEST = 1_000_000
NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")
WITHOUT_NUMBER = ("at_once", "same_day", AGREED_DATE)
LONGEST = 1000
"""No limit of time here is longer than this many of anything: a slip of the keyboard would be."""


class Row:
    """One row. Reading a cell that is wrong notes the fault and gives a harmless value back."""

    def __init__(self, file: str, number: int, cells: Mapping[str, str], faults: list[PracticeError]) -> None:
        self.file, self.number, self.cells, self.faults = file, number, cells, faults

    def fault(self, message: str, hint: str) -> None:
        self.faults.append(PracticeError(self.file, self.number, message, hint))

    def needed(self, column: str) -> str:
        if not self.cells[column]:
            self.fault(f"The column “{column}” is empty.", "Every row needs one.")
        return self.cells[column]

    def name(self, column: str) -> str:
        value = self.needed(column)
        if value and not NAME.fullmatch(value):
            hint = "Use small letters, digits and underscores, such as early_help."
            self.fault(f"“{value}” cannot be used as a {column}.", hint)
        return value

    def choice(self, column: str, options: Sequence[str]) -> str:
        value = self.cells[column]
        if value not in options:
            said = f"“{value}” is not something the column “{column}” can say."
            self.fault(said, did_you_mean(value, options))
            return options[0]
        return value

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(self.needed(column).split())

    def yes_no(self, column: str) -> bool:
        return self.choice(column, ("no", "yes")) == "yes"


def parse(source: Path | Mapping[str, str]) -> Practice:
    """The practice in a folder, or in texts by file name.

    Raises:
        PracticeErrors: everything that is wrong with it, by file and row, each with what to write instead.
    """
    texts = _gather(source)
    faults: list[PracticeError] = []
    header = _header(texts[HEADER], faults)
    stages = tuple(_stage(row) for row in _rows(STAGES, texts[STAGES], faults))
    clocks = tuple(_clock(row) for row in _rows(CLOCKS, texts[CLOCKS], faults))
    quorum = tuple(_need(row) for row in _rows(QUORUM, texts[QUORUM], faults))
    faults += _twice(STAGES, "stage", [each.stage for each in stages])
    faults += _twice(CLOCKS, "id", [each.id for each in clocks])
    if faults:
        order = {name: place for place, name in enumerate(FILES)}
        raise PracticeErrors(sorted(faults, key=lambda fault: (order[fault.file], fault.row or 0)))
    return Practice(
        id=str(header["id"]),
        version=str(header["version"]),
        title=str(header["title"]),
        in_force_from=_date(header["in_force_from"]),
        sign_off=str(header["sign_off"]),
        stages=stages,
        clocks=clocks,
        quorum=quorum,
        texts=texts,
        digest=_digest(texts),
    )


def _gather(source: Path | Mapping[str, str]) -> dict[str, str]:
    faults, texts = [], {}
    for name in FILES:
        try:
            data = source[name].encode() if isinstance(source, Mapping) else (source / name).read_bytes()
            texts[name] = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except (KeyError, OSError):
            faults.append(PracticeError(name, None, "The file is missing.", f"A practice needs {name}."))
        except UnicodeDecodeError:
            faults.append(PracticeError(name, None, "The file is not in UTF-8.", "Save it as “CSV UTF-8”."))
        else:
            if len(data) > LARGEST:
                hint = "Check that the right file was saved."
                faults.append(PracticeError(name, None, "The file is larger than 1 MB.", hint))
    if faults:
        raise PracticeErrors(faults)
    return texts


def _digest(texts: Mapping[str, str]) -> str:
    total = hashlib.sha256()
    for name in FILES:
        data = texts[name].encode()
        total.update(f"{name}\0{len(data)}\0".encode() + data)
    return total.hexdigest()


def _header(text: str, faults: list[PracticeError]) -> dict[str, object]:
    try:
        header: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        faults.append(
            PracticeError(HEADER, None, f"The file cannot be read: {wrong}.", 'Write name = "value".')
        )
        return {}
    for name in ("id", "version", "title", "sign_off"):
        if not isinstance(header.get(name), str) or not str(header[name]).strip():
            faults.append(PracticeError(HEADER, None, f"It does not say “{name}”.", f'Add {name} = "…".'))
    if not isinstance(header.get("in_force_from"), date):
        said = "It does not say from which day it is in force."
        faults.append(PracticeError(HEADER, None, said, "Add in_force_from = 2026-11-01, without quotes."))
    return header


def _date(value: object) -> date:
    assert isinstance(value, date)  # noqa: S101 -- `_header` has noted anything else as a fault
    return value


def _rows(file: str, text: str, faults: list[PracticeError]) -> Iterator[Row]:
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as wrong:
        faults.append(
            PracticeError(file, None, f"The table cannot be read: {wrong}.", "Save it again as CSV.")
        )
        return
    columns = COLUMNS[file]
    header = [name.strip() for name in lines[0]] if lines else []
    if sorted(header) != sorted(columns):
        missing = ", ".join(name for name in columns if name not in header)
        strange = ", ".join(name for name in header if name not in columns)
        said = f"The columns are not those of this table{f'; missing: {missing}' if missing else ''}"
        said += f"{f'; unknown: {strange}' if strange else ''}."
        faults.append(PracticeError(file, 1, said, f"Row 1 must read: {','.join(columns)}"))
        return
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != len(header):
            said = f"The row has {len(line)} cells and the table {len(header)} columns."
            hint = "Put a text that contains a comma in double quotes."
            faults.append(PracticeError(file, number, said, hint))
            continue
        cells = {name: cell.strip() for name, cell in zip(header, line, strict=True)}
        row = Row(file, number, cells, faults)
        for name, cell in cells.items():
            # A board opens these files in a spreadsheet, which would run such a cell as a formula.
            if cell.startswith(("=", "+", "-", "@")):
                said = (
                    f"The cell in “{name}” begins with “{cell[0]}”, which a spreadsheet takes for a formula."
                )
                row.fault(said, "Begin it with a word.")
        yield row


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
    kind = row.choice("kind", (*KINDS, AGREED_DATE))
    counted_from = row.choice("counted_from", COUNTED_FROM)
    if (counted_from == "agreed") != (kind == AGREED_DATE):
        said = f"A clock of kind {kind} cannot be counted from “{counted_from}”."
        row.fault(said, "An agreed_date is counted from “agreed”, and nothing else is.")
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


def _twice(file: str, column: str, values: Sequence[str]) -> Iterator[PracticeError]:
    for place, value in enumerate(values):
        if value and value in values[:place]:
            said = f"“{value}” stands there twice."
            yield PracticeError(file, None, said, f"Every {column} once: remove a row or rename it.")
