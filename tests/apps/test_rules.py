"""What stands in the way of a decision, and what takes a second person."""

from typing import Any

import pytest

from openmash.apps.concerns.rules import OVERRIDES, Choice, Standing, second_person_reasons, why_not_decide
from openmash.engines.thresholds import Answer, Case, Observation, PastContact, Policy, evaluate, parse
from tests.cast import MONDAY, policy_texts

TODAY = MONDAY.date()


@pytest.fixture(scope="module")
def policy() -> Policy:
    return parse(policy_texts())


def standing(
    policy: Policy, *signs: str, highest_rank: int = 1, manager: bool = False, **case: Any
) -> Standing:
    facts = {"child_not_seen": Answer.NO, **case.pop("facts", {})}
    seen = tuple(Observation(sign, "seen", immediate_answer=Answer.NO) for sign in signs)
    finding = evaluate(
        policy,
        Case(as_of=TODAY, observations=seen, facts=facts, age_months=(100, 100), unborn=Answer.NO, **case),
    )
    return Standing(
        policy=policy,
        finding=finding,
        highest_rank=highest_rank,
        child_seen=facts["child_not_seen"] == Answer.NO,
        other_children=case.pop("other_children", ()),
        decider_is_manager=manager,
        held_before=any(duty.blocks == "lowering" for duty, _rules in finding.duties),
    )


def choose(level: str, pathway: str, **given: Any) -> Choice:
    return Choice(**{"level": level, "pathway": pathway, "rationale": "Because of what was seen.", **given})


def fields(choice: Choice, at: Standing) -> list[str]:
    return [reason.field for reason in why_not_decide(choice, at)]


def three_contacts() -> tuple[PastContact, ...]:
    return (
        PastContact(at=TODAY, agency="a", agency_kind="school"),
        PastContact(at=TODAY, agency="b", agency_kind="gp"),
    )


def test_agreeing_with_the_policy_takes_one_person(policy: Policy) -> None:
    choice = choose("2", "early_help")
    at = standing(policy, "A06", highest_rank=2)
    assert fields(choice, at) == []
    assert second_person_reasons(choice, at) == []


def test_nothing_is_chosen_for_the_person(policy: Policy) -> None:
    assert fields(Choice(level="", pathway="", rationale=" "), standing(policy)) == [
        "level",
        "pathway",
        "rationale",
    ]


def test_a_pathway_belongs_to_its_level(policy: Policy) -> None:
    assert fields(choose("2", "strategy_discussion"), standing(policy, "A06")) == ["pathway"]


@pytest.mark.parametrize("override", ["", "capacity", "more_serious", "history"])
def test_lower_than_the_policy_needs_a_kind_of_reason_that_can_lower(policy: Policy, override: str) -> None:
    choice = choose("2", "early_help", why_not_policy=override)
    assert fields(choice, standing(policy, "B18", highest_rank=3)) == ["why_not_policy"]


def test_capacity_is_no_kind_of_reason() -> None:
    assert not any("capacity" in f"{key} {label}".lower() for key, label in OVERRIDES.items())


@pytest.mark.parametrize(
    "rationale",
    [
        "We have no capacity this week.",
        "The team is at capacity",
        "Unable to allocate until May",
        "short-staffed",
        "No social worker is free",
    ],
)
def test_capacity_in_the_reasons_is_sent_to_its_own_field(policy: Policy, rationale: str) -> None:
    at = standing(policy, "A06", highest_rank=2)
    assert fields(choose("2", "early_help", rationale=rationale), at) == ["rationale"]
    both = choose("2", "early_help", rationale=rationale, response_not_available="Nobody before Friday.")
    assert fields(both, at) == ["rationale"]  # a closing, so it may not stand there at all
    unseen = choose("2", "early_help", not_seen_because=rationale)
    assert fields(unseen, at) == ["not_seen_because"]
    help_follows = choose(
        "3", "family_help", rationale=rationale, response_not_available="Nobody before Friday."
    )
    assert fields(help_follows, standing(policy, "B18", highest_rank=3)) == []


@pytest.mark.parametrize(
    "rationale",
    [
        "Mum's mental capacity is in doubt",
        "parenting capacity",
        "He is on the CAMHS waiting list",
        "Nobody is available at home to collect her",
    ],
)
def test_other_kinds_of_capacity_are_reasons(policy: Policy, rationale: str) -> None:
    assert (
        fields(choose("2", "early_help", rationale=rationale), standing(policy, "A06", highest_rank=2)) == []
    )


@pytest.mark.parametrize("manager", [False, True])
def test_lower_from_four_takes_two_people_even_for_a_manager(policy: Policy, manager: bool) -> None:
    choice = choose("3", "family_help", why_not_policy="sign_misread")
    assert second_person_reasons(choice, standing(policy, "D18", highest_rank=4, manager=manager))


def test_withdrawing_a_sign_does_not_spare_the_second_person(policy: Policy) -> None:
    at = standing(policy, "A06", highest_rank=5)  # raised as immediate, its sign since withdrawn
    choice = choose("2", "early_help", why_not_policy="sign_misread")
    assert fields(choice, at) == []
    assert second_person_reasons(choice, at)


def test_third_contact_is_not_closed_by_a_screener_alone(policy: Policy) -> None:
    choice = choose("2", "early_help")
    assert second_person_reasons(choice, standing(policy, "A06", highest_rank=2, past=three_contacts()))
    assert not second_person_reasons(
        choice, standing(policy, "A06", highest_rank=2, past=three_contacts(), manager=True)
    )
    assessed = choose("3", "section_17_assessment", why_not_policy="history")
    assert not second_person_reasons(assessed, standing(policy, "A06", highest_rank=2, past=three_contacts()))


def test_a_level_to_consider_is_a_managers(policy: Policy) -> None:
    at = standing(policy, "B04", "B10", "B18", highest_rank=3)  # three level 3 signs in three domains: C3
    assert at.finding.consider is not None
    assert second_person_reasons(choose("3", "family_help"), at)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(Answer.YES, ["not_seen_because"]), (Answer.NOT_KNOWN, ["not_seen_because"]), (Answer.NO, [])],
)
def test_an_unseen_child_is_not_closed(policy: Policy, answer: Answer, expected: list[str]) -> None:
    at = standing(policy, "A06", highest_rank=2, facts={"child_not_seen": answer})
    assert fields(choose("2", "early_help"), at) == expected
    assert (
        fields(choose("2", "early_help", not_seen_because="The health visitor goes on Thursday."), at) == []
    )


def test_every_other_child_is_decided_for(policy: Policy) -> None:
    at = standing(policy, "D18", highest_rank=4)
    at = Standing(**{**at.__dict__, "other_children": (7, 8)})
    choice = choose(
        "4", "strategy_discussion", children={7: ("same_decision", "Lives there too."), 8: ("", "")}
    )
    assert fields(choice, at) == ["child_8"]


def test_a_doubted_source_takes_two_people_to_go_lower(policy: Policy) -> None:
    at = standing(policy, "B18", highest_rank=3, facts={"source_doubted": Answer.YES})
    assert second_person_reasons(choose("2", "early_help", why_not_policy="information_checked"), at)
    assert not second_person_reasons(choose("3", "family_help"), at)
    assert fields(choose("3", "family_help", discounted_because="malicious"), at) == ["discounted_because"]


def test_an_account_taken_back_holds_the_level(policy: Policy) -> None:
    at = standing(policy, "D18", highest_rank=4, facts={"account_retracted": Answer.YES})
    assert "level" in fields(choose("2", "early_help", why_not_policy="information_checked"), at)
