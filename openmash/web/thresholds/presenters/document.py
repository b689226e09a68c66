"""The whole document, in the order in which somebody worried needs it: the most serious first."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openmash.engines.thresholds import Clock, Domain, Duty, Level, Pathway, Policy, Rule, Sign
from openmash.engines.thresholds.conditions import Contacts
from openmash.web.thresholds.presenters.conditions import group_name, in_words

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


@dataclass(frozen=True)
class PathwayShown:
    """Where a decision at a level can lead. `starts` is by when, empty if there is no limit."""

    pathway: Pathway
    starts: str


@dataclass(frozen=True)
class LevelShown:
    """A level with its time, what can follow, and what you read when the threshold says it."""

    level: Level
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
class Document:
    """Every part of the page, in order."""

    levels: tuple[LevelShown, ...]
    domains: tuple[DomainShown, ...]
    rules: tuple[RuleShown, ...]
    sign_groups: tuple[tuple[str, tuple[Sign, ...]], ...]
    fact_groups: tuple[tuple[str, tuple[str, ...]], ...]
    facts: tuple[tuple[str, str, str], ...]
    duties: tuple[tuple[Duty, str], ...]
    promises: tuple[tuple[str, str], ...]
    clocks: tuple[Clock, ...]
    asks_for_evidence: bool
    phones: Mapping[str, str]


def document_of(policy: Policy) -> Document:
    """The document of one version."""
    return Document(
        levels=tuple(_level(level, policy) for level in reversed(policy.levels)),
        domains=tuple(_domain(domain, signs, policy) for domain, signs in policy.signs_by_domain().items()),
        rules=tuple(_rule(rule, policy) for rule in policy.rules),
        sign_groups=tuple(_sign_groups(policy)),
        fact_groups=tuple(
            (group_name(name), tuple(fact.question for fact in policy.facts if fact.id in members))
            for name, members in policy.fact_sets.items()
        ),
        facts=tuple(
            (fact.question, ASKED.get(fact.asked_of, fact.asked_of), fact.ask) for fact in policy.facts
        ),
        duties=tuple((duty, _label(policy, duty.clock)) for duty in policy.duties),
        promises=tuple((words, _label(policy, policy.promises[name])) for name, words in PROMISES.items()),
        clocks=policy.clocks,
        asks_for_evidence=any(
            getattr(each, "evidence", "") for rule in policy.rules for each in rule.conditions
        ),
        phones=policy.contacts,
    )


def _label(policy: Policy, clock: str) -> str:
    return policy.clock(clock).label if clock else ""


def _level(level: Level, policy: Policy) -> LevelShown:
    clock = _label(policy, level.clock)
    advice = (
        (heading, tuple(filled(line.text, policy, clock) for line in policy.advice_for(level, kind)))
        for kind, heading in ADVICE.items()
    )
    return LevelShown(
        level=level,
        clock=clock,
        pathways=tuple(PathwayShown(each, _label(policy, each.clock)) for each in policy.pathways_for(level)),
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
        rule, tuple(in_words(each, policy) for each in rule.conditions), tuple(_then(rule, policy))
    )


def _then(rule: Rule, policy: Policy) -> Iterator[str]:
    if rule.level:
        yield f"At least level {rule.level} ({policy.level(rule.level).name})"
    if rule.consider:
        yield f"A manager considers level {rule.consider} ({policy.level(rule.consider).name})"
    if rule.respond:
        yield f"Time allowed: {_label(policy, rule.respond)}"
    yield from (policy.duty(duty).label for duty in rule.duties)


def _sign_groups(policy: Policy) -> Iterator[tuple[str, tuple[Sign, ...]]]:
    for name, members in policy.sign_sets.items():
        yield group_name(name), tuple(sign for sign in policy.signs if sign.id in members)
