"""What stands in the way of a decision, and when it takes a second person. Pure: the button's hint, the
guard of the action and the tests all read the same answers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from openmash.engines.thresholds import Finding, Policy

OVERRIDES = {
    "more_serious": "The concern is more serious than the signs show",
    "history": "What is known from earlier contacts",
    "information_checked": "Information checked with agencies changes the picture",
    "sign_misread": "A sign was chosen by mistake or does not fit",
    "child_now_safe": "The child is known to be safe now, and how is written below",
    "already_helped": "The right help is already in place and working",
}
"""Kinds of reason for deciding another level than the policy's. Lack of capacity is not one (rule C17)."""

SETTLED_ON_THE_FORM = frozenset({"seen_before_closing", "decision_for_each_child"})
"""Duties that a decision meets by what is written on it, whoever decides (rules C10 and C12)."""

LOWERING = frozenset({"information_checked", "sign_misread", "child_now_safe", "already_helped"})
RAISING = frozenset({"more_serious", "history", "information_checked"})

OWN_CONCERN = "own_concern"
CHILD_OUTCOMES = {
    "same_decision": "Same decision as for this child",
    OWN_CONCERN: "Needs a concern of their own",
    "not_affected": "No action needed for this child now",
}
"""What may be decided for another child of the household (rule C12)."""

