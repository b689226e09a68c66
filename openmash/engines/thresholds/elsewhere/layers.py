"""Which parts of a circuit are worked out once and given a name, and in what order.

Everything wanted has a name, and so has every part that is used in more than one place. A named part rests
on columns and on parts of earlier layers only, so that layer upon layer can be worked out, none twice.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from openmash.engines.thresholds.compiled.circuit import Always, Ask, Circuit, Node, parts_of
from openmash.engines.thresholds.elsewhere.wide import Names


@dataclass(frozen=True)
class Layers:
    """`named` gives each part its name; `layers` hold them, those that rest on columns alone first."""

    named: Mapping[Node, str]
    layers: tuple[tuple[Node, ...], ...]


def layers_for(circuit: Circuit, wanted: Mapping[str, Node], names: Names) -> Layers:
    """Layers for the parts that `wanted` holds by the name each should have. A part keeps its first name."""
    named: dict[Node, str] = {}
    for name, node in wanted.items():
        if not isinstance(circuit.gates[node], Always) and node not in named:
            named[node] = names.new(name)
    needed = circuit.needed_for(wanted.values())
    uses = Counter(part for node in needed for part in set(parts_of(circuit.gates[node])))
    for node in needed:
        if node not in named and uses[node] > 1 and not isinstance(circuit.gates[node], Ask | Always):
            named[node] = names.new(f"part_{len(named) + 1}")
    return Layers(named, _in_layers(circuit, needed, named))


def _in_layers(
    circuit: Circuit, needed: list[Node], named: Mapping[Node, str]
) -> tuple[tuple[Node, ...], ...]:
    # How many layers must stand before a part can be worked out. Parts stand after what they are made of.
    before: dict[Node, int] = {}
    for node in needed:
        parts = parts_of(circuit.gates[node])
        before[node] = max((before[part] + (part in named) for part in parts), default=0)
    deepest = max((before[node] for node in named), default=-1)
    return tuple(
        tuple(node for node in needed if node in named and before[node] == depth)
        for depth in range(deepest + 1)
    )
