"""The slow, obvious evaluator: what the sentences say, done by hand. It shares only names with the engine."""

from dataclasses import replace
from typing import Any

from openmash.engines.thresholds import Case, Policy
from openmash.engines.thresholds.policy.conditions import (
    ChildUnder,
    Contacts,
    Examples,
    Facts,
    Reached,
    Signs,
    Unborn,
)


def reference(policy: Policy, case: Case, gate: str = "services") -> dict[str, Any]:
    """Level, level to consider, time, rules fired, duties and routes."""
    lowest = level = policy.gate(gate).levels[0]
    here = [rule for rule in policy.rules if rule.gate == gate]
    for rule in here:
        if rule.level and all(holds(c, policy, case) for c in rule.conditions):
            level = max(level, policy.level(rule.level), key=lambda one: one.rank)
    fired = [rule for rule in here if all(holds(c, policy, case, level.rank) for c in rule.conditions)]
    clocks = [lowest.clock, *(rule.respond for rule in fired)]
    clocks += [policy.level(rule.level).clock for rule in fired if rule.level]
    higher = [
        policy.level(r.consider) for r in fired if r.consider and policy.level(r.consider).rank > level.rank
    ]
    return {
        "level": level.code,
        "consider": max(higher, key=lambda one: one.rank).code if higher else None,
        "respond": next(clock.id for clock in policy.clocks if clock.id in clocks),
        "fired": {rule.id for rule in fired},
        "duties": {duty for rule in fired for duty in rule.duties},
        "routes": {
            route.id
            for route in policy.routes
            if level.code in route.levels and all(holds(c, policy, case) for c in route.conditions)
        },
    }


def holds(condition: Any, policy: Policy, case: Case, reached: int = 0) -> bool:
    match condition:
        case Signs():
            found = {
                sign for sign in {o.sign for o in case.observations} if fits(condition, sign, policy, case)
            }
            domains = {policy.sign(sign).domain for sign in found}
            return len(found) >= condition.least and len(domains) >= condition.domains
        case Examples(least, sign, evidence):
            seen = [o for o in case.observations if o.sign == sign]
            return known(seen, evidence, policy) and many(policy, sign, seen) >= least
        case Contacts():
            return contacts(condition, policy, case)
        case ChildUnder(months):
            return case.unborn == "yes" or case.age_months is None or case.age_months[0] < months
        case Unborn():
            born = case.age_months is not None and case.unborn == "not_known"
            return case.unborn == "yes" or (
                condition.not_ruled_out and case.unborn == "not_known" and not born
            )
        case Facts(fact, of, not_ruled_out):
            enough = ("yes", "not_known") if not_ruled_out else ("yes",)
            return any(
                case.facts.get(name, "not_known") in enough
                for name in (policy.fact_sets[of] if of else [fact])
            )
        case Reached(code):
            return reached >= policy.level(code).rank
    raise AssertionError(condition)


def known(seen: list[Any], evidence: str, policy: Policy) -> bool:
    return any(
        not evidence or policy.evidence_grade(o.evidence).rank >= policy.evidence_grade(evidence).rank
        for o in seen
    )


def many(policy: Policy, sign: str, seen: list[Any]) -> int:
    counted = bool(policy.sign(sign).counted_examples)
    return max((o.examples if counted else 1 for o in seen), default=0)


def fits(c: Signs, id: str, policy: Policy, case: Case) -> bool:
    sign, seen = policy.sign(id), [o for o in case.observations if o.sign == id]
    worst = max(seen, key=lambda o: ["no", "not_known", "yes"].index(o.immediate_answer)).immediate_answer
    return (
        not sign.protective
        and c.sign in ("", id)
        and c.level in ("", sign.level)
        and (not c.of or id in policy.sign_sets.get(c.of, ()) or sign.accumulates == c.of)
        and c.immediacy in ("", sign.immediate)
        and (c.immediacy != "unless" or worst == "yes" or (c.not_ruled_out and worst == "not_known"))
        and known(seen, c.evidence, policy)
        and (not c.lasting or any(long_enough(c, o.lasting_months) for o in seen))
    )


def long_enough(c: Signs, months: int | None) -> bool:
    return c.lasting_open if months is None else months >= c.lasting


def contacts(c: Contacts, policy: Policy, case: Case) -> bool:
    back = case.as_of.year * 12 + case.as_of.month - 1 - c.months
    start = case.as_of.replace(
        year=back // 12, month=back % 12 + 1
    )  # the cases are all of the 15th of a month
    past = [p for p in case.past if start <= p.at <= case.as_of]
    past = [p for p in past if not c.kind or c.kind in p.accumulates]
    past = [p for p in past if not c.agency_kind or p.agency_kind in ("", c.agency_kind)]
    past = [p for p in past if not (c.unassessed and p.assessed)]
    mine = {
        o.sign: many(policy, o.sign, [x for x in case.observations if x.sign == o.sign])
        for o in case.observations
    }
    mine = {sign: n for sign, n in mine.items() if policy.sign(sign).accumulates == c.kind}
    present = (not c.kind or bool(mine)) and (not c.agency_kind or case.agency_kind in ("", c.agency_kind))
    here = (sum(mine.values()) if c.entries and c.kind else 1) if present else 0
    agencies = {p.agency for p in past} | ({case.agency} if present else set())
    total = sum(p.entries if c.entries else 1 for p in past) + here
    return total >= c.least and (c.agencies == 1 or len(agencies - {""}) >= c.agencies)


def without_strengths(policy: Policy, case: Case) -> Case:
    kept = tuple(o for o in case.observations if not policy.sign(o.sign).protective)
    return replace(case, observations=kept)
