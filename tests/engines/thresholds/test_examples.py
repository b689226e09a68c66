"""The cases agreed with the policy, the twelve vignettes among them, run one by one."""

from dataclasses import replace
from typing import Any

import pytest

from openmash.engines.thresholds import check_examples, evaluate
from openmash.engines.thresholds.meaning.examples import case_of
from openmash.engines.thresholds.policy.model import Example
from tests.engines.thresholds.invented import draft

VIGNETTES = {  # number of the vignette: level, and a rule or duty that must be there
    "v01_baby_bruise": ("I", "C1a"),
    "v02_fourth_contact": ("3", "C6a"),
    "v03_grandmother": ("4", "C14"),
    "v04_anxious": ("2", "C2c"),
    "v05_train_tickets": ("4", "S8"),
    "v06_overdose": ("I", "C1a"),
    "v07_third_call": ("4", "S9"),
    "v08_one_room": ("2", "C2c"),
    "v09_uncle": ("I", "C1b"),
    "v10_crying": ("1", "C10"),
    "v11_taken_back": ("4", "C15"),
    "v12_strengths": ("2", "C2c"),
}


@pytest.mark.parametrize("example", draft().examples, ids=lambda example: example.id)
def test_an_agreed_case(example: Example) -> None:
    assert check_examples(replace(draft(), examples=(example,))) == []


@pytest.mark.parametrize("name", VIGNETTES)
def test_the_vignettes_are_among_them_and_say_what_they_must(name: str) -> None:
    example = next(one for one in draft().examples if one.id == name)
    found = evaluate(draft(), case_of(example))
    level, rule = VIGNETTES[name]
    assert found.level.code == level
    assert rule in {one.rule.id for one in found.fired}


def test_strengths_leave_the_fourth_vignette_as_it_is() -> None:
    fourth, twelfth = (case_of(e) for e in draft().examples if e.id in ("v04_anxious", "v12_strengths"))
    with_strengths = evaluate(draft(), twelfth)
    without = evaluate(draft(), fourth)
    assert replace(with_strengths, strengths=(), chosen=without.chosen) == without
    assert with_strengths.strengths == ("U01", "U02", "U03", "U04", "U05", "U06")


def test_an_example_the_policy_no_longer_keeps_is_named() -> None:
    example = replace(draft().examples[0], level="2", rules=("C3",), duties=("chronology",), consider="4")
    said = check_examples(replace(draft(), examples=(example,)))
    assert said == [
        "v01_baby_bruise: level 2 was agreed, the policy says I.",
        "v01_baby_bruise: level to consider 4 was agreed, the policy says none.",
        "v01_baby_bruise: rule C3 should fire and does not.",
        "v01_baby_bruise: duty chronology should follow and does not.",
    ]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("age", "seven"),
        ("signs", "A10"),
        ("signs", "A10 seen, twice"),
        ("facts", "help_refused maybe"),
        ("past", "last year from school"),
    ],
)
def test_an_example_that_cannot_be_read_says_how_to_write_it(column: str, cell: str) -> None:
    wrong: dict[str, Any] = {column: cell}
    example = replace(draft().examples[0], **wrong)
    (said,) = check_examples(replace(draft(), examples=(example,)))
    assert said.startswith(
        f"v01_baby_bruise: “{cell}” in the column “{column}” cannot be read. Write for example"
    )
