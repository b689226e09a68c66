"""`openmash review`: an area beside the country on published tables, and the compact copy they are read from."""

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from openmash.apps.review import words
from openmash.apps.review.months import months
from openmash.apps.review.national import National, NoFigures, Seen, national
from openmash.apps.review.sheets import as_csv, as_workbook, sheets
from openmash.command import cope, what_if
from openmash.command.files import Stopped
from openmash.command.review_local import add_local
from openmash.engines.review.areas import NoSuchArea, find
from openmash.engines.review.figures import Figure
from openmash.engines.review.markers import Marker
from openmash.engines.review.packing import CannotPack, pack
from openmash.engines.review.recounting import recount
from openmash.engines.review.tables import DATA, Tables, published

Subparsers = argparse._SubParsersAction  # argparse keeps the type of its own subparsers private


def add_to(parts: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add this part to the command line."""
    parser = parts.add_parser("review", help="is the bar in the right place: an area beside the country")
    does = parser.add_subparsers(metavar="WHAT", required=True)
    beside = does.add_parser(
        "national", help="an area beside its neighbours and England, on published tables"
    )
    beside.add_argument("--area", required=True, help="a council, such as “Bristol, City of”")
    beside.add_argument("--year", type=int, help="the year to March; the latest there is, if left out")
    beside.add_argument("--json", action="store_true", help="all of it, for another program")
    beside.add_argument("--write", metavar="FOLDER", help="write every table as CSV, and all as one workbook")
    beside.set_defaults(do=do_national)
    add_local(does)
    again = does.add_parser("recount", help="work every published percentage out again from the counts")
    again.set_defaults(do=do_recount)
    packed = does.add_parser("pack", help="make the compact copy of the published tables again")
    packed.add_argument("folder", help="where the published files are")
    packed.add_argument("--into", default=str(DATA), metavar="FOLDER", help="where the copy goes")
    packed.set_defaults(do=do_pack)
    cope.add_to(does)
    what_if.add_to(does)


def do_national(given: argparse.Namespace) -> int:
    """Print the review of an area, and write its tables if asked."""
    tables = published()
    try:
        review = national(tables, find(list(tables.areas.values()), given.area), given.year)
    except NoFigures as none:
        see = f" See {' or '.join(each.name for each in none.others)}." if none.others else ""
        raise Stopped(f"{none}{see}") from None
    except NoSuchArea as unknown:
        raise Stopped(str(unknown)) from None
    print(json.dumps(_for_programs(review), indent=2, ensure_ascii=False) if given.json else _read(review))
    if given.write:
        _write(review, tables, Path(given.write))
    return 0


def do_recount(given: argparse.Namespace) -> int:
    """Print how many published percentages agree with the counts, by column and level."""
    print(f"{'column':32}{'level':9}{'of':>7}{'exact':>7}{'rounding':>10}{'apart':>7}{'marker':>8}")
    for each in recount(published()):
        name = each.recipe.published.name
        counts = f"{each.of:7}{each.exact:7}{each.rounding:10}{len(each.apart):7}{each.marked:8}"
        print(f"{name:32}{each.level:9}{counts}")
    return 0


def do_pack(given: argparse.Namespace) -> int:
    """Make the compact copy, and say how large it is."""
    try:
        written = pack(Path(given.folder), Path(given.into))
    except CannotPack as wrong:
        raise Stopped(str(wrong)) from None
    for path in written:
        print(f"{path.stat().st_size:>9,}  {path.name}")
    return 0


def _read(review: National) -> str:
    """Plain text: a line of figures and two sentences for each measure."""
    lines = [f"{review.area.name}, year to March {review.year} (workforce: to September)", ""]
    lines += [f"! {each.says}" for each in review.breaks]
    lines += [f"! {review.neighbours_note}"] if review.neighbours_note else []
    group = ""
    for seen in review.measures:
        if seen.measure.group != group:
            group = seen.measure.group
            lines += ["", group]
        shown = (
            " ".join(words.figure_of(seen)) if seen.figure.number is not None else words.shown(seen.figure)
        )
        lines.append(f"  {seen.measure.title}: {shown}")
        lines.append(f"      {words.beside(seen)}")
        lines.append(f"      {words.standing(seen)} {words.changed(seen)}")
        if seen.figure.together:
            lines.append(f"      Published for {seen.figure.together} together.")
    lines += ["", "No figure says whether a bar is right. It says where to ask."]
    return "\n".join(lines)


def _write(review: National, tables: Tables, folder: Path) -> None:
    made = sheets(review, months(tables, review.area), tables)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in made:
            (folder / f"{each.name}.csv").write_bytes(as_csv(each))
        title = f"{review.area.name}, {review.year}"
        (folder / "review.xlsx").write_bytes(as_workbook(made, title))
    except OSError as wrong:
        raise Stopped(f"{folder} cannot be written to: {wrong.strerror}.") from None
    print(f"{len(made)} tables and review.xlsx are in {folder}.", file=sys.stderr)


def _for_programs(review: National) -> dict[str, Any]:
    """Numbers as text, so that none is changed on the way; a marker as published."""
    return {
        "area": {"name": review.area.name, "code": review.area.code},
        "year": review.year,
        "breaks": [{"year": each.year, "says": each.says} for each in review.breaks],
        "neighbours_note": review.neighbours_note,
        "measures": [_measure(seen) for seen in review.measures],
    }


def _measure(seen: Seen) -> dict[str, Any]:
    funnel = seen.funnel
    return {
        "id": seen.measure.id,
        "title": seen.measure.title,
        "unit": seen.measure.unit,
        "area": _figure(seen.figure),
        "england": _figure(seen.england),
        "neighbours": [
            {"name": each.area.name, "alike": each.alike, **_figure(each.figure)} for each in seen.neighbours
        ],
        "years": [
            {**_figure(found), "signal": point.signal.value if point.signal else None}
            for found, point in zip(seen.years, seen.chart.points, strict=True)
        ],
        "funnel": {"areas": funnel.areas, "centre": funnel.centre, "phi": funnel.phi, "tau": funnel.tau}
        if funnel
        else None,
        "standing": words.standing(seen),
        "over_the_years": words.changed(seen),
    }


def _figure(found: Figure) -> dict[str, Any]:
    return {
        "year": found.year,
        "value": _text(found.value),
        "count": _text(found.count),
        "of": _text(found.of),
        "together": found.together,
    }


def _text(cell: Decimal | Marker) -> str:
    return cell.value if isinstance(cell, Marker) else str(cell)
