"""From a circuit to decision diagrams: every question of a policy answered in every way at once, exactly.

A binary decision diagram keeps a whole set of cases as a graph in which equal parts are kept once, so that
"is there any case at all in which …?" is answered without trying cases. It is as good as its order of
questions: facts and age first, then signs with those that the same rules count standing together, then past
contacts next to the signs of their kind. (Measured on the draft: 30,000 nodes; by domain and level 150,000.)

The work is done by CUDD where the package `dd` brings it, else by the same package in plain Python.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dd import autoref

from openmash.engines.thresholds.compiled.circuit import Always, Ask, AtLeast, Circuit, Node, Not
from openmash.engines.thresholds.compiled.columns import (
    Atom,
    FactAnswer,
    PastAgencies,
    PastContacts,
    PastEntries,
    PresentFrom,
    SignAnswer,
    SignExamples,
    SignLasting,
    SignMayLast,
    SignSeen,
    UnbornAnswer,
    YoungestAge,
)
from openmash.engines.thresholds.policy.model import Policy, Sign
from openmash.engines.thresholds.proof.errors import ProofTooLarge
from openmash.engines.thresholds.proof.possible import always, possible, same

try:
    from dd import cudd
except ImportError:  # pragma: no cover - the wheel without CUDD
    cudd = None

Diagram = Any
"""A set of cases: a node of `dd`, which has no types of its own."""

MOST_NODES = 3_000_000
MOST_NODES_IN_PLAIN_PYTHON = 600_000
_MOST_BYTES = 1024**3
_STEPS_BETWEEN_COUNTS = 32

_BEFORE_SIGNS = (FactAnswer, UnbornAnswer, YoungestAge)
_OF_A_SIGN = (SignSeen, SignAnswer, SignExamples, SignLasting, SignMayLast)
_AFTER_SIGNS = (PresentFrom, PastAgencies, PastEntries, PastContacts)


class Diagrams:
    """The parts of a circuit as diagrams over one order of questions.

    `wanted` are the parts on whose questions everything later asked may rest; `policies` say where signs
    stand. `most_nodes` is the size at which the proof is given up.

    Raises:
        ProofTooLarge: by this and every method, when it grows beyond that size.
    """

    def __init__(
        self,
        circuit: Circuit,
        wanted: Iterable[Node],
        policies: Sequence[Policy],
        *,
        plain: bool = False,
        most_nodes: int | None = None,
    ) -> None:
        self.circuit = circuit
        self.plain = plain or cudd is None
        self.most_nodes = most_nodes or (MOST_NODES_IN_PLAIN_PYTHON if self.plain else MOST_NODES)
        asked = circuit.atoms(wanted)
        self.asked_itself = frozenset(same(atom) for atom in asked)
        self.hang_together = possible(asked)
        self.atoms = in_order(self.hang_together.atoms, policies)
        self._manager = _manager(plain=self.plain)
        self._names = {atom: f"q{place}" for place, atom in enumerate(self.atoms)}
        self._atoms = {name: atom for atom, name in self._names.items()}
        self._manager.declare(*self._names.values())
        self.nothing: Diagram = self._manager.false
        self.everything: Diagram = self._manager.true
        self._made: dict[Node, Diagram] = {}
        self._since_counted = 0
        self.possible = self._possible()

    @property
    def engine(self) -> str:
        return "plain Python" if self.plain else "CUDD"

    @property
    def size(self) -> int:
        """How many nodes are kept at this moment."""
        return len(self._manager)

    def of(self, node: Node) -> Diagram:
        """The cases in which a part of the circuit holds, whether possible or not."""
        if node not in self._made:
            for needed in self.circuit.needed_for([node]):
                if needed not in self._made:
                    self._made[needed] = self._make(needed)
        return self._made[node]

    def asked(self, atom: Atom) -> Diagram:
        """The cases in which the answer to one question is yes."""
        if always(atom):
            return self.everything
        one = same(atom)
        return self.nothing if one in self.hang_together.never else self._manager.var(self._names[one])

    def both(self, one: Diagram, other: Diagram) -> Diagram:
        return self._kept(one & other)

    def either(self, one: Diagram, other: Diagram) -> Diagram:
        return self._kept(one | other)

    def without(self, one: Diagram, other: Diagram) -> Diagram:
        """The cases of the first that are not of the second."""
        return self._kept(one & ~other)

    def when(self, one: Diagram, answers: Mapping[Atom, bool]) -> Diagram:
        """What is left to ask once some questions have been answered."""
        given = {self._names[same(atom)]: answer for atom, answer in answers.items() if self.asks(atom)}
        return self._kept(self._manager.let(given, one)) if given else one

    def exactly(self, answers: Mapping[Atom, bool]) -> Diagram:
        """The cases in which these are the answers."""
        found = self.everything
        for atom, answer in answers.items():
            found = found & (self.asked(atom) if answer else ~self.asked(atom))
        return found

    def asks(self, atom: Atom) -> bool:
        """Whether the question is one of this proof."""
        return same(atom) in self._names and same(atom) not in self.hang_together.never

    def atom_of(self, name: str) -> Atom:
        """The question that a node of a diagram asks."""
        return self._atoms[name]

    def is_never(self, one: Diagram) -> bool:
        return bool(one == self.nothing)

    def patterns(self, one: Diagram) -> int:
        """In how many ways the questions that the circuit asks can be answered within a set of cases."""
        asked = [atom for atom in self.atoms if atom in self.asked_itself]
        helpers = {self._names[atom] for atom in self.atoms if atom not in self.asked_itself}
        bare = self._manager.exist(helpers, one) if helpers else one
        place = {self._names[atom]: number for number, atom in enumerate(asked)}
        # A whole number is kept for each part: the package itself counts in floating point.
        ways = {int(self.everything): 1, int(self.nothing): 0}

        def below(part: Diagram, above: int) -> int:
            reached = len(asked) if part.var is None else place[part.var]
            return ways[int(part)] << (reached - above - 1)

        for part, no, yes in parts_of(bare, set()):
            at = place[part.var]
            ways[int(part)] = below(no, at) + below(yes, at)
        return below(bare, -1)

    def _make(self, node: Node) -> Diagram:
        match self.circuit.gates[node]:
            case Ask(atom):
                return self.asked(atom)
            case AtLeast(least, parts):
                return self.at_least(least, [self._made[part] for part in parts])
            case Not(part):
                return ~self._made[part]
            case Always(value):
                return self.everything if value else self.nothing

    def at_least(self, least: int, parts: Sequence[Diagram]) -> Diagram:
        """At least so many of some sets, one that stands there twice counting twice."""
        # From the last question of the order to the first, so that each step only adds on top.
        deepest_first = sorted(parts, key=self._depth, reverse=True)
        reached = [self.everything, *[self.nothing] * least]
        for part in deepest_first:
            for count in range(least, 0, -1):
                reached[count] = self._kept(self._manager.ite(part, reached[count - 1], reached[count]))
        return reached[least]

    def _depth(self, one: Diagram) -> int:
        return len(self.atoms) if one.var is None else self._manager.level_of_var(one.var)

    def _possible(self) -> Diagram:
        rules = [~self.asked(one) | self.asked(other) for one, other in self.hang_together.follows]
        rules += [
            self.either(~self.asked(one), self.either(self.asked(other), self.asked(third)))
            for one, other, third in self.hang_together.either
        ]
        kinds = [self.asked(atom) for atom in self.hang_together.one_or_all]
        if len(kinds) > 2:
            rules.append(~self.at_least(2, kinds) | self.at_least(len(kinds), kinds))
        found = self.everything
        for rule in sorted(rules, key=self._depth, reverse=True):
            found = self.both(found, rule)
        for atom in self.hang_together.never:
            found = self.without(found, self._manager.var(self._names[atom]))
        return found

    def _kept(self, made: Diagram) -> Diagram:
        # CUDD counts its nodes one by one, which takes longer than most of the work itself.
        self._since_counted += 1
        if self._since_counted >= (1 if self.plain else _STEPS_BETWEEN_COUNTS):
            self._since_counted = 0
            if len(self._manager) > self.most_nodes:
                raise ProofTooLarge(self.most_nodes)
        return made


def parts_of(top: Diagram, seen: set[int]) -> Iterator[tuple[Diagram, Diagram, Diagram]]:
    """Every node of a diagram that asks a question, with what is left after no and after yes.

    Each comes after those below it. Those in `seen` are left out, and those given are added to it.
    """
    waiting: list[tuple[Diagram, tuple[Diagram, Diagram] | None]] = [(top, None)]
    while waiting:
        node, below = waiting.pop()
        if below is not None:
            yield node, *below
        elif node.var is not None and int(node) not in seen:
            seen.add(int(node))
            below = branches(node)
            waiting += [(node, below), (below[0], None), (below[1], None)]


def branches(node: Diagram) -> tuple[Diagram, Diagram]:
    """The cases left when the node's question is answered no, and when it is answered yes."""
    return (~node.low, ~node.high) if node.negated else (node.low, node.high)


