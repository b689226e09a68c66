"""Every way in which a case can become more concerning, one step at a time."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import assume
from hypothesis import strategies as st

from openmash.engines.thresholds import Answer, Case, Observation
from openmash.engines.thresholds.meaning.case import LONG_ENOUGH
from tests.engines.thresholds.invented import CONCERNS, STRENGTHS, draft, observations, past_contacts

Step = Callable[[Case, st.DataObject], Case]


def _change_one(case: Case, data: st.DataObject, change: Callable[[Observation], Observation]) -> Case:
    assume(case.observations)
    place = data.draw(st.integers(0, len(case.observations) - 1))
    changed = [change(one) if n == place else one for n, one in enumerate(case.observations)]
    return replace(case, observations=tuple(changed))


def _higher(answer: Answer, data: st.DataObject) -> Answer:
    assume(answer is not Answer.YES)
    return data.draw(st.sampled_from([other for other in Answer if other.rank > answer.rank]))


def another_sign(case: Case, data: st.DataObject) -> Case:
    return replace(case, observations=(*case.observations, data.draw(observations(CONCERNS))))


def another_strength(case: Case, data: st.DataObject) -> Case:
    return replace(case, observations=(*case.observations, data.draw(observations(STRENGTHS))))


def stronger_evidence(case: Case, data: st.DataObject) -> Case:
    def change(one: Observation) -> Observation:
        rank = draft().evidence_grade(one.evidence).rank
        return replace(
            one, evidence=data.draw(st.sampled_from([g.id for g in draft().evidence if g.rank >= rank]))
        )

    return _change_one(case, data, change)


def more_examples(case: Case, data: st.DataObject) -> Case:
    return _change_one(
        case, data, lambda one: replace(one, examples=one.examples + data.draw(st.integers(1, 3)))
    )


def for_longer(case: Case, data: st.DataObject) -> Case:
    more = data.draw(st.integers(0, 6))

    def change(one: Observation) -> Observation:
        # Who does not say how long may mean any length, so that only the longest of all is more.
        months = LONG_ENOUGH if one.lasting_months is None else one.lasting_months + more
        return replace(one, lasting_months=months)

    return _change_one(case, data, change)


def length_not_ruled_out(case: Case, data: st.DataObject) -> Case:
    """What had only begun may have gone on for as long as could be, once nobody says how long."""

    def change(one: Observation) -> Observation:
        return replace(one, lasting_months=None if one.lasting_months == 0 else one.lasting_months)

    return _change_one(case, data, change)


def question_less_certain(case: Case, data: st.DataObject) -> Case:
    return _change_one(
        case, data, lambda one: replace(one, immediate_answer=_higher(one.immediate_answer, data))
    )


def fact_less_certain(case: Case, data: st.DataObject) -> Case:
    name = data.draw(st.sampled_from([fact.id for fact in draft().facts]))
    return replace(case, facts={**case.facts, name: _higher(case.facts.get(name, Answer.NOT_KNOWN), data)})


def unborn_less_certain(case: Case, data: st.DataObject) -> Case:
    return replace(case, unborn=_higher(case.unborn, data))


def another_contact(case: Case, data: st.DataObject) -> Case:
    return replace(case, past=(*case.past, data.draw(past_contacts())))


def a_larger_contact(case: Case, data: st.DataObject) -> Case:
    assume(case.past)
    first, *others = data.draw(st.permutations(case.past))
    return replace(case, past=(replace(first, entries=first.entries + 1, assessed=False), *others))


def younger(case: Case, data: st.DataObject) -> Case:
    assume(case.age_months is not None)
    assert case.age_months is not None
    low, high = case.age_months
    return replace(case, age_months=(data.draw(st.integers(0, low)), high))


def age_not_known(case: Case, data: st.DataObject) -> Case:
    assume(case.age_months is not None)
    return replace(case, age_months=None)


def agency_of_another_kind_not_ruled_out(case: Case, data: st.DataObject) -> Case:
    return replace(case, agency_kind="")


STEPS: tuple[Step, ...] = (
    another_sign,
    another_strength,
    stronger_evidence,
    more_examples,
    for_longer,
    length_not_ruled_out,
    question_less_certain,
    fact_less_certain,
    unborn_less_certain,
    another_contact,
    a_larger_contact,
    younger,
    age_not_known,
    agency_of_another_kind_not_ruled_out,
)
