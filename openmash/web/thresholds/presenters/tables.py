"""Reads the tables of words beside these presenters: what the pages say that no policy holds yet."""

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "tables"


@cache
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `tables/<name>.csv`, each by its column names. They change only with the program."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file, strict=True))
    if any(None in row or None in row.values() for row in rows):
        raise ValueError(
            f"A row of {name}.csv has too many cells or too few: put a text with commas in quotes."
        )
    return rows
