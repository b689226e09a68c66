"""From files to a header and rows, or every fault in them."""

import csv
import hashlib
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openmash.dated_texts.faults import Fault, Faults
from openmash.dated_texts.row import Row

LARGEST = 1_000_000
"""Bytes of one file; the texts of a whole partnership come to a twentieth of that."""


def gather(source: Path | Mapping[str, str], files: Sequence[str]) -> dict[str, str]:
    """The texts of a folder, or of texts by file name, with one kind of line end.

    Raises:
        Faults: a file is missing, is not in UTF-8, or is far too large.
    """
    faults, texts = [], {}
    for name in files:
        try:
            data = source[name].encode() if isinstance(source, Mapping) else (source / name).read_bytes()
            texts[name] = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except (KeyError, OSError):
            faults.append(Fault(name, None, "The file is missing.", f"{name} is needed."))
        except UnicodeDecodeError:
            faults.append(Fault(name, None, "The file is not in UTF-8.", "Save it as “CSV UTF-8”."))
        else:
            if len(data) > LARGEST:
                faults.append(
                    Fault(name, None, "The file is larger than 1 MB.", "Check that the right file was saved.")
                )
    if faults:
        raise Faults(faults)
    return texts


def digest(texts: Mapping[str, str]) -> str:
    """SHA-256 over names and texts, in the order given, as hexadecimal."""
    total = hashlib.sha256()
    for name, text in texts.items():
        data = text.encode()
        total.update(f"{name}\0{len(data)}\0".encode() + data)
    return total.hexdigest()


@dataclass(frozen=True)
class Header:
    """What every dated text says of itself."""

    id: str
    version: str
    title: str
    sign_off: str
    in_force_from: date


UNREADABLE = Header("", "", "", "", date.max)
"""Stands for a header with faults, until all faults are raised together."""


def header(file: str, text: str, faults: list[Fault]) -> Header:
    """The header of a text; what is wrong with it is noted."""
    try:
        keys = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        faults.append(Fault(file, None, f"The file cannot be read: {wrong}.", 'Write name = "value".'))
        return UNREADABLE
    before = len(faults)
    for name in ("id", "version", "title", "sign_off"):
        if not isinstance(keys.get(name), str) or not keys[name].strip():
            faults.append(Fault(file, None, f"It does not say “{name}”.", f'Add {name} = "…".'))
    if not isinstance(keys.get("in_force_from"), date):
        said = "It does not say from which day it is in force."
        faults.append(Fault(file, None, said, "Add in_force_from = 2026-11-01, without quotes."))
    if len(faults) > before:
        return UNREADABLE
    return Header(keys["id"], keys["version"], keys["title"], keys["sign_off"], keys["in_force_from"])


def rows(file: str, text: str, columns: Sequence[str], faults: list[Fault]) -> Iterator[Row]:
    """The rows of a table that hold something; what keeps a row from being read is noted."""
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as wrong:
        faults.append(Fault(file, None, f"The table cannot be read: {wrong}.", "Save it again as CSV."))
        return
    found = [name.strip() for name in lines[0]] if lines else []
    if sorted(found) != sorted(columns):
        missing = ", ".join(name for name in columns if name not in found)
        strange = ", ".join(name for name in found if name not in columns)
        said = f"The columns are not those of this table{f'; missing: {missing}' if missing else ''}"
        said += f"{f'; unknown: {strange}' if strange else ''}."
        faults.append(Fault(file, 1, said, f"Row 1 must read: {','.join(columns)}"))
        return
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != len(found):
            said = f"The row has {len(line)} cells and the table {len(found)} columns."
            faults.append(Fault(file, number, said, "Put a text that contains a comma in double quotes."))
            continue
        cells = {name: cell.strip() for name, cell in zip(found, line, strict=True)}
        row = Row(file, number, cells, faults)
        _no_formula(row)
        yield row


def _no_formula(row: Row) -> None:
    # A board opens these files in a spreadsheet, which would run such a cell as a formula.
    for name, cell in row.cells.items():
        if cell.startswith(("=", "+", "-", "@")):
            said = f"The cell in “{name}” begins with “{cell[0]}”, which a spreadsheet takes for a formula."
            row.fault(said, "Begin it with a word.")


def said_twice(file: str, column: str, values: Sequence[str]) -> Iterator[Fault]:
    """A fault for every value that stands there a second time."""
    for place, value in enumerate(values):
        if value and value in values[:place]:
            said = f"“{value}” stands there twice."
            yield Fault(file, None, said, f"Every {column} once: remove a row or rename it.")
