"""Where what people said cannot all be so. Nothing is settled here: both are drawn and told."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from openmash.engines.genogram.people import ALIKE, BOTH_WAYS, Kind, Person, Relationship, Sex

PARENTS_AT_BIRTH = 2

TOGETHER = (
    frozenset({Kind.PARENT, Kind.CARER}),
    frozenset({Kind.STEP_PARENT, Kind.CARER}),
    frozenset({Kind.GRANDPARENT, Kind.CARER}),
    frozenset({Kind.RELATIVE, Kind.CARER}),
    frozenset({Kind.GRANDPARENT, Kind.RELATIVE}),
    frozenset({Kind.SIBLING, Kind.TWIN}),
    frozenset({Kind.SIBLING, Kind.HALF_SIBLING}),
)
"""Two kinds that can both hold of the same two people: a grandmother may be the carer as well."""
LOOSE = frozenset({Kind.CARER, Kind.RELATIVE, Kind.OTHER})
"""Kinds that say little without their words: a foster carer who is not the adoptive parent is in no doubt."""


@dataclass(frozen=True)
class Doubt:
    """Statements, by their place in the list, that cannot all be so; `why` names no one: `words` does."""

    places: tuple[int, ...]
    why: str


def doubts(people: Sequence[Person], relationships: Sequence[Relationship]) -> tuple[Doubt, ...]:
    """Every place where statements contradict one another, in the order of the statements."""
    sexes = {person.key: person.sex for person in people}
    return (
        *_of_one_pair(relationships),
        *_too_many_parents(relationships, sexes),
        *_round(relationships),
    )


def doubtful(people: Sequence[Person], relationships: Sequence[Relationship]) -> frozenset[int]:
    """Places of statements that somebody contradicts, denies, or was not sure of."""
    found = {place for doubt in doubts(people, relationships) for place in doubt.places}
    unsure = {(each.one, each.kind, each.other) for each in relationships if each.is_unsure}
    found |= {
        place for place, each in enumerate(relationships) if (each.one, each.kind, each.other) in unsure
    }
    return frozenset(found)


def _of_one_pair(relationships: Sequence[Relationship]) -> Iterator[Doubt]:
    for (one, first), (other, second) in combinations(enumerate(relationships), 2):
        if first.pair == second.pair and _differ(first, second):
            yield Doubt((one, other), "They cannot both be so.")


def _differ(first: Relationship, second: Relationship) -> bool:
    same_way = first.one == second.one or first.kind in BOTH_WAYS
    if first.kind in LOOSE and first.kind is second.kind and first.words != second.words:
        return False
    if first.kind is second.kind:
        return first.denied != second.denied if same_way else True
    if first.denied or second.denied or Kind.OTHER in (first.kind, second.kind):
        return False
    both = frozenset({first.kind, second.kind})
    return both not in TOGETHER


def _too_many_parents(relationships: Sequence[Relationship], sexes: Mapping[str, Sex]) -> Iterator[Doubt]:
    """Three people or more: of those of one sex, or whose sex is not known, not all can have been so at birth."""
    children = {each.other for each in relationships if each.kind is Kind.PARENT}
    for child in sorted(children):
        said = [
            place
            for place, each in enumerate(relationships)
            if each.kind is Kind.PARENT and each.other == child and not each.denied
        ]
        parents = {relationships[place].one for place in said}
        if len(parents) > PARENTS_AT_BIRTH:
            alike = Counter(sexes[key] for key in parents)
            # One known mother beside two men is not in doubt; the men are.
            sure = {key for key in parents if sexes[key] is not Sex.NOT_KNOWN and alike[sexes[key]] == 1}
            doubted = tuple(place for place in said if relationships[place].one not in sure)
            yield Doubt(doubted, f"{len(parents)} people are said to be parents of one child.")


def _round(relationships: Sequence[Relationship]) -> Iterator[Doubt]:
    """Parents of their own parents, or brothers and sisters of their own grandparents, by way of others."""
    above: dict[str, set[str]] = {}
    for each in relationships:
        if each.kind is Kind.PARENT and not each.denied:
            above.setdefault(each.other, set()).add(each.one)
    for place, each in enumerate(relationships):
        if each.denied or each.kind not in ALIKE | {Kind.PARENT}:
            continue
        ways = [(each.one, each.other)] + ([(each.other, each.one)] if each.kind in ALIKE else [])
        if any(high in _ancestors(low, above) for low, high in ways):
            yield Doubt((place,), "Others say that one of them is an ancestor of the other.")


def _ancestors(key: str, above: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [key]
    while waiting:
        for parent in above.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found
