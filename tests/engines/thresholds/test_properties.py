"""What holds for every case and policy: more concern is never less response, and not known is never no."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from openmash.engines.thresholds import (
    Answer,
    Case,
    Finding,
    PastContact,
    Policy,
    Rule,
    as_record,
    evaluate,
    what_would_change,
)
from openmash.engines.thresholds.meaning.case import view
from openmash.engines.thresholds.meaning.evaluate import evaluate as interpreted
from openmash.engines.thresholds.meaning.outcome import Outcome, outcome, time_for
from openmash.engines.thresholds.policy.conditions import (
    ChildUnder,
    Condition,
    Contacts,
    Examples,
    Facts,
    Reached,
    Signs,
    Unborn,
)
from openmash.engines.thresholds.text.sentences import read, write
from tests.engines.thresholds.invented import (
    AS_OF,
    GATES,
    PROPERTY,
    cases,
    conditions,
    draft,
    hurried,
    policies,
    routes,
)
from tests.engines.thresholds.reference import reference, without_strengths
from tests.engines.thresholds.worse import STEPS, Step

SLOWER = settings(PROPERTY, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def under(policy: Policy, case: Case, gate: str = "") -> Outcome:
    return outcome(view(policy, case, gate))


def weaker(after: Outcome, before: Outcome, policy: Policy) -> list[str]:
    """In what the second answer is less than the first; empty if in nothing."""
    found = []
    if after.level.rank < before.level.rank:
        found.append("level")
    if highest(after) < highest(before):
        found.append("level to consider")
    if policy.clocks.index(after.respond) > policy.clocks.index(before.respond):
        found.append("time")
    if duties(before) - duties(after):
        found.append("duties")
    return found


def highest(found: Outcome) -> int:
    return max(found.level.rank, found.consider.rank if found.consider else 0)


def duties(found: Outcome) -> set[str]:
    return {duty for rule in found.rules for duty in rule.duties}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
@settings(SLOWER, max_examples=200)
@given(case=cases(), data=st.data())
def test_more_concern_is_never_less_response_in_the_draft(
    step: Step, case: Case, data: st.DataObject
) -> None:
    worse = step(case, data)
    assert not weaker(under(draft(), worse), under(draft(), case), draft())


@settings(SLOWER, max_examples=400)
@given(
    step=st.sampled_from(STEPS),
    policy=policies() | st.just(hurried()),
    gate=GATES,
    case=cases(),
    data=st.data(),
)
def test_more_concern_is_never_less_response_in_any_policy(
    step: Step, policy: Policy, gate: str, case: Case, data: st.DataObject
) -> None:
    worse = step(case, data)
    assert not weaker(under(policy, worse, gate), under(policy, case, gate), policy)


def test_that_property_can_fail() -> None:
    """Planted fault: the time taken from the deciding rule alone, as tables that stop at the first row do."""
    policy = hurried()

    def faulty(case: Case) -> Outcome:
        found = under(policy, case)
        deciding = [rule for rule in found.rules if rule.level == found.level.code]
        time = time_for(deciding[0], policy) if deciding else None
        return replace(found, respond=time or policy.clock(policy.levels[0].clock))

    searched = settings(SLOWER, max_examples=2000, database=None, phases=[Phase.generate])
    case, more = find(
        st.tuples(cases(), cases()),
        lambda drawn: "time" in weaker(faulty(_joined(*drawn)), faulty(drawn[0]), policy),
        settings=searched,
    )
    assert faulty(case).respond.id == "same_day"
    assert faulty(_joined(case, more)).respond.id == "one_working_day"
    assert not weaker(under(policy, _joined(case, more)), under(policy, case), policy)


def _joined(case: Case, more: Case) -> Case:
    return replace(case, observations=case.observations + more.observations)


@SLOWER
@given(policies(), cases(), GATES)
def test_the_engine_says_what_the_slow_obvious_evaluator_says(policy: Policy, case: Case, gate: str) -> None:
    assert _said(evaluate(policy, case, gate)) == reference(policy, case, gate)


@SLOWER
@given(cases(), GATES)
def test_and_so_for_the_draft(case: Case, gate: str) -> None:
    assert _said(evaluate(draft(), case, gate)) == reference(draft(), case, gate)


def _said(found: Finding) -> dict[str, object]:
    return {
        "level": found.level.code,
        "consider": found.consider.code if found.consider else None,
        "respond": found.respond.id,
        "fired": {one.rule.id for one in found.fired},
        "duties": {duty.id for duty, _ in found.duties},
        "routes": {route.id for route in found.routes},
    }


@SLOWER
@given(cases(), st.data())
def test_order_means_nothing(case: Case, data: st.DataObject) -> None:
    shuffled = replace(
        case,
        observations=tuple(data.draw(st.permutations(case.observations))),
        past=tuple(data.draw(st.permutations(case.past))),
        facts=dict(data.draw(st.permutations(list(case.facts.items())))),
    )
    assert evaluate(draft(), shuffled) == evaluate(draft(), case)


@SLOWER
@given(cases())
def test_strengths_change_nothing(case: Case) -> None:
    found = evaluate(draft(), case)
    bare = evaluate(draft(), without_strengths(draft(), case))
    assert replace(found, strengths=(), chosen=bare.chosen) == bare
    assert set(found.strengths) == {o.sign for o in case.observations if draft().sign(o.sign).protective}


@SLOWER
@given(policies(), cases(), st.data())
def test_the_bounds_hold_whatever_the_answers_turn_out_to_be(
    policy: Policy, case: Case, data: st.DataObject
) -> None:
    found = evaluate(policy, case)
    answered = under(policy, _completed(case, data))
    assert found.lowest.rank <= answered.level.rank <= found.highest.rank
    assert found.lowest.rank <= found.level.rank <= found.highest.rank


@st.composite
def told_by_somebody(draw: st.DrawFn) -> tuple[Policy, Case]:
    """A policy that asks only who told how often, and contacts of this year, most by nobody knows whom."""
    asks = [
        Contacts(draw(st.integers(1, 3)), 12, agency_kind="police"),
        Contacts(1, 12, agencies=draw(st.integers(2, 3))),
    ]
    rules = [
        Rule(f"R{n}", "services", "", (each,), str(n + 3), "", "", (), "") for n, each in enumerate(asks)
    ]
    who = st.sampled_from(["", "", "police", "school"])
    past = [
        PastContact(AS_OF - timedelta(days=30 * n), draw(who), draw(who))
        for n in range(draw(st.integers(0, 3)))
    ]
    policy = replace(draft(), rules=tuple(rules), routes=(), examples=())
    return policy, Case(AS_OF, past=tuple(past), agency=draw(who), agency_kind=draw(who))


@SLOWER
@given(told_by_somebody(), st.data())
def test_the_bounds_hold_whoever_turns_out_to_have_told(
    told: tuple[Policy, Case], data: st.DataObject
) -> None:
    policy, case = told
    found = evaluate(policy, case)
    answered = under(policy, _completed(case, data))
    assert found.lowest.rank <= answered.level.rank <= found.highest.rank
    plain = interpreted(policy, case)
    assert (found.lowest, found.highest) == (plain.lowest, plain.highest)


WHO = st.sampled_from(["school", "police", "another", "one more"])


def _completed(case: Case, data: st.DataObject) -> Case:
    """The case with every not-known answered somehow."""

    def settle(answer: Answer) -> Answer:
        return data.draw(st.sampled_from([Answer.YES, Answer.NO])) if answer is Answer.NOT_KNOWN else answer

    low, high = case.age_months or (0, 240)
    age = data.draw(st.integers(low, high))
    # Observations of one sign are of one child on one day: they cannot turn out to differ.
    answers = {o.sign: settle(Answer.NOT_KNOWN) for o in case.observations}
    months = {o.sign: data.draw(st.integers(0, 12)) for o in case.observations}
    kinds = st.sampled_from(draft().agency_kinds)
    return replace(
        case,
        observations=tuple(
            replace(
                o,
                immediate_answer=answers[o.sign]
                if o.immediate_answer is Answer.NOT_KNOWN
                else o.immediate_answer,
                lasting_months=months[o.sign] if _never_said(o.sign, case) else o.lasting_months,
            )
            for o in case.observations
        ),
        facts={fact.id: settle(case.facts.get(fact.id, Answer.NOT_KNOWN)) for fact in draft().facts},
        age_months=(age, age),
        unborn=Answer.NO if case.age_months and case.unborn is Answer.NOT_KNOWN else settle(case.unborn),
        agency=case.agency or data.draw(WHO),
        agency_kind=case.agency_kind or data.draw(kinds),
        past=tuple(
            replace(
                contact,
                agency=contact.agency or data.draw(WHO),
                agency_kind=contact.agency_kind or data.draw(kinds),
            )
            for contact in case.past
        ),
    )


def _never_said(sign: str, case: Case) -> bool:
    return all(o.lasting_months is None for o in case.observations if o.sign == sign)


@SLOWER
@given(cases(), st.integers(0, 240))
def test_an_age_not_known_is_never_lower_than_any_age(case: Case, months: int) -> None:
    unknown = under(draft(), replace(case, age_months=None))
    assert not weaker(unknown, under(draft(), replace(case, age_months=(months, months))), draft())


@SLOWER
@given(cases())
def test_a_finding_can_be_kept_and_read_again(case: Case) -> None:
    record = as_record(evaluate(draft(), case))
    assert json.loads(json.dumps(record)) == record


@SLOWER
@given(policies(), cases())
def test_every_sentence_is_one_a_person_can_read(policy: Policy, case: Case) -> None:
    found = evaluate(policy, case)
    said = [text for one in found.fired for text in one.because]
    said += [change.text for change in what_would_change(policy, case)]
    for text in said:
        assert text[0].isupper() or text[0] == "“" or text[0].isdigit(), text
        assert text.endswith((".", "?")), text
        assert "  " not in text and "None" not in text and "not_known" not in text, text
    assert all(len(one.because) == len(one.rule.conditions) for one in found.fired)


@SLOWER
@given(policies(), cases())
def test_what_is_said_to_change_the_answer_names_another_level(policy: Policy, case: Case) -> None:
    now = evaluate(policy, case).level
    assert all(change.level != now for change in what_would_change(policy, case))


@PROPERTY
@given(conditions())
def test_a_sentence_read_and_written_is_the_same(condition: Condition) -> None:
    assert read(write(condition)) == condition


@SLOWER
@given(policies(), cases(), st.data())
def test_routing_never_touches_the_level_or_the_time(policy: Policy, case: Case, data: st.DataObject) -> None:
    other = replace(policy, routes=tuple(data.draw(routes(n, policy)) for n in range(2)))
    answered = data.draw(
        st.dictionaries(
            st.sampled_from([f.id for f in policy.facts if f.about == "routing"]), st.sampled_from(Answer)
        )
    )
    case_routed = replace(case, facts={**case.facts, **answered})
    for gate in policy.gates_by_id:
        plain, routed = evaluate(policy, case, gate), evaluate(other, case_routed, gate)
        assert replace(routed, routes=()) == replace(plain, routes=())


OPERATIONS = {
    *("sign", "level", "of", "always", "unless", "not ruled out", "domains", "lasting", "least"),
    *("reported", "seen", "suspected", "examples", "contacts", "entries", "kind", "agencies", "agency_kind"),
    *(
        "unassessed",
        "child under",
        "unborn",
        "unborn not ruled out",
        "lasting not ruled out",
        "fact",
        "set of facts",
        "fact not ruled out",
        "reached",
    ),
    *("three conditions", "consider", "respond", "duty", "route", "enquiry", "conference"),
    *("3 levels", "4 levels", "5 levels"),
}


def operations(policy: Policy) -> set[str]:
    """Which operations of the language a policy uses."""
    used = {f"{len(policy.levels)} levels"} | {"route" for _ in policy.routes}
    for rule in policy.rules:
        used |= {rule.gate} | {name for name in ("consider", "respond") if getattr(rule, name)}
        used |= {"duty" for _ in rule.duties} | {"three conditions" for _ in rule.conditions[2:]}
        for condition in rule.conditions:
            used |= _operations_of(condition)
    return used


def _operations_of(condition: Condition) -> set[str]:
    match condition:
        case Signs():
            named = {name for name in ("sign", "level", "of") if getattr(condition, name)}
            named |= {condition.immediacy, condition.evidence}
            named |= {"least"} if condition.least > 1 else set()
            named |= {"domains"} if condition.domains > 1 else set()
            named |= (
                {"lasting not ruled out" if condition.lasting_open else "lasting"}
                if condition.lasting
                else set()
            )
            return named | ({"not ruled out"} if condition.not_ruled_out else set())
        case Examples(evidence=evidence):
            return {"examples", evidence}
        case Contacts():
            named = {
                name for name in ("kind", "agency_kind", "unassessed", "entries") if getattr(condition, name)
            }
            return {"contacts"} | named | ({"agencies"} if condition.agencies > 1 else set())
        case ChildUnder():
            return {"child under"}
        case Unborn(not_ruled_out):
            return {"unborn not ruled out" if not_ruled_out else "unborn"}
        case Facts(fact, _, not_ruled_out):
            return {"fact" if fact else "set of facts"} | ({"fact not ruled out"} if not_ruled_out else set())
        case Reached():
            return {"reached"}


def test_every_operation_of_the_language_is_invented() -> None:
    """Otherwise the properties above would hold of a part of the language only."""
    met: set[str] = set()

    @settings(SLOWER, max_examples=300, database=None, derandomize=True)
    @given(policies())
    def invent(policy: Policy) -> None:
        met.update(operations(policy))

    invent()
    assert met & OPERATIONS == OPERATIONS
