"""The command line as somebody types it: what it prints, and how it ends."""

import csv
import json
from pathlib import Path

import pytest

from openmash.command.parts import run
from openmash.engines.thresholds import evaluate
from openmash.engines.thresholds.compiled.columns import SignSeen, value_of
from openmash.engines.thresholds.compiled.compile import compile_policy
from openmash.engines.thresholds.elsewhere.wide import wide_columns
from openmash.engines.thresholds.meaning.case import view
from openmash.engines.thresholds.meaning.examples import case_of
from openmash.engines.thresholds.replay import Move, knobs, with_moves
from openmash.engines.thresholds.text.files import FILES
from tests.engines.thresholds.invented import FOLDER, draft

Out = pytest.CaptureFixture[str]
KNOBS = {knob.name: knob for knob in knobs(draft())}


def levels_of_examples() -> list[str]:
    return [evaluate(draft(), case_of(example)).level.code for example in draft().examples]


def said(capsys: Out, *arguments: str) -> tuple[int, str, str]:
    end = run(["thresholds", *arguments])
    found = capsys.readouterr()
    return end, found.out, found.err


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The draft with C3 asking for four signs, and a reason for it."""
    folder = tmp_path / "changed"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_text(draft().sources[name], encoding="utf-8")
    rules = (folder / "rules.csv").read_text().replace("3 or more level 3 signs", "4 or more level 3 signs")
    (folder / "rules.csv").write_text(rules)
    (folder / "changes.csv").write_text("file,row,reason\nrules.csv,C3,To look at what four would do.\n")
    return folder


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """The agreed examples as a table of cases, with whoever raised each as a label."""
    columns = wide_columns(compile_policy(draft()))
    path = tmp_path / "cases.csv"
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow([*(each.name for each in columns.values()), "agency"])
        for example in draft().examples:
            seen = view(draft(), case_of(example), "services")
            table.writerow([*(value_of(column, seen) for column in columns), example.raised_by])
    return path


def test_check_of_the_draft_by_its_form(capsys: Out) -> None:
    end, out, _ = said(capsys, "check", str(FOLDER), "--quick")
    assert end == 0
    assert "Every condition is a minimum." in out
    assert f"Agreed examples: {len(draft().examples)}, of which 0 no longer" in out


def test_check_says_which_agreed_example_came_out_differently(capsys: Out, changed: Path) -> None:
    end, out, _ = said(capsys, "check", str(changed), "--quick")
    assert end == 1
    assert "of which 3 no longer" in out or "three_serious: level to consider 4 was agreed" in out


def test_a_faulty_policy_is_named_with_file_and_row(capsys: Out, changed: Path) -> None:
    rules = (changed / "rules.csv").read_text().replace("child unborn", "child unbron", 1)
    (changed / "rules.csv").write_text(rules)
    end, out, err = said(capsys, "check", str(changed))
    assert (end, out) == (2, "")
    assert "rules.csv, row" in err and "“child unbron” is not a sentence this table knows." in err


@pytest.mark.parametrize("nowhere", ["no-such-folder", "no-such-file.xlsx"])
def test_a_policy_that_is_not_there(capsys: Out, nowhere: str) -> None:
    end, _, err = said(capsys, "check", nowhere)
    assert end == 2
    assert nowhere in err


def test_explain_in_words_and_as_it_would_be_kept(capsys: Out) -> None:
    asked = ["explain", str(FOLDER), "--age", "1 year", "--signs", "A12 seen", "--from", "gp"]
    end, out, _ = said(capsys, *asked)
    assert end == 0
    assert out.startswith("Level 3 (Family Help), 1 working day.\n  C8c ")
    assert json.loads(said(capsys, *asked, "--json")[1])["level"]["code"] == "3"


def test_explain_at_another_gate(capsys: Out) -> None:
    asked = ["explain", str(FOLDER), "--gate", "conference", "--age", "6 years"]
    assert said(capsys, *asked, "--facts", "harm_substantiated no")[1].startswith("Level noICPC")
    assert said(capsys, *asked)[1].startswith("Level ICPC")
    assert said(capsys, "explain", str(FOLDER), "--gate", "x")[2].startswith("There is no gate “x”.")


def test_explain_says_how_to_write_a_case(capsys: Out) -> None:
    end, _, err = said(capsys, "explain", str(FOLDER), "--signs", "bruise")
    assert end == 2
    assert "Write for example" in err


def test_compare_says_which_row_and_which_case(capsys: Out, changed: Path) -> None:
    end, out, _ = said(capsys, "compare", str(FOLDER), str(changed))
    assert end == 0
    assert "C3" in out and "To look at what four would do." in out
    assert "level 3 sign" in out


def test_replay_counts_what_the_interpreter_says(capsys: Out, cases: Path, changed: Path) -> None:
    end, out, _ = said(
        capsys, "replay", str(FOLDER), "--cases", str(cases), "--by", "agency", "--against", str(changed)
    )
    assert end == 0
    levels = levels_of_examples()
    for code in set(levels):
        assert f"  level {code}  {levels.count(code)}\n" in out
    assert "  within one_working_day  " in out and "  duty manager_decision  " in out and "By sign\n  " in out
    assert "By agency\n" in out and "  camhs: " in out
    assert "  3 → 3  " in out


def test_sweep_moves_each_number(capsys: Out, cases: Path) -> None:
    end, out, _ = said(capsys, "sweep", str(FOLDER), "--cases", str(cases), "--rule", "C4a")
    assert end == 0
    assert "As it stands: level 1 " in out
    assert "rule C4a: " in out and "→ confirmed: level 1 " in out and "within same_day " in out
    ages = said(capsys, "sweep", str(FOLDER), "--cases", str(cases), "--rule", "C8c")[1]
    assert "→ 12: " in ages and "→ 36: " in ages
    assert out.count("rule C4a") >= 4


def test_sweep_of_two_numbers_is_a_table_of_every_pair(capsys: Out, cases: Path) -> None:
    two = ["--move", "C4a.0.least=3..5", "--move", "C2b.0.least=1..2"]
    end, out, _ = said(capsys, "sweep", str(FOLDER), "--cases", str(cases), *two, "--exact")
    assert end == 0
    assert out.startswith(
        "Down: rule C4a: how many level 2 signs: 4. Across: rule C2b: how many level 3 signs: 1."
    )
    tables = {part.split("\n")[0]: part.split("\n")[1:] for part in out.strip().split("\n\n")[1:]}
    three = [line.split() for line in tables["Level 3"]]
    assert [row[0] for row in three[1:]] == ["3", "4", "5"] and three[0] == ["1", "2"]
    assert three[2][1].startswith("[") and three[2][1] == f"[{levels_of_examples().count('3')}]"
    for number, row in zip((3, 4, 5), three[1:], strict=True):
        for other, cell in zip((1, 2), row[1:], strict=True):
            moves = [Move(KNOBS["C4a.0.least"], number), Move(KNOBS["C2b.0.least"], other)]
            one = with_moves(draft(), moves)
            found = [evaluate(one, case_of(example)).level.code for example in draft().examples]
            assert cell.strip("[]") == str(found.count("3"))
    kept_back = said(capsys, "sweep", str(FOLDER), "--cases", str(cases), *two)[1]
    cells = [
        cell.strip("[]")
        for line in kept_back.split("\n")
        if line.startswith("  ")
        for cell in line.split()[1:]
    ]
    assert "under 5 kept back" in kept_back
    assert all(cell == "<5" or int(cell) % 5 == 0 or int(cell) in (1, 2) for cell in cells)


def test_sweep_of_one_named_number(capsys: Out, cases: Path) -> None:
    end, out, _ = said(capsys, "sweep", str(FOLDER), "--cases", str(cases), "--move", "C4a.0.least=2..3")
    assert end == 0
    assert "→ 2: level 1 " in out and "→ 3: level 1 " in out and "→ 4" not in out


@pytest.mark.parametrize(
    ("moves", "wanted"),
    [
        (["C99.0.least"], "No number is called “C99.0.least”."),
        (["C4a.0.least=6..2"], "“6..2” is no range"),
        (["C4a.0.least=1..9999"], "is no range"),
        (["C4a.0.least", "C4a.0.least"], "Both are the same number."),
        (["C4a.0.least", "C3.0.least", "C2b.0.least"], "Two numbers at most"),
        (["C6a.0.months=6..7"], "within 6 months"),
    ],
)
def test_a_sweep_that_cannot_be_says_why(capsys: Out, cases: Path, moves: list[str], wanted: str) -> None:
    asked = [word for move in moves for word in ("--move", move)]
    end, _, err = said(capsys, "sweep", str(FOLDER), "--cases", str(cases), *asked)
    assert end == 2
    assert wanted in err


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("fact_disabled", "fact_disbled", "has no column fact_disabled."),
        ("\n", "\nx", "is not a whole number"),
        (",agency", "", "cells where the first row has"),
    ],
)
def test_a_table_of_cases_that_cannot_be_used(
    capsys: Out, cases: Path, old: str, new: str, wanted: str
) -> None:
    cases.write_text(cases.read_text().replace("\r\n", "\n").replace(old, new, 1))
    end, _, err = said(capsys, "replay", str(FOLDER), "--cases", str(cases))
    assert end == 2
    assert wanted in err


def test_an_empty_cell_is_not_known_and_never_no(capsys: Out, tmp_path: Path) -> None:
    columns = wide_columns(compile_policy(draft()))
    path = tmp_path / "empty.csv"
    seen = ["1" if column == SignSeen("D07") else "" for column in columns]
    path.write_text(",".join(each.name for each in columns.values()) + "\n" + ",".join(seen) + "\n")
    assert "  level I  1\n" in said(capsys, "replay", str(FOLDER), "--cases", str(path))[1]


def test_there_and_back_through_a_workbook(capsys: Out, tmp_path: Path) -> None:
    book, folder = str(tmp_path / "policy.xlsx"), str(tmp_path / "texts")
    assert said(capsys, "workbook", str(FOLDER), book)[0] == 0
    assert said(capsys, "texts", book, folder)[0] == 0
    for name in FILES:
        assert (tmp_path / "texts" / name).read_text(encoding="utf-8") == draft().sources[name]


def test_columns_sql_and_dmn(capsys: Out) -> None:
    assert "fact_disabled  " in said(capsys, "columns", str(FOLDER))[1]
    assert "CREATE TABLE" in said(capsys, "columns", str(FOLDER), "--sql")[1]
    assert "SELECT" in said(capsys, "sql", str(FOLDER), "--dialect", "duckdb")[1]
    assert "<definitions" in said(capsys, "dmn", str(FOLDER), "--gate", "enquiry")[1]
