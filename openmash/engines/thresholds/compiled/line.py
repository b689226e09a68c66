"""A line of steps in the making: from the parts of a circuit to steps over rows of bits."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from openmash.engines.thresholds.compiled.circuit import Always, Ask, AtLeast, Circuit, Node, Not, parts_of
from openmash.engines.thresholds.compiled.columns import Atom
from openmash.engines.thresholds.compiled.laying import ALWAYS, NEVER, Join, Laying, Value
from openmash.engines.thresholds.compiled.program import Op, Program


class _Place(NamedTuple):
    """One place of a count in binary: the bit that stays there, and the carries into the next."""

    stays: Value
    carries: tuple[Value, ...]


class Line:
    """A straight line of steps in the making. Equal steps are taken once, so versions share what they can."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self._made: list[Join | Atom | None] = [None, None]
        self._places: dict[Join | Atom, Value] = {}
        self._nodes: dict[Node, Value] = {Circuit.NEVER: NEVER, Circuit.ALWAYS: ALWAYS}
        self._sums: dict[tuple[Value, ...], list[_Place]] = {}
        self._any: dict[frozenset[Node], Value] = {}

    def _place(self, what: Join | Atom) -> Value:
        if what not in self._places:
            self._places[what] = len(self._made)
            self._made.append(what)
        return self._places[what]

    def ask(self, atom: Atom) -> Value:
        return self._place(atom)

    def both(self, one: Value, other: Value) -> Value:
        low, high = sorted((one, other))
        if low in (NEVER, high):
            return low
        return high if low == ALWAYS else self._place(Join(Op.AND, low, high))

    def either(self, one: Value, other: Value) -> Value:
        low, high = sorted((one, other))
        if low in (NEVER, high):
            return high
        return ALWAYS if low == ALWAYS else self._place(Join(Op.OR, low, high))

    def unequal(self, one: Value, other: Value) -> Value:
        low, high = sorted((one, other))
        if low == high:
            return NEVER
        return high if low == NEVER else self._place(Join(Op.UNEQUAL, low, high))

    def all_of(self, values: Iterable[Value]) -> Value:
        found = ALWAYS
        for value in values:
            found = self.both(found, value)
        return found

    def any_of(self, values: Iterable[Value]) -> Value:
        """Joined as a tree over their given order: when one of many changes, only its branch is new."""
        waiting = list(values)
        while len(waiting) > 1:
            pairs = zip(waiting[::2], [*waiting[1::2], NEVER], strict=False)
            waiting = [self.either(one, other) for one, other in pairs]
        return waiting[0] if waiting else NEVER

    def at_least(self, least: int, values: Sequence[Value]) -> Value:
        """At least so many of these, each counted as often as it stands there."""
        if least <= 0:
            return ALWAYS
        top = (least - 1).bit_length()
        places = self._added_up(tuple(values), top) if top else []
        # One carry into the place worth 2**top, which is `least` or more, is enough by itself.
        enough = self.any_of(places[top - 1].carries if top else values)
        if least == 2**top:
            return enough
        below = ALWAYS
        for nth, place in enumerate(places):
            below = (self.both if least >> nth & 1 else self.either)(place.stays, below)
        return self.either(enough, below)

    def _added_up(self, values: tuple[Value, ...], places: int) -> list[_Place]:
        """The count of values in binary, so many places of it, the smallest first."""
        if values not in self._sums:
            self._sums[values] = [self._first_place(values)]
        found = self._sums[values]
        while len(found) < places:
            found.append(self._one_place(found[-1].carries))
        return found[:places]

    def _first_place(self, values: tuple[Value, ...]) -> _Place:
        """The ones, beginning from the largest groups of these values that have been added up before."""
        left = set(values)
        stays: list[Value] = []
        carries: list[Value] = []
        if len(left) < len(values):
            return self._one_place(values)
        for group in sorted(self._sums, key=lambda group: -len(group)):
            if len(set(group)) == len(group) and left.issuperset(group):
                left -= set(group)
                stays.append(self._sums[group][0].stays)
                carries += self._sums[group][0].carries
        place = self._one_place([*stays, *(value for value in values if value in left)])
        return _Place(place.stays, (*carries, *place.carries))

    def _one_place(self, values: Sequence[Value]) -> "_Place":
        """Add up bits that are worth the same, three at a time."""
        bits, carries = list(values), []
        while len(bits) > 1:
            one, two, three = [*bits[:3], NEVER][:3]
            some = self.unequal(one, two)
            carries.append(self.either(self.both(one, two), self.both(some, three)))
            bits = [*bits[3:], self.unequal(some, three)]
        return _Place(bits[0] if bits else NEVER, tuple(carries))

    def of_all(self, nodes: Sequence[Node]) -> list[Value]:
        """What these parts come to, built from the smallest groups up: what was joined or added up of few is
        then there for what is joined or added up of many.
        """
        needed = self.circuit.needed_for(nodes)
        for node in sorted(needed, key=lambda node: len(parts_of(self.circuit.gates[node]))):
            self.of(node)
        return [self.of(node) for node in nodes]

    def of(self, node: Node) -> Value:
        """What a part of the circuit comes to."""
        for needed in self.circuit.needed_for([node]) if node not in self._nodes else ():
            if needed not in self._nodes:
                self._nodes[needed] = self._build(needed)
        return self._nodes[node]

    def _build(self, node: Node) -> Value:
        match self.circuit.gates[node]:
            case Ask(atom):
                return self.ask(atom)
            case Not(part):
                return self.unequal(ALWAYS, self._nodes[part])
            case AtLeast(1, parts):
                return self._any_of_parts(parts)
            case AtLeast(least, parts) if least == len(parts):
                return self.all_of(self._nodes[part] for part in parts)
            case AtLeast(least, parts):
                return self.at_least(least, [self._nodes[part] for part in parts])
            case Always(value):
                return ALWAYS if value else NEVER

    def _any_of_parts(self, parts: tuple[Node, ...]) -> Value:
        """Any of them, beginning from the largest groups that have been joined before."""
        left, groups = set(parts), []
        for group, value in sorted(self._any.items(), key=lambda item: -len(item[0])):
            if group <= left:
                left -= group
                groups.append(value)
        found = self.any_of([*groups, *(self._nodes[part] for part in sorted(left))])
        self._any[frozenset(parts)] = found
        return found

    def program(
        self, wanted: Sequence[Value], counted: Sequence[Value] = (), *, reuse: bool = True
    ) -> Program:
        """The steps that `wanted` and the counts of `counted` rest on, and nothing else.

        Without `reuse`, every step has a register of its own, and what is never worked out stays "never".
        """
        return Laying(self._made, wanted, counted, reuse=reuse).program()
