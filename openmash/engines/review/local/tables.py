"""What is counted from a history: plain counts by DuckDB, every row with what is not known of it.

Nothing here is fit to be shown: small counts are still in it. `apps/review/local` shows it.
"""

from dataclasses import dataclass

import duckdb

BY = {
    "level": "policy_level",
    "agency_kind": "agency_kind",
    "team": "team",
    "month": "strftime(decided_on, '%Y-%m')",
}
"""What concerns are counted by, each in one group; by `sign` a concern counts under every sign it has."""

NOT_KNOWN = ""
"""The group of those of whom it is not known."""

STANDS = ("lower", "same", "higher", "not_known")
_STANDS = """CASE WHEN decided_rank < policy_rank THEN 'lower' WHEN decided_rank > policy_rank THEN 'higher'
    WHEN decided_rank = policy_rank THEN 'same' ELSE 'not_known' END"""
_DECIDED = "FROM contacts WHERE decided_on IS NOT NULL OR decided_rank IS NOT NULL"


@dataclass(frozen=True)
class Counts:
    """Counts by row and column, in the order in which they are to stand. `cells[row][column]`.

    A row or column named `NOT_KNOWN` holds what is not known. `parts` says that no concern stands in two rows, so
    that the rows add up to all.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    parts: bool = True


def beside_policy(database: duckdb.DuckDBPyConnection, by: str) -> Counts:
    """Decided lower, the same, higher than the published threshold, or not known, by one of `BY` or `sign`."""
    if by == "sign":
        query = f"SELECT unnest(signs) AS grp, {_STANDS} AS stands {_DECIDED}"
        return _crossed(database, query, STANDS, parts=False)
    query = f"SELECT coalesce({BY[by]}, '') AS grp, {_STANDS} AS stands {_DECIDED}"
    return _crossed(database, query, STANDS)


def levels(database: duckdb.DuckDBPyConnection) -> Counts:
    """What was decided (columns), by what the published threshold said (rows); the least serious first."""
    query = f"SELECT coalesce(policy_level, '') AS grp, coalesce(decided_level, '') AS stands {_DECIDED}"
    order = [
        level
        for (level,) in database.execute(
            "SELECT level FROM (SELECT policy_level AS level, policy_rank AS rank FROM contacts UNION ALL "
            "SELECT decided_level, decided_rank FROM contacts) WHERE level IS NOT NULL "
            "GROUP BY level ORDER BY max(rank) NULLS LAST, level"
        ).fetchall()
    ]
    return _crossed(database, query, (*order, NOT_KNOWN), order=(*order, NOT_KNOWN))


def reasons(database: duckdb.DuckDBPyConnection) -> Counts:
    """Why another level than the threshold's was decided: the kinds of reason, lower and higher."""
    query = f"""SELECT coalesce(override_reason, '') AS grp, {_STANDS} AS stands
        FROM contacts WHERE decided_rank <> policy_rank"""
    return _crossed(database, query, ("lower", "higher"))


@dataclass(frozen=True)
class Capacity:
    """Concerns decided lower than the threshold: for how many something could not be offered, and not known."""

    lower: int
    lacking: int
    not_known: int


LACKING = ("capacity", "lack_of_capacity", "lacked_capacity", "no_capacity")
"""Kinds of reason by which other systems say it. Words that only hold one, as "parental capacity" does, say nothing."""


def lower_for_capacity(database: duckdb.DuckDBPyConnection) -> Capacity:
    """Decided lower where something lacked, which must not be: want of staff is no reason for a level (rule C17)."""
    row = database.execute(
        f"SELECT count(*), count(*) FILTER (lacked_capacity OR lower(override_reason) IN {LACKING}), "
        "count(*) FILTER (lacked_capacity IS NULL) FROM contacts WHERE decided_rank < policy_rank"
    ).fetchall()[0]
    return Capacity(*row)


DOOR = ("closed", "went_on", "not_known")
_DOOR = "CASE closed_at_door WHEN true THEN 'closed' WHEN false THEN 'went_on' ELSE 'not_known' END"