CAPACITY_WORDS = re.compile(
    r"\b(no|lack of|limited|insufficient|without) (capacity|staff|staffing|social workers?|resources?)\b"
    r"|\bcapacity to (allocate|respond|take)\b|\bat capacity\b|\bshort[- ]staffed\b|\bshort of staff\b"
    r"|\bnot enough (staff|workers|social workers)\b|\bcaseloads? (is|are) (too )?(high|full)\b"
    r"|\bunable to allocate\b|\bno (social )?worker is (free|available)\b|\btoo busy to\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reason:
    """Why something cannot be done, beside which field, in words a person can act on."""

    field: str
    text: str


@dataclass(frozen=True)
class Choice:
    """What a person is about to decide. Nothing has a default that decides."""

    level: str
    pathway: str
    rationale: str
    why_not_policy: str = ""
    response_not_available: str = ""
    not_seen_because: str = ""
    discounted_because: str = ""
    children: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """For each other child of the household (part id): what was decided for them, and why."""


@dataclass(frozen=True)
class Standing:
    """What the decision has to answer to."""

    policy: Policy
    finding: Finding
    highest_rank: int
    """Highest level ever found, decided or held for this contact: withdrawing a sign does not undo it."""
    child_seen: bool
    other_children: tuple[int, ...]
    decider_is_manager: bool
    held_before: bool = False
    """An account was taken back, or the source doubted, at some time: going lower takes two people."""

    @property
    def policy_rank(self) -> int:
        return max(self.highest_rank, self.finding.level.rank)

    def has_duty(self, duty_id: str) -> bool:
        return any(duty.id == duty_id for duty, _rules in self.finding.duties)


def why_not_decide(choice: Choice, standing: Standing) -> list[Reason]:
    """Everything that stands in the way of this decision; empty if nothing does."""
    reasons = _incomplete(choice, standing)
    if reasons:
        return reasons
    return [
        *_level_and_pathway(choice, standing),
        *_capacity(choice, standing),
        *_other_level(choice, standing),
        *_unseen(choice, standing),
        *_siblings(choice, standing),
        *_discount(choice, standing),
    ]


def second_person_reasons(choice: Choice, standing: Standing) -> list[str]:
    """Why this decision takes a second person; empty if one person may decide."""
    policy, finding = standing.policy, standing.finding
    rank = policy.level(choice.level).rank
    reasons = []
    if rank < standing.policy_rank and standing.policy_rank >= policy.level(policy.second_person_from).rank:
        reasons.append(
            f"The published threshold says {_named(policy, standing.policy_rank)} "
            "and this decision is lower (rule C19)."
        )
    doubted_and_lower = rank < standing.policy_rank and standing.held_before
    if choice.discounted_because or doubted_and_lower:
        reasons.append("The source was doubted or an account taken back (rules C14 and C15).")
    if standing.decider_is_manager:
        return reasons
    if finding.consider is not None and rank < finding.consider.rank:
        higher = _named(policy, finding.consider.rank)
        reasons.append(f"A manager must consider {higher} before a lower level.")
    if policy.pathway(choice.pathway).closes:
        reasons += [
            f"{duty.label}: a manager must agree before this is closed (rule {', '.join(rules)})."
            for duty, rules in finding.duties
            if duty.blocks == "closing" and duty.id not in SETTLED_ON_THE_FORM
        ]
    return reasons


def _named(policy: Policy, rank: int) -> str:
    level = next(level for level in policy.levels if level.rank == rank)
    return f"level {level.code} ({level.name})"


def _incomplete(choice: Choice, standing: Standing) -> list[Reason]:
    known_levels = {level.code for level in standing.policy.levels}
    known_pathways = {pathway.id for pathway in standing.policy.pathways}
    reasons = []
    if choice.level not in known_levels:
        reasons.append(Reason("level", "Select the level you decide."))
    if choice.pathway not in known_pathways:
        reasons.append(Reason("pathway", "Select what happens next."))
    if not choice.rationale.strip():
        reasons.append(Reason("rationale", "Write the reasons for your decision."))
    return reasons


def _level_and_pathway(choice: Choice, standing: Standing) -> list[Reason]:
    pathway = standing.policy.pathway(choice.pathway)
    if pathway.level != choice.level:
        offered = ", ".join(
            p.label for p in standing.policy.pathways_for(standing.policy.level(choice.level))
        )
        return [
            Reason("pathway", f"“{pathway.label}” is not offered at level {choice.level}. Choose: {offered}.")
        ]
    return []


def _capacity(choice: Choice, standing: Standing) -> list[Reason]:
    """Rule C17. Where a decision goes lower or closes, want of capacity may stand in none of its reasons."""
    lower = standing.policy.level(choice.level).rank < standing.policy_rank
    answered_for = lower or standing.policy.pathway(choice.pathway).closes
    if choice.response_not_available.strip() and not answered_for:
        return []
    written = {
        "rationale": choice.rationale,
        "not_seen_because": choice.not_seen_because,
        "discounted_because": choice.discounted_because,
        **{f"child_{part}": reason for part, (_outcome, reason) in choice.children.items()},
    }
    return [
        Reason(
            field,
            "Your reasons mention staffing or capacity. That cannot be a reason for a level or for closing. "
            "Write it under “Response not available”, and give the reasons themselves here.",
        )
        for field, text in written.items()
        if CAPACITY_WORDS.search(text)
    ]


def _other_level(choice: Choice, standing: Standing) -> list[Reason]:
    rank = standing.policy.level(choice.level).rank
    if rank == standing.policy_rank:
        return []
    allowed = LOWERING if rank < standing.policy_rank else RAISING
    reasons = []
    if choice.why_not_policy not in allowed:
        way = "lower" if rank < standing.policy_rank else "higher"
        kinds = "; ".join(OVERRIDES[key] for key in OVERRIDES if key in allowed)
        reasons.append(
            Reason(
                "why_not_policy",
                f"You decide {way} than the published threshold. Select the kind of reason: {kinds}.",
            )
        )
    if rank < standing.policy_rank and standing.has_duty("hold_level"):
        reasons.append(
            Reason(
                "level",
                "An account has been taken back. The level stays as it is until a strategy discussion "
                "decides (rule C15).",
            )
        )
    return reasons


def _unseen(choice: Choice, standing: Standing) -> list[Reason]:
    closes = standing.policy.pathway(choice.pathway).closes
    unseen = standing.has_duty("seen_before_closing") and not standing.child_seen
    if closes and unseen and not choice.not_seen_because.strip():
        return [
            Reason(
                "not_seen_because",
                "Nobody is known to have seen the child. Record that the child has been seen, "
                "or write why this can be closed without (rule C10).",
            )
        ]
    return []


def _siblings(choice: Choice, standing: Standing) -> list[Reason]:
    rank = standing.policy.level(choice.level).rank
    if max(rank, standing.policy_rank) < standing.policy.level(standing.policy.second_person_from).rank:
        return []
    missing = [
        part
        for part in standing.other_children
        if choice.children.get(part, ("", ""))[0] not in CHILD_OUTCOMES
        or not choice.children.get(part, ("", ""))[1].strip()
    ]
    return [
        Reason(f"child_{part}", "Decide for this child too, and write why (rule C12).") for part in missing
    ]


def _discount(choice: Choice, standing: Standing) -> list[Reason]:
    if choice.discounted_because and len(choice.discounted_because.split()) < 5:
        return [
            Reason(
                "discounted_because",
                "Write the basis for discounting the source in a full sentence (rule C14).",
            )
        ]
    return []
