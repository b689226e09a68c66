"""`python -m tests.crash --runs 500`: kill the worker and the web process at random points, so many times."""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import django

from openmash.config.postgres import SUPERUSER, PrivatePostgres


def main() -> int:
    """Returns 0 when everything held in every run."""
    asked = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    asked.add_argument("--runs", type=int, default=500)
    asked.add_argument("--seed", type=int, default=None, help="to see the same again")
    given = asked.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randint(0, 10**9)
    folder = Path(tempfile.mkdtemp(prefix="openmash-crash-"))
    folder.chmod(0o711)
    server = PrivatePostgres(folder / "postgres", durable=False, dies_with_me=True)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="tests.settings",
        DATABASE_URL="",
        PGHOST=str(server.start()),
        PGUSER=SUPERUSER,
        PGDATABASE="postgres",
    )
    django.setup()
    try:
        return _run(given.runs, seed, folder)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _run(runs: int, seed: int, folder: Path) -> int:
    # Everything that reads the settings is imported once they are there.
    from tests.crash.running import Running  # noqa: PLC0415

    print(f"Killing processes in {runs} runs, seed {seed}.", flush=True)
    begun = time.monotonic()
    running = Running(random.Random(seed), folder)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    try:
        for number in range(1, runs + 1):
            how, faults = running.once()
            counts[how] += 1
            wrong += [f"run {number} ({how}): {fault}" for fault in faults]
            if wrong:
                break
            if number % 50 == 0:
                print(f"{number} runs, {time.monotonic() - begun:.0f} s: {dict(counts)}", flush=True)
        if not wrong:
            wrong += running.in_the_end()
    finally:
        running.stop()
    print(f"{sum(counts.values())} runs in {time.monotonic() - begun:.0f} s: {dict(counts)}", flush=True)
    print(running.summary(), flush=True)
    for fault in wrong:
        print(f"WRONG: {fault}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sys.exit(main())
