"""The check of form that every load can afford: is each rule a minimum, so that more can never mean less?

It looks at the circuit alone. It may object to a policy that would hold up (an exclusion that another rule
covers); the exact proof does not rely on it.
"""

from dataclasses import dataclass
from typing import get_args

from openmash.engines.thresholds.compiled.circuit import Ask, Circuit, Node, Not
from openmash.engines.thresholds.compiled.columns import (
    Column,
    FactAnswer,
    SignAnswer,
    SignExamples,
    SignLasting,
    SignMayLast,
    SignSeen,
)
from openmash.engines.thresholds.compiled.compile import CompiledGate, CompiledPolicy
from openmash.engines.thresholds.policy.model import Policy

_OF_A_SIGN = SignSeen | SignAnswer | SignExamples | SignLasting | SignMayLast

KNOWN_COLUMNS = frozenset(get_args(Column))
"""Every column of which it is known that a higher value (of an age: a lower) is never less concern."""


@dataclass(frozen=True)
class Form:
    """What the answers of a gate rest on: whether minimums only, and which strengths and facts about routing.

    A policy passes if it is minimums only and there are none of the others.
    """

    minimums: bool
    strengths: tuple[str, ...]
    routing: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return self.minimums and not self.strengths and not self.routing


def form_of(policy: Policy, circuit: Circuit, gate: CompiledGate) -> Form:
    """Look at every part that the answers of a gate rest on, once."""
    parts = [circuit.gates[node] for node in circuit.needed_for(gate.responses().values())]
    columns = [part.atom.column for part in parts if isinstance(part, Ask)]
    minimums = not any(isinstance(part, Not) for part in parts)
    signs = {c.sign for c in columns if isinstance(c, _OF_A_SIGN)}
    facts = {column.fact for column in columns if isinstance(column, FactAnswer)}
    return Form(
        minimums=minimums and KNOWN_COLUMNS.issuperset(map(type, columns)),
        strengths=tuple(sorted(sign for sign in signs if policy.signs_by_id[sign].protective)),
        routing=tuple(sorted(fact for fact in facts if policy.facts_by_id[fact].about == "routing")),
    )


def holds_by_form(compiled: CompiledPolicy) -> bool:
    """Whether every gate of a policy passes the check of form."""
    return all(form_of(compiled.policy, compiled.circuit, gate).sound for gate in compiled.gates.values())


def excluded_by(circuit: Circuit, node: Node) -> bool:
    """Whether a part of the circuit rests on a "not"."""
    return any(isinstance(circuit.gates[needed], Not) for needed in circuit.needed_for([node]))
