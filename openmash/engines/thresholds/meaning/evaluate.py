"""What a policy says of a case, with every reason."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from openmash.engines.thresholds.meaning.case import Case, View, view
from openmash.engines.thresholds.meaning.findings import Finding, Fired, Unknown
from openmash.engines.thresholds.meaning.outcome import (
    Outcome,
    has_unknown_agencies,
    outcome,
    routes_for,
    settled,
    settled_age,
    settled_agencies,
    settled_length,
    time_for,
)
from openmash.engines.thresholds.meaning.reasons import because
from openmash.engines.thresholds.policy.model import Answer, Duty, Level, Policy, Route, Rule


def evaluate(policy: Policy, case: Case, gate: str = "") -> Finding:
    """What the policy says of the case at the gate with this id ("" for the front door's).

    The level is the highest, and the time the shortest, over all rules that fire; duties are those of all of
    them. More signs, stronger evidence, more contacts or a worse answer can never lower any of these.

    Raises:
        KeyError: the policy has no such gate.
        ValueError: the case names a sign, an evidence grade or a fact the policy does not have.
    """
    looked_up = view(policy, case, gate)
    found = outcome(looked_up)
    return finding(
        looked_up,
        found,
        unknowns=open_unknowns(looked_up, found),
        lowest=outcome(settled(looked_up, worst=False)).level,
        highest=outcome(settled(looked_up, worst=True)).level,
        routes=routes_for(looked_up, found.level),
    )


def finding(
    case: View,
    found: Outcome,
    *,
    unknowns: tuple[Unknown, ...],
    lowest: Level,
    highest: Level,
    routes: tuple[Route, ...],
) -> Finding:
    """What was worked out, put together with its reasons in words."""
    policy = case.policy
    return Finding(
        policy_id=policy.id,
        policy_version=policy.version,
        digest=policy.digest,
        gate=case.gate.id,
        level=found.level,
        consider=found.consider,
        respond=found.respond,
        fired=_fired(case, found),
        duties=_duties(policy, found),
        unknowns=unknowns,
        lowest=lowest,
        highest=highest,
        routes=routes,
        strengths=case.strengths,
        chosen=tuple((id, policy.sign(id).wording) for id in (*case.seen, *case.strengths)),
    )


def _fired(case: View, found: Outcome) -> tuple[Fired, ...]:
    """The rules that fired, most serious first; of equals, in the order of the table."""
    fired = [_one_fired(rule, case, found) for rule in found.rules]
    none = len(case.policy.clocks)
    return tuple(
        sorted(
            fired,
            key=lambda f: (
                -(f.level.rank if f.level else 0),
                -(f.consider.rank if f.consider else 0),
                case.policy.clock_places[f.respond.id] if f.respond else none,
            ),
        )
    )


def _one_fired(rule: Rule, case: View, found: Outcome) -> Fired:
    policy = case.policy
    reasons = [because(condition, case, found.level) for condition in rule.conditions]
    return Fired(
        rule=rule,
        level=policy.level(rule.level) if rule.level else None,
        consider=policy.level(rule.consider) if rule.consider else None,
        respond=time_for(rule, policy),
        because=tuple(reason.text for reason in reasons),
        signs=tuple(dict.fromkeys(sign for reason in reasons for sign in reason.signs)),
    )


def _duties(policy: Policy, found: Outcome) -> tuple[tuple[Duty, tuple[str, ...]], ...]:
    set_by: dict[str, list[str]] = {}
    for rule in found.rules:
        for duty in rule.duties:
            set_by.setdefault(duty, []).append(rule.id)
    return tuple((duty, tuple(set_by[duty.id])) for duty in policy.duties if duty.id in set_by)


def open_unknowns(case: View, found: Outcome) -> tuple[Unknown, ...]:
    """Whatever is not known and matters: it would change the level or the time, or a rule fired only for
    it.
    """
    now = {rule.id for rule in found.rules}
    unknowns = []
    for question in open_questions(case):
        yes, no = (outcome(answered(case, question, yes=each)) for each in (True, False))
        with_yes, with_no = ({rule.id for rule in one.rules} for one in (yes, no))
        differ = tuple(rule.id for rule in case.policy.rules_at(case.gate) if rule.id in with_yes ^ with_no)
        matters = (yes.level, yes.consider, yes.respond) != (no.level, no.consider, no.respond)
        if matters or now - with_no:
            unknowns.append(question.unknown(yes.level, no.level, differ))
    return most_telling_first(unknowns)


def most_telling_first(unknowns: Iterable[Unknown]) -> tuple[Unknown, ...]:
    """Those first whose answer moves the level furthest; of equals, in the order in which they are asked."""
    return tuple(sorted(unknowns, key=lambda u: -(u.if_yes.rank - u.if_no.rank)))


class Question(NamedTuple):
    """One thing not known of a case. `kind` and `id` are those of `Unknown`."""

    kind: str
    id: str
    words: str

    def unknown(self, if_yes: Level, if_no: Level, rules: tuple[str, ...]) -> Unknown:
        return Unknown(self.kind, self.id, self.words, if_yes, if_no, rules)


def open_questions(case: View) -> Iterator[Question]:
    """Each thing not known, in the order in which it is asked."""
    for seen in case.seen.values():
        if seen.sign.immediate == "unless" and seen.answer is Answer.NOT_KNOWN:
            yield Question("condition", seen.sign.id, seen.sign.immediate_question)
    for fact in case.policy.facts:
        if case.fact(fact.id) is Answer.NOT_KNOWN:
            yield Question("fact", fact.id, fact.question)
    if case.unborn is Answer.NOT_KNOWN:
        yield Question("age", "unborn", "Is the child not yet born?")
    if case.unborn is not Answer.YES and (case.age is None or case.age[0] < case.age[1]):
        yield Question("age", "age", "How old is the child?")
    if any(seen.may_be_longer for seen in case.seen.values()):
        yield Question("duration", "duration", "For how many months has each of these signs gone on?")
    if has_unknown_agencies(case):
        yield Question(
            "agency", "agency", "Which agency made each contact of which nobody knows who made it?"
        )


def answered(case: View, question: Question, *, yes: bool) -> View:
    """The case with one question answered: for more concern, or for less."""
    answer = Answer.YES if yes else Answer.NO
    match question.kind:
        case "condition":
            answered = replace(case.seen[question.id], answer=answer)
            return replace(case, seen={**case.seen, question.id: answered})
        case "fact":
            return replace(case, facts={**case.facts, question.id: answer})
        case "duration":
            seen = {key: settled_length(one, worst=yes) for key, one in case.seen.items()}
            return replace(case, seen=seen)
        case "agency":
            return replace(case, **settled_agencies(case, worst=yes))
    if question.id == "unborn":
        return replace(case, unborn=answer)
    return replace(case, age=settled_age(case, worst=yes))
