"""The answers that a policy gives elsewhere: one row for each case, its columns called the same everywhere.

`key`; `level` (code) and `level_rank`; `consider`, the code of a higher level that a manager must consider,
empty if there is none; `respond`, the id of the clock for the time allowed; and 1 for yes or 0 for no for
each rule that can fire and each duty and route that can follow (`rule_C3`, `duty_phone_now`, `route_W1`).

There is no list of the rules that fired, as a text: measured, writing it out for every row took a third as
long again on DuckDB, and made Spark's generated method longer than Java will compile.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from openmash.engines.thresholds.compiled.circuit import Node
from openmash.engines.thresholds.compiled.compile import CompiledGate
from openmash.engines.thresholds.elsewhere.wide import Names, WideColumn

IN_WORDS = ("level", "level_rank", "consider", "respond")


@dataclass(frozen=True)
class YesOrNo:
    """One yes-or-no answer: its column, whether it is of a rule, a duty or a route, which, and its part."""

    name: str
    kind: str
    id: str
    node: Node


def yes_or_no(gate: CompiledGate, key: str) -> list[YesOrNo]:
    """A column for each rule, duty and route of a gate, in the order of the policy."""
    names = Names([key, *IN_WORDS])
    kinds = {"rule": gate.rules, "duty": gate.duties, "route": gate.routes}
    return [
        YesOrNo(names.new(f"{kind}_{id}"), kind, id, node)
        for kind, nodes in kinds.items()
        for id, node in nodes.items()
    ]


def check_key(key: str, columns: Iterable[WideColumn]) -> None:
    """Refuse a key that is called like another column.

    Raises:
        ValueError: it is.
    """
    if key.lower() in {name.lower() for name in (*IN_WORDS, *(column.name for column in columns))}:
        raise ValueError(f"The key cannot be called “{key}”: another column is.")
