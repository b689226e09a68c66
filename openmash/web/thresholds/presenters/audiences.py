"""One sheet of paper for each audience. Everything but a line of greeting comes from the policy.

Which signs an audience meets most often is written in `tables/audience_signs.csv`, by the part of the child's
life and the subject under which the policy lists them (`SP/physical`), never by the id of a sign: an id may
mean something else in another version, and a subject says itself what it is. A version that has no signs
under a subject shows none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from openmash.engines.thresholds import Gate, Level, Policy, Rule, Sign
from openmash.engines.thresholds.plain.conditions import in_words
from openmash.engines.thresholds.plain.names import label_of
from openmash.engines.thresholds.policy.conditions import Contacts, Signs
from openmash.web.thresholds.presenters.document import filled, promises_of, what_follows
from openmash.web.thresholds.presenters.evidence import GateAsks, evidence_asked_for
from openmash.web.thresholds.presenters.tables import rows_of


@dataclass(frozen=True)
class Audience:
    """Whom a sheet is for. `first` is what to do first, and `kinds` the agencies' kinds in the policy."""

    slug: str
    label: str
    kinds: frozenset[str]
    first: str

    @property
    def is_public(self) -> bool:
        """Whether it is for people who are not at work."""
        return "public" in self.kinds


AUDIENCES = {
    row["audience"]: Audience(
        row["audience"], row["label"], frozenset(row["agency_kinds"].split()), row["first"]
    )
    for row in rows_of("audiences")
}


@dataclass(frozen=True)
class LevelLine:
    """A level in one line: its first sentence, and by when it is answered."""

    level: Level
    says: str
    clock: str


@dataclass(frozen=True)
class Sheet:
    """Everything on one audience's sheet. The most serious levels and signs come first."""

    levels: tuple[LevelLine, ...]
    signs: tuple[tuple[Level, tuple[Sign, ...]], ...]
    reasons: tuple[tuple[str, str], ...]
    adding_up: tuple[str, ...]
    counts_from_you: tuple[str, ...]
    evidence: GateAsks
    hear: tuple[tuple[str, str], ...]
    disagree: tuple[tuple[str, str], ...]
    telling_the_family: str
    later_gates: tuple[Gate, ...]


def sheet_of(audience: Audience, policy: Policy) -> Sheet:
    """The sheet of one audience under one version."""
    promises = promises_of(policy)
    rules = policy.rules_at(policy.gates[0])
    return Sheet(
        levels=tuple(_level(level, policy) for level in reversed(policy.levels)),
        signs=tuple(_signs(audience, policy)),
        reasons=tuple(_reasons(audience, policy)),
        adding_up=tuple(_sentence(rule, policy) for rule in rules if _only_counts(rule)),
        counts_from_you=tuple(
            _sentence(rule, policy) for rule in rules if _kinds_counted(rule) & audience.kinds
        ),
        evidence=evidence_asked_for(policy)[0],
        hear=promises[:3],
        disagree=promises[3:],
        telling_the_family=_telling_the_family(policy),
        later_gates=policy.gates[1:],
    )


def topics(audience: Audience) -> dict[tuple[str, str], str]:
    """What this audience is likely to meet, by (domain, subdomain), each with the reason."""
    found = {}
    for row in rows_of("audience_signs"):
        if row["audience"] == audience.slug:
            domain, _, subdomain = row["signs_about"].partition("/")
            found[domain, subdomain] = row["because"]
    return found


def _level(level: Level, policy: Policy) -> LevelLine:
    first, stop, _ = level.summary.partition(". ")
    return LevelLine(level, first + stop.strip(), label_of(level.clock, policy))


def _signs(audience: Audience, policy: Policy) -> Iterator[tuple[Level, tuple[Sign, ...]]]:
    about = topics(audience)
    for level in reversed(policy.levels):
        signs = tuple(
            sign
            for sign in policy.signs
            if sign.level == level.code and not sign.protective and (sign.domain, sign.subdomain) in about
        )
        if signs:
            yield level, signs


def _reasons(audience: Audience, policy: Policy) -> Iterator[tuple[str, str]]:
    labels = {domain.id: domain.label for domain in policy.domains}
    for (domain, subdomain), because in topics(audience).items():
        if domain in labels:
            yield f"{labels[domain]}: {subdomain}", because


def _only_counts(rule: Rule) -> bool:
    """Whether a rule says how things add up and nothing else, for every agency alike."""
    return all(
        (isinstance(each, Signs) and each.least > 1) or (isinstance(each, Contacts) and not each.agency_kind)
        for each in rule.conditions
    )


def _kinds_counted(rule: Rule) -> frozenset[str]:
    return frozenset(each.agency_kind for each in rule.conditions if isinstance(each, Contacts))


def _sentence(rule: Rule, policy: Policy) -> str:
    """A rule in one sentence. What a worker must then do is left to the document, where there is a level."""
    when = ". And: ".join(in_words(each, policy) for each in rule.conditions)
    follows = list(what_follows(replace(rule, duties=()), policy)) or list(what_follows(rule, policy))
    return f"{when}: {', and '.join(each[0].lower() + each[1:] for each in follows)}."


def _telling_the_family(policy: Policy) -> str:
    """What is said of telling the family from the level on at which a child may be suffering harm."""
    level = policy.level(policy.second_person_from)
    lines = policy.advice_for(level, "tell_family")
    return " ".join(filled(line.text, policy, label_of(level.clock, policy)) for line in lines)
