"""`openmash review local`: the review of an area's own concerns, from a file, before anything else of ours is used."""

import argparse
import json
import os
import sys
from contextlib import ExitStack, closing
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openmash.apps.review.local.connections import connected
from openmash.apps.review.local.review import Local, Part, local
from openmash.apps.review.sheets import Sheet, as_csv, as_workbook
from openmash.command.files import Stopped
from openmash.engines.review.local.history import CannotRead, Source
from openmash.engines.review.local.kinds import AGENCY_KINDS
from openmash.engines.review.local.readers.census import read_census
from openmash.engines.review.local.readers.concerns import read_concerns
from openmash.engines.review.local.readers.headings import HEADINGS
from openmash.engines.review.local.warehouse import in_warehouse

Subparsers = argparse._SubParsersAction
SHOWN_FAULTS = 20
WAREHOUSE = "OPENMASH_REVIEW_WAREHOUSE"


def add_local(does: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add what is about local data to `openmash review`."""
    own = does.add_parser("local", help="your own concerns: decisions, overrides, after the door closed")
    source = own.add_mutually_exclusive_group(required=True)
    source.add_argument("--contacts", metavar="FILE.csv", help="concerns, as `review columns` says")
    source.add_argument(
        "--census", metavar="FILE.xml", nargs="+", help="children in need census, one file for each year"
    )
    source.add_argument(
        "--warehouse",
        action="store_true",
        help=f"the tables contacts, children and events at {WAREHOUSE} (postgresql://… or spark), asked where they are",
    )
    own.add_argument(
        "--until", metavar="DAY", help="the last day of which the file knows everything (2026-03-31)"
    )
    own.add_argument("--json", action="store_true", help="all of it, for another program")
    own.add_argument("--write", metavar="FOLDER", help="every table as CSV, one workbook, and what to mend")
    own.set_defaults(do=do_local)
    columns = does.add_parser("columns", help="the columns of a file of concerns")
    columns.set_defaults(do=do_columns)


def do_local(given: argparse.Namespace) -> int:
    """Print the review of a file, and write its tables if asked; 1 when something of it could not be read."""
    try:
        until = date.fromisoformat(given.until) if given.until else None
    except ValueError:
        raise Stopped(f"“{given.until}” is not a day. Write it as 2026-03-31.") from None
    try:
        with ExitStack() as stack:
            review = local(_history(given, until, stack))
    except CannotRead as wrong:
        raise Stopped(str(wrong)) from None
    print(json.dumps(for_programs(review), indent=2, ensure_ascii=False) if given.json else read(review))
    if given.write:
        write(review, Path(given.write))
    return 1 if review.faults else 0


def _history(given: argparse.Namespace, until: date | None, stack: ExitStack) -> Source:
    today = datetime.now(ZoneInfo("Europe/London")).date()
    if given.warehouse:
        return in_warehouse(stack.enter_context(closing(connected(_address()))), until or today)
    if not given.census:
        return read_concerns(Path(given.contacts), today, until)
    if until:
        raise Stopped("A census says itself which year it is of: leave out --until.")
    return read_census([Path(each) for each in given.census], today)


def _address() -> str:
    """It is not on the command line: others on the machine could read it there, with its password."""
    address = os.environ.get(WAREHOUSE, "")
    if not address:
        raise Stopped(
            f"Say where the warehouse is: set {WAREHOUSE} to postgresql://user:password@host/database."
        )
    return address


def do_columns(_: argparse.Namespace) -> int:
    """Print every column of a file of concerns, and the kinds of agency."""
    for each in HEADINGS:
        print(f"{each.name:17}{'must  ' if each.must else '      '}{each.holds}: {each.kind.value}")
    print("\nKinds of agency (agency_kind):")
    for word, name in AGENCY_KINDS.items():
        print(f"  {word:24}{name}")
    return 0


def read(review: Local) -> str:
    """Plain text: what is asked, and the table under it."""
    first = f"{review.first:%d.%m.%Y} to " if review.first else ""
    lines = [
        f"{review.source}: {review.concerns} concerns about children, {first}{review.followed_to:%d.%m.%Y}",
        "",
    ]
    lines += [f"{'!! ' if review.alarm else ''}{review.capacity}", ""]
    lines += [*review.notes, ""] if review.notes else []
    for part in review.parts:
        lines += _part(part)
    lines += _faults(review)
    return "\n".join(
        [
            *lines,
            "Counts of 1 to 5 are not shown, all others are rounded to five. No figure says whether a",
            "bar is right. It says where to ask.",
        ]
    )


def _part(part: Part) -> list[str]:
    table = [
        part.sheet.head,
        *(tuple("" if cell is None else str(cell) for cell in row) for row in part.sheet.rows),
    ]
    widths = [max(len(str(row[place])) for row in table) for place in range(len(part.sheet.head))]
    rows = [
        "  " + "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
    return [
        part.sheet.title,
        *([part.says] if part.says else []),
        *([f"Mind: {part.mind}"] if part.mind else []),
        *rows,
        "",
    ]


def _faults(review: Local) -> list[str]:
    if not review.faults:
        return []
    more = len(review.faults) - SHOWN_FAULTS
    lines = [f"{len(review.faults)} things could not be read; all else is reviewed above."]
    lines += [f"  {each.where}: {each.what}" for each in review.faults[:SHOWN_FAULTS]]
    return [
        *lines,
        *([f"  and {more} more: with --write FOLDER they are in to-mend.csv."] if more > 0 else []),
        "",
    ]


def for_programs(review: Local) -> dict[str, Any]:
    """The same tables, as they are shown."""
    return {
        "source": review.source,
        "first": review.first.isoformat() if review.first else None,
        "followed_to": review.followed_to.isoformat(),
        "concerns": review.concerns,
        "capacity": {"says": review.capacity, "must_be_looked_at": review.alarm},
        "notes": review.notes,
        "tables": [
            {"name": each.name, "title": each.title, "head": each.head, "rows": each.rows}
            for each in review.sheets
        ],
        "faults": [{"where": each.where, "what": each.what} for each in review.faults],
    }


def write(review: Local, folder: Path) -> None:
    """Every table as CSV, all as one workbook, and the list of what to mend."""
    mend = Sheet(
        "to-mend", "What to mend", ("Where", "What"), tuple((each.where, each.what) for each in review.faults)
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in [*review.sheets, mend]:
            (folder / f"{each.name}.csv").write_bytes(as_csv(each))
        (folder / "review.xlsx").write_bytes(
            as_workbook(review.sheets, f"{review.source}, to {review.followed_to}")
        )
    except OSError as wrong:
        raise Stopped(f"{folder} cannot be written to: {wrong.strerror}.") from None
    print(f"{len(review.sheets)} tables, review.xlsx and to-mend.csv are in {folder}.", file=sys.stderr)
