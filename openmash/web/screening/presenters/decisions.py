"""Decisions, first to last, each with its reasons, its version and the second person's word."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openmash.apps.concerns.queries.opened import Opened
from openmash.apps.concerns.rules import CHILD_OUTCOMES, OVERRIDES
from openmash.apps.concerns.states import State
from openmash.apps.policy.queries import adopted
from openmash.web.screening.presenters.findings import code_words, rank_words
from openmash.web.screening.presenters.people import name_of, who


@dataclass(frozen=True)
class SecondWordShown:
    agrees: bool
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class DecisionShown:
    """`threshold` is the highest level the threshold had given; `differs` when another was decided."""

    standing: str
    by: str
    at: datetime
    level: str
    threshold: str
    differs: bool
    pathway: str
    next: str
    rationale: str
    kind_of_reason: str
    response_not_available: str
    not_seen_because: str
    discounted_because: str
    children: tuple[tuple[str, str, str], ...]
    second_person_reasons: tuple[str, ...]
    second_word: SecondWordShown | None
    version: str


def decisions_shown(opened: Opened) -> list[DecisionShown]:
    """Every decision on a contact, first to last."""
    return [decision_shown(decision, opened) for decision in opened.decisions]


def decision_shown(decision: Any, opened: Opened) -> DecisionShown:
    policy = adopted(decision.finding.policy_id).policy
    pathways = {pathway.id: pathway for pathway in policy.pathways}
    pathway = pathways.get(decision.pathway)
    second = getattr(decision, "second_word", None)
    return DecisionShown(
        standing=_standing(decision, second, opened),
        by=who(decision.by),
        at=decision.at,
        level=code_words(decision.level, policy),
        threshold=rank_words(decision.policy_rank, policy),
        differs=decision.level_rank != decision.policy_rank,
        pathway=pathway.label if pathway else decision.pathway,
        next=pathway.what_happens_next if pathway else "",
        rationale=decision.rationale,
        kind_of_reason=OVERRIDES.get(decision.why_not_policy, ""),
        response_not_available=decision.response_not_available,
        not_seen_because=decision.not_seen_because,
        discounted_because=decision.discounted_because,
        children=tuple(_child(each) for each in decision.children_considered.all()),
        second_person_reasons=tuple(decision.second_person_reasons),
        second_word=SecondWordShown(second.agrees, who(second.by), second.at, second.reason)
        if second
        else None,
        version=policy.version,
    )


def _standing(decision: Any, second: Any, opened: Opened) -> str:
    contact = opened.contact
    if contact.decision_id == decision.pk:
        reopened = contact.state in (State.RECEIVED, State.SCREENING, State.SECOND_PERSON)
        return "Decision before this was opened again" if reopened else "Decision in force"
    if second is not None and not second.agrees:
        return "Proposed, and returned by a second person"
    is_last = opened.proposed is not None and opened.proposed.pk == decision.pk
    if is_last and contact.state == State.SECOND_PERSON:
        return "Proposed, waiting for a second person"
    return "Proposed, not agreed" if decision.needs_second and second is None else "Earlier decision"


def _child(considered: Any) -> tuple[str, str, str]:
    name = name_of(considered.part.description)
    return name, CHILD_OUTCOMES.get(considered.outcome, considered.outcome), considered.reason
