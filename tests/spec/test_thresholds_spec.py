"""Every row of the specification, on every evaluator. What the manual says is what each of them does."""

import pytest

from openmash.engines.thresholds import evaluate
from openmash.engines.thresholds.compiled.columns import value_of
from openmash.engines.thresholds.compiled.compile import compile_policy
from openmash.engines.thresholds.meaning.case import view
from openmash.engines.thresholds.meaning.outcome import outcome
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


def _rank(policy):  # type: ignore[no-untyped-def]
    return lambda code: policy.level(code).rank


def test_the_manual_is_printed_from_the_tables() -> None:
    assert MANUAL.read_text(encoding="utf-8") == manual(), "Run ./dev exec python -m tests.spec"
