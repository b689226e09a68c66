"""CSV files in whatever encoding, with whatever lines are broken. One broken line costs one line.

A file may be UTF-8, with or without its mark, UTF-16 or UTF-32 with its mark, Windows-1252, or the first
and the last mixed line by line, as happens when extracts of two systems are put one under the other.
"""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from openmash.engines.matching.batch.reading.faults import CannotRead, RawRow
from openmash.engines.matching.batch.reading.headings import (
    how_many_known,
    is_heading_row,
    plain,
    without_names,
)

LONGEST_LINE = 200_000
"""Bytes of one line. A longer one is no row of a register."""
MOST_LINES_IN_A_ROW = 30
"""A cell may hold line breaks; a quotation mark that is never closed may not swallow the file."""
_TITLES_BEFORE = 20
"""How many lines may stand before the row of headings."""
_PIECE = 1 << 20
_DELIMITERS = (",", ";", "\t", "|")
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass
class TextFile:
    """A CSV file: its headings first, then its rows, as often as they are asked for.

    Raises:
        CannotRead: no row of headings is found in its first lines.
    """

    path: Path
    headings: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._encoding = _encoding(self.path)
        self._delimiter, self._headings_end, self.headings = self._find_headings()
        if self._headings_end > 1:
            self.notes.append(
                f"The headings are in line {self._headings_end:,}; what stands before was not read."
            )

    def rows(self) -> Iterator[RawRow]:
        """Every row after the headings; empty lines are passed over."""
        lines = _Numbered(self._lines(), skip=self._headings_end)
        for number, line in lines:
            text, fault = _decoded(line)
            if not fault and not text.strip(" \t" + self._delimiter):
                continue
            yield self._row(number, text, fault, lines)

    def _row(self, number: int, text: str, fault: str, lines: "_Numbered") -> RawRow:
        if fault:
            return RawRow(number, (text,), fault)
        if '"' not in text:
            return self._fitted(number, tuple(text.split(self._delimiter)))
        cells = self._cells(text)
        if cells is None:
            return self._over_several_lines(number, text, lines)
        return self._fitted(number, cells)

    def _over_several_lines(self, number: int, text: str, lines: "_Numbered") -> RawRow:
        whole = text
        for taken, (_, more) in enumerate(lines.ahead(MOST_LINES_IN_A_ROW), start=1):
            whole += "\n" + _decoded(more)[0]
            cells = self._cells(whole)
            if cells is not None and len(cells) == len(self.headings):
                lines.take(taken)
                return RawRow(number, cells)
        return RawRow(
            number, (text,), "A quotation mark in this line is opened and never closed, or stands alone."
        )

    def _cells(self, text: str) -> tuple[str, ...] | None:
        """The cells of a row, or None when a quotation mark is not closed in it."""
        try:
            return tuple(next(csv.reader([text], delimiter=self._delimiter, strict=True)))
        except csv.Error:
            return None

    def _fitted(self, number: int, cells: tuple[str, ...]) -> RawRow:
        wanted = len(self.headings)
        if len(cells) > wanted and not any(cell.strip() for cell in cells[wanted:]):
            cells = cells[:wanted]
        if len(cells) != wanted:
            return RawRow(
                number, cells, f"The line has {len(cells):,} cells where the row of headings has {wanted:,}."
            )
        return RawRow(number, cells)

    def _find_headings(self) -> tuple[str, int, tuple[str, ...]]:
        first: tuple[str, ...] = ()
        for number, line in enumerate(self._lines(), start=1):
            if number > _TITLES_BEFORE:
                break
            text, _ = _decoded(line)
            delimiter, cells = max(
                _ways_to_split(text), key=lambda way: (how_many_known(way[1]), len(way[1]))
            )
            first = first or (cells if any(map(plain, cells)) else ())
            if is_heading_row(cells):
                return delimiter, number, tuple(cells)
        if not first:
            raise CannotRead(f"{self.path.name} is empty. Its first row names the columns.")
        raise CannotRead(without_names(first))

    def _lines(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            yield from _lines(_pieces(file, self._encoding))


class _Numbered:
    """Lines with their numbers, of which some may be looked at before they are taken."""

    def __init__(self, lines: Iterator[bytes], *, skip: int) -> None:
        self._lines = enumerate(lines, start=1)
        self._waiting: list[tuple[int, bytes]] = []
        for _ in range(skip):
            next(self._lines)

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        return self

    def __next__(self) -> tuple[int, bytes]:
        return self._waiting.pop(0) if self._waiting else next(self._lines)

    def ahead(self, most: int) -> Iterator[tuple[int, bytes]]:
        for place in range(most):
            if place == len(self._waiting):
                following = next(self._lines, None)
                if following is None:
                    return
                self._waiting.append(following)
            yield self._waiting[place]

    def take(self, count: int) -> None:
        del self._waiting[:count]


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        begin = file.read(4096)
    for mark, name in _WIDE:
        if begin.startswith(mark):
            return name
    # Without a mark, every second byte of English text in UTF-16 is nought.
    if len(begin) > 20 and begin[1::2].count(0) > len(begin) // 4:
        return "utf-16-le"
    if len(begin) > 20 and begin[::2].count(0) > len(begin) // 4:
        return "utf-16-be"
    return ""


def _pieces(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The file a piece at a time, as UTF-8 if it was in a wide encoding, and without a mark at its beginning."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace") if encoding else None
    is_first = True
    while piece := file.read(_PIECE):
        if decoder:
            piece = decoder.decode(piece).encode("utf-8", errors="replace")
        if is_first:
            piece = piece.removeprefix(codecs.BOM_UTF8)
            is_first = False
        yield piece
    if decoder:
        yield decoder.decode(b"", final=True).encode("utf-8", errors="replace")


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Lines without their ends, whichever ends the first piece has. No line is kept beyond `LONGEST_LINE`."""
    rest, end = b"", b""
    for piece in pieces:
        end = end or (b"\n" if b"\n" in piece or b"\r" not in piece else b"\r")
        *whole, last = (rest + piece).split(end)
        yield from (line.rstrip(b"\r") for line in whole)
        rest = last[: LONGEST_LINE + 1]
    if rest:
        yield rest.rstrip(b"\r")


def _decoded(line: bytes) -> tuple[str, str]:
    """The text of a line, and a sentence when it cannot be used."""
    if len(line) > LONGEST_LINE:
        shown = line[:400].decode("utf-8", errors="replace")
        return shown, f"The line is longer than {LONGEST_LINE:,} bytes."
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = line.decode("cp1252")
        except UnicodeDecodeError:
            return line.decode("latin-1"), "The line holds bytes that are neither UTF-8 nor Windows-1252."
    if "\x00" in text:
        return text, "The line holds NUL characters: it was damaged, or is not text."
    if "\ufffd" in text:
        return text, "The line holds characters that were lost (�) when the file was made."
    return text, ""


def _ways_to_split(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for delimiter in _DELIMITERS:
        try:
            yield delimiter, tuple(next(csv.reader([text], delimiter=delimiter), []))
        except csv.Error:
            yield delimiter, tuple(text.split(delimiter))
