"""Every row of the specification, on every evaluator. What the manual says is what each of them does."""

from collections.abc import Callable

import duckdb
import pytest

from openmash.engines.thresholds import Policy, evaluate
from openmash.engines.thresholds.compiled.columns import value_of
from openmash.engines.thresholds.compiled.compile import compile_policy
from openmash.engines.thresholds.elsewhere.sql import as_sql, as_table
from openmash.engines.thresholds.meaning.case import view
from openmash.engines.thresholds.meaning.outcome import outcome
from openmash.engines.thresholds.replay import Population, replay
from tests.engines.thresholds.carried import as_arrow, rows_of
from tests.engines.thresholds.reference import reference
from tests.spec.thresholds_spec import MANUAL, Line, lines, manual, said

EVERY_LINE = pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line.table}-{line.number}")


@EVERY_LINE
def test_the_interpreter(line: Line) -> None:
    found = outcome(view(line.policy, line.case))
    assert (
        said(found.level.code, found.respond.id, found.consider.code if found.consider else None)
        == line.answer
    )


@EVERY_LINE
def test_the_live_evaluator(line: Line) -> None:
    found = evaluate(line.policy, line.case)
    assert (
        said(found.level.code, found.respond.id, found.consider.code if found.consider else None)
        == line.answer
    )


@EVERY_LINE
def test_the_slow_obvious_evaluator(line: Line) -> None:
    found = reference(line.policy, line.case)
    assert said(found["level"], found["respond"], found["consider"]) == line.answer


@EVERY_LINE
def test_the_circuit(line: Line) -> None:
    policy = line.policy
    compiled = compile_policy(policy)
    gate = compiled.gates["services"]
    case = view(policy, line.case)
    responses = gate.responses()
    held = dict(
        zip(
            responses,
            compiled.circuit.holds(
                list(responses.values()), lambda atom: atom.holds(value_of(atom.column, case))
            ),
            strict=True,
        )
    )
    level = max((code for code in gate.levels if held["level", code]), key=_rank(policy), default="1")
    consider = max(
        (code for code in gate.considers if held["consider", code]), key=_rank(policy), default="1"
    )
    within = next((id for id in gate.within if held["within", id]), policy.levels[0].clock)
    assert said(level, within, consider if consider != level else None) == line.answer


def _rank(policy: Policy) -> Callable[[str], int]:
    return lambda code: policy.level(code).rank


def test_the_bitmaps() -> None:
    for same in _by_rules():
        policy, gate = same[0].policy, same[0].policy.gates[0]
        found = replay(Population.of([(line.case, {}) for line in same], policy), policy)
        clocks = found.clocks()
        rows = zip(found.ranks(), found.clock_places(), found.ranks_considered(), strict=True)
        for line, (rank, place, considered) in zip(same, rows, strict=True):
            level = gate.levels[rank - 1].code
            higher = gate.levels[considered - 1].code if considered > rank else None
            assert said(level, clocks[place].id, higher) == line.answer, line


def test_the_sql_on_duckdb() -> None:
    with duckdb.connect() as duck:
        for same in _by_rules():
            policy = same[0].policy
            rows = rows_of(policy, "services", [line.case for line in same])
            duck.execute("DROP TABLE IF EXISTS cases")
            duck.execute(as_table(policy, dialect="duckdb"))
            duck.register("told", as_arrow(rows))
            duck.execute("INSERT INTO cases BY NAME SELECT * FROM told")
            duck.execute(
                f"SELECT case_id, level, respond, consider FROM ({as_sql(policy, dialect='duckdb')})"
            )
            answers = {row[0]: said(*row[1:]) for row in duck.fetchall()}
            assert [answers[row["case_id"]] for row in rows] == [line.answer for line in same]


def _by_rules() -> list[list[Line]]:
    """The rows that share their rules: one policy for all of them."""
    groups: dict[str, list[Line]] = {}
    for line in lines():
        groups.setdefault(line.cells["rules"], []).append(line)
    return list(groups.values())


def test_the_manual_is_printed_from_the_tables() -> None:
    assert MANUAL.read_text(encoding="utf-8") == manual(), "Run ./dev exec python -m tests.spec"
