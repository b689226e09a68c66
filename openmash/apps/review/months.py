"""Referrals by month, with what August is like every year taken out. Published up to March 2022 only."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from openmash.engines.review.areas import ENGLAND, Area, breaks_of
from openmash.engines.review.markers import Cell, Marker
from openmash.engines.review.tables import Tables
from openmash.engines.statistics.control_chart import ControlChart, Observed, control_chart
from openmash.engines.statistics.season import season, without_season

NAMES = (
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "January",
    "February",
    "March",
)
BASELINE_YEARS = 5
SATURDAY = 5


@dataclass(frozen=True)
class Month:
    """Referrals of a month as published, and for each Monday to Friday in it, season taken out."""

    first: date
    referrals: Cell
    weekdays: int
    adjusted: float | None


@dataclass(frozen=True)
class Months:
    """`usual` is, for April to March, how many times an average month each is; None without three whole years."""

    months: tuple[Month, ...]
    usual: tuple[float, ...] | None
    england_usual: tuple[float, ...]
    chart: ControlChart | None


def months(tables: Tables, area: Area) -> Months | None:
    """The months of an area since its last break; None when none were published."""
    since = max((each.year for each in breaks_of(area.code) if area.code not in each.gone), default=0)
    years = [
        year for year in tables.tables["months"].years if area.first <= year <= area.last and year >= since
    ]
    if not years:
        return None
    published = [
        (_first(year, place), _cell(tables, area.code, year, place)) for year in years for place in range(12)
    ]
    daily = [_per_weekday(first, cell) for first, cell in published]
    usual = season([daily[at : at + 12] for at in range(0, min(len(daily), 12 * BASELINE_YEARS), 12)])
    nothing: list[float | None] = [None] * len(daily)
    adjusted = without_season(daily, usual) if usual else nothing
    chart = _chart(adjusted) if usual else None
    shown = [
        Month(first, cell, weekdays(first), value)
        for (first, cell), value in zip(published, adjusted, strict=True)
    ]
    return Months(tuple(shown), tuple(usual) if usual else None, _of_england(tables), chart)


def weekdays(first: date) -> int:
    """Mondays to Fridays in the month. Bank holidays that keep to their month become part of the season."""
    days = monthrange(first.year, first.month)[1]
    return sum(first.replace(day=day).weekday() < SATURDAY for day in range(1, days + 1))


def _of_england(tables: Tables) -> tuple[float, ...]:
    years = tables.tables["months"].years[:BASELINE_YEARS]
    daily = [
        [_per_weekday(_first(year, place), _cell(tables, ENGLAND, year, place)) for place in range(12)]
        for year in years
    ]
    return tuple(season(daily) or ())


def _chart(adjusted: list[float | None]) -> ControlChart:
    observed = [None if value is None else Observed(value) for value in adjusted]
    return control_chart(observed, "single", baseline=12 * BASELINE_YEARS)


def _first(year: int, place: int) -> date:
    """The first day of the month in this place of the year to March."""
    return date(year - 1, place + 4, 1) if place < 9 else date(year, place - 8, 1)


def _cell(tables: Tables, code: str, year: int, place: int) -> Cell:
    return tables.cell("months", NAMES[place], code, year)


def _per_weekday(first: date, cell: Cell) -> float | None:
    return None if isinstance(cell, Marker) else float(cell) / weekdays(first)
