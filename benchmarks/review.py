"""The review on an area's own concerns, from a file to every table that may be shown: how long, and how it grows.

./dev exec python -m benchmarks.review                    ten years of a large area, a million concerns
./dev exec python -m benchmarks.review --rows 10000000    ten times as many
./dev exec python -m benchmarks.review --json             one line of figures
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv

from openmash.apps.review.local.review import local
from openmash.engines.review.local.kinds import AGENCY_KINDS
from openmash.engines.review.local.readers.concerns import read_concerns

END = date(2026, 3, 31)
YEARS = 10
CHUNK = 1_000_000
LEVELS = np.array(["1", "2", "3", "4", "I"])
REASONS = np.array(["", "", "family_accepts_help", "more_is_known", "protective_adult", "another"])
SIGNS = np.array([f"sign_{number}" for number in range(40)])
ANSWERS = np.array(["advice_only", "early_help", "assessment", "strategy_discussion"])
KINDS = np.array(sorted(AGENCY_KINDS))
Days = NDArray[Any]
ETHNICITIES = np.array(["white", "asian", "black", "mixed", "other", ""])


def write_concerns(path: Path, rows: int, seed: int = 2026) -> None:
    """A file of `rows` concerns as `openmash review columns` says: two for each child, 1.6 children a household."""
    columns = None
    random = np.random.default_rng(seed)
    children = max(1, rows // 2)
    born = random.integers(0, 365 * 17, children)
    for start in range(0, rows, CHUNK):
        table = _concerns(random, start, min(CHUNK, rows - start), children, born)
        if columns is None:
            columns = csv.CSVWriter(path, table.schema)
        columns.write_table(table)
    if columns is not None:
        columns.close()


def _concerns(
    random: np.random.Generator,
    start: int,
    rows: int,
    children: int,
    born: "np.ndarray[tuple[int], np.dtype[np.int64]]",
) -> pa.Table:
    first = np.datetime64(END - timedelta(days=365 * YEARS))
    child = random.integers(0, children, rows)
    received = first + random.integers(0, 365 * YEARS, rows)
    minutes = random.integers(0, 1440, rows)
    level, moved = random.integers(0, 5, rows), random.choice([-1, 0, 0, 0, 0, 0, 0, 0, 1], rows)
    decided = received + random.geometric(0.6, rows) - 1
    closed = random.random(rows) < np.array([0.98, 0.8, 0.3, 0.02, 0.0])[level]
    last = np.datetime64(END)

    def days(values: Days, share: float = 1.0) -> pa.Array:
        here = (values <= last) & (random.random(rows) < share)
        return pa.array(np.where(here, values.astype("datetime64[D]").astype(str), ""))

    one, other = SIGNS[random.integers(0, len(SIGNS), (2, rows))]
    return pa.table(
        {
            "contact": pa.array((start + np.arange(rows)).astype(str)),
            "received_on": pa.array(
                np.char.add(
                    np.char.add(received.astype("datetime64[D]").astype(str), " "),
                    np.char.add(
                        np.char.add(np.char.zfill((minutes // 60).astype(str), 2), ":"),
                        np.char.zfill((minutes % 60).astype(str), 2),
                    ),
                )
            ),
            "child": pa.array(np.where(random.random(rows) < 0.03, "", child.astype(str))),
            "household": pa.array((child * 10 // 16).astype(str)),
            "decided_on": days(decided),
            "answered_on": days(decided + random.geometric(0.3, rows), 0.9),
            "seen_on": days(decided + random.geometric(0.1, rows), 0.4),
            "team": pa.array(np.char.add("Team ", (random.integers(1, 9, rows)).astype(str))),
            "agency": pa.array(np.char.add("Agency ", random.integers(1, 900, rows).astype(str))),
            "agency_kind": pa.array(KINDS[random.integers(0, len(KINDS), rows)]),
            "policy_level": pa.array(LEVELS[level]),
            "decided_level": pa.array(LEVELS[np.clip(level + moved, 0, 4)]),
            "override_reason": pa.array(REASONS[random.integers(0, len(REASONS), rows)]),
            "lacked_capacity": pa.array(
                np.array(["yes", "no", ""])[random.choice(3, rows, p=[0.01, 0.9, 0.09])]
            ),
            "first_answer": pa.array(ANSWERS[np.clip(level - 1, 0, 3)]),
            "closed_at_door": pa.array(np.where(closed, "yes", "no")),
            "signs": pa.array(np.char.add(np.char.add(one, ";"), other)),
            "born_on": pa.array((np.datetime64(END) - born[child]).astype("datetime64[D]").astype(str)),
            "sex": pa.array(np.where(child % 2, "male", "female")),
            "ethnicity": pa.array(ETHNICITIES[child % len(ETHNICITIES)]),
            "disabled": pa.array(np.array(["yes", "no", ""])[child % 3]),
            "deprivation": pa.array((1 + child % 5).astype(str)),
            "enquiry_on": days(decided + random.integers(1, 900, rows), 0.12),
            "plan_on": days(decided + random.integers(20, 900, rows), 0.06),
            "care_on": days(decided + random.integers(30, 1500, rows), 0.02),
            "moved_on": days(decided + random.integers(1, 3000, rows), 0.1),
        }
    )


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--rows", type=int, default=1_000_000)
    given.add_argument("--json", action="store_true")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "concerns.csv"
        write_concerns(file, asked.rows)
        began = time.perf_counter()
        history = read_concerns(file, END)
        read = time.perf_counter()
        review = local(history)
        done = time.perf_counter()
        size = file.stat().st_size
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {
        "rows": asked.rows,
        "file_mb": round(size / 1e6),
        "read_s": round(read - began, 2),
        "review_s": round(done - read, 2),
        "whole_s": round(done - began, 2),
        "most_memory_mb": round(most),
        "tables": len(review.sheets),
    }
    lines = json.dumps(figures) if asked.json else "\n".join(f"{name}: {n:,}" for name, n in figures.items())
    sys.stdout.write(f"{lines}\n")


if __name__ == "__main__":
    main()
