"""The compact copy of the published tables: whole, with its markers, and saying what the Department said."""

from collections import Counter
from decimal import Decimal

import pytest

from openmash.engines.review.areas import ENGLAND, INSIDE_LONDON, NoSuchArea, find
from openmash.engines.review.figures import figure, total, worked_out
from openmash.engines.review.markers import Marker, cell
from openmash.engines.review.measures import BY_ID, MEASURES
from openmash.engines.review.recounting import recount
from openmash.engines.review.tables import published

TABLES = published()
COUNCILS = [each for each in TABLES.areas.values() if each.level == "area"]


def test_every_published_percentage_is_worked_out_again_from_the_counts() -> None:
    """Those of councils made of whole counts agree to the last place, all 12,336."""
    found = recount(TABLES)
    councils = [each for each in found if each.level == "area"]
    whole = [each for each in councils if not each.recipe.published.name.endswith("_fte")]
    posts = [each for each in councils if each.recipe.published.name.endswith("_fte")]
    assert (sum(each.exact for each in whole), sum(each.of for each in whole)) == (12_336, 12_336)
    assert (sum(each.of for each in posts), sum(each.exact for each in posts)) == (9_320, 8_822)
    assert sum(each.rounding for each in posts) == 498 and not any(each.apart for each in councils)
    others = [each for each in found if each.level != "area"]
    assert (sum(each.of for each in others), sum(each.exact for each in others)) == (1_751, 1_604)
    assert (sum(each.rounding for each in others), sum(len(each.apart) for each in others)) == (108, 39)


def test_no_marker_was_lost_on_the_way() -> None:
    """As many of each as stand in the published files."""
    expected = {
        "referrals": {"c": 296, "x": 68, "u": 26},
        "enquiries": {"c": 486, "x": 47, "z": 18, "u": 11},
        "plans": {"c": 75, "x": 9, "z": 6, "u": 5},
        "workforce": {"x": 98, "z": 81, "u": 51, "low": 12, "c": 8},
        "children": {"x": 21},
        "months": {"c": 148, "x": 65},
    }
    for name, counts in expected.items():
        table = TABLES.tables[name]
        cells = (cell(row[column]) for row in table.rows.values() for column in table.columns)
        assert Counter(each.value for each in cells if isinstance(each, Marker)) == counts


def test_a_marker_is_never_nought() -> None:
    """A figure made over a marker is that marker, and a sum is not made of what is left."""
    nfa, both = BY_ID["no_further_action"], BY_ID["ended_early"]
    hidden = 0
    for area in COUNCILS:
        for year in range(area.first, area.last + 1):
            alone = figure(TABLES, nfa, area.code, year)
            if isinstance(alone.value, Marker):
                hidden += 1
                together = figure(TABLES, both, area.code, year)
                assert together.why is not None and together.number is None
    assert hidden > 90
    assert worked_out(Marker.SUPPRESSED, Decimal(100), 100) is Marker.SUPPRESSED
    assert worked_out(Decimal(5), Marker.NOT_AVAILABLE, 100) is Marker.NOT_AVAILABLE
    assert worked_out(Decimal(0), Decimal(0), 100) is Marker.NOT_APPLICABLE
    with pytest.raises(ValueError):
        cell("n/a")


def test_london_is_counted_once() -> None:
    """Nine regions are England to within their rounding; with Inner and Outer London they would be far more."""
    columns = BY_ID["referrals"].top
    for year in TABLES.tables["referrals"].years:
        england, nine = total(TABLES, columns, ENGLAND, year), Decimal(0)
        for region in TABLES.regions():
            nine += Decimal(str(total(TABLES, columns, region.code, year)))
        assert isinstance(england, Decimal) and abs(england - nine) <= 50
    assert len(TABLES.regions()) == 9
    assert not INSIDE_LONDON & {each.code for each in TABLES.regions()}


def test_rates_are_over_the_children_of_the_year_before() -> None:
    found = figure(TABLES, BY_ID["referrals"], ENGLAND, 2025)
    assert (found.count, found.of, found.value) == (Decimal(632_830), Decimal(12_183_016), Decimal("519.4"))


def test_figures_of_bristol_as_published() -> None:
    said = {each.id: str(figure(TABLES, each, "801", 2025).value) for each in MEASURES}
    assert (
        said["rereferrals"] == "23.2"
        and said["no_further_action"] == "13.6"
        and said["not_in_need"] == "29.7"
    )
    assert said["ended_early"] == "43.3" and said["repeat_plans"] == "26.3" and said["caseload"] == "15.5"


def test_two_councils_with_one_return_share_its_figure() -> None:
    north = figure(TABLES, BY_ID["caseload"], "940", 2024)
    west = figure(TABLES, BY_ID["caseload"], "941", 2024)
    assert north.value == west.value
    assert north.together == "North Northamptonshire and West Northamptonshire"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Bristol, City of", "801"),
        ("bristol", "801"),
        (" LEEDS ", "383"),
        ("Telford & Wrekin", "894"),
        ("204", "204"),
        ("Dorset", "838"),
        ("835", "835"),
    ],
)
def test_a_council_is_found_by_the_name_people_use(typed: str, code: str) -> None:
    assert find(COUNCILS, typed).code == code


def test_an_unknown_council_brings_those_that_may_be_meant() -> None:
    for typed, meant in (
        ("Wakefeild", "Wakefield"),
        ("Hull", "Kingston upon Hull, City of"),
        ("Bristl", "Bristol, City of"),
    ):
        with pytest.raises(NoSuchArea, match="Did you mean") as unknown:
            find(COUNCILS, typed)
        assert unknown.value.like[0] == meant
    for typed in ("", "zzzz", "city of", "\x00", "x" * 5000):
        with pytest.raises(NoSuchArea) as unknown:
            find(COUNCILS, typed)
        assert unknown.value.like == []
