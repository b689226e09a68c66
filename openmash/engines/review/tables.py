"""The published tables, read from the compact copy that is shipped."""

import csv
import gzip
import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from openmash.engines.review.areas import INSIDE_LONDON, Area
from openmash.engines.review.markers import Cell, Marker, cell
from openmash.engines.review.sources import SOURCES

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Neighbour:
    """An area like another, in the Department's words for how alike they are."""

    code: str
    alike: str


@dataclass(frozen=True)
class Table:
    """One table: its columns, and the rows by (code, year), each a cell as text for every column."""

    name: str
    columns: tuple[str, ...]
    rows: dict[tuple[str, int], dict[str, str]]

    @property
    def years(self) -> list[int]:
        return sorted({year for _, year in self.rows})


@dataclass(frozen=True)
class Tables:
    """Every table, every area there was in any year, and the statistical neighbours."""

    tables: dict[str, Table]
    areas: dict[str, Area]
    neighbours: dict[str, tuple[Neighbour, ...]]
    sources: dict[str, Any]

    def cell(self, table: str, column: str, code: str, year: int) -> Cell:
        """What was published; NO_ROW when nothing was."""
        row = self.row(table, code, year)
        return cell(row[column]) if row else Marker.NO_ROW

    def row(self, table: str, code: str, year: int) -> dict[str, str] | None:
        rows = self.tables[table].rows
        return rows.get((code, year)) or rows.get((_together(rows, code, year), year))

    def together(self, table: str, code: str, year: int) -> str:
        """The names under which two councils sent one return, if they did; otherwise empty."""
        rows = self.tables[table].rows
        joint = "" if (code, year) in rows else _together(rows, code, year)
        return " and ".join(self.areas[each].name for each in joint.split(" / ")) if joint else ""

    def councils(self, year: int, table: str = "referrals") -> list[Area]:
        """Every council of that year, by name."""
        rows = self.tables[table].rows
        found = [each for each in self.areas.values() if each.level == "area" and (each.code, year) in rows]
        return sorted(found, key=lambda each: each.name)

    def regions(self) -> list[Area]:
        """The nine regions, London once."""
        return [
            each for each in self.areas.values() if each.level == "region" and each.code not in INSIDE_LONDON
        ]


def _together(rows: dict[tuple[str, int], dict[str, str]], code: str, year: int) -> str:
    """The number of a joint return: the workforce tables hold some two councils in one row, as 940 / 941."""
    return next((key for key, of in rows if of == year and code in key.split(" / ") and key != code), "")


@cache
def published(folder: Path = DATA) -> Tables:
    """The compact copy, read once a process: about 0.1 s."""
    tables = {source.table: _table(source.table, folder) for source in SOURCES}
    lines: dict[str, list[Neighbour]] = {}
    for row in _rows("neighbours", folder):
        lines.setdefault(row["code"], []).append(Neighbour(row["neighbour"], row["alike"]))
    sources = json.loads((folder / "sources.json").read_text(encoding="utf-8"))
    neighbours = {code: tuple(each) for code, each in lines.items()}
    return Tables(tables, _areas(tables["referrals"]), neighbours, sources)


def _rows(table: str, folder: Path) -> list[dict[str, str]]:
    text = gzip.decompress((folder / f"{table}.csv.gz").read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _table(name: str, folder: Path) -> Table:
    rows = _rows(name, folder)
    columns = tuple(rows[0])[5:]
    return Table(name, columns, {(row["code"], int(row["year"])): row for row in rows})


def _areas(referrals: Table) -> dict[str, Area]:
    years: dict[str, list[int]] = {}
    for code, year in referrals.rows:
        years.setdefault(code, []).append(year)
    areas = {}
    for code, seen in years.items():
        row = referrals.rows[code, max(seen)]
        areas[code] = Area(code, row["name"], row["level"], row["region"], min(seen), max(seen))
    return areas
