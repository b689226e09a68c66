"""What a condition compares, written in FEEL, the expression language of DMN: counts, answers and ages.

A set or a kind of sign becomes the signs themselves, written out one by one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from openmash.engines.thresholds.compiled.columns import (
    Column,
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
from openmash.engines.thresholds.policy.model import Policy, Sign
from openmash.engines.thresholds.policy.rule_checks import facts_named
from openmash.engines.thresholds.text.sentences import write


@dataclass(frozen=True)
class Quantity:
    """A number that conditions compare: `words` say what it is, `feel` works it out from `columns`.

    One column by itself, or the level, is `given`: nothing is to be worked out, and `feel` is its name.
    """

    words: str
    feel: str
    columns: tuple[Column, ...]
    given: bool = False


LEVEL = Quantity("The rank of the level", "level_rank", (), given=True)
"""The level worked out from the rules that do not wait for it."""


@dataclass(frozen=True)
class Test:
    """A quantity is at least `bound`; of an age, under it (`how` is "<"); of a level, exactly it ("")."""

    quantity: Quantity
    bound: int
    how: str = ">="

    @property
    def feel(self) -> str:
        return f"{self.how} {self.bound}".strip()

    def joined(self, other: "Test") -> "Test":
        """Both at once, of the same quantity."""
        bounds = self.bound, other.bound
        return replace(self, bound=min(bounds) if self.how == "<" else max(bounds))


@dataclass(frozen=True)
class _Feel:
    """An expression and the columns in it."""

    text: str
    columns: tuple[Column, ...] = ()


def _columns_of(parts: Iterable[_Feel]) -> tuple[Column, ...]:
    return tuple(dict.fromkeys(column for part in parts for column in part.columns))


class Quantities:
    """The tests that a policy's conditions come to. `names` gives the columns of the wide table their names."""

    def __init__(self, policy: Policy, names: Mapping[Column, str]) -> None:
        self.policy, self.names = policy, names

    def tests(self, conditions: Iterable[Condition]) -> list[Test]:
        """Every test that conditions come to, all of which must hold; one for each quantity."""
        found: dict[Quantity, Test] = {}
        for condition in conditions:
            for test in self._tests(condition):
                before = found.get(test.quantity)
                found[test.quantity] = test if before is None else before.joined(test)
        return list(found.values())

    def _tests(self, condition: Condition) -> list[Test]:
        match condition:
            case Signs():
                return self._signs(condition)
            case Examples():
                return self._examples(condition)
            case Contacts():
                return self._contacts(condition)
            case ChildUnder(months):
                return [Test(self._column(YoungestAge(), "The youngest age, in months"), months, "<")]
            case Unborn():
                return [Test(self._column(UnbornAnswer(), "Unborn"), least_answer(condition.not_ruled_out))]
            case Facts():
                return [self._facts(condition)]
            case Reached(level):
                rank = self.policy.level(level).rank
                return [Test(LEVEL, rank)]

    def _name(self, column: Column) -> str:
        return self.names.get(column, column.name)

    def _column(self, column: Column, words: str) -> Quantity:
        return Quantity(words, self._name(column), (column,), given=True)

    def _quantity(self, words: str, feel: _Feel) -> Quantity:
        return Quantity(words, feel.text, feel.columns)

    def _at_least(self, column: Column, least: int) -> _Feel:
        return _Feel(f"{self._name(column)} >= {least}", (column,))

    def _seen(self, sign: Sign, evidence: str = "") -> _Feel:
        rank = self.policy.evidence_grade(evidence).rank if evidence else 1
        return self._at_least(SignSeen(sign.id), rank)

    def _signs(self, condition: Signs) -> list[Test]:
        counted = [sign for sign in self.policy.signs if may_count(condition, sign, self.policy)]
        if len(counted) == condition.least == condition.domains == 1:
            return self._of_one_sign(condition, counted[0])
        by_domain: dict[str, list[_Feel]] = {}
        for sign in counted:
            by_domain.setdefault(sign.domain, []).append(self._one_sign(condition, sign))
        words = write(replace(condition, least=1, domains=1))
        every = [part for parts in by_domain.values() for part in parts]
        tests = [Test(self._quantity(f"How many signs: {words}", _count(every)), condition.least)]
        if condition.domains > 1:
            domains = _count([_any(parts) for parts in by_domain.values()])
            tests.append(Test(self._quantity(f"Over how many domains: {words}", domains), condition.domains))
        return tests

    def _one_sign(self, condition: Signs, sign: Sign) -> _Feel:
        parts = [self._seen(sign, condition.evidence)]
        if condition.immediacy == "unless":
            parts.append(self._at_least(SignAnswer(sign.id), least_answer(condition.not_ruled_out)))
        if condition.lasting:
            parts.append(self._at_least(length(condition, sign), condition.lasting))
        return _all(parts)

    def _of_one_sign(self, condition: Signs, sign: Sign) -> list[Test]:
        """One sign needs no counting: what is known of it is compared as it is."""
        rank = self.policy.evidence_grade(condition.evidence).rank if condition.evidence else 1
        tests = [self._known(sign, rank)]
        if condition.immediacy == "unless":
            least = least_answer(condition.not_ruled_out)
            tests.append(Test(self._column(SignAnswer(sign.id), sign.immediate_question), least))
        if condition.lasting:
            has = "may have" if condition.lasting_open else "has"
            lasting = self._column(length(condition, sign), f"How many months {sign.id} {has} gone on")
            tests.append(Test(lasting, condition.lasting))
        return tests

    def _known(self, sign: Sign, rank: int) -> Test:
        return Test(self._column(SignSeen(sign.id), f"How well {sign.id} is known"), rank)

    def _examples(self, condition: Examples) -> list[Test]:
        sign = self.policy.sign(condition.sign)
        rank = self.policy.evidence_grade(condition.evidence).rank if condition.evidence else 1
        counted = self._quantity(f"How many examples of {sign.id}", self._examples_of(sign))
        return [self._known(sign, rank), Test(counted, condition.least)]

    def _examples_of(self, sign: Sign) -> _Feel:
        """How many examples: a sign seen at all is one, and only some signs' examples are counted."""
        seen, column = self._seen(sign), SignExamples(sign.id)
        many = f"max(1, {self._name(column)})" if sign.counted_examples else "1"
        columns = (*seen.columns, *([column] if sign.counted_examples else []))
        return _Feel(f"if {seen.text} then {many} else 0", columns)

    def _facts(self, condition: Facts) -> Test:
        least = least_answer(condition.not_ruled_out)
        columns = [FactAnswer(name) for name in facts_named(condition, self.policy)]
        if len(columns) == 1:
            return Test(self._column(columns[0], self.policy.fact(columns[0].fact).question), least)
        worst = _Feel(f"max([{', '.join(self._name(each) for each in columns)}])", tuple(columns))
        return Test(self._quantity(f"The answer of most concern: {condition.of}", worst), least)

    def _contacts(self, condition: Contacts) -> list[Test]:
        window, words = window_of(condition), write(replace(condition, least=1, agencies=1))
        past: PastContacts | PastEntries = PastEntries(window) if condition.entries else PastContacts(window)
        present = self._present(condition)
        here = self._entries(condition) if condition.entries and condition.kind else _Feel("1")
        total = _Feel(
            f"{self._name(past)} + (if {present.text} then {here.text} else 0)",
            _columns_of([_Feel("", (past,)), present, here]),
        )
        tests = [Test(self._quantity(f"How many: {words}", total), condition.least)]
        if condition.agencies > 1:
            alone, together = (
                PastAgencies(window, with_present=False),
                PastAgencies(window, with_present=True),
            )
            either = _Feel(
                f"if {present.text} then {self._name(together)} else {self._name(alone)}",
                _columns_of([present, _Feel("", (alone, together))]),
            )
            tests.append(Test(self._quantity(f"From how many agencies: {words}", either), condition.agencies))
        return tests

    def _of_kind(self, kind: str) -> list[Sign]:
        return [sign for sign in self.policy.signs if sign.accumulates == kind and not sign.protective]

    def _present(self, condition: Contacts) -> _Feel:
        """Whether the present contact counts."""
        parts = []
        if condition.agency_kind:
            parts.append(self._at_least(PresentFrom(condition.agency_kind), 1))
        if condition.kind:
            parts.append(_any([self._seen(sign) for sign in self._of_kind(condition.kind)]))
        return _all(parts)

    def _entries(self, condition: Contacts) -> _Feel:
        """The present contact stands for each sign of the kind, as often as it has examples."""
        each = [self._examples_of(sign) for sign in self._of_kind(condition.kind)]
        return _Feel(f"sum([{', '.join(part.text for part in each)}])", _columns_of(each))


def _all(parts: list[_Feel]) -> _Feel:
    return _Feel(" and ".join(part.text for part in parts) or "true", _columns_of(parts))


def _any(parts: list[_Feel]) -> _Feel:
    if len(parts) == 1:
        return parts[0]
    return _Feel(f"({' or '.join(_bracketed(part.text) for part in parts) or 'false'})", _columns_of(parts))


def _bracketed(text: str) -> str:
    return f"({text})" if " and " in text else text


def _count(parts: list[_Feel]) -> _Feel:
    if not parts:
        return _Feel("0")
    return _Feel(f"sum([{', '.join(f'if {each.text} then 1 else 0' for each in parts)}])", _columns_of(parts))
