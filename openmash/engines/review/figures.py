"""A figure of one area in one year, from the published tables, with what it was worked out from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from openmash.engines.review.areas import ENGLAND
from openmash.engines.review.markers import Cell, Marker
from openmash.engines.review.measures import Column, Measure
from openmash.engines.review.tables import Tables

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Figure:
    """`value` to one decimal, or the marker that stands in its place; `count` and `of` as published.

    `together` names the councils of a joint return, whose figure is of both.
    """

    code: str
    year: int
    value: Cell
    count: Cell
    of: Cell
    together: str = ""

    @property
    def number(self) -> Decimal | None:
        return None if isinstance(self.value, Marker) else self.value

    @property
    def why(self) -> Marker | None:
        return self.value if isinstance(self.value, Marker) else None


def figure(tables: Tables, measure: Measure, code: str, year: int) -> Figure:
    """The figure as published where it is; otherwise worked out from the counts."""
    count, of = total(tables, measure.top, code, year), total(tables, measure.bottom, code, year)
    value = worked_out(count, of, measure.times)
    if measure.published:
        value = tables.cell(measure.published.table, measure.published.name, code, year)
    return Figure(code, year, value, count, of, tables.together(measure.top[0].table, code, year))


def worked_out(count: Cell, of: Cell, times: int) -> Cell:
    """`count` × `times` ÷ `of`, half up to one decimal. A marker on either side is the answer."""
    for each in (count, of):
        if isinstance(each, Marker):
            return each
    if isinstance(count, Marker) or isinstance(of, Marker) or not of:
        return Marker.NOT_APPLICABLE
    return (count * times / of).quantize(TENTH, ROUND_HALF_UP)


def total(tables: Tables, columns: Iterable[Column], code: str, year: int) -> Cell:
    """The columns added up. One marker makes the sum unknown: nothing is added as nought."""
    added = Decimal(0)
    for column in columns:
        cell = tables.cell(column.table, column.name, code, year - column.lag)
        if isinstance(cell, Marker):
            return cell
        added += cell
    return added


def years_of(tables: Tables, measure: Measure) -> list[int]:
    """The years in which it was published for England."""
    years = tables.tables[measure.top[0].table].years
    return [year for year in years if figure(tables, measure, ENGLAND, year).number is not None]
