"""What the tests of policies carried elsewhere share: cases as rows of the wide table, and what is right."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

import pyarrow as pa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from openmash.engines.thresholds import Case, Policy, evaluate
from openmash.engines.thresholds.compiled.columns import value_of
from openmash.engines.thresholds.compiled.compile import compile_policy
from openmash.engines.thresholds.elsewhere.wide import WideColumn, wide_columns
from openmash.engines.thresholds.meaning.case import view
from tests.engines.thresholds.invented import cases, draft, policies

Row = dict[str, Any]
Drawn = TypeVar("Drawn")
POLICIES, CASES = 12, 20


def drawn(strategy: st.SearchStrategy[Drawn], number: int) -> list[Drawn]:
    """So many different examples, for engines that are quick with many rows at once and slow to start."""
    found: list[Drawn] = []

    @settings(
        max_examples=number, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck)
    )
    @given(strategy)
    def collect(one: Drawn) -> None:
        found.append(one)

    collect()
    return found


@dataclass(frozen=True)
class Told:
    """Cases, as rows for a gate of a policy, and what the interpreter says of each."""

    policy: Policy
    gate: str
    cases: list[Case]
    rows: list[Row]
    right: list[Row]


@lru_cache(maxsize=1)
def told() -> tuple[Told, ...]:
    """The draft at each of its gates, then invented policies at some gate of theirs. Made once for each run,
    because the interpreter is slow on purpose.
    """
    wanted = [(draft(), gate.id) for gate in draft().gates]
    for place, policy in enumerate(drawn(policies(), POLICIES)):
        wanted.append((policy, policy.gates[place % len(policy.gates)].id))
    known = iter(drawn(cases(), CASES * len(wanted)))
    return tuple(_told(policy, gate, list(islice(known, CASES))) for policy, gate in wanted)


def _told(policy: Policy, gate: str, known: list[Case]) -> Told:
    return Told(policy, gate, known, rows_of(policy, gate, known), right(policy, gate, known))


def rows_of(policy: Policy, gate: str, known: Sequence[Case]) -> list[Row]:
    """The cases as rows of the wide table. Every other cell that says what an empty one does is left empty."""
    columns = wide_columns(compile_policy(policy)).values()
    return [{"case_id": str(n), **_cells(policy, gate, case, columns, n)} for n, case in enumerate(known)]


def _cells(policy: Policy, gate: str, case: Case, columns: Iterable[WideColumn], number: int) -> Row:
    looked_up = view(policy, case, gate)
    cells = {each: value_of(each.column, looked_up) for each in columns}
    return {
        each.name: None if value == each.when_empty and (number + place) % 2 else value
        for place, (each, value) in enumerate(cells.items())
    }


def as_arrow(rows: Sequence[Row]) -> pa.Table:
    fields = [(name, pa.string() if name == "case_id" else pa.int32()) for name in rows[0]]
    return pa.Table.from_pylist(list(rows), schema=pa.schema(fields))


def right(policy: Policy, gate: str, known: Sequence[Case]) -> list[Row]:
    """What the interpreter says of each case, in the columns that answers have everywhere."""
    return [{"case_id": str(n), **_answers(policy, gate, case)} for n, case in enumerate(known)]


def _answers(policy: Policy, gate: str, case: Case) -> Row:
    found = evaluate(policy, case, gate)
    at = policy.gate(gate)
    fired = {one.rule.id for one in found.fired}
    duties = {duty.id for duty, _ in found.duties}
    routes = {route.id for route in found.routes}
    here = {level.code for level in at.levels}
    return {
        "level": found.level.code,
        "level_rank": found.level.rank,
        "consider": found.consider.code if found.consider else None,
        "respond": found.respond.id,
        **{f"rule_{rule.id}": int(rule.id in fired) for rule in policy.rules_at(at)},
        **{f"duty_{duty.id}": int(duty.id in duties) for duty in policy.duties},
        **{
            f"route_{route.id}": int(route.id in routes)
            for route in policy.routes
            if here.intersection(route.levels)
        },
    }


def in_order(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    return sorted((dict(row) for row in rows), key=lambda row: int(row["case_id"]))


def check(answered: Callable[[Policy, str, list[Row]], list[Row]], first: int | None = None) -> None:
    """An engine gives what the interpreter gives, for every case of every policy, or of the first so many."""
    for one in told()[:first]:
        found = in_order(answered(one.policy, one.gate, one.rows))
        assert len(found) == len(one.right) > 0
        for case, right_row, row in zip(one.cases, one.right, found, strict=True):
            assert row == right_row, (one.policy.rules, one.policy.routes, one.gate, case)
