"""From a policy to a circuit: each rule, and each answer a gate can give, becomes a part of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openmash.engines.thresholds.compiled.circuit import Circuit, Node
from openmash.engines.thresholds.compiled.columns import (
    Atom,
    FactAnswer,
    PastAgencies,
    PastContacts,
    PastEntries,
    PresentFrom,
    SignAnswer,
    SignExamples,
    SignLasting,
    SignMayLast,
    SignSeen,
    UnbornAnswer,
    YoungestAge,
)
from openmash.engines.thresholds.meaning.outcome import time_for
from openmash.engines.thresholds.meaning.windows import Window, window_of
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
from openmash.engines.thresholds.policy.model import Answer, Gate, Level, Policy, Rule, Sign
from openmash.engines.thresholds.policy.rule_checks import facts_named


@dataclass(frozen=True)
class CompiledGate:
    """What each answer of one gate rests on, as parts of the circuit.

    `rules` by rule id: the rule fires. `levels` by code, the lowest left out: the level is this or higher.
    `considers` by code: the level, or the level to consider, is this or higher. `within` by clock id, those
    shorter than the lowest level's: the time allowed is this or shorter. `duties` by duty id:
    the duty follows. `routes` by route id: the route applies (these alone may rest on a "not").
    """

    gate: Gate
    rules: Mapping[str, Node]
    levels: Mapping[str, Node]
    considers: Mapping[str, Node]
    within: Mapping[str, Node]
    duties: Mapping[str, Node]
    routes: Mapping[str, Node]

    def responses(self) -> dict[tuple[str, str], Node]:
        """Everything that more concern may never take away: (what, id) to the part it rests on."""
        kinds = {
            "level": self.levels,
            "consider": self.considers,
            "within": self.within,
            "duty": self.duties,
            "rule": self.rules,
        }
        return {(kind, id): node for kind, nodes in kinds.items() for id, node in nodes.items()}


@dataclass(frozen=True)
class CompiledPolicy:
    """A policy, its circuit, and its gates by id."""

    policy: Policy
    circuit: Circuit
    gates: Mapping[str, CompiledGate]


def compile_policy(policy: Policy, circuit: Circuit | None = None) -> CompiledPolicy:
    """Build a policy into a circuit: its own, or one that other versions share."""
    into = circuit if circuit is not None else Circuit()
    return CompiledPolicy(policy, into, {gate.id: _gate(policy, gate, into) for gate in policy.gates})


def _gate(policy: Policy, gate: Gate, circuit: Circuit) -> CompiledGate:
    every = policy.rules_at(gate)
    plain = {rule.id: _all_hold(rule.conditions, policy, circuit, {}) for rule in every if not _waits(rule)}

    rank = {level.code: level.rank for level in gate.levels}
    sets = {rule.id: rank.get(rule.level, 0) for rule in every}
    asks = {rule.id: max(sets[rule.id], rank.get(rule.consider, 0)) for rule in every}

    def reaching(level: Level, ranks: Mapping[str, int]) -> Node:
        return circuit.any_of(node for id, node in plain.items() if ranks[id] >= level.rank)

    levels = {level.code: reaching(level, sets) for level in gate.levels[1:]}
    considers = {level.code: reaching(level, asks) for level in gate.levels[1:]}
    reached = {gate.levels[0].code: circuit.ALWAYS, **levels}
    rules = {
        rule.id: plain[rule.id] if rule.id in plain else _all_hold(rule.conditions, policy, circuit, reached)
        for rule in every
    }
    return CompiledGate(
        gate=gate,
        rules=rules,
        levels=levels,
        considers=considers,
        within=_within(policy, gate, rules, circuit),
        duties=_duties(policy, gate, rules, circuit),
        routes=_routes(policy, gate, reached, circuit),
    )


def _waits(rule: Rule) -> bool:
    return any(isinstance(condition, Reached) for condition in rule.conditions)


def _within(policy: Policy, gate: Gate, rules: Mapping[str, Node], circuit: Circuit) -> dict[str, Node]:
    times = {rule.id: time_for(rule, policy) for rule in policy.rules_at(gate)}
    places = {id: policy.clock_places[clock.id] for id, clock in times.items() if clock}
    longest = policy.clock_places[gate.levels[0].clock]
    return {
        clock.id: circuit.any_of(rules[id] for id, allowed in places.items() if allowed <= place)
        for place, clock in enumerate(policy.clocks[:longest])
    }


def _duties(policy: Policy, gate: Gate, rules: Mapping[str, Node], circuit: Circuit) -> dict[str, Node]:
    return {
        duty.id: circuit.any_of(rules[rule.id] for rule in policy.rules_at(gate) if duty.id in rule.duties)
        for duty in policy.duties
    }


def _routes(policy: Policy, gate: Gate, reached: Mapping[str, Node], circuit: Circuit) -> dict[str, Node]:
    exactly = {}
    for place, level in enumerate(gate.levels):
        higher = [reached[next.code] for next in gate.levels[place + 1 : place + 2]]
        exactly[level.code] = circuit.all_of(
            [reached[level.code], *(circuit.negate(each) for each in higher)]
        )
    found = {}
    for route in policy.routes:
        here = [exactly[code] for code in route.levels if code in exactly]
        if here:
            holds = _all_hold(route.conditions, policy, circuit, {})
            found[route.id] = circuit.all_of([circuit.any_of(here), holds])
    return found


def _all_hold(
    conditions: Iterable[Condition], policy: Policy, circuit: Circuit, reached: Mapping[str, Node]
) -> Node:
    return circuit.all_of([_condition(each, policy, circuit, reached) for each in conditions])


def _condition(condition: Condition, policy: Policy, circuit: Circuit, reached: Mapping[str, Node]) -> Node:
    match condition:
        case Signs():
            return _signs(condition, policy, circuit)
        case Examples(least, sign, evidence):
            known = _seen(policy.sign(sign), evidence, policy, circuit)
            return circuit.all_of([known, _examples(policy.sign(sign), least, circuit)])
        case Contacts():
            return _contacts(condition, policy, circuit)
        case ChildUnder(months):
            return circuit.ask(Atom(YoungestAge(), months))
        case Unborn(not_ruled_out):
            return circuit.ask(Atom(UnbornAnswer(), least_answer(not_ruled_out)))
        case Facts():
            least = least_answer(condition.not_ruled_out)
            names = facts_named(condition, policy)
            return circuit.any_of(circuit.ask(Atom(FactAnswer(name), least)) for name in names)
        case Reached(level):
            return reached[level]


def _signs(condition: Signs, policy: Policy, circuit: Circuit) -> Node:
    counted = [
        (sign.domain, _one_sign(condition, sign, policy, circuit))
        for sign in policy.signs
        if may_count(condition, sign, policy)
    ]
    enough = circuit.at_least(condition.least, (node for _, node in counted))
    if condition.domains == 1:
        return enough
    by_domain: dict[str, list[Node]] = {}
    for domain, node in counted:
        by_domain.setdefault(domain, []).append(node)
    spread = circuit.at_least(condition.domains, [circuit.any_of(nodes) for nodes in by_domain.values()])
    return circuit.all_of([enough, spread])


def may_count(condition: Signs, sign: Sign, policy: Policy) -> bool:
    """Whether a sign is of the kind a condition counts, whatever is known of it."""
    return (
        not sign.protective
        and condition.sign in ("", sign.id)
        and condition.level in ("", sign.level)
        and condition.immediacy in ("", sign.immediate)
        and (
            condition.of in ("", sign.accumulates)
            or sign.id in policy.sign_sets.get(condition.of, frozenset())
        )
    )


def _one_sign(condition: Signs, sign: Sign, policy: Policy, circuit: Circuit) -> Node:
    parts = [_seen(sign, condition.evidence, policy, circuit)]
    if condition.immediacy == "unless":
        parts.append(circuit.ask(Atom(SignAnswer(sign.id), least_answer(condition.not_ruled_out))))
    if condition.lasting:
        parts.append(circuit.ask(Atom(length(condition, sign), condition.lasting)))
    return circuit.all_of(parts)


def least_answer(not_ruled_out: bool) -> int:
    """The rank of the least answer that a question must have."""
    return (Answer.NOT_KNOWN if not_ruled_out else Answer.YES).rank


def length(condition: Signs, sign: Sign) -> SignLasting | SignMayLast:
    """How long a sign has gone on, as a condition looks at it."""
    return SignMayLast(sign.id) if condition.lasting_open else SignLasting(sign.id)


def _seen(sign: Sign, evidence: str, policy: Policy, circuit: Circuit) -> Node:
    return circuit.ask(Atom(SignSeen(sign.id), policy.evidence_grade(evidence).rank if evidence else 1))


def _examples(sign: Sign, least: int, circuit: Circuit) -> Node:
    """At least so many examples. A sign seen at all is one; only some signs' examples are counted."""
    if least == 1:
        return circuit.ask(Atom(SignSeen(sign.id), 1))
    return circuit.ask(Atom(SignExamples(sign.id), least)) if sign.counted_examples else circuit.NEVER


