"""`python -m openmash`, and the command `openmash` once the package is installed."""

import sys

from openmash.command.parts import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
