"""Every published percentage, worked out again from the published counts: how many of how many agree.

Councils' counts are published whole; those of regions and of England are rounded to the nearest 10, and full-time
equivalents to one decimal, so that a percentage made from the unrounded ones may differ in the last place.
"""

from calendar import isleap
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from openmash.engines.review.figures import TENTH, total
from openmash.engines.review.markers import Cell, Marker
from openmash.engines.review.measures import Column
from openmash.engines.review.tables import Tables


def _working_days(year: int) -> int:
    """In a year, as the Department counts absence: found by trying, as the tables do not say it."""
    return 254 if isleap(year) else 253


@dataclass(frozen=True)
class Recipe:
    """A published column, and how it is made."""

    published: Column
    top: Column
    bottom: tuple[Column, ...]
    times: int = 100
    by_working_days: bool = False

    def factor(self, year: int) -> Decimal:
        """What the count over the size is multiplied by."""
        return Decimal(self.times) / (_working_days(year) if self.by_working_days else 1)


def _recipe(
    table: str, published: str, top: str, *bottom: str, times: int = 100, days: bool = False
) -> Recipe:
    below = tuple(Column(table, each) for each in bottom)
    return Recipe(Column(table, published), Column(table, top), below, times, days)


RECIPES = (
    _recipe("referrals", "rereferral_percent", "rereferral_count", "referral_count"),
    _recipe("referrals", "no_further_action_percent", "no_further_action_count", "referral_count"),
    _recipe("referrals", "not_in_need_percent", "not_in_need_count", "referral_count"),
    _recipe("referrals", "rereferral_child_percent", "rereferral_child_count", "referral_child_count"),
    _recipe("plans", "CPP_subsequent_percent", "CPP_subsequent", "CPP_start"),
    _recipe("workforce", "turnover_rate_headcount", "leavers_headcount", "inpost_headcount"),
    _recipe("workforce", "agency_rate_headcount", "agency_headcount", "agency_headcount", "inpost_headcount"),
    _recipe("workforce", "turnover_rate_fte", "leavers_fte", "inpost_fte"),
    _recipe("workforce", "agency_rate_fte", "agency_fte", "agency_fte", "inpost_fte"),
    _recipe("workforce", "vacancy_rate_fte", "vacancy_fte", "vacancy_fte", "inpost_fte"),
    _recipe("workforce", "agency_cover_rate_fte", "agency_cover_fte", "agency_fte"),
    _recipe("workforce", "vacancy_agency_cover_rate_fte", "agency_cover_fte", "vacancy_fte"),
    _recipe("workforce", "caseload_fte", "cases", "case_holders_fte", times=1),
    _recipe("workforce", "absence_rate_fte", "working_days_lost_fte", "inpost_fte", days=True),
)


@dataclass(frozen=True)
class Recounted:
    """Of `of` cells with a published figure and both counts, `exact` agree to the last place.

    `rounding` more lie within what the rounding of the counts allows; `apart` do not, as (area, year, published, ours).
    `marked` cells hold a marker in one of the three places, and cannot be worked out.
    """

    recipe: Recipe
    level: str
    of: int
    exact: int
    rounding: int
    apart: tuple[tuple[str, int, Decimal, Decimal], ...]
    marked: int


def recount(tables: Tables) -> list[Recounted]:
    """Every published figure of every area, region and year, by column and level."""
    return [_recount(tables, recipe, level) for recipe in RECIPES for level in ("area", "region", "country")]


def _recount(tables: Tables, recipe: Recipe, level: str) -> Recounted:
    exact = rounding = marked = 0
    apart = []
    table = tables.tables[recipe.published.table]
    for (code, year), row in table.rows.items():
        if row["level"] != level:
            continue
        said = tables.cell(table.name, recipe.published.name, code, year)
        top, bottom = total(tables, [recipe.top], code, year), total(tables, recipe.bottom, code, year)
        if not (_number(said) and _number(top) and _number(bottom)) or not bottom:
            marked += 1
            continue
        assert isinstance(said, Decimal) and isinstance(top, Decimal) and isinstance(bottom, Decimal)  # noqa: S101
        ours = (top * recipe.factor(year) / bottom).quantize(TENTH, ROUND_HALF_UP)
        if ours == said:
            exact += 1
        elif _allows(recipe, row, said, top, bottom):
            rounding += 1
        else:
            apart.append((row["name"], year, said, ours))
    return Recounted(recipe, level, exact + rounding + len(apart), exact, rounding, tuple(apart), marked)


def _number(cell: Cell) -> bool:
    return not isinstance(cell, Marker)


def _allows(recipe: Recipe, row: dict[str, str], said: Decimal, top: Decimal, bottom: Decimal) -> bool:
    """Whether counts that round to these can give what was published."""
    slack_top = _slack(recipe.top, row)
    slack_bottom = sum((_slack(each, row) for each in recipe.bottom), Decimal(0))
    half, factor = TENTH / 2, recipe.factor(int(row["year"]))
    lowest = max(top - slack_top, Decimal(0)) * factor / (bottom + slack_bottom)
    highest = (top + slack_top) * factor / (bottom - slack_bottom) if bottom > slack_bottom else None
    return said >= lowest - half and (highest is None or said <= highest + half)


def _slack(column: Column, row: dict[str, str]) -> Decimal:
    if column.table == "workforce":
        return Decimal("0.05") if column.name.endswith("_fte") else Decimal(0)
    return Decimal(0) if row["level"] == "area" else Decimal(5)
