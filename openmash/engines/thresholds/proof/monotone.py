"""Whether more concern can ever mean less: for every answer of a gate, every column, and every case at once.

First over all combinations of answers, possible or not: if an answer never falls there, it never falls. Only
where it does fall are the combinations narrowed to possible ones and the smallest pair of cases sought. From
every possible case to every more concerning one there is a way of such steps through possible ones (`possible`),
so that steps are enough.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from openmash.engines.thresholds.compiled.circuit import Node
from openmash.engines.thresholds.compiled.columns import (
    Atom,
    Column,
    FactAnswer,
    SignAnswer,
    SignLasting,
    SignMayLast,
    UnbornAnswer,
    YoungestAge,
)
from openmash.engines.thresholds.policy.model import Answer
from openmash.engines.thresholds.proof.answers import Key
from openmash.engines.thresholds.proof.diagrams import Diagram, Diagrams, parts_of


@dataclass(frozen=True)
class Step:
    """One way to become more concerning: the answers before, and those that change."""

    column: Column
    before: Mapping[Atom, bool]
    change: Mapping[Atom, bool]


@dataclass(frozen=True)
class Fall:
    """Possible cases in which a response is lost by a step."""

    key: Key
    step: Step
    cases: Diagram


def may_fall(diagrams: Diagrams, nodes: Iterable[Node]) -> set[Atom]:
    """The questions for which a yes instead of a no can lose one of these parts, in some combination at all."""
    found: set[Atom] = set()
    seen: set[int] = set()
    for node in nodes:
        for part, no, yes in parts_of(diagrams.of(node), seen):
            if not no <= yes:
                found.add(diagrams.atom_of(part.var))
    return found


def steps(diagrams: Diagrams, suspects: set[Atom]) -> Iterator[Step]:
    """Every single step that a suspected question takes part in."""
    for atom in diagrams.atoms:
        if atom in suspects:
            yield Step(atom.column, {atom: False}, {atom: True})
    yield from _steps_in_length(diagrams, suspects)
    kinds = diagrams.hang_together.one_or_all
    if len(kinds) > 2 and suspects & set(kinds):
        # "Not known which agency" is one step from each single kind of agency, and from none of them.
        for kind in kinds:
            others = [other for other in kinds if other != kind]
            yield Step(kind.column, dict.fromkeys(others, False), dict.fromkeys(kinds, True))


def _steps_in_length(diagrams: Diagrams, suspects: set[Atom]) -> Iterator[Step]:
    """What is said to have gone on for longer may have gone on for longer; nobody saying may be for ever."""
    may_last: dict[str, list[Atom]] = defaultdict(list)
    for atom in diagrams.atoms:
        if isinstance(atom.column, SignMayLast):
            may_last[atom.column.sign].append(atom)
    for every in may_last.values():
        if suspects & set(every):
            longest = max(every, key=lambda atom: atom.bound)
            yield Step(longest.column, {longest: False}, dict.fromkeys(every, True))
    for atom in diagrams.atoms:
        if isinstance(atom.column, SignLasting):
            shorter = [other for other in may_last[atom.column.sign] if other.bound <= atom.bound]
            if suspects & {atom, *shorter}:
                yield Step(atom.column, {atom: False}, dict.fromkeys([atom, *shorter], True))


def age_not_known(diagrams: Diagrams) -> Step:
    """From a known age to none: a child who may be of any age may be under every age."""
    ages = [atom for atom in diagrams.atoms if isinstance(atom.column, YoungestAge)]
    return Step(YoungestAge(), {}, dict.fromkeys(ages, True))


def answers_not_known(diagrams: Diagrams) -> Iterator[Step]:
    """From no to not known, for every question that may be answered so."""
    for atom in diagrams.atoms:
        if isinstance(atom.column, FactAnswer | SignAnswer | UnbornAnswer) and atom.bound == 1:
            yes = Atom(atom.column, Answer.YES.rank)
            before = {one: False for one in (atom, yes) if diagrams.asks(one)}
            yield Step(atom.column, before, {atom: True})


def falls(diagrams: Diagrams, responses: Mapping[Key, Node], every: Iterable[Step]) -> Iterator[Fall]:
    """The responses that a step loses in possible cases."""
    for step in every:
        after = {**step.before, **step.change}
        can = diagrams.both(
            diagrams.both(diagrams.exactly(step.before), diagrams.possible),
            diagrams.when(diagrams.possible, after),
        )
        for key, node in responses.items():
            had = diagrams.both(can, diagrams.of(node))
            lost = diagrams.without(had, diagrams.when(diagrams.of(node), after))
            if not diagrams.is_never(lost):
                yield Fall(key, step, lost)
