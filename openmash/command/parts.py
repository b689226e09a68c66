"""The parts of the command line, each a word after `openmash`."""

import argparse
import sys
from collections.abc import Sequence

from openmash.command import access, keeping, matching, pathway, published, review, sharing, thresholds
from openmash.command.files import Stopped


def main() -> None:
    """The installed command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say: 0 when all is well, 1 when a check found something, 2 when it could not begin."""
    parser = argparse.ArgumentParser(prog="openmash", description="An open multi-agency safeguarding hub.")
    parts = parser.add_subparsers(metavar="PART", required=True)
    thresholds.add_to(parts)
    matching.add_to(parts)
    pathway.add_to(parts)
    published.add_to(parts)
    sharing.add_to(parts)
    keeping.add_to(parts)
    review.add_to(parts)
    access.add_to(parts)
    given = parser.parse_args(arguments)
    try:
        return int(given.do(given))
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever was reading has seen enough
        return 0
