"""The whole document, in the order in which somebody worried needs it: the most serious first."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openmash.engines.thresholds import (
    Clock,
    Domain,
    Duty,
    Example,
    Fact,
    Gate,
    Level,
    Pathway,
    Policy,
    Route,
    Rule,
    Sign,
)
from openmash.engines.thresholds.plain.conditions import in_words
from openmash.engines.thresholds.plain.names import (
    group_name,
    is_level_of_need,
    label_of,
    named,
    titled,
)
from openmash.engines.thresholds.policy.conditions import Contacts
from openmash.web.thresholds.presenters.evidence import GateAsks, evidence_asked_for, weakest_is_enough

ADVICE = {
    "happens_next": "What happens next",
    "meanwhile": "What you can do meanwhile",
    "tell_family": "Talking with the family",
    "if_you_disagree": "If you disagree",
}
PROMISES = {
    "decide": "A concern is decided, and you are told the decision and its reasons",
    "answer": "After a decision, the answer is sent to you",
    "advise": "A request for advice is answered by a named person",
    "disagreement_1": "You disagree: the practitioner answers",
    "disagreement_2": "You still disagree: the managers answer",
    "disagreement_3": "You still disagree: the heads of service answer",
    "disagreement_4": "You still disagree: the partnership answers",
}
NEW_SENTENCE = re.compile(r"; (?=[A-Z])")
"""A sign's note holds sentences; the table in which it is written parts them with semicolons."""

ASKED = {"anyone": "Asked of whoever raises a concern", "screener": "Looked up by the front door"}
ROUTING = "routing"
"""What the facts are about that may send a case somewhere, and may never touch its level or time."""


@dataclass(frozen=True)
class PathwayShown:
    """Where a decision at a level can lead. `starts` is by when, empty if there is no limit."""

    pathway: Pathway
    starts: str


@dataclass(frozen=True)
class LevelShown:
    """A level with its time, what can follow, and what you read when the threshold says it.

    `colour` is its rank at the front door's gate, 0 at the others, whose answers are no levels of need.
    """

    level: Level
    title: str
    colour: int
    clock: str
    pathways: tuple[PathwayShown, ...]
    advice: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class SignShown:
    """A sign. `at_once` says when it needs the telephone first; `adds_up` what a rule counts it towards."""

    sign: Sign
    at_once: str
    notes: tuple[str, ...]
    adds_up: str


@dataclass(frozen=True)
class DomainShown:
    """A part of the child's life: its signs under their levels, the most serious first, and its strengths."""

    domain: Domain
    levels: tuple[tuple[Level, tuple[SignShown, ...]], ...]
    strengths: tuple[Sign, ...]


@dataclass(frozen=True)
class RuleShown:
    """A rule: what must all hold, and what follows then."""

    rule: Rule
    when: tuple[str, ...]
    then: tuple[str, ...]


@dataclass(frozen=True)
class FactShown:
    """A question, whom it is asked of, and whom to ask when nobody at hand knows."""

    fact: Fact
    asked: str


@dataclass(frozen=True)
class GateShown:
    """A threshold: its levels (the most serious first), its rules, and the questions first asked there."""

    gate: Gate
    levels: tuple[LevelShown, ...]
    rules: tuple[RuleShown, ...]
    facts: tuple[FactShown, ...]
    examples: tuple[tuple[Example, str, str], ...]
    second_person_from: str


