"""After the door closed: for every concern closed at the front door, what came next about that child, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from openmash.engines.review.local.store import Store

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

NEVER = 999_999
"""Days that nobody is followed: what has not come."""

BY = {
    "level": "policy_level",
    "agency_kind": "agency_kind",
    "first_answer": "first_answer",
}


@dataclass(frozen=True)
class Closed:
    """Every concern closed at the door whose child is known. Arrays have an entry for each, by its place.

    - days: whole days to what came first, or to the end of follow-up
    - cause: 0 nothing yet, 1 what is asked, 2 something else first
    - cluster: a number for the household, or the child where no household is known
    - not_followed: closed concerns of children nobody knows, of whom nothing after can be seen
    """

    asked: Asked
    days: Whole
    cause: Whole
    cluster: Whole
    not_followed: int


def closed(store: Store, asked: Asked) -> Closed:
    """Every concern closed at the door, and what came of it.

    Another concern counts from the day after the decision; one on the same day is taken for the same matter.
    """
    found = store.columns(
        f"""
        WITH later AS (
            SELECT place,
                min(CASE WHEN kind IN ({_words(COMES[asked])}) THEN date_diff('day', start, "on") END) AS comes,
                min(CASE WHEN kind IN ({_words(FIRST[asked])}) THEN date_diff('day', start, "on") END) AS sooner
            FROM closed JOIN events ON events.child = closed.child
            WHERE "on" > start OR ("on" = start AND kind <> 're_referral')
            GROUP BY place
        )
        SELECT closed.place, cluster, followed, coalesce(comes, {NEVER}) AS comes, coalesce(sooner, {NEVER}) AS sooner
        FROM closed LEFT JOIN later ON later.place = closed.place
        """
    ).sort_by("place")
    _, cluster, followed, comes, sooner = (_whole(column) for column in found.columns)
    days = np.minimum(np.minimum(comes, sooner), followed)
    cause = np.where(comes <= np.minimum(sooner, followed), 1, np.where(sooner <= followed, 2, 0))
    ((unknown,),) = store.rows("SELECT count(*) AS n FROM contacts WHERE closed_at_door AND child IS NULL")
    return Closed(asked, days, cause.astype(np.int64), cluster, unknown)


def groups_by(store: Store, by: str) -> tuple[Whole, tuple[str, ...]]:
    """For each closed concern the number of its group by one of `BY`, and the names; below 0 where not known."""
    found = store.columns(f"SELECT place, {BY[by]} AS name FROM closed")
    return _numbered(found.sort_by("place")["name"])


def signs_of(store: Store) -> tuple[Whole, Whole, tuple[str, ...]]:
    """The place and the sign of every sign of a closed concern, and the names: it has as many as it has signs."""
    found = store.columns("SELECT place, unnest(signs) AS sign FROM closed")
    found = found.sort_by([("place", "ascending"), ("sign", "ascending")])
    number, names = _numbered(found["sign"])
    return _whole(found["place"]), number, names


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _whole(column: pa.ChunkedArray) -> Whole:
    return np.asarray(column.to_numpy(), dtype=np.int64)


def _numbered(column: pa.ChunkedArray) -> tuple[Whole, tuple[str, ...]]:
    """A number for each cell, by its name in the order of names; below 0 where there is none."""
    names = tuple(sorted(each for each in column.unique().to_pylist() if each is not None))
    numbers = pc.fill_null(pc.index_in(column, pa.array(names, column.type)), -1)
    return _whole(numbers), names
