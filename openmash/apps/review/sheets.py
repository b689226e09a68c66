"""Every table behind the review, for a spreadsheet. Markers stand as they were published."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from openmash.apps.review import words
from openmash.apps.review.months import Month, Months
from openmash.apps.review.national import National, Seen
from openmash.engines.review.figures import Figure
from openmash.engines.review.markers import Marker
from openmash.engines.review.tables import Tables
from openmash.spreadsheets import workbook, writer

Value = str | int | float | Decimal | None
_MADE = datetime(1980, 1, 1, tzinfo=UTC)
"""The same review makes the same file."""
_WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """A table: `name` for its file or tab, `title` for people."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def sheets(review: National, months: Months | None, tables: Tables) -> list[Sheet]:
    """All of them, the summary first and the sources last."""
    made = [_summary(review), _neighbours(review), _years(review), _areas(review, tables)]
    if months:
        made.append(_months(months))
    return [*made, _markers(), _sources(tables)]


def as_csv(sheet: Sheet) -> bytes:
    """With a byte-order mark, so that a spreadsheet reads the letters right."""
    text = io.StringIO(newline="")
    table = writer(text)
    table.row(sheet.head)
    table.rows(sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(made: Sequence[Sheet], title: str) -> bytes:
    """An .xlsx file with a tab for each table."""
    target = io.BytesIO()
    book = workbook(target)
    book.set_properties({"created": _MADE, "title": title})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for each in made:
        tab = book.add_worksheet(each.name[:31])
        tab.write_row(0, 0, each.head, bold)
        for place, row in enumerate(each.rows, start=1):
            tab.write_row(place, 0, [float(value) if isinstance(value, Decimal) else value for value in row])
        tab.freeze_panes(1, 0)
        for column, head in enumerate(each.head):
            longest = max([len(head), *(len(str(row[column] or "")) for row in each.rows)])
            tab.set_column(column, column, min(longest + 2, _WIDEST))
    book.close()
    return target.getvalue()


def _cell(found: Decimal | Marker) -> Value:
    return found.value if isinstance(found, Marker) else found


def _figure(found: Figure) -> tuple[Value, Value, Value]:
    return _cell(found.value), _cell(found.count), _cell(found.of)


def _summary(review: National) -> Sheet:
    head = (
        "Figure",
        "Unit",
        review.area.name,
        "Count",
        "Of",
        "England",
        "Beside neighbours and England",
        "For its size",
        "Over the years",
        "Joint return of",
    )
    rows = tuple(
        (
            seen.measure.title,
            seen.measure.unit,
            *_figure(seen.figure),
            _cell(seen.england.value),
            words.beside(seen),
            words.standing(seen),
            words.changed(seen),
            seen.figure.together,
        )
        for seen in review.measures
    )
    return Sheet("summary", f"{review.area.name}, {review.year}: every figure", head, rows)


def _neighbours(review: National) -> Sheet:
    head = ("Figure", "Unit", "Area", "How alike", "Value", "Count", "Of")
    rows = tuple(
        (seen.measure.title, seen.measure.unit, each.area.name, each.alike, *_figure(each.figure))
        for seen in review.measures
        for each in seen.neighbours
    )
    return Sheet("neighbours", "Statistical neighbours, the most alike first", head, rows)


def _years(review: National) -> Sheet:
    head = (
        "Figure",
        "Unit",
        "Year",
        review.area.name,
        "Count",
        "Of",
        "England",
        "Lower limit",
        "Upper limit",
        "Signal",
        "In the baseline",
    )
    return Sheet(
        "years", "Year by year", head, tuple(row for seen in review.measures for row in _year_rows(seen))
    )


def _year_rows(seen: Seen) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    times = seen.measure.times
    for found, england, point in zip(seen.years, seen.england_years, seen.chart.points, strict=True):
        limits = point.limits
        low, high = (round(limits.low * times, 2), round(limits.high * times, 2)) if limits else (None, None)
        signal = point.signal.value if point.signal else ""
        rows.append(
            (
                seen.measure.title,
                seen.measure.unit,
                found.year,
                *_figure(found),
                _cell(england.value),
                low,
                high,
                signal,
                "yes" if point.is_baseline else "",
            )
        )
    return rows


def _areas(review: National, tables: Tables) -> Sheet:
    """All councils by name: what the dots of the funnels are made of."""
    head = ("Figure", "Unit", "Area", "Region", "Value", "Count", "Of")
    rows: list[tuple[Value, ...]] = []
    for seen in review.measures:
        region = {code: area.name for code, area in tables.areas.items() if area.level == "region"}
        shown = [
            (dot.figure.together or dot.area.name, dot.area.region, *_figure(dot.figure)) for dot in seen.dots
        ]
        shown += [(area.name, area.region, why.value, None, None) for area, why in seen.left_out]
        for name, code, *figures in sorted(shown, key=lambda row: row[0]):
            rows.append((seen.measure.title, seen.measure.unit, name, region.get(code, ""), *figures))
    return Sheet("areas", f"Every council, {review.year}, by name", head, tuple(rows))


def _months(months: Months) -> Sheet:
    points = months.chart.points if months.chart else [None] * len(months.months)
    head = (
        "Month",
        "Referrals",
        "Mondays to Fridays",
        "A weekday, season taken out",
        "Lower limit",
        "Upper limit",
    )
    rows = []
    for each, point in zip(months.months, points, strict=True):
        limits = point.limits if point else None
        adjusted = None if each.adjusted is None else round(each.adjusted, 2)
        low, high = (round(limits.low, 2), round(limits.high, 2)) if limits else (None, None)
        rows.append((_month(each), _cell(each.referrals), each.weekdays, adjusted, low, high))
    return Sheet("months", "Referrals by month", head, tuple(rows))


def _month(each: Month) -> str:
    return each.first.strftime("%Y-%m")


def _markers() -> Sheet:
    rows = tuple((each.value, each.says) for each in Marker if each.value)
    return Sheet("markers", "What stands where there is no number", ("Marker", "Meaning"), rows)


def _sources(tables: Tables) -> Sheet:
    licence = str(tables.sources["licence"])
    rows = tuple(
        (each["publication"], each["about"], each["file"], each["sha256"], licence)
        for each in tables.sources["files"]
    )
    return Sheet("sources", "Sources", ("Publication", "What", "File", "SHA-256", "Licence"), rows)
