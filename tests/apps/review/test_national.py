"""An area beside the country: breaks, neighbours, areas that are no more, and the tables that are kept."""

import csv
import io
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from openmash.apps.review import words
from openmash.apps.review.months import months
from openmash.apps.review.national import NoFigures, national
from openmash.apps.review.sheets import as_csv, as_workbook, sheets
from openmash.command.parts import run
from openmash.engines.review.areas import find
from openmash.engines.review.markers import Marker
from openmash.engines.review.tables import published

TABLES = published()
AREAS = list(TABLES.areas.values())


def test_every_council_in_its_last_year_can_be_reviewed() -> None:
    for area in AREAS:
        if area.level == "area" and area.code in {
            "801",
            "204",
            "420",
            "201",
            "909",
            "943",
            "941",
            "318",
            "835",
        }:
            review = national(TABLES, area)
            assert len(review.measures) == 14
            for seen in review.measures:
                assert len(seen.neighbours) == 10 and words.beside(seen) and words.standing(seen)
                assert len(seen.years) == len(seen.chart.points)


def test_hackney_has_no_figure_and_no_line_across_the_gap() -> None:
    review = national(TABLES, find(AREAS, "Hackney"), 2022)
    seen = review.measures[0]
    assert seen.figure.why is Marker.NOT_AVAILABLE
    assert "October 2020" in review.breaks[0].says
    points = {each.year: point for each, point in zip(seen.years, seen.chart.points, strict=True)}
    assert points[2021].value is None and points[2022].value is None
    assert (
        points[2020].limits and points[2023].limits is None
    )  # what came after is not held to what was before


@pytest.mark.parametrize(
    ("area", "year", "others"),
    [
        ("Cumbria", 2024, ["Cumberland", "Westmorland and Furness"]),
        ("Cumberland", 2023, ["Cumbria"]),
        ("Northamptonshire", 2025, ["North Northamptonshire", "West Northamptonshire"]),
        ("Poole", 2020, ["Dorset", "Bournemouth, Christchurch and Poole"]),
        ("Bournemouth, Christchurch and Poole", 2019, ["Dorset", "Poole", "Bournemouth"]),
        ("Leeds", 2031, []),
        ("Leeds", 2012, []),
    ],
)
def test_a_year_without_figures_says_so_and_leads_on(area: str, year: int, others: list[str]) -> None:
    with pytest.raises(NoFigures) as none:
        national(TABLES, find(AREAS, area), year)
    assert [each.name for each in none.value.others] == others


def test_a_new_council_has_the_neighbours_of_its_forerunner_and_says_so() -> None:
    review = national(TABLES, find(AREAS, "Westmorland and Furness"))
    assert "These are the ones of Cumbria" in review.neighbours_note
    old = national(TABLES, find(AREAS, "Cumbria"))
    assert [each.area for each in review.measures[0].neighbours] == [
        each.area for each in old.measures[0].neighbours
    ]


def test_no_region_is_a_dot_and_a_joint_return_is_one() -> None:
    review = national(TABLES, find(AREAS, "Leeds"))
    for seen in review.measures:
        assert all(dot.area.level == "area" for dot in seen.dots)
        joint = [dot for dot in seen.dots if dot.figure.together]
        assert len(joint) == (2 if seen.measure.group == "The people who do the work" else 0)
        shown = len(seen.dots) + len(seen.left_out) + len(joint)
        assert shown == len(TABLES.councils(2025))


def test_the_tables_hold_markers_as_published_and_figures_as_numbers() -> None:
    area = find(AREAS, "Isles of Scilly")
    review = national(TABLES, area, 2025)
    made = sheets(review, months(TABLES, area), TABLES)
    years = next(each for each in made if each.name == "years")
    lines = list(csv.reader(io.StringIO(as_csv(years).decode("utf-8-sig"))))
    marked = [line for line in lines if line[0] == "No further action at once" and line[2] == "2025"]
    assert marked[0][3:5] == ["c", "c"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_workbook(made, "Isles of Scilly")))
    assert book.sheet_names == [each.name for each in made]
    summary = book.get_sheet_by_name("summary").to_python()
    assert summary[1][2] == 1003.1 and summary[3][2] == "c"
    assert (
        len(book.get_sheet_by_name("areas").to_python())
        == len(next(s for s in made if s.name == "areas").rows) + 1
    )


def test_by_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["review", "national", "--area", "Bristol, City of", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["year"] == 2025 and said["measures"][1]["area"]["value"] == "23.2"
    assert run(["review", "national", "--area", "bristol", "--year", "2022", "--write", str(tmp_path)]) == 0
    assert "Bristol, City of, year to March 2022" in capsys.readouterr().out
    assert (tmp_path / "review.xlsx").stat().st_size and len(list(tmp_path.glob("*.csv"))) == 7
    for wrong, meant in (
        ("Bristl", "Did you mean “Bristol, City of”?"),
        ("Cumbria", "See Cumberland or Westmorland"),
    ):
        assert run(["review", "national", "--area", wrong, "--year", "2025"]) == 2
        assert meant in capsys.readouterr().err
    assert run(["review", "recount"]) == 0
    assert "rereferral_percent" in capsys.readouterr().out
    assert run(["review", "pack", str(tmp_path), "--into", str(tmp_path / "copy")]) == 2
