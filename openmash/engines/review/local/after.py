"""After the door closed: for every concern closed at the front door, what came next about that child, and when."""

from dataclasses import dataclass
from enum import StrEnum

import duckdb
import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


class Asked(StrEnum):
    """What is asked of the time after."""

    AGAIN = "again"
    SERIOUS = "serious"


MEANS = {
    Asked.AGAIN: "another concern about the same child",
    Asked.SERIOUS: "a section 47 enquiry, a child protection plan or care",
}
COMES = {Asked.AGAIN: ("re_referral",), Asked.SERIOUS: ("enquiry", "plan", "care")}
FIRST = {
    Asked.AGAIN: ("enquiry", "plan", "care", "opened", "moved", "died", "turned_18"),
    Asked.SERIOUS: ("moved", "died", "turned_18"),
}
"""What, coming first, ends the waiting. Before something serious another concern is only a step on the way."""

BY = {
    "level": "policy_level",
    "agency_kind": "agency_kind",
    "first_answer": "first_answer",
}


@dataclass(frozen=True)
class Closed:
    """Every concern closed at the door whose child is known. Arrays have an entry for each.

    - days: whole days to what came first, or to the end of follow-up
    - cause: 0 nothing yet, 1 what is asked, 2 something else first
    - cluster: a number for the household, or the child where no household is known
    - row: by which `groups_by` and `signs_of` find it
    - not_followed: closed concerns of children nobody knows, of whom nothing after can be seen
    """

    asked: Asked
    days: Whole
    cause: Whole
    cluster: Whole
    not_followed: int


def prepare(database: duckdb.DuckDBPyConnection) -> None:
    """Make the table of closed concerns, once for all questions."""
    database.execute(
        """
        CREATE OR REPLACE TEMP TABLE closed AS
        SELECT row_number() OVER (ORDER BY decided_on, contact, child) - 1 AS row, contact, child, decided_on AS start,
            followed_to - decided_on AS followed,
            dense_rank() OVER (ORDER BY household IS NULL, coalesce(household, child)) - 1 AS cluster,
            policy_level, agency_kind, first_answer, signs
        FROM contacts JOIN children USING (child)
        WHERE closed_at_door AND decided_on IS NOT NULL AND decided_on <= followed_to
        """
    )


def closed(database: duckdb.DuckDBPyConnection, asked: Asked) -> Closed:
    """Every concern closed at the door, and what came of it. Call `prepare` before.

    Another concern counts from the day after the decision; one on the same day is taken for the same matter.
    """
    found = database.execute(
        f"""
        WITH later AS (
            SELECT row, min("on" - start) FILTER (kind IN {COMES[asked]!r}) AS comes,
                min("on" - start) FILTER (kind IN {FIRST[asked]!r}) AS first
            FROM closed JOIN events USING (child)
            WHERE "on" > start OR ("on" = start AND kind <> 're_referral')
            GROUP BY row
        )
        SELECT row, cluster, followed, coalesce(comes, 999999) AS comes, coalesce(first, 999999) AS first
        FROM closed LEFT JOIN later USING (row) ORDER BY row
        """.replace(",)", ")")
    ).fetchnumpy()
    comes, first, followed = (
        np.asarray(found[name], dtype=np.int64) for name in ("comes", "first", "followed")
    )
    days = np.minimum(np.minimum(comes, first), followed)
    cause = np.where(comes <= np.minimum(first, followed), 1, np.where(first <= followed, 2, 0))
    unknown = database.execute(
        "SELECT count(*) FROM contacts WHERE closed_at_door AND child IS NULL"
    ).fetchall()
    cluster = np.asarray(found["cluster"], dtype=np.int64)
    return Closed(asked, days, cause.astype(np.int64), cluster, unknown[0][0])


def groups_by(database: duckdb.DuckDBPyConnection, by: str) -> tuple[Whole, tuple[str, ...]]:
    """For each closed concern the number of its group by one of `BY`, and the names; below 0 where not known."""
    names = [
        name
        for (name,) in database.execute(
            f"SELECT DISTINCT {BY[by]} FROM closed WHERE {BY[by]} IS NOT NULL ORDER BY 1"
        ).fetchall()
    ]
    numbers = database.execute(
        f"SELECT coalesce(list_position(?, {BY[by]}), 0) - 1 AS number FROM closed ORDER BY row",
        [names or ["none"]],
    ).fetchnumpy()["number"]
    return np.asarray(numbers, dtype=np.int64), tuple(names)


def signs_of(database: duckdb.DuckDBPyConnection) -> tuple[Whole, Whole, tuple[str, ...]]:
    """The row and the sign of every sign of a closed concern, and the names: a concern has as many as it has signs."""
    names = [
        name
        for (name,) in database.execute(
            "SELECT DISTINCT unnest(signs) AS sign FROM closed ORDER BY 1"
        ).fetchall()
    ]
    found = database.execute(
        "SELECT row, list_position(?, sign) - 1 AS number FROM (SELECT row, unnest(signs) AS sign FROM closed) "
        "ORDER BY row, number",
        [names or ["none"]],
    ).fetchnumpy()
    return np.asarray(found["row"], dtype=np.int64), np.asarray(found["number"], dtype=np.int64), tuple(names)
