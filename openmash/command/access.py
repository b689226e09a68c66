"""`openmash access`: whether anybody gets further than the rules of access say. Runs from a checkout only.

The proof is made of the tests: it builds a world of records by the real actions, in a PostgreSQL of its own that is
thrown away at the end, and asks every address of the web as everybody.
"""

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

from openmash.command.files import Stopped

Subparsers = argparse._SubParsersAction  # argparse keeps the type of its own subparsers private
ROOT = Path(__file__).resolve().parents[2]


def add_to(parts: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add this part to the command line."""
    parser = parts.add_parser("access", help="who gets how far, at every address")
    parser.add_argument("what", choices=["matrix"], help="every role before every address and kind of record")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.add_argument("--who", default="", help="only these people of the tests, with commas between")
    parser.set_defaults(do=do_access)


def do_access(given: argparse.Namespace) -> int:
    """Run the proof, and 1 when something got through or was not declared."""
    if not (ROOT / "tests" / "access").is_dir() or importlib.util.find_spec("time_machine") is None:
        raise Stopped(
            "The proof of access is made of the tests: run it in a checkout, by ./dev openmash access."
        )
    more = ["--json"] if given.json else []
    command = [sys.executable, "-m", "tests.access", given.what, *more, "--who", given.who]
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 -- our own program
