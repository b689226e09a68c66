"""A CSV file of concerns, by DuckDB: headings checked, every cell that cannot be read said by row, the rest reviewed.

A cell that cannot be read counts as not known. A row without a concern's number or the day it was received is left out.
"""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import duckdb

from openmash.engines.review.local.history import AGE_IN_MONTHS, CannotRead, Fault, History, history
from openmash.engines.review.local.kinds import AGENCY_KINDS
from openmash.engines.review.local.readers.headings import BY_NAME, EVENT_OF, HEADINGS, RANKS, Heading, Kind
from openmash.engines.review.local.readers.mending import MOST_FAULTS, impossible, unreadable

_DAY = "coalesce(try_cast({0} AS TIMESTAMP), try_strptime({0}, ['%d/%m/%Y', '%d/%m/%Y %H:%M']))"
_TRUE, _FALSE = "('yes', 'y', 'true', '1')", "('no', 'n', 'false', '0')"
_NOT_KNOWN = "('', 'not known', 'unknown', 'not_known')"
_READS = {
    Kind.TEXT: "{0}",
    Kind.DAY: f"CAST({_DAY} AS DATE)",
    Kind.MOMENT: _DAY,
    Kind.NUMBER: "try_cast({0} AS TINYINT)",
    Kind.YES_NO: f"CASE WHEN lower({{0}}) IN {_TRUE} THEN true WHEN lower({{0}}) IN {_FALSE} THEN false END",
    Kind.LIST: "CASE WHEN lower({0}) = 'none' THEN []::VARCHAR[] "
    "WHEN {0} IS NOT NULL THEN "
    "list_filter(list_transform(string_split({0}, ';'), lambda s: trim(s)), lambda s: s <> '') END",
    Kind.AGENCY_KIND: "CASE WHEN list_contains(getvariable('agency_kinds'), lower({0})) THEN lower({0}) END",
    Kind.SEX: "CASE WHEN lower({0}) IN ('female', 'f') THEN 'female' WHEN lower({0}) IN ('male', 'm') THEN 'male' END",
}
_BOOK = {"contact", "child", "household"}


def read_concerns(path: Path, today: date, followed_to: date | None = None) -> History:
    """The history in a CSV file whose first row has headings of `HEADINGS`.

    `followed_to` is the last day of which the file knows everything; without it, the last day in it. Days after that,
    or after `today`, cannot be.

    Raises:
        CannotRead: there is no such file, it is empty, or a heading that must be there is not.
    """
    if followed_to and followed_to > today:
        raise CannotRead(f"{followed_to} is still to come: nobody has been followed until then.")
    with tempfile.TemporaryDirectory() as folder:
        return _read(path, today, followed_to, Path(folder))


def _read(path: Path, today: date, followed_to: date | None, folder: Path) -> History:
    database = duckdb.connect()
    database.execute("SET threads = 2")
    database.execute("SET memory_limit = '2GB'")  # what does not fit waits on the disk
    database.execute("SET temp_directory = ?", [str(folder)])
    database.execute(AGE_IN_MONTHS)
    database.execute("SET VARIABLE agency_kinds = ?", [sorted(AGENCY_KINDS)])
    readable, said = _in_utf8(path, folder)
    found, faults = _headings(database, readable, path.name)
    faults = [*said, *faults, *_load(database, readable)]
    database.execute(f"CREATE TABLE rows AS SELECT line, {_cells(found)} FROM raw")
    database.execute("DROP TABLE raw")
    faults += unreadable(database, found)
    faults += impossible(database, min(followed_to or today, today))
    last = followed_to or _last_day(database, found)
    contacts = database.sql(_CONTACTS).to_arrow_table()
    children = database.sql(_CHILDREN, params=[last]).to_arrow_table()
    events = database.sql(_events()).to_arrow_table()
    return history(path.name, last, contacts, children, events, has=_has(found), faults=faults[:MOST_FAULTS])


def _has(found: Sequence[Heading]) -> set[str]:
    """Which columns of a history the file keeps; a time of day is looked for in the cells."""
    has = {each.name for each in found} | {"followed_to"}
    has |= {"age_months"} if "born_on" in has else set()
    has |= {"hours_to_decision"} if "decided_on" in has else set()
    return has | ({"hours_to_answer"} if "answered_on" in has else set())


