"""What each sentence means, at its edges; then what a finding holds."""

from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest

from openmash.engines.thresholds import Answer, Case, Observation, PastContact, evaluate, what_would_change
from openmash.engines.thresholds.meaning.case import months_before, view
from openmash.engines.thresholds.meaning.conditions_met import matched
from openmash.engines.thresholds.policy.conditions import Condition
from openmash.engines.thresholds.text.sentences import read
from tests.engines.thresholds.invented import AS_OF, draft

YES, NO, NOT_KNOWN = Answer.YES, Answer.NO, Answer.NOT_KNOWN


def saw(sign: str, evidence: str = "seen", **more: Any) -> Observation:
    return Observation(sign, evidence, **more)


def past(day: str, about: str = "", by: str = "school", **more: Any) -> PastContact:
    return PastContact(date.fromisoformat(day), by, by, frozenset(about.split()), **more)


def case(*observations: Observation, **more: Any) -> Case:
    return Case(AS_OF, observations, **more)


SCHOOL, POLICE = past("2025-12-01"), past("2025-12-01", by="police")
NEGLECT = past("2025-12-01", "neglect")
THREE_ENTRIES = past("2025-12-01", "neglect", entries=3)

MEANS: dict[str, list[tuple[Case, bool]]] = {
    "any level 2 sign": [
        (case(saw("A10")), True),
        (case(saw("B10")), False),  # the level itself, and not "or more"
    ],
    "any level 1 sign": [(case(saw("U01")), False)],  # a strength counts for nothing
    "any sign": [(case(saw("U01")), False), (case(saw("A10")), True)],
    "2 or more level 2 signs": [
        (case(saw("A10"), saw("A10", "confirmed")), False),  # one sign seen twice is one
        (case(saw("A10"), saw("A12")), True),
    ],
    "2 or more level 2 signs across 2 or more domains": [
        (case(saw("A10"), saw("A06")), False),
        (case(saw("A10"), saw("A12")), True),
    ],
    "any neglect sign at least reported": [
        (case(saw("A10", "suspected")), False),
        (case(saw("A10", "reported")), True),
        (case(saw("A10", "suspected"), saw("A10", "said")), True),
    ],
    "any level 2 neglect sign": [(case(saw("B10"), saw("A06")), False), (case(saw("A10")), True)],
    "any level 2 care_or_safety sign": [(case(saw("A12")), True), (case(saw("A20")), False)],
    "any level 2 sign lasting 3 or more months not ruled out": [
        (case(saw("A10", lasting_months=2)), False),
        (case(saw("A10", lasting_months=3)), True),
        (case(saw("A10")), True),
        (case(saw("A10", lasting_months=2), saw("A10")), True),  # one of two did not say how long
        (case(), False),
    ],
    "child unborn not ruled out": [
        (case(unborn=YES), True),
        (case(), True),
        (case(unborn=NO), False),
        (case(age_months=(3, 3)), False),  # an age, and so born
    ],
    "any level 2 sign lasting 3 or more months": [
        (case(saw("A10", lasting_months=2)), False),
        (case(saw("A10", lasting_months=3)), True),
        (case(saw("A10")), False),  # nobody said: asked for, and shown as a question that matters
    ],
    "any always immediate sign": [(case(saw("D01")), True), (case(saw("D02")), False)],
    "any conditionally immediate sign not ruled out": [
        (case(saw("D02")), True),
        (case(saw("D02", immediate_answer=YES)), True),
        (case(saw("D02", immediate_answer=NO)), False),
        (case(saw("D02", immediate_answer=NO), saw("D02", immediate_answer=NOT_KNOWN)), True),
        (case(saw("D01", immediate_answer=YES)), False),
    ],
    "any conditionally immediate sign": [
        (case(saw("D02")), False),
        (case(saw("D02", immediate_answer=YES)), True),
    ],
    "sign D17": [(case(saw("D17")), True), (case(saw("D18")), False)],
    "sign D17 at least seen": [
        (case(saw("D17", "reported")), False),
        (case(saw("D17", "seen")), True),
        (case(saw("D17", "said")), True),  # what the child says weighs as much as what is seen
    ],
    "2 or more examples of B24": [
        (case(saw("B24")), False),
        (case(saw("B24", examples=2)), True),
        (case(saw("B24"), saw("B24")), False),  # the same one, told twice
    ],
    "2 or more examples of B24 at least seen": [(case(saw("B24", "reported", examples=2)), False)],
    "2 or more contacts in 12 months": [
        (case(past=(past("2025-01-15"),)), True),  # a year ago to the day
        (case(past=(past("2025-01-14"),)), False),
        (case(past=(past("2026-01-16"),)), False),  # not yet known on the day of deciding
    ],
    "2 or more neglect contacts in 12 months": [
        (case(past=(NEGLECT,)), False),
        (case(saw("A10"), past=(NEGLECT,)), True),
        (case(saw("A10"), past=(past("2025-12-01", "physical"),)), False),
    ],
    "5 or more neglect entries in 12 months": [
        (case(past=(past("2025-12-01", "neglect", entries=5),)), True),
        (case(saw("B08", examples=2), past=(THREE_ENTRIES,)), True),
        (case(saw("B08", examples=1), past=(THREE_ENTRIES,)), False),
    ],
    "3 or more entries in 12 months": [(case(past=(past("2025-12-01", entries=2),)), True)],
    "2 or more contacts in 12 months from 2 or more agencies": [
        (case(past=(SCHOOL,), agency="school"), False),
        (case(past=(SCHOOL,), agency="gp"), True),
    ],
    "2 or more contacts in 12 months from police": [
        (case(past=(POLICE,), agency_kind="gp"), False),
        (case(past=(POLICE,), agency_kind="police"), True),
        (case(past=(POLICE,)), True),  # nobody said who raises this one, and not known is never no
        (case(past=(SCHOOL,), agency_kind="police"), False),
    ],
    "2 or more contacts in 12 months without assessment": [
        (case(past=(past("2025-12-01", assessed=True),)), False),
        (case(past=(SCHOOL,)), True),
    ],
    "child under 24 months": [
        (case(age_months=(23, 23)), True),
        (case(age_months=(24, 24)), False),
        (case(age_months=(20, 30)), True),  # could be
        (case(), True),  # not known
        (case(unborn=YES), True),
    ],
    "child unborn": [(case(unborn=YES), True), (case(), False)],
    "fact help_refused": [
        (case(facts={"help_refused": YES}), True),
        (case(facts={"help_refused": NOT_KNOWN}), False),
        (case(), False),
    ],
    "fact help_refused not ruled out": [(case(), True), (case(facts={"help_refused": NO}), False)],
    "any refusal fact": [(case(facts={"visits_missed": YES}), True), (case(), False)],
    "any refusal fact not ruled out": [
        (case(), True),
        (case(facts={"visits_missed": NO, "help_refused": NO}), False),
    ],
}


