"""The quick explanation of one case is, word for word, the plain interpreter's."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from openmash.engines.thresholds import Answer, Case, Observation, Policy
from openmash.engines.thresholds.compiled import live
from openmash.engines.thresholds.meaning import evaluate as plain
from openmash.engines.thresholds.meaning.examples import case_of
from openmash.engines.thresholds.meaning.explain import what_would_change
from openmash.engines.thresholds.policy.conditions import Signs
from tests.engines.thresholds.invented import AS_OF, PROPERTY, cases, draft, policies

SLOWER = settings(PROPERTY, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def same(policy: Policy, case: Case) -> None:
    for gate in policy.gates:
        found = plain.evaluate(policy, case, gate.id)
        changes = what_would_change(policy, case, gate.id)
        assert live.evaluate(policy, case, gate.id) == found
        assert live.what_would_change(policy, case, gate.id) == changes
        assert live.explain(policy, case, gate.id) == live.Explanation(found, changes)


@SLOWER
@given(policy=policies(), case=cases())
def test_it_is_the_interpreter_s_under_any_policy(policy: Policy, case: Case) -> None:
    same(policy, case)


@settings(SLOWER, max_examples=12)
@given(case=cases())
def test_it_is_the_interpreter_s_under_the_draft(case: Case) -> None:
    same(draft(), case)


@pytest.mark.parametrize("example", draft().examples[::5], ids=lambda example: example.id)
def test_it_is_the_interpreter_s_on_agreed_examples(example: object) -> None:
    same(draft(), case_of(example))  # type: ignore[arg-type]


def test_nothing_known_at_all() -> None:
    same(draft(), Case(AS_OF))


def test_a_variant_with_the_same_digest_is_not_taken_for_the_policy_it_came_from() -> None:
    case = Case(AS_OF, (Observation("A10", "suspected"),), age_months=(96, 96), unborn=Answer.NO)
    stricter = replace(draft().rule("C2a"), id="X1", conditions=(Signs(1, level="2", evidence="suspected"),))
    variant = replace(draft(), rules=(*draft().rules, stricter))
    assert variant.digest == draft().digest
    assert live.evaluate(draft(), case).level.code == "2"
    assert live.evaluate(variant, case).level.code == "4"
    assert live.evaluate(draft(), case).level.code == "2"


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(KeyError, match="no gate called"):
        live.evaluate(draft(), Case(AS_OF), "nowhere")
    with pytest.raises(ValueError, match="no sign called"):
        live.explain(draft(), Case(AS_OF, (Observation("Z99", "suspected"),)))