def _in_utf8(path: Path, folder: Path) -> tuple[Path, list[Fault]]:
    """The file itself, or a copy when it is written in another encoding, with what to say of that."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
            place = 0 if encoding else _first_bad_line(file)
    except OSError as wrong:
        raise CannotRead(f"{path} cannot be read: {wrong.strerror}.") from None
    if not start:
        raise CannotRead(f"{path} is empty. Its first row names the columns.")
    if not encoding and not place:
        return path, []
    encoding = encoding or "cp1252"
    where = f"row {place}" if place else "the whole file"
    said = Fault(where, f"It is not written in UTF-8. It was read as {encoding}: look at names with accents.")
    copy = folder / "copy.csv"
    with (
        path.open(encoding=encoding, errors="replace", newline="") as file,
        copy.open("w", newline="") as to,
    ):
        while piece := file.read(1 << 20):
            to.write(piece)
    return copy, [said]


def _first_bad_line(lines: Iterator[bytes] | object) -> int:
    for number, line in enumerate(lines, start=1):  # type: ignore[arg-type, var-annotated]
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 0


def _headings(
    database: duckdb.DuckDBPyConnection, path: Path, name: str
) -> tuple[list[Heading], list[Fault]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
    names = [cell.strip().strip('"').strip().lower() for cell in first.rstrip("\r\n").split(",")]
    missing = [each.name for each in HEADINGS if each.must and each.name not in names]
    if missing:
        like = [f"“{near}” for “{each}”" for each in missing for near in get_close_matches(each, names, 1)]
        hint = f" Is it {', '.join(like)}?" if like else ""
        raise CannotRead(
            f"{name} has no column {' and '.join(missing)}.{hint} "
            "`openmash review columns` lists every column and what stands in it."
        )
    if twice := {each for each in names if each and names.count(each) > 1}:
        raise CannotRead(f"{name} has two columns {' and '.join(sorted(twice))}.")
    faults = []
    for each in names:
        if each not in BY_NAME:
            near = get_close_matches(each, list(BY_NAME), 1)
            hint = f" Is it “{near[0]}”?" if near else ""
            faults.append(Fault("row 1", f"The column “{each}” is not known, and was not read.{hint}"))
    columns = ", ".join(f"'{_safe(each, place)}': 'VARCHAR'" for place, each in enumerate(names))
    database.execute(f"SET VARIABLE columns = {{{columns}}}")
    return [BY_NAME[each] for each in names if each in BY_NAME], faults


def _safe(name: str, place: int) -> str:
    """A heading we know, by its name; any other by its place, so that nothing of the file becomes SQL."""
    return name if name in BY_NAME else f"other_{place}"


def _load(database: duckdb.DuckDBPyConnection, path: Path) -> list[Fault]:
    """Every row as text, with its line. A row with too many or too few cells is named and left out."""
    database.execute(
        "CREATE TABLE raw AS SELECT *, row_number() OVER () + 1 AS line FROM read_csv(?, header = true, "
        "columns = getvariable('columns'), delim = ',', quote = '\"', escape = '\"', store_rejects = true, "
        "auto_detect = false, null_padding = false, strict_mode = true, parallel = true)",
        [str(path)],
    )
    rejected = database.execute(
        "SELECT DISTINCT line, error_type FROM reject_errors ORDER BY line"
    ).fetchall()
    if rejected:  # rows that were left out still take up a line
        shifted = [line - before for before, (line, _) in enumerate(rejected)]
        database.execute("SET VARIABLE shifted = ?", [shifted])
        database.execute(
            "UPDATE raw SET line = line + len(list_filter(getvariable('shifted'), lambda x: x <= line))"
        )
    words = {
        "MISSING COLUMNS": "It has too few cells, and was left out.",
        "TOO MANY COLUMNS": "It has too many cells, and was left out.",
        "UNQUOTED VALUE": "A quotation mark is not closed, and the row was left out.",
    }
    return [
        Fault(f"line {line}", words.get(kind, "It cannot be read, and was left out."))
        for line, kind in rejected
    ]


def _cells(found: Sequence[Heading]) -> str:
    """Each known column as what it is, and as the text it was where it is not text anyway."""
    there = {each.name for each in found}
    made = []
    for each in HEADINGS:
        text = f"CASE WHEN lower(trim({each.name})) NOT IN {_NOT_KNOWN} THEN trim({each.name}) END"
        text = text if each.name in there else "CAST(NULL AS VARCHAR)"
        made.append(f"{text} AS {each.name}_text")
    read = [f"{_READS[each.kind].format(each.name + '_text')} AS {each.name}" for each in HEADINGS]
    return ", ".join(made + read)


def _last_day(database: duckdb.DuckDBPyConnection, found: Sequence[Heading]) -> date:
    days = [each.name for each in found if each.kind in (Kind.DAY, Kind.MOMENT) and each.name != "born_on"]
    latest = f"greatest({', '.join(days)})" if len(days) > 1 else days[0]
    day: date | None = database.execute(f"SELECT CAST(max({latest}) AS DATE) FROM rows").fetchall()[0][0]
    if day is None:
        raise CannotRead("No row of it can be used: in none is there a number and a day that can be read.")
    return day


_RANK = (
    "coalesce({0}_rank, CASE {0}_level "
    + " ".join(f"WHEN '{code}' THEN {rank}" for code, rank in RANKS.items())
    + " END)"
)
_HOURS = (
    "CASE WHEN length(received_on_text) > 10 AND length({0}_text) > 10 "
    "THEN date_diff('minute', received_on, {0}) / 60.0 END"
)
_CONTACTS = f"""
    SELECT contact, child, received_on::DATE AS received_on, decided_on::DATE AS decided_on,
        answered_on::DATE AS answered_on, seen_on,
        {_HOURS.format("decided_on")} AS hours_to_decision, {_HOURS.format("answered_on")} AS hours_to_answer,
        team, agency, agency_kind,
        policy_level, {_RANK.format("policy")}::TINYINT AS policy_rank,
        decided_level, {_RANK.format("decided")}::TINYINT AS decided_rank,
        override_reason, lacked_capacity, first_answer, closed_at_door, signs,
        age_in_months(born_on, received_on::DATE) AS age_months, need
    FROM rows ORDER BY received_on, contact, child
"""
_CHILDREN = """
    SELECT child, min(household) AS household, min(born_on) AS born_on, min(sex) AS sex, min(ethnicity) AS ethnicity,
        bool_or(disabled) AS disabled, min(deprivation) AS deprivation, CAST(? AS DATE) AS followed_to
    FROM rows WHERE child IS NOT NULL GROUP BY child
"""


def _events() -> str:
    every = [
        f"""SELECT DISTINCT child, {name} AS "on", '{kind.value}' AS kind, CAST(NULL AS VARCHAR) AS contact
        FROM rows WHERE child IS NOT NULL AND {name} IS NOT NULL"""
        for name, kind in EVENT_OF.items()
    ]
    return " UNION ALL ".join(every)
