"""What makes a rule sound: every name exists, it only ever raises, and it has an effect."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from openmash.engines.thresholds.policy.conditions import (
    ChildUnder,
    Condition,
    Contacts,
    Examples,
    Facts,
    Reached,
    Signs,
    Unborn,
)
from openmash.engines.thresholds.policy.errors import PolicyError, did_you_mean
from openmash.engines.thresholds.text.sentences import NotASentence, read, write

if TYPE_CHECKING:
    from openmash.engines.thresholds.policy.model import Policy, Route, Rule

Fault = tuple[str, str]


def rule_problems(policy: "Policy") -> list[PolicyError]:
    """Every fault of every rule and of every route."""
    return [
        PolicyError("rules.csv", None, message, hint, rule.id)
        for rule in policy.rules
        for message, hint in [*_effects(rule, policy), *_about_conditions(rule, policy)]
    ] + [
        PolicyError("routing.csv", None, message, hint, route.id)
        for route in policy.routes
        for message, hint in _route(route, policy)
    ]


def _effects(rule: "Rule", policy: "Policy") -> Iterator[Fault]:
    if not (rule.level or rule.consider or rule.respond or rule.duties):
        yield f"Rule {rule.id} has no effect.", "Give it a level, a level to consider, a time or a duty."
    gate = policy.gates_by_id.get(rule.gate)
    yield from _known("gate", rule.gate, policy.gates_by_id)
    codes = {level.code for level in gate.levels} if gate else set()
    for code in (rule.level, rule.consider) if gate else ():
        yield from _known("level", code, codes, f" at the gate {rule.gate}")
    yield from _known("clock", rule.respond, policy.clocks_by_id)
    for duty in rule.duties:
        yield from _known("duty", duty, [one.id for one in policy.duties])
    ranks = [policy.level(c).rank for c in (rule.level, rule.consider) if c in codes]
    if rule.level and rule.consider and len(ranks) == 2 and ranks[1] <= ranks[0]:
        said = f"Rule {rule.id} asks to consider level {rule.consider}, not above its own level {rule.level}."
        yield said, "Consider a higher level, or leave it out."


def _about_conditions(rule: "Rule", policy: "Policy") -> Iterator[Fault]:
    yield from _how_many(f"Rule {rule.id}", rule.conditions)
    for condition in rule.conditions:
        yield from _names(condition, policy)
        if isinstance(condition, Facts):
            yield from _facts_at(rule, condition, policy)
        if isinstance(condition, Reached):
            yield from _reached(rule, condition, policy)


def _how_many(whose: str, conditions: Collection[Condition]) -> Iterator[Fault]:
    if not 1 <= len(conditions) <= 3:
        yield f"{whose} has {len(conditions)} conditions.", "A row has one, two or three."


def _reached(rule: "Rule", condition: Reached, policy: "Policy") -> Iterator[Fault]:
    if rule.level or rule.consider or rule.respond:
        said = f"Rule {rule.id} asks what level was reached and sets a level or a time itself."
        yield said, "Such a rule may only set a duty: leave level, consider and respond empty."
    level = policy.levels_by_code.get(condition.level)
    if level and level.gate != rule.gate:
        said = f"Level {level.code} is not one of the gate {rule.gate}."
        yield said, "A rule may only ask what level its own gate reached."


def facts_named(condition: Facts, policy: "Policy") -> list[str]:
    """The facts a condition looks at, in the order of the policy."""
    named = {condition.fact} if condition.fact else policy.fact_sets.get(condition.of, frozenset())
    return [fact.id for fact in policy.facts if fact.id in named]


def _facts_at(rule: "Rule", condition: Facts, policy: "Policy") -> Iterator[Fault]:
    order = list(policy.gates_by_id)
    for fact in (policy.fact(id) for id in facts_named(condition, policy)):
        if fact.about == "routing":
            said = f"The fact {fact.id} is about routing and may not touch a level, a time or a duty."
            yield said, "Name it in routing.csv instead."
        elif rule.gate in order and fact.gate in order and order.index(fact.gate) > order.index(rule.gate):
            said = f"The fact {fact.id} is first asked at the gate {fact.gate}, after {rule.gate}."
            yield said, "Use a fact that is known at this stage, or ask it earlier in facts.csv."


def _route(route: "Route", policy: "Policy") -> Iterator[Fault]:
    yield from _how_many(f"Route {route.id}", route.conditions)
    for code in route.levels:
        yield from _known("level", code, policy.levels_by_code)
    for condition in route.conditions:
        yield from _names(condition, policy)
        if isinstance(condition, Reached):
            said = f"Route {route.id} asks what level was reached."
            yield said, "Name the levels it applies to in the column “levels”."


def _names(condition: Condition, policy: "Policy") -> Iterator[Fault]:
    """Whether everything a condition names is there, and all of it can be written down."""
    unwritten = _unwritten(condition)
    if unwritten:
        said = f"A condition has a part that no sentence says: it would be read as “{unwritten}”."
        yield said, "Make it of what one sentence can say: the table prints nothing else."
    match condition:
        case Signs():
            yield from _signs(condition, policy)
        case Examples():
            yield from _examples(condition, policy)
        case Contacts(kind=kind, agency_kind=agency):
            yield from _known("kind of contact", kind, {sign.accumulates for sign in policy.signs} - {""})
            yield from _known("kind of agency", agency, policy.agency_kinds)
        case Facts(fact, of):
            yield from _known("fact", fact, policy.facts_by_id)
            yield from _known("set of facts", of, policy.fact_sets)
        case Reached(level):
            yield from _known("level", level, policy.levels_by_code)
        case ChildUnder() | Unborn():
            pass


@lru_cache(maxsize=4096)
def _unwritten(condition: Condition) -> str:
    """The sentence in which a part of a condition made by hand would be lost, "" when nothing is.

    What people read must be what runs, and only what is written is kept.
    """
    sentence = write(condition)
    try:
        return "" if read(sentence) == condition else sentence
    except NotASentence:
        return sentence


def _signs(condition: Signs, policy: "Policy") -> Iterator[Fault]:
    yield from _sign(condition.sign, policy)
    yield from _known("level", condition.level, [level.code for level in policy.levels])
    sets = {*policy.sign_sets, *(sign.accumulates for sign in policy.signs)} - {""}
    yield from _known("set of signs", condition.of, sets)
    yield from _evidence(condition.evidence, policy)
    if condition.not_ruled_out and condition.immediacy != "unless":
        hint = "Write “any conditionally immediate sign not ruled out”, or take “not ruled out” away."
        yield "Only a conditionally immediate sign can be ruled out.", hint


def _examples(condition: Examples, policy: "Policy") -> Iterator[Fault]:
    yield from _sign(condition.sign, policy)
    yield from _evidence(condition.evidence, policy)
    sign = policy.signs_by_id.get(condition.sign)
    if sign and not sign.counted_examples:
        yield f"Sign {sign.id} has no examples to count.", "Name them in the column examples of signs.csv."


def _sign(sign: str, policy: "Policy") -> Iterator[Fault]:
    yield from _known("sign", sign, policy.signs_by_id)
    if sign in policy.signs_by_id and policy.sign(sign).protective:
        yield f"Sign {sign} is a strength and cannot be counted.", "Name a sign of concern."


def _evidence(grade: str, policy: "Policy") -> Iterator[Fault]:
    if not grade and policy.evidence:
        said = "The condition does not say how well a sign must be known to count."
        yield said, f"Write for example “at least {policy.evidence[0].id}” after the sign."
    yield from _known("grade of evidence", grade, policy.grades_by_id)


def _known(what: str, name: str, names: Collection[str], where: str = "") -> Iterator[Fault]:
    if name and name not in names:
        yield f"There is no {what} “{name}”{where}.", did_you_mean(name, names)
