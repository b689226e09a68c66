"""What makes a rule sound: every name exists, it only ever raises, and it has an effect."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from openmash.engines.thresholds.conditions import (
    ChildUnder,
    Condition,
    Contacts,
    Examples,
    Facts,
    Reached,
    Signs,
    Unborn,
)
from openmash.engines.thresholds.errors import PolicyError
from openmash.engines.thresholds.tables import did_you_mean

if TYPE_CHECKING:
    from openmash.engines.thresholds.model import Policy, Rule

Fault = tuple[str, str]


def rule_problems(policy: "Policy") -> list[PolicyError]:
    """Every fault of every rule."""
    return [
        PolicyError("rules.csv", None, message, hint, rule.id)
        for rule in policy.rules
        for message, hint in [*_effects(rule, policy), *_about_conditions(rule, policy)]
    ]


def _effects(rule: "Rule", policy: "Policy") -> Iterator[Fault]:
    if not (rule.level or rule.consider or rule.respond or rule.duties):
        yield f"Rule {rule.id} has no effect.", "Give it a level, a level to consider, a time or a duty."
    for code in (rule.level, rule.consider):
        yield from _known("level", code, policy.levels_by_code)
    yield from _known("clock", rule.respond, policy.clocks_by_id)
    for duty in rule.duties:
        yield from _known("duty", duty, [one.id for one in policy.duties])
    ranks = [policy.level(c).rank for c in (rule.level, rule.consider) if c in policy.levels_by_code]
    if rule.level and rule.consider and len(ranks) == 2 and ranks[1] <= ranks[0]:
        said = f"Rule {rule.id} asks to consider level {rule.consider}, not above its own level {rule.level}."
        yield said, "Consider a higher level, or leave it out."


def _about_conditions(rule: "Rule", policy: "Policy") -> Iterator[Fault]:
    if not 1 <= len(rule.conditions) <= 3:
        yield f"Rule {rule.id} has {len(rule.conditions)} conditions.", "A rule has one, two or three."
    for condition in rule.conditions:
        yield from _names(condition, policy)
        if isinstance(condition, Reached) and (rule.level or rule.consider or rule.respond):
            said = f"Rule {rule.id} asks what level was reached and sets a level or a time itself."
            yield said, "Such a rule may only set a duty: leave level, consider and respond empty."


def _names(condition: Condition, policy: "Policy") -> Iterator[Fault]:
    """Whether everything a condition names is there."""
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


def _signs(condition: Signs, policy: "Policy") -> Iterator[Fault]:
    yield from _sign(condition.sign, policy)
    yield from _known("level", condition.level, policy.levels_by_code)
    sets = {*policy.sign_sets, *(sign.accumulates for sign in policy.signs)} - {""}
    yield from _known("set of signs", condition.of, sets)
    yield from _known("grade of evidence", condition.evidence, policy.grades_by_id)
    if condition.not_ruled_out and condition.immediacy != "unless":
        hint = "Write “any conditionally immediate sign not ruled out”, or take “not ruled out” away."
        yield "Only a conditionally immediate sign can be ruled out.", hint


def _examples(condition: Examples, policy: "Policy") -> Iterator[Fault]:
    yield from _sign(condition.sign, policy)
    yield from _known("grade of evidence", condition.evidence, policy.grades_by_id)
    sign = policy.signs_by_id.get(condition.sign)
    if sign and not sign.counted_examples:
        yield f"Sign {sign.id} has no examples to count.", "Name them in the column examples of signs.csv."


def _sign(sign: str, policy: "Policy") -> Iterator[Fault]:
    yield from _known("sign", sign, policy.signs_by_id)
    if sign in policy.signs_by_id and policy.sign(sign).protective:
        yield f"Sign {sign} is a strength and cannot be counted.", "Name a sign of concern."


def _known(what: str, name: str, names: Collection[str]) -> Iterator[Fault]:
    if name and name not in names:
        yield f"There is no {what} “{name}”.", did_you_mean(name, names)
