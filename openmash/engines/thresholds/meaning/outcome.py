"""The working out itself: which rules fire, the highest level, the shortest time, every duty."""

from dataclasses import dataclass, replace
from typing import Any

from openmash.engines.thresholds.meaning.case import LONG_ENOUGH, Seen, View
from openmash.engines.thresholds.meaning.conditions_met import matched
from openmash.engines.thresholds.policy.conditions import Reached
from openmash.engines.thresholds.policy.model import Answer, Clock, Level, Policy, Route, Rule

NOBODY_ELSE = "?"
"""Begins the name of an agency, or is the kind of one, that no policy and no other contact names."""


@dataclass(frozen=True)
class Outcome:
    """What follows from a case at one gate, before anything is put into words."""

    level: Level
    consider: Level | None
    respond: Clock
    rules: tuple[Rule, ...]


def outcome(case: View) -> Outcome:
    """Try every rule; the level is the highest, and the time the shortest, over all that fire."""
    policy, lowest = case.policy, case.gate.levels[0]
    every = policy.rules_at(case.gate)
    waiting = {rule.id: rule for rule in every if _needs_level(rule)}
    fired = {rule.id for rule in every if rule.id not in waiting and _fires(rule, case, 0)}
    level = _highest([lowest, *(policy.level(r.level) for r in every if r.id in fired and r.level)])
    # Rows that ask what level was reached set duties only, so they can wait until the level is settled.
    fired |= {rule.id for rule in waiting.values() if _fires(rule, case, level.rank)}
    rules = tuple(rule for rule in every if rule.id in fired)
    considered = [policy.level(rule.consider) for rule in rules if rule.consider]
    consider = _highest(considered) if considered else None
    return Outcome(
        level=level,
        consider=consider if consider and consider.rank > level.rank else None,
        respond=policy.shortest(
            [policy.clock(lowest.clock), *(c for r in rules if (c := time_for(r, policy)))]
        ),
        rules=rules,
    )


def _needs_level(rule: Rule) -> bool:
    return any(isinstance(condition, Reached) for condition in rule.conditions)


def _fires(rule: Rule, case: View, reached: int) -> bool:
    return all(matched(condition, case, reached).met for condition in rule.conditions)


def _highest(levels: list[Level]) -> Level:
    return max(levels, key=lambda level: level.rank)


def routes_for(case: View, level: Level) -> tuple[Route, ...]:
    """Where the case goes at this level, and what to do about consent and what is already open."""
    return tuple(
        route
        for route in case.policy.routes
        if level.code in route.levels and all(matched(each, case).met for each in route.conditions)
    )


def time_for(rule: Rule, policy: Policy) -> Clock | None:
    """The shorter of a rule's own clock and its level's; None if it has neither."""
    clocks = [policy.clock(rule.respond)] if rule.respond else []
    if rule.level:
        clocks.append(policy.clock(policy.level(rule.level).clock))
    return policy.shortest(clocks) if clocks else None


def settled(case: View, *, worst: bool) -> View:
    """The case with everything not known answered: all for more concern, or all for less."""
    from_unknown = Answer.YES if worst else Answer.NO
    facts = {fact.id: _settle(case.fact(fact.id), from_unknown) for fact in case.policy.facts}
    seen = {
        key: settled_length(replace(one, answer=_settle(one.answer, from_unknown)), worst=worst)
        for key, one in case.seen.items()
    }
    return replace(
        case,
        facts=facts,
        seen=seen,
        age=settled_age(case, worst=worst),
        unborn=_settle(case.unborn, from_unknown),
        **settled_agencies(case, worst=worst),
    )


def has_unknown_agencies(case: View) -> bool:
    """Whether it is not known of some contact, the present one included, who made it or of what kind they are."""
    named = (case.agency, case.agency_kind, *(each for c in case.past for each in (c.agency, c.agency_kind)))
    return not all(named)


def settled_agencies(case: View, *, worst: bool) -> dict[str, Any]:
    """For more concern, whoever is not known is somebody else each time; their kind, not known, is ruled out
    nowhere as it is. For less, they are of no kind that a rule asks for; not known, they count as nobody new.
    """
    if worst:
        past = (
            replace(contact, agency=contact.agency or f"{NOBODY_ELSE}{nth}")
            for nth, contact in enumerate(case.past)
        )
        return {"agency": case.agency or NOBODY_ELSE, "past": tuple(past)}
    others = (replace(contact, agency_kind=contact.agency_kind or NOBODY_ELSE) for contact in case.past)
    return {"agency_kind": case.agency_kind or NOBODY_ELSE, "past": tuple(others)}


def settled_length(seen: Seen, *, worst: bool) -> Seen:
    """A sign that has gone on for as long as could be, where nobody said how long; or no longer than was said."""
    if worst:
        return replace(seen, lasting=LONG_ENOUGH if seen.lasting is None else seen.lasting)
    return replace(seen, lasting=seen.lasting or 0, longest=seen.lasting or 0)


def settled_age(case: View, *, worst: bool) -> tuple[int, int]:
    low, high = case.age or (0, LONG_ENOUGH)
    return (low, low) if worst else (high, high)


def _settle(answer: Answer, otherwise: Answer) -> Answer:
    return otherwise if answer is Answer.NOT_KNOWN else answer