def _contacts(condition: Contacts, policy: Policy, circuit: Circuit) -> Node:
    window = window_of(condition)
    signs = [sign for sign in policy.signs if condition.kind and sign.accumulates == condition.kind]
    from_them = (
        circuit.ask(Atom(PresentFrom(condition.agency_kind), 1)) if condition.agency_kind else circuit.ALWAYS
    )
    about_it = (
        circuit.any_of(_seen(sign, "", policy, circuit) for sign in signs)
        if condition.kind
        else circuit.ALWAYS
    )
    here = circuit.all_of([from_them, about_it])
    past = PastEntries(window) if condition.entries else PastContacts(window)
    if condition.entries and condition.kind:
        present = [_entries(signs, count, circuit) for count in range(1, condition.least + 1)]
        present = [circuit.all_of([from_them, part]) for part in present]
    else:
        present = [here]
    total = circuit.any_of(
        circuit.all_of([part, _past(past, condition.least - count, circuit)])
        for count, part in enumerate([circuit.ALWAYS, *present])
    )
    return circuit.all_of([total, _agencies(condition, window, here, circuit)])


def _entries(signs: Iterable[Sign], least: int, circuit: Circuit) -> Node:
    """The present contact stands for each sign of the kind, as often as it has examples."""
    return circuit.at_least(
        least, [_examples(sign, nth, circuit) for sign in signs for nth in range(1, least + 1)]
    )


def _past(column: PastContacts | PastEntries, least: int, circuit: Circuit) -> Node:
    return circuit.ask(Atom(column, least)) if least > 0 else circuit.ALWAYS


def _agencies(condition: Contacts, window: Window, here: Node, circuit: Circuit) -> Node:
    if condition.agencies == 1:
        return circuit.ALWAYS
    alone = circuit.ask(Atom(PastAgencies(window, with_present=False), condition.agencies))
    together = circuit.ask(Atom(PastAgencies(window, with_present=True), condition.agencies))
    return circuit.any_of([alone, circuit.all_of([here, together])])


def conditions_of(
    rule: Rule, policy: Policy, circuit: Circuit, reached: Mapping[str, Node]
) -> tuple[Node, ...]:
    """The part for each condition of a rule, in order. `reached` by level code: the level is this or higher."""
    return tuple(_condition(each, policy, circuit, reached) for each in rule.conditions)
