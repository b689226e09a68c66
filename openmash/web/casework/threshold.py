"""What the published threshold says, in words, beside a decision of the work."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openmash.apps.casework.asking import AtGate
from openmash.engines.thresholds import as_record


@dataclass(frozen=True)
class SaidByThreshold:
    """One finding: the answer of a gate, the rules and signs that led there, and what is not known."""

    question: str
    level: str
    summary: str
    version: str
    rules: tuple[tuple[str, str, tuple[str, ...]], ...]
    signs: tuple[str, ...]
    unknowns: tuple[str, ...]
    guards: bool
    higher_before: bool


def said_at(standing: AtGate | None) -> SaidByThreshold | None:
    """What stands beside the decision now; None if the policy in force says nothing of it."""
    if standing is None:
        return None
    record = as_record(standing.finding)
    policy = standing.policy.policy
    asked_here = {fact.id for fact in standing.facts}
    return SaidByThreshold(
        question=standing.gate.question,
        level=standing.finding.level.name,
        summary=standing.finding.level.summary,
        version=f"{policy.id} {policy.version}",
        rules=rules_of(record),
        signs=tuple(dict.fromkeys(policy.sign(each.sign).wording for each in standing.told.observations)),
        unknowns=tuple(each["question"] for each in record["unknowns"] if each["id"] in asked_here),
        guards=standing.guards_lower,
        higher_before=standing.highest_rank > standing.finding.level.rank,
    )


def rules_of(record: Mapping[str, Any]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Each rule that led there: its number, its name, and why."""
    return tuple(
        (fired["rule"], fired["name"], (fired["rule_because"], *fired["because"]))
        for fired in record["fired"]
        if fired["level"] or fired["consider"]
    )
