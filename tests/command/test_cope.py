"""`openmash review cope` as somebody types it."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from openmash.command.parts import run
from openmash.engines.coping import LogNormal
from tests.engines.coping.by_hand import allocations, as_known_on

SMALL = ("--posts", "5", "--caseload", "8", "--stay", "50", "--weeks", "26", "--most", "20000")


def test_what_is_typed_takes_the_place_of_what_was_published(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "cope", *SMALL, "--weekly", "5", "--empty", "0", "--away", "0", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (now,) = [each for each in found["loads"] if each["as_it_is"]]
    assert (now["slots"], now["weekly"]) == (40, 5)
    assert now["load"] == pytest.approx(5 / 7 * 50 / 40)
    assert any("never a reason for a level" in each for each in found["says"])


def test_it_reads_as_sentences_and_two_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "cope", "--area", "Leeds", *SMALL, "--weekly", "6"]) == 0
    printed = capsys.readouterr().out
    assert "For every 100 children the team can hold" in printed and "What it" not in printed
    assert printed.count("95%") == 2 and "never a reason for a level" in printed


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--area", "Nowhere at all"), "There is no council called"),
        (("--posts", "0"), "A team has up to"),
        (("--data", "/no/such/file.csv"), "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(
    given: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", "cope", *given]) == 2
    assert said in capsys.readouterr().err


def test_a_list_of_ones_own_is_learned_from_and_held_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = date(2023, 1, 2) + timedelta(days=7 * 90 - 1)
    listed = as_known_on(allocations(40, 5.4, LogNormal(50, 50), weeks=100, seed=3), last)
    rows = [f"{each.accepted},{each.begun or ''},{each.ended or ''}" for each in listed]
    path = tmp_path / "allocations.csv"
    path.write_text("\n".join(["accepted,begun,ended", *rows, "yesterday,,"]), encoding="utf-8")
    team = ("--posts", "5", "--caseload", "8", "--empty", "0", "--away", "0", "--data", str(path))
    assert run(["review", "cope", *team, "--hold-out", "20"]) == 0
    printed = capsys.readouterr().out
    assert f"row {len(listed) + 2}: “yesterday” is not a day; left out" in printed
    assert "Average wait in days" in printed and "By luck alone" in printed
    assert run(["review", "cope", *team, "--weeks", "26", "--most", "20000"]) == 0
    assert "On average a child waits" in capsys.readouterr().out


def test_a_list_that_is_not_whole_or_holds_too_many_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = date(2023, 1, 2) + timedelta(days=7 * 90 - 1)
    listed = as_known_on(allocations(40, 5.4, LogNormal(50, 50), weeks=100, seed=3), last)
    rows = [f"{each.accepted},{each.begun or ''},{each.ended or ''}" for each in listed]
    path = tmp_path / "allocations.csv"
    path.write_text("\n".join(["accepted,begun,ended", "2016-02-01,2016-02-02,", *rows]), encoding="utf-8")
    given = ["review", "cope", "--posts", "6", "--caseload", "8", "--empty", "0", "--away", "0"]
    given += ["--data", str(path), "--weeks", "26", "--most", "20000"]
    assert run(given) == 2
    assert "--from DAY" in capsys.readouterr().err
    assert run([*given, "--from", "2023-01-02", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (now,) = [each for each in found["loads"] if each["as_it_is"]]
    assert now["weekly"] == pytest.approx(5.4, rel=0.15)
    assert run([*given, "--from", "2023-01-02", "--posts", "2"]) == 2
    assert "more than the 16" in capsys.readouterr().err
