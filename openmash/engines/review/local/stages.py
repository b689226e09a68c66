"""How far the work went after each concern, and for whom: closed, gone on, assessed, enquiry, conference, plan.

Only what came within half a year of the concern is counted, and only concerns that could be followed so long. What
came is of the concern it is written down for, or else of the child's last concern before it. A later stage implies
the earlier ones: an enquiry without an assessment on record has gone on, and counts as assessed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openmash.engines.review.local.history import Source
from openmash.engines.review.local.kinds import RAISED_BY
from openmash.engines.review.local.store import Store

Whole = NDArray[np.int64]

WITHIN = 182
"""Days."""
CLOSED, WENT_ON = "closed", "went_on"
STAGES = {
    WENT_ON: "closed_at_door",
    "assessed": "assessed_on",
    "enquiry": "enquiry_on",
    "conference": "conference_on",
    "plan": "plan_on",
}
"""Each stage, and by what a history says that it is kept."""

BY = {
    "age": "CASE WHEN age_months < 12 THEN '0' WHEN age_months < 60 THEN '1' WHEN age_months < 120 THEN '2' "
    "WHEN age_months < 192 THEN '3' ELSE '4' END",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "disability": "CASE disabled WHEN true THEN 'disabled' WHEN false THEN 'not_disabled' END",
    "deprivation": "CAST(deprivation AS VARCHAR)",
}
KEPT_AS = {
    "age": "age_months",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "disability": "disabled",
    "deprivation": "deprivation",
}
NOT_KNOWN = ""


@dataclass(frozen=True)
class Reached:
    """Every concern that was followed long enough. Arrays have an entry for each.

    - stage: how far it went: 0 closed, 1 the first of `stages`, and on; -1 where nobody knows
    - cluster: a number for the household, or for the child where no household is known
    - group: for each characteristic held, a place in `names`; not known is a group of its own, named ""
    - alike: for each of "age", "raised_by" and "need" that is held, a number for what it is
    """

    stages: tuple[str, ...]
    stage: Whole
    cluster: Whole
    group: dict[str, Whole]
    names: dict[str, tuple[str, ...]]
    alike: dict[str, Whole]


def reached(store: Store, history: Source) -> Reached:
    """How far the work went, from an opened history. Stages the history does not keep are not among `stages`."""
    stages = tuple(stage for stage, column in STAGES.items() if column in history.has)
    by = {each: BY[each] for each, column in KEPT_AS.items() if column in history.has}
    alike = {
        name: expression
        for name, (expression, column) in {
            "age": (f"CASE WHEN age_months IS NOT NULL THEN {BY['age']} END", "age_months"),
            "raised_by": (_raised_by(), "agency_kind"),
            "need": ("need", "need"),
        }.items()
        if column in history.has
    }
    if "age" in by:
        by["age"] = alike["age"]
    every = {f"by_{name}": text for name, text in by.items()} | {
        f"alike_{name}": text for name, text in alike.items()
    }
    columns = ", ".join(f"coalesce({text}, '') AS {name}" for name, text in every.items())
    found = store.columns(_reached(stages, f", {columns}" if columns else "")).sort_by("place")
    coded = {
        name: np.unique(np.asarray(found[name].to_pylist(), dtype=str), return_inverse=True) for name in every
    }
    return Reached(
        stages,
        np.asarray(found["stage"].to_numpy(), dtype=np.int64),
        np.asarray(found["cluster"].to_numpy(), dtype=np.int64),
        {name: coded[f"by_{name}"][1] for name in by},
        {name: tuple(str(each) for each in coded[f"by_{name}"][0]) for name in by},
        {name: coded[f"alike_{name}"][1] for name in alike},
    )


def _raised_by() -> str:
    """Who raised it, in a few broad kinds: with every kind by itself hardly anybody would be alike."""
    whens = " ".join(f"WHEN '{kind}' THEN '{broad}'" for kind, broad in RAISED_BY.items())
    return f"CASE agency_kind {whens} END"


def _reached(stages: tuple[str, ...], columns: str) -> str:
    ranks = " ".join(f"WHEN '{stage}' THEN {rank}" for rank, stage in enumerate(stages, start=1))
    rank = f"CASE kind {ranks} END" if stages else "NULL"
    went_on = 1 if WENT_ON in stages else 0
    return f"""
        WITH own AS (
            SELECT row_number() OVER (ORDER BY received_on, contact, contacts.child) AS place, contact, contacts.child,
                received_on, agency_kind, closed_at_door, age_months, need, sex, ethnicity, disabled, deprivation,
                followed_to, household
            FROM contacts LEFT JOIN children ON children.child = contacts.child
        ),
        steps AS (SELECT child, "on", contact, {rank} AS step FROM events WHERE {rank} IS NOT NULL),
        before AS (
            SELECT place, step, date_diff('day', received_on, "on") AS days,
                row_number() OVER (PARTITION BY steps.child, "on", step ORDER BY place DESC) AS nth
            FROM steps JOIN own ON steps.child = own.child AND "on" >= received_on WHERE steps.contact IS NULL
        ),
        came AS (
            SELECT place, step, date_diff('day', received_on, "on") AS days
            FROM steps JOIN own ON own.contact = steps.contact AND own.child = steps.child
            UNION ALL
            SELECT place, step, days FROM before WHERE nth = 1
        ),
        furthest AS (SELECT place, max(step) AS step FROM came WHERE days BETWEEN 0 AND {WITHIN} GROUP BY place)
        SELECT own.place, CASE WHEN closed_at_door THEN 0 WHEN step IS NOT NULL THEN step
                WHEN NOT closed_at_door THEN {went_on} ELSE -1 END AS stage,
            dense_rank() OVER (ORDER BY household IS NULL, child IS NULL, coalesce(household, child, contact)) - 1
                AS cluster{columns}
        FROM own LEFT JOIN furthest ON furthest.place = own.place
        WHERE date_diff('day', received_on, coalesce(followed_to, (SELECT max(followed_to) FROM children))) >= {WITHIN}
    """