@pytest.mark.parametrize("sentence", MEANS)
def test_what_a_sentence_means(sentence: str) -> None:
    for known, holds in MEANS[sentence]:
        assert matched(read(sentence), view(draft(), known)).met is holds, known


def test_every_kind_of_sentence_has_its_meaning_here() -> None:
    kinds = {type(read(sentence)) for sentence in (*MEANS, "level 4 or more reached")}
    assert kinds == set(get_args(Condition))


@pytest.mark.parametrize(("code", "reached", "holds"), [("4", 3, False), ("4", 4, True), ("4", 5, True)])
def test_what_a_level_reached_means(code: str, reached: int, holds: bool) -> None:
    assert matched(read(f"level {code} or more reached"), view(draft(), case()), reached).met is holds


def test_a_case_with_nothing_known_is_the_lowest_level_with_its_time() -> None:
    found = evaluate(draft(), case())
    assert (found.level.code, found.consider, found.respond.id) == ("1", None, "one_working_day")
    assert found.highest.code == "I"  # nobody has yet said whether there is danger now


def test_the_time_is_the_shortest_and_not_the_deciding_rules() -> None:
    found = evaluate(draft(), case(saw("B04"), saw("B13"), saw("B20"), facts={"child_not_seen": NO}))
    assert found.level.code == "3"
    assert found.consider is not None and found.consider.code == "4"
    assert found.respond.id == "same_day"
    assert [one.rule.id for one in found.fired] == ["C3", "C2b"]
    assert [(duty.id, rules) for duty, rules in found.duties] == [("manager_decision", ("C3",))]


def test_a_level_to_consider_is_not_said_once_it_is_reached() -> None:
    found = evaluate(draft(), case(saw("B04"), saw("B13"), saw("B20"), saw("D09")))
    assert (found.level.code, found.consider) == ("4", None)


def test_not_known_is_said_where_it_is_the_reason() -> None:
    found = evaluate(draft(), case(saw("D07"), saw("A12")))
    because = {one.rule.id: one.because for one in found.fired}
    assert "is not known, which is never taken as no" in because["C1b"][0]
    assert because["C8c"][1] == (
        "The child’s age is not known, so it has to be taken that the child may be under 2 years."
    )
    assert "not_known" not in str(because)