@dataclass(frozen=True)
class RouteShown:
    """Where a case goes: at which levels, what must hold, and what to do."""

    route: Route
    levels: str
    when: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """A group of signs or of questions that rules speak of, with its note."""

    name: str
    note: str
    signs: tuple[Sign, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """Every part of the page, in order."""

    gates: tuple[GateShown, ...]
    domains: tuple[DomainShown, ...]
    evidence: tuple[GateAsks, ...]
    suspicion_is_enough: bool
    groups: tuple[Group, ...]
    duties: tuple[tuple[Duty, str], ...]
    routes: tuple[RouteShown, ...]
    routing_facts: tuple[FactShown, ...]
    promises: tuple[tuple[str, str], ...]
    clocks: tuple[Clock, ...]
    filed: tuple[tuple[Sign, str, str, str], ...]
    phones: Mapping[str, str]


def document_of(policy: Policy) -> Document:
    """The document of one version."""
    return Document(
        gates=tuple(_gate(gate, policy) for gate in policy.gates),
        domains=tuple(_domain(domain, signs, policy) for domain, signs in policy.signs_by_domain().items()),
        evidence=evidence_asked_for(policy),
        suspicion_is_enough=weakest_is_enough(policy),
        groups=tuple(_groups(policy)),
        duties=tuple((duty, label_of(duty.clock, policy)) for duty in policy.duties),
        routes=tuple(_route(route, policy) for route in policy.routes),
        routing_facts=tuple(_fact(fact) for fact in policy.facts if fact.about == ROUTING),
        promises=promises_of(policy),
        clocks=policy.clocks,
        filed=tuple(
            (sign, sign.subdomain, group_name(sign.harm), group_name(sign.dfe_factor))
            for sign in policy.signs
        ),
        phones=policy.contacts,
    )


def promises_of(policy: Policy) -> tuple[tuple[str, str], ...]:
    """What you will hear, in words, and within what time."""
    return tuple((words, label_of(policy.promises[name], policy)) for name, words in PROMISES.items())


def _gate(gate: Gate, policy: Policy) -> GateShown:
    facts = (fact for fact in policy.facts if fact.gate == gate.id and fact.about != ROUTING)
    return GateShown(
        gate=gate,
        levels=tuple(_level(level, policy) for level in reversed(gate.levels)),
        rules=tuple(_rule(rule, policy) for rule in policy.rules_at(gate)),
        facts=tuple(_fact(fact) for fact in facts),
        examples=tuple(_examples(gate, policy)),
        second_person_from=named(policy.level(gate.second_person_from), policy),
    )


def _level(level: Level, policy: Policy) -> LevelShown:
    clock = label_of(level.clock, policy)
    advice = (
        (heading, tuple(filled(line.text, policy, clock) for line in policy.advice_for(level, kind)))
        for kind, heading in ADVICE.items()
    )
    return LevelShown(
        level=level,
        title=titled(level, policy),
        colour=level.rank if is_level_of_need(level, policy) else 0,
        clock=clock,
        pathways=tuple(
            PathwayShown(each, label_of(each.clock, policy)) for each in policy.pathways_for(level)
        ),
        advice=tuple((heading, lines) for heading, lines in advice if lines),
    )


def filled(text: str, policy: Policy, clock: str) -> str:
    """A line of advice with its telephone numbers. Nothing has been sent, so {due} is a length of time."""
    words: dict[str, Any] = {**policy.contacts, "due": f"the time we give you ({clock})"}
    return text.format_map(words)


def _domain(domain: Domain, signs: tuple[Sign, ...], policy: Policy) -> DomainShown:
    conditions = [each for rule in policy.rules for each in rule.conditions]
    counted = frozenset(each.kind for each in conditions if isinstance(each, Contacts) and each.kind)
    by_level = (
        (level, tuple(_sign(s, counted) for s in signs if s.level == level.code and not s.protective))
        for level in reversed(policy.levels)
    )
    return DomainShown(
        domain=domain,
        levels=tuple((level, shown) for level, shown in by_level if shown),
        strengths=tuple(sign for sign in signs if sign.protective),
    )


def _sign(sign: Sign, counted: frozenset[str]) -> SignShown:
    at_once = {
        "always": "Always ring first.",
        "unless": f"Ring first, unless the answer to “{sign.immediate_question}” is certain to be no.",
    }.get(sign.immediate, "")
    adds_up = ""
    if sign.accumulates in counted:
        adds_up = f"Each contact with this sign counts as one about {group_name(sign.accumulates)}."
    return SignShown(sign, at_once, tuple(NEW_SENTENCE.split(sign.note)) if sign.note else (), adds_up)


def _rule(rule: Rule, policy: Policy) -> RuleShown:
    return RuleShown(
        rule, tuple(in_words(each, policy) for each in rule.conditions), tuple(what_follows(rule, policy))
    )


def what_follows(rule: Rule, policy: Policy) -> Iterator[str]:
    """What a rule comes to when it holds, each part as a sentence without its full stop."""
    if rule.level:
        yield f"At least {named(policy.level(rule.level), policy)}"
    if rule.consider:
        yield f"A manager considers {named(policy.level(rule.consider), policy)}"
    if rule.respond:
        yield f"Time allowed: {label_of(rule.respond, policy)}"
    yield from (policy.duty(duty).label for duty in rule.duties)


def _fact(fact: Fact) -> FactShown:
    return FactShown(fact, ASKED.get(fact.asked_of, fact.asked_of))


def _examples(gate: Gate, policy: Policy) -> Iterator[tuple[Example, str, str]]:
    """Each example of a gate with what it comes to, and what a manager considers, in words."""
    for example in policy.examples:
        if example.gate == gate.id:
            considered = policy.level(example.consider) if example.consider else None
            yield (
                example,
                titled(policy.level(example.level), policy),
                f"A manager considers {named(considered, policy)}." if considered else "",
            )


def _route(route: Route, policy: Policy) -> RouteShown:
    levels = [policy.level(code) for code in route.levels]
    return RouteShown(
        route,
        ", ".join(titled(level, policy) for level in levels),
        tuple(in_words(each, policy) for each in route.conditions),
    )


def _groups(policy: Policy) -> Iterator[Group]:
    for name, members in policy.sign_sets.items():
        signs = tuple(sign for sign in policy.signs if sign.id in members)
        yield Group(group_name(name), policy.set_notes.get(name, ""), signs=signs)
    for name, members in policy.fact_sets.items():
        questions = tuple(fact.question for fact in policy.facts if fact.id in members)
        yield Group(group_name(name), policy.set_notes.get(name, ""), questions=questions)
