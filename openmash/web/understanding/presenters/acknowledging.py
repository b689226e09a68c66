"""The version in force in short, and how many have acknowledged it."""

from collections.abc import Iterable
from dataclasses import dataclass

from openmash.apps.policy.queries.acknowledgements import AgencyAcknowledged
from openmash.engines.thresholds import Level, Policy


@dataclass(frozen=True)
class Together:
    """All agencies shown, added up."""

    people: int
    acknowledged: int
    agencies: int
    agencies_complete: int


def level_words(level: Level, policy: Policy) -> str:
    """`Level 4: Protection`; `Immediate: act now`; for the later decisions the answer's own name."""
    if level.gate != policy.gates[0].id:
        return level.name
    if policy.clock(level.clock).kind == "at_once":
        return f"{level.name}: act now"
    return f"Level {level.code}: {level.name}"


def changes_shown(policy: Policy) -> list[tuple[str, str]]:
    """What changed in this version: the row by its own words, and why it changed."""
    return [(_name_of(change.row, policy), change.reason) for change in policy.changes]


def _name_of(row: str, policy: Policy) -> str:
    if row in policy.rules_by_id:
        return f"Rule {row}: {policy.rule(row).name}"
    if row in policy.signs_by_id:
        return f"Sign {row}: {policy.sign(row).wording}"
    return policy.fact(row).question if row in policy.facts_by_id else row.replace("_", " ")


def all_together(agencies: Iterable[AgencyAcknowledged]) -> Together:
    """The sum over the agencies."""
    rows = list(agencies)
    return Together(
        people=sum(row.people for row in rows),
        acknowledged=sum(row.acknowledged for row in rows),
        agencies=len(rows),
        agencies_complete=sum(row.people == row.acknowledged for row in rows),
    )
