"""`openmash match` as somebody types it: what it prints and writes, and how it ends."""

import csv
import importlib
from pathlib import Path
from types import ModuleType

import pytest

from openmash.command.parts import run

Out = pytest.CaptureFixture[str]
HEAD = "Forename,Surname,Date of birth,Sex,Address line 1,Postcode,NHS number\n"
ROLL = HEAD + (
    "Ayesha,Khan,2014-03-01,F,1 High Street,NF1 2AB,943 476 5919\n"
    "Oliver,Pemberton,2012-07-19,M,14 Mill Lane,NF3 4CD,\n"
    "Thandiwe,Mokoena,2010-02-14,F,22 Station Road,NF7 8GH,\n"
)
GP_LIST = HEAD + (
    "Oliver,Pemberton,19/07/2012,M,14 Mill Ln,NF3 4CD,\n"
    "Wilfred,Ashdown,12/12/2011,M,3 Quay Side,NF9 1JK,943 476 5918\n"
    "=cmd,,soon\n"
)


def said(capsys: Out, *arguments: str) -> tuple[int, str, str]:
    end = run(["match", *arguments])
    found = capsys.readouterr()
    return end, found.out, found.err


def written(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_register_that_is_as_it_should_be(capsys: Out, tmp_path: Path) -> None:
    end, out, err = said(
        capsys, "read", written(tmp_path / "roll.csv", ROLL), "--to", str(tmp_path / "found")
    )
    assert (end, out, err) == (0, "roll.csv: 3 people in 3 rows.\n", "")
    assert list((tmp_path / "found").iterdir()) == []


def test_a_register_with_rows_to_mend(capsys: Out, tmp_path: Path) -> None:
    end, out, _ = said(capsys, "read", written(tmp_path / "gp.csv", GP_LIST), "--to", str(tmp_path))
    assert end == 1
    assert "gp.csv: 2 people in 3 rows." in out
    assert "Rows left out: 1." in out and "Rows kept, with something to look at: 1." in out
    _, kept, left_out = table(tmp_path / "gp-to-mend.csv")
    assert kept[0] == "3" and "NHS number" in kept[1] and kept[-1] == "943 476 5918"
    assert left_out[:3] == ["4", "The line has 3 cells where the row of headings has 7.", "left out"]
    assert left_out[3] == "'=cmd"


@pytest.mark.parametrize("what", ["read", "registers"])
def test_a_file_that_cannot_be_used(capsys: Out, tmp_path: Path, what: str) -> None:
    wrong = written(tmp_path / "colours.csv", "Colour,Size\nred,1\n")
    end, out, err = said(capsys, what, wrong, *([wrong] if what == "registers" else []))
    assert (end, out) == (2, "")
    assert err.startswith("No column is known to hold a name.")
    assert said(capsys, "read", str(tmp_path / "nothing.csv"))[0] == 2


def test_two_registers_are_linked(capsys: Out, tmp_path: Path) -> None:
    first, second = written(tmp_path / "roll.csv", ROLL), written(tmp_path / "gp.csv", GP_LIST)
    end, out, _ = said(capsys, "registers", first, second, "--to", str(tmp_path), "--processes", "1")
    assert end == 0
    head, *links = table(tmp_path / "links.csv")
    assert head[:2] == ["Line in roll.csv", "Line in gp.csv"]
    assert [link[:3] for link in links] == [["3", "2", "Very likely the same person"]]
    assert f"Links: 1, in {tmp_path / 'links.csv'}." in out
    assert "Expected among 1 links: 0.0 of two different people" in out
    assert "They are right as far as these registers are like those the model was trained on" in out
    assert (tmp_path / "gp-to-mend.csv").exists() and not (tmp_path / "roll-to-mend.csv").exists()


def test_without_the_extra_the_sentence_says_what_to_install(
    capsys: Out, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> ModuleType:
        raise ModuleNotFoundError(name="splink")

    monkeypatch.setattr(importlib, "import_module", missing)
    end, _, err = said(capsys, "read", written(tmp_path / "roll.csv", ROLL))
    assert (end, err) == (
        2,
        "Registers need splink, which is not installed. Install it with: pip install openmash[batch]\n",
    )
