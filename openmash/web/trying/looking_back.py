"""Past decisions put to a version of the threshold: what it would have said of each, counted in many ways."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from openmash.apps.concerns.queries.history import DecidedCase, monday_of
from openmash.engines.thresholds import Case, Policy
from openmash.engines.thresholds.replay import Population, Replayed, replay


@dataclass(frozen=True)
class LeftOut:
    """What a version could not be asked about, because it does not have it: in how many cases, and what."""

    cases: int
    what: tuple[str, ...]


@dataclass(frozen=True)
class Answers:
    """What a version says of every case, in the order of the cases: the code of a level for each."""

    policy: Policy
    replayed: Replayed
    left_out: LeftOut

    @cached_property
    def levels(self) -> list[str]:
        codes = [level.code for level in self.policy.levels]
        return [codes[rank - 1] for rank in self.replayed.ranks().tolist()]


def as_known_to(policy: Policy, case: Case) -> tuple[Case, frozenset[str]]:
    """The case without the signs, questions and grades of evidence that a version does not have, and which."""
    kept = tuple(
        seen
        for seen in case.observations
        if seen.sign in policy.signs_by_id and seen.evidence in policy.grades_by_id
    )
    facts = {fact: answer for fact, answer in case.facts.items() if fact in policy.facts_by_id}
    gone = {f"sign {seen.sign}" for seen in case.observations if seen not in kept}
    gone |= {f"question {fact}" for fact in case.facts if fact not in facts}
    return replace(case, observations=kept, facts=facts), frozenset(gone)


def population_of(
    decided: Iterable[DecidedCase], policy: Policy, *others: Policy
) -> tuple[Population, LeftOut]:
    """The cases as columns, read as `policy` reads them, with all that `others` look at as well."""
    known = [as_known_to(policy, each.case) for each in decided]
    left_out = Counter(what for _, gone in known for what in gone)
    population = Population.of(((case, {}) for case, _ in known), policy, *others)
    return population, LeftOut(sum(bool(gone) for _, gone in known), tuple(sorted(left_out)))


def answers_of(decided: Sequence[DecidedCase], policy: Policy) -> Answers:
    """What a version says of all cases, each read as this version reads it.

    Each version gets a population of its own, so that two which read the same record differently can be compared.
    """
    population, left_out = population_of(decided, policy)
    return Answers(policy, replay(population, policy), left_out)


@dataclass(frozen=True)
class Span:
    """From when to when the cases were decided, and over how many weeks."""

    first: date
    last: date

    @property
    def weeks(self) -> int:
        return (monday_of(self.last) - monday_of(self.first)).days // 7 + 1


def span_of(decided: Sequence[DecidedCase]) -> Span:
    """Of at least one case."""
    days = [each.decided_on for each in decided]
    return Span(min(days), max(days))


PERIODS = {1: "week", 4: "four weeks", 13: "quarter of a year"}
"""So many weeks, and what that is called."""


def by_period(decided: Sequence[DecidedCase], weeks: int) -> tuple[list[date], list[int]]:
    """The Monday on which each period of so many weeks begins, and for each case the place of its period.

    Counted back from the week of the newest case, so that the latest period is a whole one.
    """
    span = span_of(decided)
    last = monday_of(span.last)
    count = -(-span.weeks // weeks)
    starts = [date.fromordinal(last.toordinal() - 7 * (weeks * back - 1)) for back in range(count, 0, -1)]
    back = [(last - monday_of(each.decided_on)).days // (7 * weeks) for each in decided]
    return starts, [count - 1 - each for each in back]


def crossed(rows: Sequence[int], columns: Sequence[int], count: int, across: int) -> list[list[int]]:
    """How many cases are in each row and column, given the place of each case in both."""
    pairs = Counter(zip(rows, columns, strict=True))
    return [[pairs[row, column] for column in range(across)] for row in range(count)]


def grouped(decided: Sequence[DecidedCase], key: Callable[[DecidedCase], str]) -> dict[str, int]:
    """How many cases are in each group, by its name, in the order of the names."""
    return dict(sorted(Counter(key(each) for each in decided).items()))