def outcome(database: duckdb.DuckDBPyConnection, by: str) -> Counts:
    """Closed at the front door, gone on to help or assessment, or not known, by one of `BY`."""
    query = f"SELECT coalesce({BY[by]}, '') AS grp, {_DOOR} AS stands {_DECIDED}"
    return _crossed(database, query, DOOR)


def received_by_month(database: duckdb.DuckDBPyConnection) -> Counts:
    """Concerns received in each month."""
    query = "SELECT strftime(received_on, '%Y-%m') AS grp, 'received' AS stands FROM contacts"
    return _crossed(database, query, ("received",))


@dataclass(frozen=True)
class Silent:
    """How many agencies of a kind raised something before the last year, and how many of those nothing since."""

    kind: str
    before: int
    silent: int


def silent_agencies(database: duckdb.DuckDBPyConnection) -> tuple[Silent, ...]:
    """By kind of agency; a history shorter than two years has none."""
    rows = database.execute(
        """
        WITH last AS (SELECT max(received_on) AS day, min(received_on) AS first FROM contacts),
        agencies AS (
            SELECT agency, coalesce(min(agency_kind), '') AS kind,
                bool_or(received_on <= last.day - INTERVAL 1 YEAR) AS before,
                bool_or(received_on > last.day - INTERVAL 1 YEAR) AS since
            FROM contacts, last WHERE agency IS NOT NULL AND last.first <= last.day - INTERVAL 2 YEAR GROUP BY agency
        )
        SELECT kind, count(*) FILTER (before), count(*) FILTER (before AND NOT since) FROM agencies
        GROUP BY kind HAVING count(*) FILTER (before) > 0 ORDER BY kind
        """
    ).fetchall()
    return tuple(Silent(*row) for row in rows)


TIMES = {
    "decision": ("hours_to_decision", "decided_on"),
    "answer": ("hours_to_answer", "answered_on"),
    "seen": (None, "seen_on"),
}
BOUNDS = (1, 2, 5, 10, 20, 45, 90)
"""Days, by which waits are counted: within 1 is the same day or the day after."""


@dataclass(frozen=True)
class Waits:
    """How long it took. `within` counts by `BOUNDS`, each once; `later` is beyond the last; quantiles are in days.

    `waiting` have not had it by the end; nobody knows whether that is because it was not written down.
    """

    what: str
    within: tuple[int, ...]
    later: int
    waiting: int
    half: float | None
    nine_in_ten: float | None
    longest: float | None


def waits(database: duckdb.DuckDBPyConnection, what: str) -> Waits:
    """Days from receipt to the decision, to the answer, or to the child being seen."""
    hours, day = TIMES[what]
    took = f"coalesce({hours} / 24.0, {day} - received_on)" if hours else f"{day} - received_on"
    columns, last = [], -1
    for bound in BOUNDS:
        columns.append(f"count(*) FILTER ({day} - received_on > {last} AND {day} - received_on <= {bound})")
        last = bound
    found = database.execute(
        f"SELECT {', '.join(columns)}, count(*) FILTER ({day} - received_on > {last}), "
        f"count(*) FILTER ({day} IS NULL), median({took}), quantile_cont({took}, 0.9), max({took}) FROM contacts"
    ).fetchall()[0]
    number = len(BOUNDS)
    return Waits(what, tuple(found[:number]), found[number], found[number + 1], *found[number + 2 :])


def _crossed(
    database: duckdb.DuckDBPyConnection,
    query: str,
    columns: tuple[str, ...],
    *,
    order: tuple[str, ...] = (),
    parts: bool = True,
) -> Counts:
    found = database.execute(f"SELECT grp, stands, count(*) FROM ({query}) GROUP BY ALL").fetchall()
    cells = {(row, column): count for row, column, count in found}
    names = {row for row, _ in cells}
    rows = [each for each in order if each in names] or sorted(names - {NOT_KNOWN})
    if NOT_KNOWN in names and NOT_KNOWN not in rows:
        rows.append(NOT_KNOWN)
    shown = tuple(
        column for column in columns if column != NOT_KNOWN or any(c == NOT_KNOWN for _, c in cells)
    )
    return Counts(
        tuple(rows),
        shown,
        tuple(tuple(cells.get((row, column), 0) for column in shown) for row in rows),
        parts,
    )
