"""Tables that people take away and open in a spreadsheet: no cell of them is ever run as a formula.

Every CSV file that leaves goes through `writer`, every workbook is begun by `workbook`; a test looks for any other way.
A spreadsheet runs a cell that begins with = + - @, a tab or a line break (OWASP, CSV injection). Such a text gets an
apostrophe in front, which the spreadsheet takes for “this is text”; `as_it_was` takes it away again, so that whole rows
come back exactly as they were.
"""

import csv
from collections.abc import Iterable, Sequence
from numbers import Number
from typing import Any, Protocol

from xlsxwriter import Workbook

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The full-width letters too: a spreadsheet set to Japanese reads them alike."""


class Target(Protocol):
    """Whatever text can be written to."""

    def write(self, text: str, /) -> Any: ...


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula. Numbers stay numbers; None is an empty cell."""
    if cell is None or isinstance(cell, Number):
        return cell
    text = str(cell).replace("\x00", "␀")
    return f"'{text}" if _would_run(text) else text


def as_it_was(cell: str) -> str:
    """What stood in a cell before it was made harmless."""
    return cell[1:] if cell.startswith("'") and _would_run(cell[1:]) else cell


def _would_run(text: str) -> bool:
    # Apostrophes in front are looked through, so that one that was there already is told from ours.
    return text.lstrip("'").lstrip(" \ufeff").startswith(BEGINS_A_FORMULA)


class Table:
    """Writes rows of a CSV file."""

    def __init__(self, target: Target) -> None:
        self._writer = csv.writer(target)

    def row(self, cells: Iterable[object]) -> None:
        """One row, every cell harmless."""
        self._writer.writerow([harmless(cell) for cell in cells])

    def rows(self, rows: Iterable[Sequence[object]]) -> None:
        """Several."""
        for cells in rows:
            self.row(cells)


def writer(target: Target) -> Table:
    """A CSV file that is opened in a spreadsheet. Begin it with a byte-order mark, or its letters are read wrong."""
    return Table(target)


def workbook(target: Any) -> Workbook:
    """An .xlsx file in memory, in which a text is a text: never a formula, and never a link."""
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return Workbook(target, {"in_memory": True, **never})
