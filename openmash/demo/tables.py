"""Reading the tables that lie beside the code."""

import csv
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent


@lru_cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """The rows of a table, named by its path without ending, such as `places/staff`. Read once."""
    with (HERE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
