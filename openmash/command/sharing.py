"""`openmash sharing`: whether the text of "Can I share this?" is whole, and keeps its promises on every way through."""

import argparse
from pathlib import Path

from openmash.command.files import Stopped
from openmash.dated_texts import Faults
from openmash.engines.sharing import Guide, parse, prove

Subparsers = argparse._SubParsersAction  # argparse keeps the type of its own subparsers private
GUIDE = Path(__file__).resolve().parents[2] / "sharing" / "draft-2026-11"


def add_to(parts: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add this part to the command line."""
    parser = parts.add_parser("sharing", help="the text of “Can I share this?”")
    words = parser.add_subparsers(metavar="WHAT", required=True)
    check = words.add_parser("check", help="read the text, and try every way through its questions")
    check.add_argument("guide", nargs="?", default=str(GUIDE), help="the folder of a version")
    check.set_defaults(do=do_check)


def do_check(given: argparse.Namespace) -> int:
    """Print what was tried and what holds; 1 when something must be put right."""
    guide = _guide(Path(given.guide))
    proof = prove(guide)
    print(f"{guide.title}, version {guide.version}, in force from {guide.in_force_from}")
    print(f"{len(guide.questions)} questions, {len(guide.rules)} rules, {proof.ways:,} ways, every one tried")
    if not proof.faults:
        print("Every way ends in an answer; more worry never leads to less being shared; and:")
        for promise in guide.promises:
            print(f"  {promise.id}  {promise.words}")
    for fault in proof.faults:
        print(fault)
    unsure = [ground.name for ground in guide.grounds if ground.to_be_confirmed]
    if unsure:
        print(f"To be confirmed: {', '.join(unsure)}")
    return 1 if proof.faults else 0


def _guide(folder: Path) -> Guide:
    try:
        return parse(folder)
    except Faults as wrong:
        raise Stopped(str(wrong)) from None
