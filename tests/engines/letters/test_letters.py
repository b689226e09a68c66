"""Letters: what is wrong with a text is said to its author; what the record lacks is said and never left blank."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.engines.letters import Block, Lacking, LettersError, Template, check, fill, parse

FOLDER = Path(__file__).parents[3] / "practice" / "letters-2026-12"
HEADER = """id = "l"\nversion = "1"\ntitle = "T"\nin_force_from = 2026-01-01\nsign_off = "Nobody."\n"""


def one(text: str, name: str = "closure.child.txt") -> dict[str, str]:
    return {"letters.toml": HEADER, name: text}


def template(text: str) -> Template:
    (found,) = parse(one(f"About {{child}}\n\n{text}")).templates.values()
    return found


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({}, "does not say “id”"),
        ({"letters.toml": HEADER}, "There is no letter"),
        (one("About\n\nText", "closure.neighbour.txt"), "its reader is parents, child or agency"),
        (one("Only a subject"), "the first line is the subject"),
        (one("About\n\nDear {addressee"), "a brace is left over"),
        (one("About\n\nDear {Addressee}"), "a brace is left over"),
    ],
)
def test_what_is_wrong_is_said(texts: dict[str, str], said: str) -> None:
    with pytest.raises(LettersError) as wrong:
        parse(texts)
    assert said in str(wrong.value)


def test_a_name_the_record_does_not_have_is_found() -> None:
    letters = parse(one("About\n\nDear {addressee}, {phone}"))
    assert check(letters, {"closure": frozenset({"addressee", "phone"})}) == []
    assert "no “phone”" in check(letters, {"closure": frozenset({"addressee"})})[0]
    assert "no occasion “closure”" in check(letters, {"outcome": frozenset()})[0]


def test_paragraphs_lists_and_what_may_be_left_out() -> None:
    made = fill(
        template("Dear {who},\n\n? On {day}.\n\nTo be done:\n{actions}\n\n- one\n- two {who}"),
        {"child": "Alex", "who": "Ms Winter", "day": "", "actions": ["Ring", "Write"]},
    )
    assert made.subject == "About Alex"
    assert made.blocks == (
        Block(text="Dear Ms Winter,"),
        Block(text="To be done:"),
        Block(items=("Ring", "Write")),
        Block(items=("one", "two Ms Winter")),
    )


@pytest.mark.parametrize("value", ["", "  ", []])
def test_nothing_is_left_blank(value: str | list[str]) -> None:
    with pytest.raises(Lacking) as lacking:
        fill(template("Why: {why}"), {"child": "Alex", "why": value})
    assert lacking.value.names == ("why",)


@given(st.text(min_size=1).filter(str.strip))
def test_what_somebody_wrote_is_put_in_once_and_as_it_is(written: str) -> None:
    made = fill(template("Why: {why} {child}"), {"child": "{why}", "why": written})
    assert made.blocks[0].text == f"Why: {written} {{why}}"


def test_the_draft_says_when_it_is_not_agreed() -> None:
    letters = parse({path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()})
    assert "Nobody yet" in letters.sign_off
    assert {to for kind, to in letters.templates if kind == "outcome"} == {"parents", "child", "agency"}
