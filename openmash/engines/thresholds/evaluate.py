"""What a policy says of a case, with every reason."""

from collections.abc import Iterator
from dataclasses import replace

from openmash.engines.thresholds.case import Case, View, view
from openmash.engines.thresholds.findings import Finding, Fired, Unknown
from openmash.engines.thresholds.model import Answer, Duty, Policy, Rule
from openmash.engines.thresholds.outcome import LONG_ENOUGH, Outcome, outcome, settled, settled_age, time_for
from openmash.engines.thresholds.reasons import because


def evaluate(policy: Policy, case: Case) -> Finding:
    """What the policy says of the case.

    The level is the highest, and the time the shortest, over all rules that fire; duties are those of all of
    them. More signs, stronger evidence, more contacts or a worse answer can never lower any of these.

    Raises:
        ValueError: the case names a sign, an evidence grade or a fact the policy does not have.
    """
    looked_up = view(policy, case)
    found = outcome(looked_up)
    return Finding(
        policy_id=policy.id,
        policy_version=policy.version,
        digest=policy.digest,
        level=found.level,
        consider=found.consider,
        respond=found.respond,
        fired=_fired(looked_up, found),
        duties=_duties(policy, found),
        unknowns=open_unknowns(looked_up, found),
        lowest=outcome(settled(looked_up, worst=False)).level,
        highest=outcome(settled(looked_up, worst=True)).level,
        strengths=looked_up.strengths,
        chosen=tuple((id, policy.sign(id).wording) for id in (*looked_up.seen, *looked_up.strengths)),
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
                case.policy.clocks.index(f.respond) if f.respond else none,
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
    set_by = (
        (duty, tuple(rule.id for rule in found.rules if duty.id in rule.duties)) for duty in policy.duties
    )
    return tuple((duty, rules) for duty, rules in set_by if rules)


def open_unknowns(case: View, found: Outcome) -> tuple[Unknown, ...]:
    """Whatever is not known and matters: it would change the level or the time, or a rule fired only for
    it.
    """
    now = {rule.id for rule in found.rules}
    unknowns = []
    for kind, id, question, if_yes, if_no in _open_questions(case):
        yes, no = outcome(if_yes), outcome(if_no)
        with_yes, with_no = ({rule.id for rule in one.rules} for one in (yes, no))
        differ = tuple(rule.id for rule in case.policy.rules if rule.id in with_yes ^ with_no)
        matters = (yes.level, yes.consider, yes.respond) != (no.level, no.consider, no.respond)
        if matters or now - with_no:
            unknowns.append(Unknown(kind, id, question, yes.level, no.level, differ))
    return tuple(sorted(unknowns, key=lambda u: -(u.if_yes.rank - u.if_no.rank)))


def _open_questions(case: View) -> Iterator[tuple[str, str, str, View, View]]:
    """Each thing not known: kind, id, question, and the case with it answered for more and for less
    concern.
    """
    for seen in case.seen.values():
        if seen.sign.immediate == "unless" and seen.answer is Answer.NOT_KNOWN:
            key = seen.sign.id
            answered = {a: {**case.seen, key: replace(seen, answer=a)} for a in (Answer.YES, Answer.NO)}
            yes, no = (replace(case, seen=answered[a]) for a in (Answer.YES, Answer.NO))
            yield "condition", key, seen.sign.immediate_question, yes, no
    for fact in case.policy.facts:
        if case.fact(fact.id) is Answer.NOT_KNOWN:
            yes, no = (replace(case, facts={**case.facts, fact.id: a}) for a in (Answer.YES, Answer.NO))
            yield "fact", fact.id, fact.question, yes, no
    if case.unborn is Answer.NOT_KNOWN:
        yes, no = (replace(case, unborn=a) for a in (Answer.YES, Answer.NO))
        yield "age", "unborn", "Is the child not yet born?", yes, no
    if case.unborn is not Answer.YES and (case.age is None or case.age[0] < case.age[1]):
        yes, no = (replace(case, age=settled_age(case, worst=worst)) for worst in (True, False))
        yield "age", "age", "How old is the child?", yes, no
    if any(seen.lasting is None for seen in case.seen.values()):
        yes, no = _lasting(case, LONG_ENOUGH), _lasting(case, 0)
        yield "duration", "duration", "For how many months has each of these signs gone on?", yes, no


def _lasting(case: View, months: int) -> View:
    seen = {
        key: replace(one, lasting=months) if one.lasting is None else one for key, one in case.seen.items()
    }
    return replace(case, seen=seen)
