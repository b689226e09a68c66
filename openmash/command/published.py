"""`openmash published`: whether every version of the dated texts is still what was published under its name."""

import argparse
from pathlib import Path

from openmash.command.files import Stopped
from openmash.dated_texts.published import add, unlike_published

Subparsers = argparse._SubParsersAction  # argparse keeps the type of its own subparsers private
ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("policies", "practice", "sharing", "keeping")


def add_to(parts: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add this part to the command line."""
    parser = parts.add_parser("published", help="whether a published version of any dated text was changed")
    parser.add_argument("--add", metavar="FOLDER", help="write a new version into its register")
    parser.set_defaults(do=do_published)


def do_published(given: argparse.Namespace) -> int:
    """Print what was changed, and 1 if anything was."""
    if given.add:
        try:
            add(ROOT / given.add)
        except (OSError, ValueError) as wrong:
            raise Stopped(str(wrong)) from None
        print(f"{given.add} is published.")
        return 0
    faults = [fault for folder in FOLDERS for fault in unlike_published(ROOT / folder)]
    for fault in faults:
        print(fault)
    if not faults:
        print("Every version is what was published under its name.")
    return 1 if faults else 0
