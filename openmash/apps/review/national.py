"""One area in one year beside its statistical neighbours, England, areas of its size, and its own earlier years."""

from collections.abc import Sequence
from dataclasses import dataclass

from openmash.engines.review.areas import BREAKS, ENGLAND, Area, Break, breaks_of
from openmash.engines.review.figures import Figure, figure, years_of
from openmash.engines.review.markers import Marker
from openmash.engines.review.measures import MEASURES, Measure
from openmash.engines.review.tables import Tables
from openmash.engines.statistics.control_chart import ControlChart, Observed, Point, control_chart
from openmash.engines.statistics.estimates import NotEnough
from openmash.engines.statistics.funnel import Funnel, funnel

BASELINE_YEARS = 7
"""The first years since the last break, with which later ones are compared."""


class NoFigures(LookupError):
    """There is nothing about this area and year. The text says what there is; `others` are areas to look at."""

    def __init__(self, says: str, others: Sequence[Area] = ()) -> None:
        super().__init__(says)
        self.others = tuple(others)


@dataclass(frozen=True)
class Beside:
    """A statistical neighbour, in the Department's words for how alike it is, and its figure."""

    area: Area
    alike: str
    figure: Figure


@dataclass(frozen=True)
class Dot:
    """An area in a funnel: its figure and its size."""

    area: Area
    figure: Figure
    size: float


@dataclass(frozen=True)
class Seen:
    """A measure of the area. `funnel` is None where no limits may be drawn; `dots` are all areas, by name."""

    measure: Measure
    figure: Figure
    england: Figure
    neighbours: tuple[Beside, ...]
    years: tuple[Figure, ...]
    england_years: tuple[Figure, ...]
    chart: ControlChart
    funnel: Funnel | None
    dots: tuple[Dot, ...]
    left_out: tuple[tuple[Area, Marker], ...]


@dataclass(frozen=True)
class National:
    """The whole review of one area and year, and what one must know to read it."""

    area: Area
    year: int
    measures: tuple[Seen, ...]
    breaks: tuple[Break, ...]
    neighbours_note: str


def national(tables: Tables, area: Area, year: int | None = None) -> National:
    """The review of a council; of the latest year there is when none is given.

    Raises:
        NoFigures: the area was not there in that year, or nothing was published for it.
    """
    at = area.last if year is None else year
    _refuse(tables, area, at)
    around, note = _neighbours(tables, area)
    seen = tuple(_seen(tables, measure, area, at, around) for measure in MEASURES)
    return National(area, at, seen, tuple(breaks_of(area.code)), note)


def _refuse(tables: Tables, area: Area, year: int) -> None:
    years = tables.tables["referrals"].years
    if not years[0] <= year <= years[-1]:
        raise NoFigures(
            f"There are figures for the years to March {years[0]} to {years[-1]}, and none for {year}."
        )
    if area.first <= year <= area.last:
        return
    changed = next(each for each in BREAKS if area.code in each.codes)
    others = changed.come if year > area.last else changed.gone
    ended = f"was last published for the year to March {area.last}"
    began = f"was first published for the year to March {area.first}"
    said = f"{area.name} {ended if year > area.last else began}. {changed.says}"
    raise NoFigures(said, [tables.areas[code] for code in others])


def _neighbours(tables: Tables, area: Area) -> tuple[list[tuple[Area, str]], str]:
    """The ten areas most like this one; for a council that came after they were chosen, those of its forerunner."""
    code, note = area.code, ""
    if code not in tables.neighbours:
        changed = next(each for each in BREAKS if code in each.come)
        code = changed.gone[0]
        note = (
            f"Statistical neighbours were chosen in 2021, before there was {area.name}. These are the ones of "
            f"{tables.areas[code].name}, of which it was a part."
        )
    return [(tables.areas[each.code], each.alike) for each in tables.neighbours[code]], note


def _seen(tables: Tables, measure: Measure, area: Area, year: int, around: list[tuple[Area, str]]) -> Seen:
    years = years_of(tables, measure)
    own = tuple(figure(tables, measure, area.code, each) for each in years)
    dots, left_out = _dots(tables, measure, year)
    return Seen(
        measure,
        figure(tables, measure, area.code, year),
        figure(tables, measure, ENGLAND, year),
        tuple(Beside(each, alike, figure(tables, measure, each.code, year)) for each, alike in around),
        own,
        tuple(figure(tables, measure, ENGLAND, each) for each in years),
        _chart(measure, area, own),
        _funnel(measure, dots),
        dots,
        left_out,
    )


def _dots(
    tables: Tables, measure: Measure, year: int
) -> tuple[tuple[Dot, ...], tuple[tuple[Area, Marker], ...]]:
    """Every council with a figure and a size, and those without, with the reason. A joint return is one dot."""
    dots, left_out, joint = [], [], set()
    for area in tables.councils(year):
        found = figure(tables, measure, area.code, year)
        if found.together and found.together in joint:
            continue
        joint.add(found.together)
        missing = next(
            (each for each in (found.value, found.count, found.of) if isinstance(each, Marker)), None
        )
        if missing or not found.of:
            left_out.append((area, missing or Marker.NOT_APPLICABLE))
        else:
            dots.append(Dot(area, found, float(_number(found.of))))
    return tuple(dots), tuple(left_out)


def _number(cell: object) -> float:
    return float(str(cell))


def _funnel(measure: Measure, dots: Sequence[Dot]) -> Funnel | None:
    if measure.kind == "plain":
        return None
    found = funnel([_number(dot.figure.count) for dot in dots], [dot.size for dot in dots], measure.kind)
    return None if isinstance(found, NotEnough) else found


def _chart(measure: Measure, area: Area, years: Sequence[Figure]) -> ControlChart:
    """The years of an area, with a baseline of its own after every break in its series."""
    breaks = {each.year for each in breaks_of(area.code)}
    points: list[Point] = []
    centre = None
    for phase in _phases(years, breaks):
        chart = control_chart(
            [_observed(measure, each) for each in phase],
            "single" if measure.kind == "plain" else measure.kind,
            baseline=BASELINE_YEARS,
        )
        points += chart.points
        centre = chart.centre or centre
    return ControlChart(tuple(points), centre)


def _phases(years: Sequence[Figure], breaks: set[int]) -> list[list[Figure]]:
    phases: list[list[Figure]] = [[]]
    for each in years:
        if each.year in breaks and phases[-1]:
            phases.append([])
        phases[-1].append(each)
    return phases


def _observed(measure: Measure, found: Figure) -> Observed | None:
    if found.number is None:
        return None
    if measure.kind == "plain":
        return Observed(float(found.number) / measure.times)
    if isinstance(found.count, Marker) or isinstance(found.of, Marker) or not found.of:
        return None
    return Observed(float(found.count), float(found.of))
