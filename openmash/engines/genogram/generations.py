"""Which row each person stands in: parents above their children, partners and siblings side by side.

What people said may be impossible (each the parent of the other, a partner who is a child). A statement that
would turn the rows upside down is left out of this reckoning, and is drawn and told like any other.
"""

from collections.abc import Iterable, Mapping, Sequence

from openmash.engines.genogram.people import ALIKE, Kind, Person, Relationship

STEPS = {Kind.PARENT: 1, Kind.STEP_PARENT: 1, Kind.CARER: 1, Kind.GRANDPARENT: 2}
"""How many rows higher `one` stands than `other`."""

FIRM_FIRST = (
    Kind.PARENT,
    Kind.TWIN,
    Kind.SIBLING,
    Kind.HALF_SIBLING,
    Kind.PARTNER,
    Kind.GRANDPARENT,
    Kind.STEP_PARENT,
    Kind.CARER,
)
"""Where statements contradict one another the earlier kind says who stands where."""


class _Groups:
    """People who stand side by side, and which groups stand above which."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.leader = {key: key for key in keys}
        self.below: dict[str, dict[str, int]] = {key: {} for key in self.leader}

    def of(self, key: str) -> str:
        while self.leader[key] != key:
            key = self.leader[key]
        return key

    def is_above(self, high: str, low: str) -> bool:
        """Whether the group `low` stands somewhere below the group `high`."""
        waiting, seen = [high], {high}
        while waiting:
            for each in self.below[waiting.pop()]:
                if each == low:
                    return True
                if each not in seen:
                    seen.add(each)
                    waiting.append(each)
        return False

    def put_above(self, high: str, low: str, steps: int) -> None:
        one, other = self.of(high), self.of(low)
        if one != other and not self.is_above(other, one):
            self.below[one][other] = max(steps, self.below[one].get(other, 0))

    def put_beside(self, one: str, other: str) -> None:
        kept, joins = self.of(one), self.of(other)
        if kept == joins or self.is_above(kept, joins) or self.is_above(joins, kept):
            return
        self.leader[joins] = kept
        for low, steps in self.below.pop(joins).items():
            self.below[kept][low] = max(steps, self.below[kept].get(low, 0))
        for lower in self.below.values():
            if joins in lower:
                lower[kept] = max(lower.pop(joins), lower.get(kept, 0))


def generations(people: Sequence[Person], relationships: Sequence[Relationship]) -> dict[str, int]:
    """The row of each person, 0 at the top. Every row from 0 to the last has somebody in it."""
    groups = _Groups(person.key for person in people)
    for kind in FIRM_FIRST:
        for each in relationships:
            if each.kind is kind and not each.denied:
                if kind in ALIKE or kind is Kind.PARTNER:
                    groups.put_beside(each.one, each.other)
                else:
                    groups.put_above(each.one, each.other, STEPS[kind])
    rows = _rows(groups.below)
    rows = _moved_down(rows, groups.below)
    _stand_level(rows, groups, relationships, concerned=next((p.key for p in people if p.is_concerned), ""))
    used = {row: number for number, row in enumerate(sorted(set(rows.values())))}
    return {person.key: used[rows[groups.of(person.key)]] for person in people}


def _rows(below: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """As high as can be: each group far enough below every group above it."""
    rows: dict[str, int] = {}
    waiting = dict.fromkeys(below, 0)
    for lower in below.values():
        for each in lower:
            waiting[each] += 1
    ready = [group for group, above in waiting.items() if not above]
    while ready:
        group = ready.pop()
        rows.setdefault(group, 0)
        for each, steps in below[group].items():
            rows[each] = max(rows.get(each, 0), rows[group] + steps)
            waiting[each] -= 1
            if not waiting[each]:
                ready.append(each)
    return rows


def _moved_down(rows: dict[str, int], below: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Those at the top of a line come down to just above their own children."""
    has_parents = {each for lower in below.values() for each in lower}
    for group in sorted(rows, key=lambda group: -rows[group]):
        if group not in has_parents and below[group]:
            rows[group] = min(rows[each] - steps for each, steps in below[group].items())
    return rows


def _stand_level(
    rows: dict[str, int], groups: _Groups, relationships: Sequence[Relationship], concerned: str
) -> None:
    """Whoever nothing places stands in the row of whom they were named with, or of the child concerned."""
    placed = {group for group, lower in groups.below.items() if lower}
    placed |= {each for lower in groups.below.values() for each in lower}
    beside = rows[groups.of(concerned)] if concerned else 0
    for group in rows.keys() - placed:
        named_with = [
            groups.of(next(iter(each.pair - {key})))
            for key in groups.leader
            if groups.of(key) == group
            for each in relationships
            if key in each.pair
        ]
        with_a_place = [other for other in named_with if other in placed]
        if with_a_place:
            rows[group] = rows[with_a_place[0]]
        elif not concerned or groups.of(concerned) != group:
            rows[group] = beside