def test_the_questions_that_matter_are_asked_with_both_answers() -> None:
    found = evaluate(draft(), case(saw("D07"), saw("A12"), unborn=NO))
    asked = {one.id: (one.kind, one.if_yes.code, one.if_no.code) for one in found.unknowns}
    assert asked["D07"] == ("condition", "I", "4")
    assert asked["known_person_of_risk"] == ("fact", "I", "I")
    alone = evaluate(draft(), case(saw("A12"), unborn=NO))
    asked = {one.id: (one.kind, one.if_yes.code, one.if_no.code) for one in alone.unknowns}
    assert asked["age"] == ("age", "3", "2")
    assert "help_refused" not in asked  # it would set a duty, and change neither level nor time
    assert (alone.lowest.code, alone.highest.code) == ("2", "I")


def test_how_long_it_has_gone_on_is_asked_where_it_matters() -> None:
    found = evaluate(draft(), case(saw("A04"), saw("A05"), saw("A06"), age_months=(120, 120)))
    asked = {one.id: (one.kind, one.if_yes.code, one.if_no.code, one.rules) for one in found.unknowns}
    assert asked["duration"] == ("duration", "3", "2", ("C4b", "C16e"))


def test_the_bounds_hold_whoever_made_the_contact() -> None:
    """Three calls from the police bring level 4; where it is not known who calls now, it may be a third or not."""
    known = (
        past("2025-10-01", "domestic_abuse", by="police"),
        past("2025-12-01", "domestic_abuse", by="police"),
    )

    def bounds(kind: str) -> tuple[str, str, str]:
        told = saw("B18", "reported")
        called = case(told, past=known, age_months=(84, 84), agency=kind, agency_kind=kind)
        found = evaluate(draft(), called)
        return found.level.code, found.lowest.code, found.highest.code

    assert bounds("police")[1] == "4"
    assert bounds("school")[1] == "3"
    assert bounds("")[:2] == ("4", "3")


def test_who_made_a_contact_is_asked_where_it_matters() -> None:
    """Otherwise the bounds would differ and nobody would be told what would settle them."""
    known = (
        past("2025-10-01", "domestic_abuse", by="police"),
        past("2025-12-01", "domestic_abuse", by="police"),
    )
    called = case(saw("B18", "reported"), past=known, age_months=(84, 84))
    asked = {one.id: one for one in evaluate(draft(), called).unknowns}
    assert (asked["agency"].kind, asked["agency"].if_yes.code, asked["agency"].if_no.code) == (
        "agency",
        "4",
        "3",
    )
    assert "S9" in asked["agency"].rules
    texts = [change.text for change in what_would_change(draft(), called)]
    assert "If it was none of those a rule asks about, it would be level 3." in " ".join(texts)
    told = replace(called, agency="school", agency_kind="school")
    assert "agency" not in {one.id for one in evaluate(draft(), told).unknowns}


def test_another_agency_may_be_what_a_rule_waits_for() -> None:
    """Entries by two agencies bring level 3; by how many these were made is not known."""
    entries = (past("2025-12-01", "neglect", by="", entries=5),)
    unsure = case(saw("A10"), past=entries, age_months=(120, 120), agency="school", agency_kind="school")
    [asked] = [one for one in evaluate(draft(), unsure).unknowns if one.id == "agency"]
    assert (asked.if_yes.code, asked.if_no.code) == ("3", "2")
    assert "C6b" in asked.rules


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (case(saw("Z99")), "has no sign called “Z99”"),
        (case(saw("A10", "sure")), "has no evidence grade called “sure”"),
        (case(facts={"rich": YES}), "asks no fact called “rich”"),
    ],
)
def test_a_name_the_policy_does_not_know_is_refused(wrong: Case, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        evaluate(draft(), wrong)


@pytest.mark.parametrize(
    "make",
    [
        lambda: case(age_months=(5, 4)),
        lambda: case(age_months=(-1, 4)),
        lambda: case(saw("A10", examples=0)),
        lambda: case(saw("A10", lasting_months=-1)),
        lambda: past("2025-12-01", entries=0),
        lambda: case(facts={"help_refused": "perhaps"}),
    ],
)
def test_a_case_that_makes_no_sense_is_refused(make: Any) -> None:
    with pytest.raises(ValueError):
        make()


def test_a_case_cannot_be_changed_from_outside() -> None:
    facts = {"help_refused": NO}
    one = case(facts=facts)
    facts["help_refused"] = YES
    assert one.facts["help_refused"] is NO
    with pytest.raises(TypeError):
        one.facts["help_refused"] = YES  # type: ignore[index]
    assert evaluate(draft(), one) == evaluate(draft(), replace(one))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [("2026-03-31", 1, "2026-02-28"), ("2024-02-29", 12, "2023-02-28"), ("2026-01-15", 1, "2025-12-15")],
)
def test_months_before(day: str, months: int, before: str) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)
    assert months_before(date.fromisoformat(day), 12 * 3000) == date.min
