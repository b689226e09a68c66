"""What would change the answer, when the telephone comes first, and what is kept."""

import json

import pytest

from openmash.engines.thresholds import (
    Answer,
    Case,
    as_record,
    evaluate,
    immediate_before_form,
    what_would_change,
)
from openmash.engines.thresholds.policy.notes import raise_notes
from openmash.engines.thresholds.text.sentences import FORMS, NotASentence, read, write
from tests.engines.thresholds.invented import AS_OF, draft
from tests.engines.thresholds.test_evaluate import case, past, saw


def said(known: Case) -> list[tuple[str, str, str]]:
    return [(change.kind, change.level.code, change.text) for change in what_would_change(draft(), known)]


@pytest.mark.parametrize(
    ("sign", "answer", "first"),
    [
        ("D01", Answer.NO, True),  # always
        ("D02", Answer.NOT_KNOWN, True),
        ("D02", Answer.YES, True),
        ("D02", Answer.NO, False),
        ("A10", Answer.YES, False),
    ],
)
def test_when_the_telephone_comes_before_the_form(sign: str, answer: Answer, first: bool) -> None:
    assert immediate_before_form(draft(), sign, answer) is first


def test_an_answer_that_would_lower_or_raise_is_told() -> None:
    changes = said(case(saw("D07")))
    question = draft().sign("D07").immediate_question
    assert (
        "answer",
        "4",
        f"If the answer to “{question}” is certain to be no, it would be level 4.",
    ) in changes


def test_what_a_screener_must_find_out_comes_last() -> None:
    kinds = [kind for kind, _, _ in said(case(saw("A10"), age_months=(96, 96)))]
    assert kinds == sorted(kinds, key=["answer", "sign", "combination", "screener"].index)
    assert {"answer", "sign", "screener"} <= set(kinds)


def test_the_notes_of_the_signs_chosen_are_told() -> None:
    changes = said(case(saw("B24"), age_months=(180, 180)))
    wording = draft().sign("B24").wording.rstrip(".")
    raises = "two or more of these are true, or the child was found with drugs or a weapon"
    assert ("sign", "4", f"“{wording}” would be level 4 if {raises}.") in changes
    combined = [text for kind, _, text in changes if kind == "combination"]
    assert any(text.startswith("With one more example of") for text in combined)


def test_one_more_sign_and_one_more_contact_are_told() -> None:
    changes = said(case(saw("A04"), saw("A06"), saw("A07"), age_months=(120, 120)))
    assert (
        "combination",
        "3",
        "With one more level 2 sign in another part of the child’s life, it would be level 3 (rule C4a).",
    ) in changes
    changes = said(case(saw("A10"), past=(past("2025-12-01", "neglect"),), age_months=(120, 120)))
    text = "With one more contact about neglect within 12 months, it would be level 3 (rule C6a)."
    assert ("combination", "3", text) in changes


def test_nothing_is_promised_that_has_already_come() -> None:
    assert said(case(saw("D01"))) == []


def test_months_are_named_where_time_would_change_it() -> None:
    changes = said(case(saw("A04"), saw("A05"), saw("A06"), age_months=(120, 120)))
    text = "If these signs have each gone on for 3 months or more, it would be level 3."
    assert ("answer", "3", text) in changes


def test_what_is_kept_can_be_read_without_the_policy() -> None:
    known = case(saw("D07"), saw("U03"), facts={"source_doubted": Answer.YES}, age_months=(36, 47))
    record = as_record(evaluate(draft(), known))
    assert json.loads(json.dumps(record)) == record
    text = json.dumps(record, ensure_ascii=False)
    assert draft().digest in text
    assert draft().sign("D07").wording.rstrip(".") in text
    assert draft().duty("second_person_to_discount").text in text
    assert draft().level("I").told in text
    assert record["strengths"] == ["U03"]
    assert record["chosen"]["U03"] == draft().sign("U03").wording


@pytest.mark.parametrize("form", FORMS)
def test_every_sentence_shown_as_an_example_can_be_read(form: str) -> None:
    assert write(read(form)) == form


@pytest.mark.parametrize(
    "loose", ["  any   level 3 signs ", "2 or more example of B24", "1 or more contact in 1 month"]
)
def test_numbers_of_the_noun_and_spaces_do_not_matter(loose: str) -> None:
    assert read(write(read(loose))) == read(loose)


@pytest.mark.parametrize(
    "text",
    ["", "sign", "any", "level 4", "fact", "child", "any sign and any sign", "-1 or more signs", "x" * 3000],
)
def test_anything_else_is_no_sentence(text: str) -> None:
    with pytest.raises(NotASentence) as caught:
        read(text)
    assert caught.value.hint


def test_notes() -> None:
    note = "Level 3 if it goes on; Ask why; Level 4 for a baby."
    assert raise_notes(note) == (("3", "if it goes on"), ("4", "for a baby"))
    assert AS_OF.year == 2026
