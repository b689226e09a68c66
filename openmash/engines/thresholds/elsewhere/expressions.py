"""Parts of a circuit as SQL expressions, in the little that every warehouse has.

Nothing in the wide table is ever null by the time these are tried, and yes and no are the whole numbers 1 and
0: some warehouses have no truth values that a table can hold.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openmash.engines.thresholds.compiled.circuit import Always, Ask, AtLeast, Circuit, Node, Not
from openmash.engines.thresholds.compiled.columns import Atom, Column


def quoted(name: str) -> str:
    """A name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A value as a text."""
    return "'" + value.replace("'", "''") + "'"


def one_or_nought(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


@dataclass(frozen=True)
class Expressions:
    """`columns` gives the name of each column, `named` of each part that has been worked out before."""

    circuit: Circuit
    columns: Mapping[Column, str]
    named: Mapping[Node, str]

    def worked_out(self, node: Node) -> str:
        """The part as 1 or 0, from what it is made of."""
        return one_or_nought(self._made(node))

    def number(self, node: Node) -> str:
        """The part as 1 or 0, by its name if it has one."""
        match self.circuit.gates[node]:
            case Always(value):
                return str(int(value))
        return quoted(self.named[node]) if node in self.named else self.worked_out(node)

    def condition(self, node: Node) -> str:
        """The part as a condition, by its name if it has one."""
        return f"{quoted(self.named[node])} = 1" if node in self.named else self._made(node)

    def _made(self, node: Node) -> str:
        match self.circuit.gates[node]:
            case Ask(atom):
                return self._asked(atom)
            case AtLeast(1, parts):
                return self._joined(" OR ", parts)
            case AtLeast(least, parts) if least == len(parts):
                return self._joined(" AND ", parts)
            case AtLeast(least, parts):
                return f"{' + '.join(self.number(part) for part in parts)} >= {least}"
            case Not(part):
                return self._denied(part)
            case Always(value):
                return f"1 = {int(value)}"

    def _asked(self, atom: Atom, *, denied: bool = False) -> str:
        sign = "<" if atom.falls is not denied else ">="
        return f"{quoted(self.columns[atom.column])} {sign} {atom.bound}"

    def _denied(self, part: Node) -> str:
        gate = self.circuit.gates[part]
        if part in self.named:
            return f"{quoted(self.named[part])} = 0"
        return self._asked(gate.atom, denied=True) if isinstance(gate, Ask) else f"NOT ({self._made(part)})"

    def _joined(self, word: str, parts: Iterable[Node]) -> str:
        return word.join(self._within(part) for part in parts)

    def _within(self, node: Node) -> str:
        """The part as a condition inside another: in brackets, where it needs them."""
        plain = node in self.named or isinstance(self.circuit.gates[node], Ask | Not)
        return self.condition(node) if plain else f"({self.condition(node)})"
