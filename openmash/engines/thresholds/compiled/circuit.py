"""A circuit: questions about columns, joined by "all of", "any of" and "at least so many of".

Equal parts are kept once, so that versions and variants of a policy built into one circuit share whatever
they have in common. Rules of a policy never need "not"; it is here for the routing table, and so that a
fault which lowers a response can be written down and found.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from openmash.engines.thresholds.compiled.columns import Atom

Node = int
"""A part of a circuit, by its place. Parts stand after everything they are made of."""


@dataclass(frozen=True)
class Ask:
    """A question about one column."""

    atom: Atom


@dataclass(frozen=True)
class AtLeast:
    """At least `least` of `parts`. All of them, or any of them, when it is as many or 1.

    A part may stand there more than once and then counts as often.
    """

    least: int
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Node


@dataclass(frozen=True)
class Always:
    """Holds for every case, or for none."""

    value: bool


Gate = Ask | AtLeast | Not | Always


@dataclass
class Circuit:
    """Every part, each made only of parts before it. Nodes 0 and 1 are "never" and "always"."""

    gates: list[Gate] = field(default_factory=lambda: [Always(False), Always(True)])
    _places: dict[Gate, Node] = field(default_factory=lambda: {Always(False): 0, Always(True): 1})

    NEVER: Node = 0
    ALWAYS: Node = 1

    def _add(self, gate: Gate) -> Node:
        if gate not in self._places:
            self._places[gate] = len(self.gates)
            self.gates.append(gate)
        return self._places[gate]

    def ask(self, atom: Atom) -> Node:
        return self._add(Ask(atom))

    def all_of(self, parts: Iterable[Node]) -> Node:
        wanted = sorted({part for part in parts if part != self.ALWAYS})
        if self.NEVER in wanted:
            return self.NEVER
        return self._joined(len(wanted), wanted) if wanted else self.ALWAYS

    def any_of(self, parts: Iterable[Node]) -> Node:
        wanted = sorted({part for part in parts if part != self.NEVER})
        if self.ALWAYS in wanted:
            return self.ALWAYS
        return self._joined(1, wanted) if wanted else self.NEVER

    def at_least(self, least: int, parts: Iterable[Node]) -> Node:
        counted = list(parts)
        least -= counted.count(self.ALWAYS)
        wanted = sorted(part for part in counted if part > self.ALWAYS)
        if least <= 0:
            return self.ALWAYS
        if least > len(wanted):
            return self.NEVER
        if least == 1:
            return self.any_of(wanted)
        return self.all_of(wanted) if least == len(wanted) else self._add(AtLeast(least, tuple(wanted)))

    def _joined(self, least: int, wanted: Sequence[Node]) -> Node:
        return wanted[0] if len(wanted) == 1 else self._add(AtLeast(least, tuple(wanted)))

    def negate(self, part: Node) -> Node:
        if part in (self.NEVER, self.ALWAYS):
            return self.ALWAYS - part
        gate = self.gates[part]
        return gate.part if isinstance(gate, Not) else self._add(Not(part))

    def needed_for(self, wanted: Iterable[Node]) -> list[Node]:
        """Every part that these rest on, themselves included, each after its own parts."""
        needed: set[Node] = set()
        waiting = list(wanted)
        while waiting:
            node = waiting.pop()
            if node not in needed:
                needed.add(node)
                waiting.extend(parts_of(self.gates[node]))
        return sorted(needed)

    def atoms(self, wanted: Iterable[Node]) -> tuple[Atom, ...]:
        """The questions that these rest on, in the order in which they were first asked."""
        gates = (self.gates[node] for node in self.needed_for(wanted))
        return tuple(gate.atom for gate in gates if isinstance(gate, Ask))

    def holds(self, wanted: Sequence[Node], answer: Callable[[Atom], bool]) -> list[bool]:
        """Whether each of `wanted` holds, given the answer to every question: plainly, one case at a time."""
        found: dict[Node, bool] = {}
        for node in self.needed_for(wanted):
            match self.gates[node]:
                case Ask(atom):
                    found[node] = answer(atom)
                case AtLeast(least, parts):
                    found[node] = sum(found[part] for part in parts) >= least
                case Not(part):
                    found[node] = not found[part]
                case Always(value):
                    found[node] = value
        return [found[node] for node in wanted]


def parts_of(gate: Gate) -> tuple[Node, ...]:
    """What a part is made of, directly."""
    match gate:
        case AtLeast(_, parts):
            return parts
        case Not(part):
            return (part,)
    return ()
