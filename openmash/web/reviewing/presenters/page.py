"""Everything on the page of one area, in the order in which it is read."""

from collections.abc import Sequence
from dataclasses import dataclass

from openmash.apps.review import words
from openmash.apps.review.months import Months
from openmash.apps.review.national import National, Seen
from openmash.engines.review.areas import BREAKS
from openmash.engines.review.figures import Figure
from openmash.engines.review.measures import GROUPS
from openmash.engines.review.recounting import Recounted
from openmash.web.reviewing.presenters.funnels import FunnelChart, funnel_chart
from openmash.web.reviewing.presenters.months import MonthsChart, UsualYear, months_chart, usual_year
from openmash.web.reviewing.presenters.strips import Strip, strip
from openmash.web.reviewing.presenters.years import YearsChart, years_chart


@dataclass(frozen=True)
class Row:
    """A line of a table: what it is of, the figure, and the counts behind it."""

    name: str
    value: str
    count: str
    of: str
    note: str = ""


@dataclass(frozen=True)
class MeasureShown:
    """A figure with its sentences, drawings and tables."""

    id: str
    title: str
    unit: str
    value: str
    why: str
    together: str
    reads: str
    mind: str
    size: str
    beside: str
    standing: str
    changed: str
    spread: str
    strip: Strip
    funnel: FunnelChart | None
    years: YearsChart | None
    neighbours: tuple[Row, ...]
    by_year: tuple[Row, ...]
    left_out: str


@dataclass(frozen=True)
class Group:
    """Figures that are read together."""

    title: str
    slug: str
    measures: tuple[MeasureShown, ...]


@dataclass(frozen=True)
class Page:
    """The page of one area and year."""

    area: str
    year: int
    notes: tuple[str, ...]
    has_own_years: bool
    asking: tuple[tuple[str, str, str], ...]
    beyond: tuple[tuple[str, str, str], ...]
    groups: tuple[Group, ...]
    months: MonthsChart | None
    usual: UsualYear | None
    agree: str
    breaks: tuple[str, ...]


def page_of(review: National, months: Months | None, recounted: Sequence[Recounted]) -> Page:
    """The page, from what was found."""
    area = review.area.name
    notes = [each.says for each in review.breaks]
    if review.neighbours_note:
        notes.append(review.neighbours_note)
    groups = []
    for place, title in enumerate(GROUPS):
        measures = [
            _measure(seen, area, review.year) for seen in review.measures if seen.measure.group == title
        ]
        groups.append(Group(title, f"part-{place + 1}", tuple(measures)))
    return Page(
        area=area,
        year=review.year,
        notes=tuple(notes),
        has_own_years=any(seen.chart.centre is not None for seen in review.measures),
        asking=tuple(
            (seen.measure.id, seen.measure.title, said) for seen, said in words.worth_asking(review)
        ),
        beyond=tuple(
            (seen.measure.id, seen.measure.title, said)
            for seen in review.measures
            if (said := words.beyond_neighbours(seen))
        ),
        groups=tuple(groups),
        months=months_chart(months, area) if months else None,
        usual=usual_year(months, area) if months else None,
        agree=_agree(recounted),
        breaks=tuple(each.says for each in BREAKS),
    )


def _measure(seen: Seen, area: str, year: int) -> MeasureShown:
    return MeasureShown(
        id=seen.measure.id,
        title=seen.measure.title,
        unit=words.figure_of(seen)[1],
        value="" if seen.figure.number is None else words.figure_of(seen)[0],
        why="" if seen.figure.number is not None else words.shown(seen.figure),
        together=seen.figure.together,
        reads=seen.measure.reads,
        mind=seen.measure.mind,
        size=seen.measure.size,
        beside=words.beside(seen),
        standing="" if seen.figure.number is None else words.standing(seen),
        changed=words.changed(seen),
        spread=words.spread(seen),
        strip=strip(seen, area),
        funnel=funnel_chart(seen, area),
        years=years_chart(seen, area, year),
        neighbours=_neighbours(seen, area),
        by_year=_by_year(seen),
        left_out=_left_out(seen),
    )


def _neighbours(seen: Seen, area: str) -> tuple[Row, ...]:
    rows = [_row(area, seen.figure, "this area")]
    rows += [_row(each.area.name, each.figure, each.alike.lower()) for each in seen.neighbours]
    return (*rows, _row("England", seen.england, ""))


def _row(name: str, found: Figure, note: str) -> Row:
    return Row(name, words.short(found), words.count(found.count), words.count(found.of), note)


def _by_year(seen: Seen) -> tuple[Row, ...]:
    rows = []
    for found, england, point in zip(seen.years, seen.england_years, seen.chart.points, strict=True):
        limits = point.limits
        times = seen.measure.times
        usual = f"{limits.low * times:,.1f} to {limits.high * times:,.1f}" if limits else "–"
        said = [point.signal.value] if point.signal else []
        said += ["baseline"] if point.is_baseline and limits else []
        rows.append(Row(str(found.year), words.short(found), words.short(england), usual, ", ".join(said)))
    return tuple(reversed(rows))


def _left_out(seen: Seen) -> str:
    if not seen.left_out:
        return ""
    names = ", ".join(f"{area.name} ({why.value or 'no row'})" for area, why in seen.left_out)
    return f"Not drawn, as a number is not published: {names}."


def _agree(recounted: Sequence[Recounted]) -> str:
    """How many published percentages agree with the counts, councils first."""
    councils = [each for each in recounted if each.level == "area"]
    whole = [each for each in councils if not each.recipe.published.name.endswith("_fte")]
    posts = [each for each in councils if each.recipe.published.name.endswith("_fte")]
    others = [each for each in recounted if each.level != "area"]
    return (
        f"{sum(each.exact for each in whole):,} of {sum(each.of for each in whole):,} percentages of councils that are "
        f"made of whole counts agree to the last place. Of {sum(each.of for each in posts):,} made of full-time "
        f"equivalents, which are published to one decimal, {sum(each.exact for each in posts):,} agree, "
        f"{sum(each.rounding for each in posts):,} within that rounding and {sum(len(each.apart) for each in posts)} "
        f"do not. Of {sum(each.of for each in others):,} for regions and England, whose counts are rounded to the "
        f"nearest 10, {sum(each.exact for each in others):,} agree, {sum(each.rounding for each in others):,} within "
        f"the rounding and {sum(len(each.apart) for each in others)} do not."
    )
