"""Another bar over a million decided concerns, and a team's waiting: how long both take, and how they grow.

./dev exec python benchmarks/what_if.py              a million concerns: about a minute
./dev exec python benchmarks/what_if.py --rows 100000
"""

import argparse
import resource
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.invented_population import invented_population
from benchmarks.timing import timed
from openmash.apps.review.coping import beginning, scenario_of, season_of
from openmash.engines.coping import simulate
from openmash.engines.review.areas import ENGLAND
from openmash.engines.review.tables import published
from openmash.engines.review.what_if import Aftermath, WhatIf, what_if
from openmash.engines.thresholds import parse
from openmash.engines.thresholds.replay import Population, flips, knobs, replay_together, varied

DRAFT = Path(__file__).parents[1] / "policies" / "draft-2026-11"
POLICY = parse({path.name: path.read_text(encoding="utf-8") for path in sorted(DRAFT.iterdir())})
MOVED = varied(POLICY, next(each for each in knobs(POLICY) if each.name == "C4a.0.least"), 2)


def invented_aftermath(rows: int, seed: int = 5) -> Aftermath:
    """Half closed, one in ten serious within two years, all followed for up to four."""
    random = np.random.default_rng(seed)
    serious = np.where(random.random(rows) < 0.1, random.integers(0, 730, rows), -1)
    return Aftermath(
        random.integers(-1, 2, rows, dtype=np.int32),
        random.integers(0, 4, rows, dtype=np.int32),
        serious.astype(np.int32),
        random.integers(0, 1460, rows, dtype=np.int32),
    )


def whole(population: Population, came: Aftermath) -> WhatIf:
    """Both versions replayed, the table of moves, and what came after."""
    before, after = replay_together(population, [POLICY, MOVED])
    flips(before, after)
    return what_if(before.ranks().astype(np.int32), after.ranks().astype(np.int32), came)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rows", type=int, default=1_000_000)
    rows = given.parse_args().rows
    for count in (rows // 10, rows):
        population, came = invented_population(POLICY, count), invented_aftermath(count)
        began = time.perf_counter()
        found = whole(population, came)
        first = time.perf_counter() - began
        again = timed(lambda p=population, c=came: whole(p, c), repeats=3)  # type: ignore[misc]
        say(
            f"what if, {count:>9,} concerns: first time {first:.2f} s, again {again.least:.2f} s; "
            f"{found.up:,} up, {found.down:,} down"
        )
    say(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    tables = published()
    area = tables.areas[ENGLAND]
    scenario = scenario_of(beginning(tables, area), season_of(tables, area), first_month=1)
    for load in (0.9, 1.1):
        for times in (1, 4):
            larger = scenario.with_posts(scenario.team.posts * times).at_load(load)
            took = timed(lambda s=larger: simulate(s, runs=5), repeats=2)  # type: ignore[misc]
            children = 5 * simulate(larger, runs=5).children.mean
            say(
                f"can we cope, {larger.team.posts:3.0f} posts at {load:.2f}: {children:,.0f} children in "
                f"{took.processor:.2f} s of a processor, {1e6 * took.processor / children:.0f} µs each"
            )


if __name__ == "__main__":
    main()
