"""What is drawn between people, before anybody has a place: couples, their children, and other ties.

One line stands for everything said of the same two people; what is not drawn because something else shows it
already (a brother by the same parents) is in the text all the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openmash.engines.genogram.doubts import doubtful
from openmash.engines.genogram.people import ALIKE, Kind, Person, Relationship

COUPLE = 2


@dataclass(frozen=True)
class Couple:
    """Two people side by side. `kind` is partner, or co_parent: nobody said more than that they have a child."""

    one: str
    other: str
    kind: str
    ended: bool = False
    doubtful: bool = False


@dataclass(frozen=True)
class Descent:
    """A line from one or two people down to children: from nobody, when only brothers and sisters are known.

    `kind` is parent, step_parent, carer, grandparent, sibling, half_sibling, or other.
    """

    parents: tuple[str, ...]
    children: tuple[str, ...]
    kind: str = "parent"
    doubtful: bool = False
    twins: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Ties:
    """All that is drawn: couples side by side, descents, and other ties within one row."""

    couples: tuple[Couple, ...]
    descents: tuple[Descent, ...]
    across: tuple[Couple, ...]


def ties_of(people: Sequence[Person], relationships: Sequence[Relationship], rows: Mapping[str, int]) -> Ties:
    """What to draw for people who stand in these rows."""
    said = _Statements(people, relationships, rows)
    descents = [*said.families()]
    couples = [*said.partners(), *said.co_parents(descents)]
    descents += said.lone_lines(couples, descents)
    descents += said.siblings(descents)
    return Ties(tuple(couples), tuple(descents), tuple(said.across()))


class _Statements:
    def __init__(
        self, people: Sequence[Person], relationships: Sequence[Relationship], rows: Mapping[str, int]
    ) -> None:
        order = sorted(people, key=lambda person: person.born_on or date.max)
        self.order = {person.key: place for place, person in enumerate(order)}
        self.rows = rows
        in_doubt = doubtful(people, relationships)
        self.said = [(each, place in in_doubt) for place, each in enumerate(relationships) if not each.denied]
        self.parents: dict[str, dict[str, bool]] = {}
        for each, doubt in self.said:
            if each.kind is Kind.PARENT:
                known = self.parents.setdefault(each.other, {})
                known[each.one] = known.get(each.one, True) and doubt

    def level(self, *keys: str) -> bool:
        return len({self.rows[key] for key in keys}) == 1

    def families(self) -> Iterator[Descent]:
        """Children by the two parents they share, or by the one that is known; what is in doubt by itself."""
        together: dict[tuple[str, ...], list[str]] = {}
        for child in sorted(self.parents, key=self.order.__getitem__):
            sure = sorted(key for key, doubt in self.parents[child].items() if not doubt)
            above = [key for key in sure if self.rows[key] < self.rows[child]]
            yield from self._in_doubt(child, sorted(self.parents[child].keys() - set(above)))
            if len(above) == COUPLE and self.level(*above):
                together.setdefault(tuple(above), []).append(child)
            else:
                for key in above:
                    together.setdefault((key,), []).append(child)
        for parents, children in together.items():
            yield Descent(parents, tuple(children), twins=self._twins(children))

    def _in_doubt(self, child: str, parents: Sequence[str]) -> Iterator[Descent]:
        for key in parents:
            if self.rows[key] < self.rows[child]:
                yield Descent((key,), (child,), doubtful=True)
            elif self.rows[key] > self.rows[child]:
                yield Descent((child,), (key,), "other", doubtful=True)

    def _twins(self, children: Sequence[str]) -> frozenset[frozenset[str]]:
        return frozenset(
            each.pair
            for each, doubt in self.said
            if each.kind is Kind.TWIN and not doubt and each.pair <= set(children)
        )

    def partners(self) -> Iterator[Couple]:
        """Each pair of partners in one row once, as the last of those who spoke of them said."""
        last: dict[frozenset[str], Couple] = {}
        for each, doubt in self.said:
            if each.kind is Kind.PARTNER and self.level(each.one, each.other):
                last[each.pair] = Couple(each.one, each.other, "partner", each.ended, doubt)
        yield from last.values()

    def co_parents(self, descents: Sequence[Descent]) -> Iterator[Couple]:
        known = {each.pair for each, _doubt in self.said if each.kind is Kind.PARTNER}
        for family in descents:
            if len(family.parents) == COUPLE and frozenset(family.parents) not in known:
                one, other = family.parents
                yield Couple(one, other, "co_parent")

    def lone_lines(self, couples: Sequence[Couple], families: Sequence[Descent]) -> list[Descent]:
        """Whoever brings a child up, and what would otherwise join two rows without being seen."""
        shown = {(parent, child) for each in families for parent in each.parents for child in each.children}
        partners = {frozenset({each.one, each.other}) for each in couples if each.kind == "partner"}
        lines: dict[tuple[str, str, str], Descent] = {}
        for each, doubt in self.said:
            high, low = self._high_and_low(each)
            if self.level(high, low) or each.kind is Kind.PARENT or self._is_shown(each, shown, partners):
                continue
            kind = each.kind.value if each.kind in DRAWN_BY_ITSELF else "other"
            impossible = each.kind in ALIKE or each.kind is Kind.PARTNER
            before = lines.get((high, low, kind))
            doubtful = (doubt or impossible) and (before is None or before.doubtful)
            lines[(high, low, kind)] = Descent((high,), (low,), kind, doubtful)
        return list(lines.values())

    def _high_and_low(self, each: Relationship) -> tuple[str, str]:
        upside_down = self.rows[each.one] > self.rows[each.other]
        return (each.other, each.one) if upside_down else (each.one, each.other)

    def _is_shown(
        self, each: Relationship, shown: set[tuple[str, str]], partners: set[frozenset[str]]
    ) -> bool:
        if each.kind is Kind.GRANDPARENT:
            return any((each.one, middle) in shown for middle in self.parents.get(each.other, ()))
        if each.kind is Kind.STEP_PARENT:
            return any(
                frozenset({each.one, parent}) in partners for parent in self.parents.get(each.other, ())
            )
        return each.kind is Kind.CARER and (each.one, each.other) in shown

    def siblings(self, descents: Sequence[Descent]) -> list[Descent]:
        """Brothers and sisters of whom no parent in common is drawn, each set once; what is in doubt by itself."""
        parents: dict[str, set[str]] = {}
        for family in descents:
            for child in family.children if family.kind == "parent" and not family.doubtful else ():
                parents.setdefault(child, set()).update(family.parents)
        sets: list[set[str]] = []
        half: set[str] = set()
        perhaps: dict[frozenset[str], str] = {}
        for each, doubt in self.said:
            shared = parents.get(each.one, set()) & parents.get(each.other, set())
            if each.kind not in ALIKE or not self.level(*each.pair) or shared:
                continue
            if doubt:
                perhaps[each.pair] = "half_sibling" if each.kind is Kind.HALF_SIBLING else "sibling"
                continue
            half |= each.pair if each.kind is Kind.HALF_SIBLING else set()
            touching = [known for known in sets if known & each.pair]
            sets = [known for known in sets if known not in touching]
            sets.append(set(each.pair).union(*touching))
        sure = [
            Descent(
                (),
                tuple(sorted(known, key=self.order.__getitem__)),
                "half_sibling" if known <= half else "sibling",
                twins=self._twins(sorted(known)),
            )
            for known in sets
        ]
        return sure + [
            Descent((), tuple(sorted(pair, key=self.order.__getitem__)), kind, doubtful=True)
            for pair, kind in perhaps.items()
            if not any(pair <= known for known in sets)
        ]

    def across(self) -> Iterator[Couple]:
        """Other ties between two people of one row, such as cousins, or a parent said to be of one's own age."""
        lines: dict[frozenset[str], Couple] = {}
        for each, doubt in self.said:
            plain = each.kind in ALIKE or each.kind is Kind.PARTNER
            if not plain and self.level(each.one, each.other):
                lines[each.pair] = Couple(each.one, each.other, "other", each.ended, doubt)
        yield from lines.values()


DRAWN_BY_ITSELF = frozenset({Kind.STEP_PARENT, Kind.CARER, Kind.GRANDPARENT})
