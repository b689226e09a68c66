"""Where the three tables of a history lie, and how they are asked: here, by DuckDB, or in a warehouse.

Whatever asks writes plain SQL as DuckDB reads it, names its columns, minds no order of rows, and leaves to the store
where it runs.
"""

from typing import Any, Protocol

import duckdb
import pyarrow as pa

WORKED_OUT = {
    "events": """
        WITH every_event AS (
            SELECT child, "on", kind, contact FROM events_read
            UNION ALL
            SELECT child, received_on, 're_referral', contact FROM (
                SELECT child, received_on, contact,
                    row_number() OVER (PARTITION BY child ORDER BY received_on, contact) AS nth
                FROM contacts WHERE child IS NOT NULL
            ) AS numbered WHERE nth > 1
            UNION ALL
            SELECT child, CAST(born_on + INTERVAL 18 YEAR AS DATE), 'turned_18', NULL
            FROM children WHERE born_on IS NOT NULL
        )
        SELECT every_event.child, every_event."on", every_event.kind, every_event.contact
        FROM every_event JOIN children ON children.child = every_event.child
        WHERE every_event."on" <= children.followed_to
    """,
    "closed": """
        SELECT row_number() OVER (ORDER BY decided_on, contact, contacts.child) - 1 AS place,
            contact, contacts.child, decided_on AS start, followed_to,
            date_diff('day', decided_on, followed_to) AS followed,
            dense_rank() OVER (ORDER BY household IS NULL, coalesce(household, contacts.child)) - 1 AS cluster,
            policy_level, agency_kind, first_answer, signs
        FROM contacts JOIN children ON children.child = contacts.child
        WHERE closed_at_door AND decided_on IS NOT NULL AND decided_on <= followed_to
    """,
}
"""Tables worked out from the three.

In `events` stand, besides what the source had, every concern about a child from the second on (`re_referral`, on the
day it was received) and the eighteenth birthday of whoever has a date of birth; nothing after the end of a child's
follow-up. In `closed` stands every concern closed at the front door whose child is known, numbered by `place` from 0.
"""


class Store(Protocol):
    """Answers SQL over `contacts`, `children`, `events_read` and the tables of `WORKED_OUT`."""

    def columns(self, query: str) -> pa.Table:
        """The answer, column by column."""
        ...

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The answer, row by row."""
        ...


class InMemory:
    """The tables as they were read, asked by DuckDB. What is worked out of them is worked out once."""

    def __init__(self, contacts: pa.Table, children: pa.Table, events: pa.Table) -> None:
        self.database = duckdb.connect()
        self.database.execute("SET threads = 2")
        for name, table in (("contacts", contacts), ("children", children), ("events_read", events)):
            self.database.register(name, table)
        for name, query in WORKED_OUT.items():
            self.database.execute(f"CREATE TEMP TABLE {name} AS {query}")

    def columns(self, query: str) -> pa.Table:
        """The answer, column by column."""
        return self.database.sql(query).to_arrow_table()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The answer, row by row."""
        return self.database.execute(query).fetchall()
