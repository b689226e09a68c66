"""The text of "Can I share this?", its proof, and that the proof can fail."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.dated_texts import Faults
from openmash.engines.sharing import FILES, Guide, answer, next_question, parse, prove, sensible

FOLDER = Path(__file__).resolve().parents[3] / "sharing" / "draft-2026-11"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {name: (FOLDER / name).read_text(encoding="utf-8") for name in FILES}


@pytest.fixture(scope="module")
def guide() -> Guide:
    return parse(FOLDER)


def changed(texts: dict[str, str], file: str, old: str, new: str) -> Guide:
    assert old in texts[file]
    return parse({**texts, file: texts[file].replace(old, new, 1)})


def test_every_way_through_the_text_keeps_its_promises(guide: Guide) -> None:
    proof = prove(guide)
    assert proof.faults == () and proof.ways > 10_000


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "rules.csv",
            "R13,worry: harm,yes",
            "R13,worry: harm,not_without",
            "Promise P2 is broken by rule R13",
        ),
        ("rules.csv", "R17,worry: unsure,advice", "R17,worry: unsure,not_without", "Promise P3 is broken"),
        ("rules.csv", "R05,to_whom: outside,not_to_them", "R05,to_whom: outside,yes", "Promise P7 is broken"),
        (
            "rules.csv",
            "R16,family: agree; worry: help unsure,yes",
            "R16,family: agree; worry: help,yes",
            "With more worry less is shared",
        ),
        (
            "rules.csv",
            "agreement public_task recognised_interest household,They agree. Share",
            "public_task recognised_interest,They agree. Share",
            "Rule R25 says yes and names no ground that holds for “public”",
        ),
        ("rules.csv", "R14,asked: enquiry", "R14,worry: harm; asked: enquiry", "Rule R14 is never reached"),
        ("lines.csv", "how,outcome: now,", "how,worry: help; outcome: now,", "is never shown"),
        (
            "promises.csv",
            "P1,worry: danger",
            "P1,worry: danger; to_whom: court",
            "Promise P1 speaks of nothing that can happen",
        ),
    ],
)
def test_the_proof_finds_what_is_wrong(
    texts: dict[str, str], file: str, old: str, new: str, said: str
) -> None:
    assert any(said in fault for fault in prove(changed(texts, file, old, new)).faults)


def test_an_answer_with_nothing_to_write_down_is_a_fault(texts: dict[str, str]) -> None:
    lines = [line for line in texts["lines.csv"].splitlines() if not line.startswith("record")]
    faults = prove(parse({**texts, "lines.csv": "\n".join(lines)})).faults
    assert any("Nothing is said of what to write down" in fault for fault in faults)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("rules.csv", "worry: danger,now", "worry: dangr,now", "no answer to “worry”. Did you mean “danger”?"),
        ("rules.csv", "R26,,", "R26,family: agree,", "somebody could be left without an answer"),
        ("rules.csv", "vital public_task", "vitale public_task", "no ground “vitale”. Did you mean “vital”?"),
        ("questions.csv", "worry,What", "wory,What", "Nothing can be answered to “wory”"),
        ("answers.csv", "who,health,", "who,council,", "“council” stands there twice"),
        ("outcomes.csv", "now,5", "now,9", "Write a whole number from 0 to 5"),
        ("lines.csv", "outcome: now as_ordered", "outcome now as_ordered", "is no condition. Write it like this"),
        ("grounds.csv", "vital,Vital", "=vital,Vital", "which a spreadsheet takes for a formula"),
        ("sharing.toml", "in_force_from = 2026-11-01", "", "It does not say from which day it is in force"),
    ],
)  # fmt: skip
def test_a_fault_in_the_text_is_said_by_file_and_row(
    texts: dict[str, str], file: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(Faults) as wrong:
        changed(texts, file, old, new)
    assert said in str(wrong.value) and str(wrong.value).startswith(file)


@given(
    st.dictionaries(st.sampled_from(["who", "worry", "to_whom", "asked", "family", "kind", "x"]), st.text())
)
def test_nonsense_in_an_address_asks_the_first_question_it_does_not_answer(answers: dict[str, str]) -> None:
    guide = parse(FOLDER)
    kept = sensible(guide, answers)
    question = next_question(guide, answers)
    assert question is not None and question.id not in kept
    with pytest.raises(ValueError, match="is not answered yet"):
        answer(guide, answers)


def test_an_answer_that_another_has_made_pointless_is_left_out(guide: Guide) -> None:
    given = {"who": "school", "worry": "danger", "to_whom": "outside", "family": "refused", "kind": "legal"}
    assert sensible(guide, given) == {"who": "school", "worry": "danger"}
    assert answer(guide, given).outcome.id == "now"


def test_grounds_are_those_of_whoever_asks(guide: Guide) -> None:
    rest = {
        "worry": "harm",
        "to_whom": "police",
        "asked": "not_asked",
        "family": "refused",
        "kind": "ordinary",
    }
    named = {who: {g.id for g in answer(guide, {"who": who, **rest}).grounds} for who in ("health", "public")}
    assert named["public"] == {"household"}
    assert {"public_task", "public_interest"} <= named["health"] and "household" not in named["health"]
