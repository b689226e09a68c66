"""A sweep counts for each variant what that variant, made a policy of its own, would count."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmash.engines.thresholds import Case, Observation, Policy
from openmash.engines.thresholds.replay import (
    Knob,
    Move,
    NoSuchKnob,
    Population,
    Swept,
    WindowMissing,
    knobs,
    replay,
    sweep,
    varied,
    with_moves,
)
from openmash.engines.thresholds.text.sentences import write
from tests.engines.thresholds.invented import AS_OF, PROPERTY, cases, draft, policies

SLOWER = settings(PROPERTY, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
KNOBS = {(knob.rule, knob.condition, knob.what): knob for knob in knobs(draft())}


@st.composite
def moves(draw: st.DrawFn, policy: Policy, gate: str) -> tuple[Move, ...]:
    found = draw(st.lists(st.sampled_from(knobs(policy, gate)), max_size=3, unique=True))
    return tuple(Move(knob, draw(settings_of(knob, policy))) for knob in found)


def settings_of(knob: Knob, policy: Policy) -> st.SearchStrategy[int | str]:
    if knob.what == "evidence":
        return st.sampled_from([grade.id for grade in policy.evidence])
    return st.integers(0 if knob.what == "lasting" else 1, 6)


def counted(swept: Swept, population: Population, policy: Policy, gate: str) -> None:
    found = replay(population, policy, gate)
    assert dict(swept.levels) == found.by_level()
    assert dict(swept.clocks) == found.by_clock()


@SLOWER
@given(policy=policies(), known=st.lists(cases(), max_size=6), data=st.data())
def test_each_variant_is_what_its_own_policy_would_be(
    policy: Policy, known: list[Case], data: st.DataObject
) -> None:
    gate = data.draw(st.sampled_from([g for g in policy.gates if knobs(policy, g.id)] or policy.gates[:1])).id
    if not knobs(policy, gate):
        return
    variants = data.draw(st.lists(moves(policy, gate), min_size=1, max_size=5))
    others = [with_moves(policy, variant) for variant in variants]
    population = Population.of([(case, {}) for case in known], policy, *others, gate=gate)
    found = sweep(population, policy, variants, gate)
    counted(found.as_it_stands, population, policy, gate)
    for swept, variant, other in zip(found.variants, variants, others, strict=True):
        assert swept.variant == variant
        counted(swept, population, other, gate)


def test_every_number_of_the_draft_has_words() -> None:
    assert KNOBS["C3", 0, "least"].words == "rule C3: how many level 3 signs: 3"
    assert (
        KNOBS["C6a", 0, "months"].words
        == "rule C6a: within how many months the neglect contacts are counted: 12"
    )
    assert KNOBS["C6e", 1, "months"].words == "rule C6e: the age in months that the child is under: 60"
    assert KNOBS["S1", 0, "least"].now == 2
    assert len({knob.words for knob in KNOBS.values()}) == len(KNOBS)


def test_every_number_of_the_draft_can_be_moved() -> None:
    for knob in KNOBS.values():
        moved = varied(draft(), knob, "confirmed" if knob.what == "evidence" else 7)
        assert moved.rule(knob.rule) != draft().rule(knob.rule)


def test_fewer_signs_asked_for_brings_more_cases_up() -> None:
    known = Case(
        AS_OF, tuple(Observation(sign, "reported") for sign in ("B10", "B18")), age_months=(120, 130)
    )
    population = Population.of([(known, {})], draft())
    knob = KNOBS["C3", 0, "least"]
    found = sweep(population, draft(), [[Move(knob, number)] for number in (2, 3)])
    assert [one.clocks["same_day"] for one in found.variants] == [1, 0]


def test_no_time_at_all_needs_no_ruling_out() -> None:
    knob = KNOBS["C16e", 0, "lasting"]
    [condition] = varied(draft(), knob, 0).rule("C16e").conditions
    assert write(condition) == "3 or more level 2 signs at least suspected"


def test_a_period_the_population_does_not_hold_is_said() -> None:
    population = Population.of([(Case(AS_OF), {})], draft())
    with pytest.raises(WindowMissing, match="within 7 months"):
        sweep(population, draft(), [[Move(KNOBS["C6a", 0, "months"], 7)]])


@pytest.mark.parametrize(
    ("knob", "to", "wrong"),
    [
        (("C3", 0, "least"), 0, "from 1"),
        (("C3", 0, "least"), "reported", "whole number"),
        (("C3", 0, "evidence"), "sworn", "no grade of evidence"),
    ],
)
def test_where_a_number_cannot_stand_is_said(knob: tuple[str, int, str], to: int | str, wrong: str) -> None:
    with pytest.raises(NoSuchKnob, match=wrong):
        varied(draft(), KNOBS[knob], to)


def test_a_number_no_rule_has_is_said() -> None:
    with pytest.raises(NoSuchKnob, match="no number"):
        varied(draft(), Knob("C99", 0, "least", 1, "rule C99"), 2)
