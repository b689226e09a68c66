"""`openmash pathway`: the stages and moves of the work with a child, and whether they are whole."""

import argparse
from pathlib import Path

from openmash.apps.casework.checking import document, faults, lines
from openmash.command.files import Stopped
from openmash.dated_texts import Faults
from openmash.engines.pathway import Practice, parse

Subparsers = argparse._SubParsersAction  # argparse keeps the type of its own subparsers private
ROOT = Path(__file__).resolve().parents[2]
PRACTICE = ROOT / "practice" / "draft-2027-01"
DOCUMENT = ROOT / "docs" / "pathway.md"


def add_to(parts: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add this part to the command line."""
    parser = parts.add_parser("pathway", help="the stages and moves of the work with a child")
    parser.add_argument("practice", nargs="?", default=str(PRACTICE), help="the folder of a practice")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="print the table and what is wrong (the default)")
    what.add_argument("--write", action="store_true", help="write docs/pathway.md afresh")
    parser.set_defaults(do=do_pathway)


def do_pathway(given: argparse.Namespace) -> int:
    """Print the table, and 1 when something must be put right."""
    practice = _practice(Path(given.practice))
    if given.write:
        DOCUMENT.write_text(document(practice), encoding="utf-8")
        print(f"{DOCUMENT.relative_to(ROOT)} written.")
        return 0
    for line in lines(practice):
        print(line)
    return 1 if faults(practice) else 0


def _practice(folder: Path) -> Practice:
    try:
        return parse(folder)
    except Faults as wrong:
        raise Stopped(str(wrong)) from None
