"""Makes the compact copy of the published tables: `openmash review pack FOLDER`.

Nothing is worked out, rounded or left out but the columns that say the same in every row. A cell that is neither a
number nor a known marker stops it: better no copy than one in which something was quietly read as something else.
"""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from openmash.engines.review.markers import cell
from openmash.engines.review.sources import LICENCE, NEIGHBOURS, SOURCES, Source

LEVELS = {"National": "country", "Regional": "region", "Local authority": "area"}
KEYS = ("year", "level", "code", "name", "region")
_PLACE = (
    "time_period",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "la_name",
)
_NOT_KEPT = {*_PLACE, "time_identifier", "new_la_code", "category", "age_group"}
_CLOSEST = 10


class CannotPack(Exception):
    """A published file is not as expected. The text says which, and where."""


def pack(folder: Path, into: Path) -> list[Path]:
    """Write the compact copy of the files in `folder` into another folder, with `sources.json` beside it.

    Raises:
        CannotPack: a file is missing, has other columns, or holds a cell that cannot be told.
    """
    into.mkdir(parents=True, exist_ok=True)
    written, described = [], []
    for source in (*SOURCES, NEIGHBOURS):
        read = _bytes(folder / source.file)
        rows = _lines(source, read)
        kept = _neighbours(rows) if source is NEIGHBOURS else _table(source, rows)
        path = into / f"{source.table}.csv.gz"
        path.write_bytes(_packed(kept))
        written.append(path)
        described.append(
            {
                "table": source.table,
                "file": source.file,
                "sha256": hashlib.sha256(read).hexdigest(),
                "rows": len(kept) - 1,
                "publication": source.publication,
                "about": source.about,
            }
        )
    about = into / "sources.json"
    said = {"licence": LICENCE, "made by": "openmash review pack", "files": described}
    about.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return [*written, about]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise CannotPack(f"{path.name} cannot be read: {wrong.strerror}.") from None


def _lines(source: Source, read: bytes) -> list[list[str]]:
    try:  # the files of 2022 begin with a byte-order mark, those of 2025 do not
        rows = list(csv.reader(io.StringIO(read.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise CannotPack(f"{source.file} cannot be read as CSV in UTF-8: {wrong}.") from None
    if len(rows) < 2:
        raise CannotPack(f"{source.file} is empty.")
    return rows


def _table(source: Source, rows: Sequence[Sequence[str]]) -> list[list[str]]:
    head, *lines = rows
    missing = [name for name in _PLACE if name not in head]
    if missing:
        raise CannotPack(f"{source.file} has no column {', '.join(missing)}.")
    figures = [name for name in head if name not in _NOT_KEPT]
    kept = [[*KEYS, *figures]]
    for number, line in enumerate(lines, start=2):
        if len(line) != len(head):
            raise CannotPack(
                f"{source.file}, row {number}: {len(line)} cells where the first row has {len(head)}."
            )
        row = dict(zip(head, line, strict=True))
        for name in figures:
            _check(source, number, name, row[name])
        kept.append([*_key(source, number, row), *(row[name].strip() for name in figures)])
    return kept


def _check(source: Source, number: int, name: str, text: str) -> None:
    try:
        if text.strip():
            cell(text)
            return
    except ValueError:
        pass
    raise CannotPack(
        f"{source.file}, row {number}: “{text[:40]}” in {name} is no number and no known marker."
    )


def _key(source: Source, number: int, row: dict[str, str]) -> list[str]:
    level = LEVELS.get(row["geographic_level"])
    if level is None:
        raise CannotPack(
            f"{source.file}, row {number}: “{row['geographic_level']}” is no geographic level known here."
        )
    place = {
        "country": (row["country_code"], row["country_name"]),
        "region": (row["region_code"], row["region_name"]),
        "area": (row["old_la_code"], row["la_name"]),
    }[level]
    return [row["time_period"], level, *place, row["region_code"]]


def _neighbours(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """One row for each pair: the area, its neighbour, which in order of closeness, and how alike."""
    kept = [["code", "neighbour", "place", "alike"]]
    for line in rows[1:]:
        if not line[2].strip():
            continue
        for place in range(_CLOSEST):
            code, alike = line[5 + 2 * place], line[6 + 2 * place]
            kept.append([line[2].strip(), code.strip(), str(place + 1), alike.strip()])
    return kept


def _packed(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)
