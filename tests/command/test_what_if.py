"""`openmash review what-if` over a table of the agreed examples, each repeated, with what came after."""

import csv
from pathlib import Path

import pytest

from openmash.command.parts import run
from openmash.engines.thresholds.compiled.columns import value_of
from openmash.engines.thresholds.compiled.compile import compile_policy
from openmash.engines.thresholds.elsewhere.wide import wide_columns
from openmash.engines.thresholds.meaning.case import view
from openmash.engines.thresholds.meaning.examples import case_of
from tests.engines.thresholds.invented import FOLDER, draft

Out = pytest.CaptureFixture[str]
TIMES = 12


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Every agreed example of the draft twelve times, closed at the door, a third of them serious after 40 days."""
    policy = draft()
    wide = wide_columns(compile_policy(policy)).values()
    path = tmp_path / "cases.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(
            [*(each.name for each in wide), "week", "closed", "found", "serious_after", "followed"]
        )
        for example in policy.examples:
            if example.gate not in ("", policy.gates[0].id):
                continue
            seen = view(policy, case_of(example))
            numbers = [value_of(each.column, seen) for each in wide]
            for nth in range(TIMES):
                writer.writerow([*numbers, f"week {nth % 4}", "yes", "", "40" if nth % 3 == 0 else "", "400"])
    return path


def test_one_number_moved_says_who_by_which_rule_and_what_came_after(cases: Path, capsys: Out) -> None:
    assert (
        run(["review", "what-if", str(FOLDER), "--move", "C6a.0.least=1", "--cases", str(cases), "--exact"])
        == 0
    )
    printed = capsys.readouterr().out
    assert "higher by C6a" in printed and "→ 3" in printed
    moved = sum(int(line.split()[-1]) for line in printed.splitlines() if "→" in line)
    assert moved and moved % TIMES == 0
    assert f"Of {moved} concerns that people closed at the front door" in printed
    assert f"for twelve months, {moved // 3} are known to have come" in printed
    assert "a week under the version in force" in printed and "openmash review cope --weekly" in printed


def test_small_counts_are_kept_back_unless_asked_for(cases: Path, capsys: Out) -> None:
    assert run(["review", "what-if", str(FOLDER), "--move", "C6a.0.least=1", "--cases", str(cases)]) == 0
    numbers = [line.split()[-1] for line in capsys.readouterr().out.splitlines() if "→" in line]
    assert numbers and all(each == "<5" or int(each.replace(",", "")) % 5 == 0 for each in numbers)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--move", "Z9.0.least=1"), "No number is called"),
        (("--move", "C3.0.least=none"), "is a whole number"),
        (("--policy", "/no/such/folder"), "There is no such folder"),
    ],
)
def test_what_cannot_be_moved_is_said(cases: Path, given: tuple[str, str], said: str, capsys: Out) -> None:
    assert run(["review", "what-if", str(FOLDER), *given, "--cases", str(cases)]) == 2
    assert said in capsys.readouterr().err
