"""Which rules can fire, which can decide, which others hide them, and which say the same.

A rule decides where the answer without it would be less. Where it never does, the rules that hide it are those
that fire, with as much effect, in every case in which it fires.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openmash.engines.thresholds.compiled.compile import CompiledGate
from openmash.engines.thresholds.meaning.outcome import time_for
from openmash.engines.thresholds.policy.conditions import Reached
from openmash.engines.thresholds.policy.model import Policy, Rule
from openmash.engines.thresholds.proof.answers import Key
from openmash.engines.thresholds.proof.diagrams import Diagram, Diagrams


@dataclass(frozen=True)
class Effect:
    """One cell of a rule's row: the column it stands in, the response it brings, and who else brings it.

    `key` is None for a cell that can change nothing: the lowest level, or a time no shorter than that level's.
    """

    column: str
    text: str
    key: Key | None
    others: tuple[str, ...]


@dataclass(frozen=True)
class Deciding:
    """An effect of a rule and the possible cases in which only that rule brings it."""

    rule: Rule
    effect: Effect
    cases: Diagram


def effects(rule: Rule, policy: Policy, gate: CompiledGate) -> Iterator[Effect]:
    """Every cell of a rule's row that says what follows."""
    others = [other for other in policy.rules_at(gate.gate) if other.id != rule.id]
    # Rows that ask what level was reached cannot bring a level or a time themselves.
    plain = [other for other in others if not any(isinstance(c, Reached) for c in other.conditions)]
    ranks = {level.code: level.rank for level in gate.gate.levels}
    if rule.level:
        as_high = [other.id for other in plain if ranks.get(other.level, 0) >= ranks[rule.level]]
        yield Effect("level", rule.level, _key("level", rule.level, gate.levels), tuple(as_high))
    if rule.consider:
        as_high = [
            o.id
            for o in plain
            if max(ranks.get(o.level, 0), ranks.get(o.consider, 0)) >= ranks[rule.consider]
        ]
        yield Effect(
            "consider", rule.consider, _key("consider", rule.consider, gate.considers), tuple(as_high)
        )
    if rule.respond:
        limit = policy.clock_places[rule.respond]
        as_soon = [
            o.id for o in others if (clock := time_for(o, policy)) and policy.clock_places[clock.id] <= limit
        ]
        yield Effect("respond", rule.respond, _key("within", rule.respond, gate.within), tuple(as_soon))
    for duty in rule.duties:
        also = [other.id for other in others if duty in other.duties]
        yield Effect("duty", duty, ("duty", duty), tuple(also))


def _key(what: str, id: str, known: object) -> Key | None:
    return (what, id) if id in known else None  # type: ignore[operator]


def only_by(rule: Rule, effect: Effect, gate: CompiledGate, diagrams: Diagrams) -> Diagram:
    """The possible cases in which a rule brings an effect and no other rule does."""
    if effect.key is None:
        return diagrams.nothing
    alone = diagrams.both(diagrams.of(gate.rules[rule.id]), diagrams.possible)
    for other in effect.others:
        if diagrams.is_never(alone):
            break
        alone = diagrams.without(alone, diagrams.of(gate.rules[other]))
    return alone


def hidden_by(rule: Rule, others: Sequence[str], gate: CompiledGate, diagrams: Diagrams) -> list[str]:
    """The rules, as few as can be left, one of which fires wherever this rule does. Empty if there are none."""
    fires = diagrams.both(diagrams.of(gate.rules[rule.id]), diagrams.possible)
    for other in others:
        if fires <= diagrams.of(gate.rules[other]):
            return [other]
    needed = list(others)
    for other in others:
        fewer = [one for one in needed if one != other]
        if _covered(fires, fewer, gate, diagrams):
            needed = fewer
    return needed


def _covered(fires: Diagram, others: Sequence[str], gate: CompiledGate, diagrams: Diagrams) -> bool:
    for other in others:
        fires = diagrams.without(fires, diagrams.of(gate.rules[other]))
    return diagrams.is_never(fires)


def contained(policy: Policy, gate: CompiledGate, diagrams: Diagrams) -> Iterator[tuple[Rule, Rule, bool]]:
    """Each rule with one that fires wherever it does, with no less effect; True if they fire in the same cases.

    Two rules that fire in the same cases are given once, the later one first, whatever their effects.
    """
    every = policy.rules_at(gate.gate)
    fires = {rule.id: diagrams.both(diagrams.of(gate.rules[rule.id]), diagrams.possible) for rule in every}
    for place, rule in enumerate(every):
        for other_place, other in enumerate(every):
            if other is rule or diagrams.is_never(fires[rule.id]):
                continue
            if fires[rule.id] == fires[other.id]:
                if other_place < place:
                    yield rule, other, True
            elif _no_less(other, rule, policy, gate) and fires[rule.id] <= fires[other.id]:
                yield rule, other, False


def _no_less(one: Rule, other: Rule, policy: Policy, gate: CompiledGate) -> bool:
    """Whether everything that follows from the second rule follows from the first."""
    ranks = {"": 0} | {level.code: level.rank for level in gate.gate.levels}
    never = len(policy.clocks)
    times = [
        policy.clock_places[clock.id] if (clock := time_for(rule, policy)) else never for rule in (one, other)
    ]
    return (
        ranks[one.level] >= ranks[other.level]
        and max(ranks[one.level], ranks[one.consider]) >= max(ranks[other.level], ranks[other.consider])
        and times[0] <= times[1]
        and set(one.duties) >= set(other.duties)
    )
