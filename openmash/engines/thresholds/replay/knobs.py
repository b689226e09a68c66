"""The numbers in a policy's rules that could have been others, and the policy with one of them moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openmash.engines.thresholds.policy.conditions import (
    ChildUnder,
    Condition,
    Contacts,
    Examples,
    Signs,
)
from openmash.engines.thresholds.policy.model import Policy, Rule
from openmash.engines.thresholds.replay.errors import NoSuchKnob

Setting = int | str


@dataclass(frozen=True)
class Knob:
    """One number of one condition. `condition` is its place in the rule, 0 for "when".

    `what` is the part that moves: least, domains, lasting, evidence, months, agencies. `now` is where it
    stands: a whole number, or the id of a grade of evidence. `words` says it to a person.
    """

    rule: str
    condition: int
    what: str
    now: Setting
    words: str

    @property
    def name(self) -> str:
        """The knob in an address or on a command line: `C3.0.least`."""
        return f"{self.rule}.{self.condition}.{self.what}"


@dataclass(frozen=True)
class Move:
    """A knob, and where to put it."""

    knob: Knob
    to: Setting


_LOWEST = {"least": 1, "domains": 1, "lasting": 0, "months": 1, "agencies": 1}


def knobs(policy: Policy, gate: str = "") -> tuple[Knob, ...]:
    """Every number in the rules of a gate ("" for the front door's) that can be moved, in table order."""
    at = policy.gate(gate) if gate else policy.gates[0]
    return tuple(
        Knob(rule.id, place, what, getattr(condition, what), f"rule {rule.id}: {words}")
        for rule in policy.rules_at(at)
        for place, condition in enumerate(rule.conditions)
        for what, words in _parts(condition, policy)
    )


def _parts(condition: Condition, policy: Policy) -> Iterator[tuple[str, str]]:
    match condition:
        case Signs():
            yield from _of_signs(condition, policy)
        case Examples():
            yield "least", f"how many examples of {condition.sign}: {condition.least}"
            yield from _evidence(condition.evidence, condition.sign, policy)
        case Contacts():
            yield from _of_contacts(condition)
        case ChildUnder(months):
            yield "months", f"the age in months that the child is under: {months}"


def _of_signs(condition: Signs, policy: Policy) -> Iterator[tuple[str, str]]:
    which = _which(condition)
    if not condition.sign:
        yield "least", f"how many {which}: {condition.least}"
        if condition.least > 1:
            yield "domains", f"over how many parts of the child’s life the {which} stand: {condition.domains}"
    if condition.lasting:
        have = "have, or may have, gone on" if condition.lasting_open else "have gone on"
        yield "lasting", f"how many months the {which} {have}: {condition.lasting}"
    yield from _evidence(condition.evidence, which, policy)


def _evidence(grade: str, which: str, policy: Policy) -> Iterator[tuple[str, str]]:
    if grade and len({one.rank for one in policy.evidence}) > 1:
        yield "evidence", f"how well the {which} must be known: {policy.evidence_grade(grade).label.lower()}"


def _which(condition: Signs) -> str:
    if condition.sign:
        return f"sign {condition.sign}"
    immediacy = {"always": "always immediate", "unless": "conditionally immediate"}
    parts = [immediacy.get(condition.immediacy, ""), f"level {condition.level}" if condition.level else ""]
    return " ".join(part for part in (*parts, condition.of.replace("_", " "), "signs") if part)


def _of_contacts(condition: Contacts) -> Iterator[tuple[str, str]]:
    which = " ".join(
        part
        for part in (condition.kind.replace("_", " "), "entries" if condition.entries else "contacts")
        if part
    )
    by = f" from the {condition.agency_kind.replace('_', ' ')}" if condition.agency_kind else ""
    yield "least", f"how many {which}{by}: {condition.least}"
    yield "months", f"within how many months the {which}{by} are counted: {condition.months}"
    if not condition.agency_kind:
        yield "agencies", f"from how many different agencies the {which} come: {condition.agencies}"


def moved(policy: Policy, moves: Sequence[Move]) -> dict[str, Rule]:
    """The rules that some moves change, as they then are, by id.

    Raises:
        NoSuchKnob: the policy's rules have no such number, or it cannot stand there.
    """
    changed: dict[str, Rule] = {}
    for move in moves:
        rule = changed.get(move.knob.rule) or policy.rules_by_id.get(move.knob.rule)
        if rule is None or not _is_there(rule, move.knob):
            raise NoSuchKnob(f"The policy has no number “{move.knob.words}”.")
        _allowed(move, policy)
        place = move.knob.condition
        condition: Any = rule.conditions[place]
        turned = replace(condition, **{move.knob.what: move.to})
        if isinstance(turned, Signs) and not turned.lasting:
            turned = replace(
                turned, lasting_open=False
            )  # what may have lasted for any time needs no ruling out
        changed[rule.id] = replace(
            rule, conditions=(*rule.conditions[:place], turned, *rule.conditions[place + 1 :])
        )
    return changed


def _is_there(rule: Rule, knob: Knob) -> bool:
    return knob.condition < len(rule.conditions) and hasattr(rule.conditions[knob.condition], knob.what)


def _allowed(move: Move, policy: Policy) -> None:
    what, to = move.knob.what, move.to
    if what == "evidence":
        if to not in policy.grades_by_id:
            raise NoSuchKnob(f"There is no grade of evidence “{to}” for “{move.knob.words}”.")
    elif not isinstance(to, int) or isinstance(to, bool) or not _LOWEST.get(what, 1) <= to <= 9999:
        raise NoSuchKnob(f"“{move.knob.words}” cannot be {to!r}: it is a whole number from {_LOWEST[what]}.")


def varied(policy: Policy, knob: Knob, value: Setting) -> Policy:
    """The policy with one number moved, checked like any other.

    Its agreed examples and its digest are still those of the policy it came from: it is a question, not yet
    a version.

    Raises:
        NoSuchKnob: the policy's rules have no such number, or it cannot stand there.
        PolicyErrors: the policy would not hold together.
    """
    changed = moved(policy, [Move(knob, value)])
    return replace(policy, rules=tuple(changed.get(rule.id, rule) for rule in policy.rules))


def with_moves(policy: Policy, moves: Sequence[Move]) -> Policy:
    """The policy with several numbers moved: see `varied`."""
    changed = moved(policy, moves)
    return replace(policy, rules=tuple(changed.get(rule.id, rule) for rule in policy.rules))
