"""Reading the tables that lie beside the code."""

import csv
from pathlib import Path

HERE = Path(__file__).parent


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table, named by its path without ending, such as `places/staff`."""
    with (HERE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
