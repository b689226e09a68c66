"""The decision problem of a policy as arithmetic over columns, from which each peer gets its own expression.

It is written from the policy's conditions, not from our circuit, so that a fault there would show.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openmash.engines.thresholds import Policy, Rule
from openmash.engines.thresholds.compiled.columns import (
    FactAnswer,
    PastAgencies,
    PastContacts,
    PastEntries,
    PresentFrom,
    SignAnswer,
    SignExamples,
    SignSeen,
    UnbornAnswer,
    YoungestAge,
)
from openmash.engines.thresholds.compiled.compile import least_answer, length, may_count
from openmash.engines.thresholds.meaning.outcome import time_for
from openmash.engines.thresholds.meaning.windows import window_of
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
from openmash.engines.thresholds.policy.rule_checks import facts_named


@dataclass(frozen=True)
class Column:
    """A column by its name."""

    name: str


@dataclass(frozen=True)
class Sum:
    """So many of these hold, added to these numbers."""

    flags: tuple["Test", ...]
    numbers: tuple[Column, ...] = ()


@dataclass(frozen=True)
class From:
    """A number is at least so many."""

    number: Column | Sum
    least: int


@dataclass(frozen=True)
class Under:
    """A number is under so many."""

    number: Column
    bound: int


@dataclass(frozen=True)
class All:
    """All of these hold."""

    parts: tuple["Test", ...]


@dataclass(frozen=True)
class Any:
    """Any of these holds."""

    parts: tuple["Test", ...]


Test = From | Under | All | Any


@dataclass(frozen=True)
class Row:
    """One rule: its conditions, the rank of its level (0 for none), and the place of its time."""

    id: str
    tests: tuple[Test, ...]
    rank: int
    place: int


@dataclass(frozen=True)
class Problem:
    """The rules that set a level or a time, the place of the longest time, and the columns they look at."""

    rows: tuple[Row, ...]
    longest: int

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for row in self.rows for test in row.tests for name in _named(test)))

    @property
    def tests(self) -> tuple[Test, ...]:
        return tuple(dict.fromkeys(test for row in self.rows for test in row.tests))


def _named(test: Test | Sum | Column) -> Iterator[str]:
    match test:
        case Column(name):
            yield name
        case Sum(flags, numbers):
            for part in (*flags, *numbers):
                yield from _named(part)
        case From(number) | Under(number):
            yield from _named(number)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _named(part)


def problem_of(policy: Policy) -> Problem:
    """The problem at the front door, without the rules that ask what level was reached."""
    gate = policy.gates[0]
    rules = [
        rule for rule in policy.rules_at(gate) if not any(isinstance(c, Reached) for c in rule.conditions)
    ]
    longest = policy.clock_places[gate.levels[0].clock]
    return Problem(tuple(_row(rule, policy, longest) for rule in rules), longest)


def _row(rule: Rule, policy: Policy, longest: int) -> Row:
    time = time_for(rule, policy)
    return Row(
        rule.id,
        tuple(_test(condition, policy) for condition in rule.conditions),
        policy.level(rule.level).rank if rule.level else 0,
        min(policy.clock_places[time.id], longest) if time else longest,
    )


def _test(condition: Condition, policy: Policy) -> Test:
    match condition:
        case Signs():
            return _signs(condition, policy)
        case Examples(least, sign, evidence):
            return All((_seen(sign, evidence, policy), From(Column(SignExamples(sign).name), least)))
        case Contacts():
            return _contacts(condition, policy)
        case ChildUnder(months):
            return Under(Column(YoungestAge().name), months)
        case Unborn(not_ruled_out):
            return From(Column(UnbornAnswer().name), least_answer(not_ruled_out))
        case Facts():
            least = 1 if condition.not_ruled_out else 2
            names = facts_named(condition, policy)
            return _any(From(Column(FactAnswer(name).name), least) for name in names)
    raise ValueError(condition)


def _any(parts: Iterator[Test] | Sequence[Test]) -> Test:
    found = tuple(parts)
    return found[0] if len(found) == 1 else Any(found)


def _seen(sign: str, evidence: str, policy: Policy) -> Test:
    return From(Column(SignSeen(sign).name), policy.evidence_grade(evidence).rank if evidence else 1)


def _signs(condition: Signs, policy: Policy) -> Test:
    found: list[tuple[str, Test]] = []
    for sign in policy.signs:
        if may_count(condition, sign, policy):
            parts = [_seen(sign.id, condition.evidence, policy)]
            if condition.immediacy == "unless":
                parts.append(From(Column(SignAnswer(sign.id).name), 1 if condition.not_ruled_out else 2))
            if condition.lasting:
                parts.append(From(Column(length(condition, sign).name), condition.lasting))
            found.append((sign.domain, parts[0] if len(parts) == 1 else All(tuple(parts))))
    flags = tuple(test for _, test in found)
    enough = _any(flags) if condition.least == 1 else From(Sum(flags), condition.least)
    if condition.domains == 1:
        return enough
    domains = {domain: _any([t for d, t in found if d == domain]) for domain, _ in found}
    return All((enough, From(Sum(tuple(domains.values())), condition.domains)))


def _contacts(condition: Contacts, policy: Policy) -> Test:
    window = window_of(condition)
    signs = [sign for sign in policy.signs if condition.kind and sign.accumulates == condition.kind]
    by_them: list[Test] = (
        [From(Column(PresentFrom(condition.agency_kind).name), 1)] if condition.agency_kind else []
    )
    about_it: list[Test] = [_any([_seen(sign.id, "", policy) for sign in signs])] if signs else []
    here = All((*by_them, *about_it))
    past = Column((PastEntries if condition.entries else PastContacts)(window).name)
    if condition.entries and signs:
        examples = [Column(SignExamples(s.id).name) for s in signs if s.counted_examples]
        chosen = [_seen(s.id, "", policy) for s in signs if not s.counted_examples]
        enough: Test = From(Sum(tuple(chosen), (past, *examples)), condition.least)
    elif here.parts:
        enough = From(Sum((here,), (past,)), condition.least)
    else:
        enough = From(past, condition.least - 1)
    if condition.agencies == 1:
        return enough
    alone = From(Column(PastAgencies(window, with_present=False).name), condition.agencies)
    together = From(Column(PastAgencies(window, with_present=True).name), condition.agencies)
    return All((enough, Any((alone, All((*here.parts, together))))))
