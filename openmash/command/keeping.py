"""`openmash keeping`: which records are past their day. It proposes; it removes nothing."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from openmash.command.files import Stopped
from openmash.dated_texts import Faults
from openmash.engines.keeping import parse

Subparsers = argparse._SubParsersAction  # argparse keeps the type of its own subparsers private
ROOT = Path(__file__).resolve().parents[2]
LOCAL = "openmash.config.local"
SCHEDULE = ROOT / "keeping" / "draft-2026-11"


def add_to(parts: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add this part to the command line."""
    parser = parts.add_parser("keeping", help="how long records are kept, and which are past their day")
    words = parser.add_subparsers(metavar="WHAT", required=True)
    due = words.add_parser("due", help="records past their day, by number; nothing is removed")
    due.add_argument("--json", action="store_true", help="for another program")
    due.set_defaults(do=do_due)
    check = words.add_parser("check", help="read the text that says how long, and what is to be confirmed")
    check.add_argument("schedule", nargs="?", default=str(SCHEDULE), help="the folder of a version")
    check.set_defaults(do=do_check)


def do_due(given: argparse.Namespace) -> int:
    """Ask the service's own database; where nothing is set up, that of the demonstration on this machine."""
    own = [str(ROOT / "manage.py")] if "OPENMASH_SECRET_KEY" in os.environ else ["-m", LOCAL, "manage"]
    command = [sys.executable, *own, "records_due", *(["--json"] if given.json else [])]
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 -- our own program


def do_check(given: argparse.Namespace) -> int:
    """Print every period with its source."""
    try:
        schedule = parse(Path(given.schedule))
    except Faults as wrong:
        raise Stopped(str(wrong)) from None
    print(f"{schedule.title}, version {schedule.version}, in force from {schedule.in_force_from}")
    for each in schedule.periods:
        counted = "birth of the youngest child" if each.counted_from == "birth" else "end"
        least = (
            f", at least {each.least_years_after_end} after the end" if each.counted_from == "birth" else ""
        )
        print(f"  {each.kind}: {each.years} years from the {counted}{least}. {each.source}")
    unsure = [each.kind.value for each in schedule.periods if each.to_be_confirmed]
    print(f"To be confirmed: {', '.join(unsure) or 'nothing'}")
    return 0