def in_order(atoms: Iterable[Atom], policies: Sequence[Policy]) -> tuple[Atom, ...]:
    """The order in which the questions are asked: see above."""
    every = list(atoms)
    signs: dict[str, tuple[int, Sign, Policy]] = {}
    for policy in policies:
        for place, sign in enumerate(policy.signs):
            signs.setdefault(sign.id, (place, sign, policy))
    counted = {
        atom.column.window.kind
        for atom in every
        if isinstance(atom.column, PastContacts | PastEntries | PastAgencies)
    }

    def place_of(atom: Atom) -> tuple[Any, ...]:
        column = atom.column
        if isinstance(column, SignSeen | SignAnswer | SignExamples | SignLasting | SignMayLast):
            place, sign, policy = signs[column.sign]
            domains = [domain.id for domain in policy.domains]
            kind = sign.accumulates
            group = (kind in counted, kind, -policy.level(sign.level).rank, domains.index(sign.domain))
            return (1, *group, place, _OF_A_SIGN.index(type(column)), atom.bound)
        if isinstance(column, FactAnswer | UnbornAnswer | YoungestAge):
            return (
                0,
                _BEFORE_SIGNS.index(type(column)),
                column.name,
                -atom.bound if atom.falls else atom.bound,
            )
        return (2, *_place_of_past(column), atom.bound)

    return tuple(sorted(every, key=place_of))


def _place_of_past(column: PresentFrom | PastAgencies | PastEntries | PastContacts) -> tuple[Any, ...]:
    if isinstance(column, PresentFrom):
        return (0, column.name)
    # Windows of one kind stand together, the widest first, since what it holds limits the others.
    window = column.window
    return (
        1,
        window.kind,
        window.agency_kind,
        window.unassessed,
        -window.months,
        _AFTER_SIGNS.index(type(column)),
    )


def _manager(*, plain: bool) -> Any:
    if plain:
        return autoref.BDD()
    manager = cudd.BDD()
    # The order above is as good as one found by trial, which would take longer than the proof.
    manager.configure(reordering=False, max_memory=_MOST_BYTES)
    return manager
