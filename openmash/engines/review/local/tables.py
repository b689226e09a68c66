"""What is counted from a history: plain counts every row with what is not known of it.

Nothing here is fit to be shown: small counts are still in it. `apps/review/local` shows it.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from openmash.engines.review.local.store import Store

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


def beside_policy(store: Store, by: str) -> Counts:
    """Decided lower, the same, higher than the published threshold, or not known, by one of `BY` or `sign`."""
    if by == "sign":
        query = f"SELECT unnest(signs) AS grp, {_STANDS} AS stands {_DECIDED}"
        return _crossed(store, query, STANDS, parts=False)
    query = f"SELECT coalesce({BY[by]}, '') AS grp, {_STANDS} AS stands {_DECIDED}"
    return _crossed(store, query, STANDS)


def levels(store: Store) -> Counts:
    """What was decided (columns), by what the published threshold said (rows); the least serious first."""
    query = f"SELECT coalesce(policy_level, '') AS grp, coalesce(decided_level, '') AS stands {_DECIDED}"
    found = store.rows(
        "SELECT level, max(place) AS place FROM (SELECT policy_level AS level, policy_rank AS place FROM contacts "
        "UNION ALL SELECT decided_level, decided_rank FROM contacts) AS every_level "
        "WHERE level IS NOT NULL GROUP BY level"
    )
    last = max((place for _, place in found if place is not None), default=0) + 1
    order = sorted((level for level, _ in found), key=lambda level: (dict(found)[level] or last, level))
    return _crossed(store, query, (*order, NOT_KNOWN), order=(*order, NOT_KNOWN))


def reasons(store: Store) -> Counts:
    """Why another level than the threshold's was decided: the kinds of reason, lower and higher."""
    query = f"""SELECT coalesce(override_reason, '') AS grp, {_STANDS} AS stands
        FROM contacts WHERE decided_rank <> policy_rank"""
    return _crossed(store, query, ("lower", "higher"))


@dataclass(frozen=True)
class Capacity:
    """Concerns decided lower than the threshold: for how many something could not be offered, and not known."""

    lower: int
    lacking: int
    not_known: int


LACKING = ("capacity", "lack_of_capacity", "lacked_capacity", "no_capacity")
"""Kinds of reason by which other systems say it. Words that only hold one, as "parental capacity" does, say nothing."""


def lower_for_capacity(store: Store) -> Capacity:
    """Decided lower where something lacked, which must not be: want of staff is no reason for a level (rule C17)."""
    (row,) = store.rows(
        "SELECT count(*) AS lower_than, "
        f"count(CASE WHEN lacked_capacity OR lower(override_reason) IN {LACKING} THEN 1 END) AS lacking, "
        "count(CASE WHEN lacked_capacity IS NULL THEN 1 END) AS not_known "
        "FROM contacts WHERE decided_rank < policy_rank"
    )
    return Capacity(*row)


DOOR = ("closed", "went_on", "not_known")
_DOOR = "CASE closed_at_door WHEN true THEN 'closed' WHEN false THEN 'went_on' ELSE 'not_known' END"


def outcome(store: Store, by: str) -> Counts:
    """Closed at the front door, gone on to help or assessment, or not known, by one of `BY`."""
    query = f"SELECT coalesce({BY[by]}, '') AS grp, {_DOOR} AS stands {_DECIDED}"
    return _crossed(store, query, DOOR)


def received_by_month(store: Store) -> Counts:
    """Concerns received in each month."""
    query = "SELECT strftime(received_on, '%Y-%m') AS grp, 'received' AS stands FROM contacts"
    return _crossed(store, query, ("received",))


@dataclass(frozen=True)
class Silent:
    """How many agencies of a kind raised something before the last year, and how many of those nothing since."""

    kind: str
    before: int
    silent: int


def silent_agencies(store: Store) -> tuple[Silent, ...]:
    """By kind of agency; a history shorter than two years has none."""
    rows = store.rows(
        """
        WITH ending AS (SELECT max(received_on) AS day, min(received_on) AS first_day FROM contacts),
        agencies AS (
            SELECT agency, coalesce(min(agency_kind), '') AS kind,
                max(CASE WHEN received_on <= ending.day - INTERVAL 1 YEAR THEN 1 ELSE 0 END) AS earlier,
                max(CASE WHEN received_on > ending.day - INTERVAL 1 YEAR THEN 1 ELSE 0 END) AS since
            FROM contacts CROSS JOIN ending
            WHERE agency IS NOT NULL AND ending.first_day <= ending.day - INTERVAL 2 YEAR GROUP BY agency
        )
        SELECT kind, sum(earlier) AS earlier, sum(CASE WHEN since = 0 THEN earlier ELSE 0 END) AS silent
        FROM agencies GROUP BY kind HAVING sum(earlier) > 0
        """
    )
    return tuple(Silent(kind, int(before), int(silent)) for kind, before, silent in sorted(rows))


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


def waits(store: Store, what: str) -> Waits:
    """Days from receipt to the decision, to the answer, or to the child being seen."""
    hours, day = TIMES[what]
    found = store.columns(
        f"SELECT CAST(date_diff('day', received_on, {day}) AS DOUBLE) AS days, "
        f"{hours or 'CAST(NULL AS DOUBLE)'} AS hours FROM contacts"
    )
    days, hours_taken = (np.asarray(column.to_numpy(), dtype=float) for column in found.columns)
    had = days[~np.isnan(days)]
    up_to = [int(np.sum(had <= bound)) for bound in BOUNDS]
    within = [count - before for before, count in pairwise([0, *up_to])]
    took = np.where(np.isnan(hours_taken), days, hours_taken / 24)
    took = took[~np.isnan(took)]
    half, nine, longest = np.quantile(took, [0.5, 0.9, 1]).tolist() if len(took) else (None, None, None)
    return Waits(what, tuple(within), len(had) - up_to[-1], len(days) - len(had), half, nine, longest)


def _crossed(
    store: Store,
    query: str,
    columns: tuple[str, ...],
    *,
    order: tuple[str, ...] = (),
    parts: bool = True,
) -> Counts:
    found = store.rows(f"SELECT grp, stands, count(*) AS n FROM ({query}) AS each_one GROUP BY grp, stands")
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
