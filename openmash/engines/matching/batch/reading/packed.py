"""Weighing an Excel file before anything large is unpacked: a small file may hold a huge one.

Every part is unpacked once here, piece by piece and counted, whatever size it declares; only then does the
library that reads workbooks see the file.
"""

import html
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from openmash.engines.matching.batch.reading.faults import CannotRead

LARGEST_FILE = 300_000_000
LARGEST_UNPACKED = 2_000_000_000
MOST_TIMES_LARGER = 150
"""How many times larger the parts may be than the file. A sheet of a million pupils comes to about 15 times."""
MOST_PARTS = 2_000
_ALWAYS_ALLOWED = 20_000_000
_PIECE = 1 << 20
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")

_FORMULA_WITHOUT_VALUE = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f[^>]*(?:/>|>[^<]{0,8192}</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_FORMULA = re.compile(rb"<f[ />]")
_OVERLAP = 10_000


class Weighed:
    """What was found on the way through a workbook's parts.

    formulas: how many cells hold a formula; not_worked_out: by the name of a sheet's part, the rows in which
    formulas have no value that Excel kept, each with their columns ("B").
    """

    def __init__(self) -> None:
        self.formulas = 0
        self.not_worked_out: dict[str, dict[int, set[str]]] = {}


def most_unpacked(size: int) -> int:
    """How many bytes a packed file of so many may unpack to."""
    return min(LARGEST_UNPACKED, max(_ALWAYS_ALLOWED, MOST_TIMES_LARGER * size))


def weigh(path: Path) -> Weighed:
    """Unpack everything once, within limits.

    Raises:
        CannotRead: it is damaged, protected, or would unpack to far more than a register needs.
    """
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise CannotRead(
            f"{path.name} is larger than {LARGEST_FILE // 1_000_000} MB. Export it as CSV instead."
        )
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            return _weigh(path, archive.infolist(), file, size)
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, ValueError, OSError, EOFError):
        raise CannotRead(f"{path.name} is damaged. Open it in Excel and save it again.") from None


def _weigh(path: Path, parts: list[zipfile.ZipInfo], file: BinaryIO, size: int) -> Weighed:
    if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
        raise CannotRead(f"{path.name} is no ordinary workbook. Open it in Excel and save it again.")
    if any(part.flag_bits & 1 for part in parts):
        raise CannotRead(f"{path.name} is protected with a password. Take it away and save it again.")
    left = most_unpacked(size)
    weighed = Weighed()
    for part in parts:
        before = b""
        is_sheet = bool(re.search(r"worksheets/[^/]+\.xml$", part.filename))
        for piece in _unpacked(file, part):
            left -= len(piece)
            if left < 0:
                raise CannotRead(
                    f"{path.name} would unpack to far more than a register needs, and is not opened. "
                    "Check that it is the right file, or export it as CSV."
                )
            if is_sheet:
                before = _look_for_formulas(weighed, part.filename, before, piece)
    return weighed


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part as they really are, however many it declares."""
    file.seek(part.header_offset)
    header = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    file.seek(header[-2] + header[-1], 1)
    packed_left = part.compress_size
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
    if inflate is None and part.compress_type != zipfile.ZIP_STORED:
        raise zipfile.BadZipFile
    while packed_left > 0 and (packed := file.read(min(_PIECE, packed_left))):
        packed_left -= len(packed)
        if inflate is None:
            yield packed
            continue
        while packed:
            yield inflate.decompress(packed, _PIECE)
            packed = inflate.unconsumed_tail


def _look_for_formulas(weighed: Weighed, name: str, before: bytes, piece: bytes) -> bytes:
    """Count formulas in one piece of a sheet. Returns its end, which the next piece may continue."""
    weighed.formulas += len(_FORMULA.findall(piece))
    for found in _FORMULA_WITHOUT_VALUE.finditer(before + piece):
        column, row = found[1].decode(), int(found[2])
        weighed.not_worked_out.setdefault(name, {}).setdefault(row, set()).add(column)
    return (before + piece)[-_OVERLAP:]


def part_of_sheet(path: Path, sheet: str) -> str:
    """The name of the part that holds a sheet, in a file already weighed; "" when it cannot be told."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = archive.read("xl/workbook.xml").decode("utf-8", errors="replace")
            relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace")
    except (KeyError, zipfile.BadZipFile, OSError):
        return ""
    for tag in re.findall(r"<sheet [^>]*>", book):
        name, relation = re.search(r'name="([^"]*)"', tag), re.search(r'r:id="([^"]*)"', tag)
        if name and relation and html.unescape(name[1]) == sheet:
            for other in re.findall(r"<Relationship [^>]*>", relations):
                target = re.search(r'Target="([^"]*)"', other)
                if f'Id="{relation[1]}"' in other and target:
                    return target[1].lstrip("/") if target[1].startswith("/") else f"xl/{target[1]}"
    return ""
