"""A history that stays in the partnership's own warehouse: the same questions, asked there in its dialect.

The warehouse has the three tables `history` describes, `contacts`, `children` and `events`, as tables or as views.
Nothing is written to it. Counts come out of it, and for waits, for what came after the door closed and for how far the
work went a row for each concern: days, hours and groups, without any number of a concern, a child or a household.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast

import pyarrow as pa
import sqlglot

from openmash.engines.review.local.history import (
    CHILDREN,
    CONTACTS,
    EVENTS,
    CannotRead,
    Column,
    EventKind,
    Fault,
)
from openmash.engines.review.local.kinds import AGENCY_KINDS
from openmash.engines.review.local.store import WORKED_OUT, Store

TABLES: Mapping[str, tuple[Column, ...]] = {"contacts": CONTACTS, "children": CHILDREN, "events": EVENTS}
SQL_TYPES = {
    pa.string(): "VARCHAR",
    pa.date32(): "DATE",
    pa.float64(): "DOUBLE",
    pa.int8(): "SMALLINT",
    pa.int16(): "SMALLINT",
    pa.bool_(): "BOOLEAN",
    pa.list_(pa.string()): "VARCHAR[]",
}
AFTER_RECEIPT = ("decided_on", "answered_on", "seen_on")
READ = tuple(each for each in EventKind if each not in (EventKind.RE_REFERRAL, EventKind.TURNED_18))


class Connection(Protocol):
    """Answers a query in its own dialect, which is named as sqlglot names it."""

    dialect: str

    def ask(self, query: str) -> pa.Table:
        """The answer, column by column."""
        ...

    def close(self) -> None:
        """Leave the warehouse."""
        ...


@dataclass(frozen=True)
class Asked:
    """Puts the questions in the warehouse's own dialect, over tables given as SQL. Satisfies `store.Store`."""

    connection: Connection
    tables: Mapping[str, str]

    def columns(self, query: str) -> pa.Table:
        """The answer, column by column."""
        tables = ", ".join(f"{name} AS ({made})" for name, made in self.tables.items())
        own = query.strip()
        then = f", {own.removeprefix('WITH ')}" if own.startswith("WITH ") else f" {own}"
        (said,) = sqlglot.transpile(f"WITH {tables}{then}", read="duckdb", write=self.connection.dialect)
        return self.connection.ask(said)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The answer, row by row."""
        return [tuple(row.values()) for row in self.columns(query).to_pylist()]


@dataclass(frozen=True)
class Warehouse:
    """A history where it is. Satisfies `history.Source`."""

    source: str
    followed_to: date
    has: frozenset[str]
    faults: tuple[Fault, ...]
    asked: Asked
    notes: tuple[str, ...] = ()

    def opened(self) -> Store:
        """Nothing is fetched: it is asked where it is."""
        return self.asked


def in_warehouse(connection: Connection, today: date) -> Warehouse:
    """The history in a warehouse.

    Raises:
        CannotRead: a table or column that must be there is not, or a child is there twice.
    """
    there = _columns(connection)
    raw = {name: _as_it_stands(name, there[name]) for name in TABLES}
    standing = Asked(connection, {f"{name}_there": query for name, query in raw.items()})
    _check_each_stands_once(standing)
    last = _followed_to(standing, today)
    given = {**standing.tables, **_usable(last), **WORKED_OUT}
    kept = {
        column.name for name, columns in TABLES.items() for column in columns if column.name in there[name]
    }
    return Warehouse(
        "the warehouse",
        last,
        frozenset(kept | {f"{kind}_on" for kind in _kinds(standing)}),
        _faults(standing, last),
        Asked(connection, given),
    )


def _columns(connection: Connection) -> dict[str, frozenset[str]]:
    """The columns of each table, where those that must be there are."""
    try:
        there = {
            name: frozenset(connection.ask(f"SELECT * FROM {name} LIMIT 0").column_names) for name in TABLES
        }
    except Exception as wrong:  # each kind of warehouse has errors of its own
        raise CannotRead(
            f"The warehouse cannot be read ({type(wrong).__name__}). "
            f"It must have tables or views called {', '.join(TABLES)}."
        ) from None
    for name, columns in TABLES.items():
        missing = [each.name for each in columns if each.must and each.name not in there[name]]
        if missing:
            raise CannotRead(f"The table {name} of the warehouse has no column {' and '.join(missing)}.")
    return there


def _as_it_stands(name: str, there: Iterable[str]) -> str:
    """A table as it is, with nothing known in the columns it does not have."""
    columns = [(f'"{each.name}"', SQL_TYPES[each.type], each.name in there) for each in TABLES[name]]
    cells = [f"CAST({column if kept else 'NULL'} AS {kind}) AS {column}" for column, kind, kept in columns]
    return f"SELECT {', '.join(cells)} FROM {name}"


def _check_each_stands_once(standing: Asked) -> None:
    for table, key, says in (
        ("children", "child", "a child twice: it must have one row for each"),
        (
            "contacts",
            "contact, child",
            "a concern about the same child twice: it must have one row for each child",
        ),
    ):
        ((most,),) = standing.rows(
            f"SELECT max(n) AS most FROM (SELECT count(*) AS n FROM {table}_there GROUP BY {key}) AS counted"
        )
        if most is not None and most > 1:
            raise CannotRead(f"The table {table} of the warehouse has {says}.")


def _followed_to(standing: Asked, today: date) -> date:
    ((last,),) = standing.rows("SELECT max(followed_to) AS last_day FROM children_there")
    if last is None:
        raise CannotRead(
            "The table children of the warehouse has no row that says until when a child was followed."
        )
    return min(cast(date, last), today)


def _kinds(standing: Asked) -> list[str]:
    """Kinds of event that are there at all: of any other nobody knows whether it is written down."""
    return [
        kind
        for (kind,) in standing.rows(f"SELECT DISTINCT kind FROM events_there WHERE kind IN ({_words(READ)})")
    ]


def _usable(last: date) -> dict[str, str]:
    """The three tables without what cannot be: days before the concern or to come, kinds nobody has named."""
    day = f"DATE '{last}'"
    contacts = [
        f"CASE WHEN {each.name} >= received_on AND {each.name} <= {day} THEN {each.name} END AS {each.name}"
        if each.name in AFTER_RECEIPT
        else f"CASE WHEN agency_kind IN ({_words(AGENCY_KINDS)}) THEN agency_kind END AS agency_kind"
        if each.name == "agency_kind"
        else each.name
        for each in CONTACTS
    ]
    children = [
        f"least(followed_to, {day}) AS followed_to" if each.name == "followed_to" else each.name
        for each in CHILDREN
    ]
    return {
        "contacts": f"SELECT {', '.join(contacts)} FROM contacts_there WHERE {_USED.format(day=day)}",
        "children": f"SELECT {', '.join(children)} FROM children_there WHERE child IS NOT NULL",
        "events_read": f'SELECT child, "on", kind, contact FROM events_there WHERE kind IN ({_words(READ)})',
    }


_USED = "contact IS NOT NULL AND received_on IS NOT NULL AND received_on <= {day}"


def _faults(standing: Asked, last: date) -> tuple[Fault, ...]:
    """What was left out, counted: a warehouse has no lines to point to."""
    day = f"DATE '{last}'"
    checks = [
        (
            "contacts",
            f"NOT ({_USED.format(day=day)})",
            "no number, no day of receipt, or one after the last day",
        ),
        (
            "contacts",
            "child IS NOT NULL AND child NOT IN (SELECT child FROM children_there WHERE child IS NOT NULL)",
            "a child who is not in the table children, so that nothing after can be seen",
        ),
        ("contacts", f"agency_kind NOT IN ({_words(AGENCY_KINDS)})", "a kind of agency nobody has named"),
        ("events", f"kind NOT IN ({_words(READ)})", "a kind of event nobody has named"),
        *(
            (
                "contacts",
                f"{name} < received_on OR {name} > {day}",
                f"{name} before the concern or after the last day",
            )
            for name in AFTER_RECEIPT
        ),
    ]
    found = []
    for table, wrong, says in checks:
        ((count,),) = standing.rows(f"SELECT count(*) AS n FROM {table}_there WHERE {wrong}")
        if count:
            found.append(Fault(table, f"{count:,} rows: {says}. It was left out, or counts as not known."))
    return tuple(found)


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
