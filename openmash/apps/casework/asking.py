"""What the published threshold says of a child at its later gates, from all that was told. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.casework.models import Case, NewInformation, StageOpen, ThresholdAsked
from openmash.apps.casework.stages import Stage
from openmash.apps.casework.unborn import is_unborn
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.findings import case_now
from openmash.apps.policy.queries import PolicyInForce, in_force
from openmash.engines.thresholds import Answer, Fact, Finding, Gate, Policy, evaluate
from openmash.engines.thresholds import Case as Told

STAGE_OF = {"enquiry": Stage.STRATEGY_DISCUSSION, "conference": Stage.SECTION_47_ENQUIRY}
"""At which stage each of the later gates is decided."""

LOWER_AT = {("decide_on_enquiry", "no_enquiry"): "enquiry", ("finish_enquiry", "no_conference"): "conference"}
"""The decisions by which a gate's answer comes out at its least serious level."""

GATE_OF = {"decide_on_enquiry": "enquiry", "finish_enquiry": "conference"}
WORST_FIRST = (Answer.YES, Answer.NOT_KNOWN, Answer.NO)


@dataclass(frozen=True)
class AtGate:
    """What a decision at a gate answers to: the finding now, and the highest found since its stage began."""

    policy: PolicyInForce
    gate: Gate
    facts: tuple[Fact, ...]
    answers: Mapping[str, str]
    told: Told
    finding: Finding
    highest_rank: int
    kept: ThresholdAsked | None

    @property
    def guarded_from(self) -> int:
        return self.policy.policy.level(self.gate.second_person_from).rank

    @property
    def lowest_rank(self) -> int:
        return self.gate.levels[0].rank

    @property
    def guards_lower(self) -> bool:
        """Whether deciding its least serious level is lower than the threshold, and takes two people."""
        return self.highest_rank >= self.guarded_from > self.lowest_rank


@seeing_everything("opened with the work: the gate of the work decides")
def at_gate(case: Case, gate: str, now: datetime) -> AtGate | None:
    """What the policy in force says at a gate; None if it has none of this name, or nothing was told."""
    policy = in_force(now)
    found = policy.policy.gates_by_id.get(gate)
    contacts = contacts_of(case)
    if found is None or not contacts:
        return None
    asked = list(
        ThresholdAsked.objects.filter(case=case, gate=gate, at__gte=_since(case, gate)).order_by("id")
    )
    answers = dict(asked[-1].facts) if asked else {}
    told = case_told(case, contacts, policy.policy, answers, now)
    finding = evaluate(policy.policy, told, gate)
    return AtGate(
        policy=policy,
        gate=found,
        facts=tuple(each for each in policy.policy.facts if each.gate == gate),
        answers=answers,
        told=told,
        finding=finding,
        highest_rank=max([finding.level.rank, *(each.level_rank for each in asked)]),
        kept=asked[-1] if asked else None,
    )


def _since(case: Case, gate: str) -> datetime:
    """Answers count from when the stage was last opened: an earlier discussion was another one.

    A stage put back by a disagreement is the same one, and what was answered in it still counts.
    """
    last = (
        StageOpen.objects.filter(case=case, stage=STAGE_OF[gate])
        .exclude(verb="escalate")
        .order_by("-id")
        .first()
    )
    return last.at if last is not None else case.opened_at


@seeing_everything("opened with the work: the gate of the work decides")
def contacts_of(case: Case) -> list[Contact]:
    """Every concern that reached the work with this child, in the order in which they were received."""
    ids = {
        *case.camefrom_set.values_list("contact_id", flat=True),
        *NewInformation.objects.filter(case=case).values_list("contact_id", flat=True),
    }
    return list(Contact.objects.filter(pk__in=ids).order_by("received_at"))


@seeing_everything("opened with the work: the gate of the work decides")
def case_told(
    case: Case, contacts: list[Contact], policy: Policy, answers: Mapping[str, str], now: datetime
) -> Told:
    """All that was told of this child, taken together: every sign, and of a fact said twice the graver answer.

    `answers` are those given for this gate, by fact; they count before what was told at the front door.
    """
    each_told = [case_now(contact, policy=policy, now=now) for contact in contacts]
    signs = {sign.id for sign in policy.signs}
    facts: dict[str, Answer] = {}
    for one in each_told:
        for fact, answer in one.facts.items():
            before = facts.get(fact, answer)
            facts[fact] = min(before, answer, key=WORST_FIRST.index)
    facts |= {
        fact: Answer(answer) for fact, answer in answers.items() if fact in {f.id for f in policy.facts}
    }
    return replace(
        each_told[-1],
        observations=tuple(seen for one in each_told for seen in one.observations if seen.sign in signs),
        facts=facts,
        unborn=Answer.YES if is_unborn(case) else Answer.NO,
    )
