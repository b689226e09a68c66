"""`openmash review local`: from a CSV file to tables on the screen and in a folder."""

import json
from pathlib import Path

import pytest

from openmash.command.parts import run
from tests.engines.review.local.census_file import census, child, referral, written

HEAD = "contact,child,received_on,decided_on,agency_kind,policy_level,decided_level,closed_at_door\n"


def row(number: int) -> str:
    kind, closed = "gp" if number % 9 else "camhs", "yes" if number % 3 else "no"
    day = f"2025-01-{number % 27 + 1:02}"
    return f"{number},c{number},{day},2025-02-03,{kind},3,{2 + number % 2},{closed}\n"


FILE = HEAD + "".join(row(number) for number in range(30))


def test_it_prints_writes_and_says_what_to_mend(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, folder = tmp_path / "c.csv", tmp_path / "out"
    file.write_text(FILE + "99,x,never,,,,,\n")
    assert run(["review", "local", "--contacts", str(file), "--json", "--write", str(folder)]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["concerns"] == "30" and len(printed["faults"]) == 1
    tables = {each["name"]: each["rows"] for each in printed["tables"]}
    rows = {row[0]: row[1:] for row in tables["outcome-by-agency"]}
    assert rows["Child and adolescent mental health services"][-2] == "1 to 5"
    assert rows["GP practices"][-2] == 25
    assert (folder / "review.xlsx").read_bytes()[:2] == b"PK"
    assert "row 32" in (folder / "to-mend.csv").read_text()
    assert "GP practices" in (folder / "outcome-by-agency.csv").read_text()
    assert run(["review", "local", "--contacts", str(file)]) == 1
    assert "It says where to ask." in capsys.readouterr().out.replace("\n", " ")


def test_a_file_that_cannot_be_used_and_a_day_that_is_none_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["review", "local", "--contacts", str(tmp_path / "none.csv")]) != 0
    assert "cannot be read" in capsys.readouterr().err
    assert run(["review", "local", "--contacts", "x", "--until", "soon"]) != 0
    assert "is not a day" in capsys.readouterr().err


def test_every_column_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "columns"]) == 0
    assert "closed_at_door" in capsys.readouterr().out


def test_census_files_of_several_years_are_reviewed_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for year in (2024, 2025):
        children = (child(f"A{n}", referral(f"{year - 1}-06-03", nfa=str(n % 2))) for n in range(40))
        files.append(str(written(tmp_path, census(*children, year=year), f"{year}.xml")))
    assert run(["review", "local", "--census", *files, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["concerns"] == "80" and any("nothing of levels" in each for each in printed["notes"])
    tables = {each["name"]: {row[0]: row[1:] for row in each["rows"]} for each in printed["tables"]}
    assert tables["outcome-by-agency"]["Schools"] == [40, 40, 0, 80, 50]
    assert "Independent schools" not in tables["outcome-by-agency"], "which the census does not tell apart"
    assert not [
        name for name in tables if name.startswith(("decided", "levels", "reasons", "days-to", "silent"))
    ]
    (tmp_path / "no.xml").write_text("no")
    assert run(["review", "local", "--census", str(tmp_path / "no.xml")]) == 2
    assert "no.xml is no XML file" in capsys.readouterr().err
