"""A policy as an Excel workbook and back, for boards that read and change it there.

What goes out and comes back unchanged is the same text, letter for letter, and so has the same digest.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from openmash.engines.thresholds.policy.errors import PolicyError, PolicyErrors, did_you_mean
from openmash.engines.thresholds.text.archive import Archive
from openmash.engines.thresholds.text.cells import Sheet, column_name, named
from openmash.engines.thresholds.text.files import FILES, HEADER
from openmash.engines.thresholds.text.sheets import read_sheets, workbook_fault
from openmash.spreadsheets import workbook

LONGEST_CELL = 32_767
"""What Excel can hold in one cell."""
_TEXT = 49  # Excel's number for the format “Text”
_NARROWEST, _WIDEST, _WIDTH_OF_HEADER = 8, 60, 120
# Surrogates and two code points that no XML file may hold (other odd characters are refused by `gather`), and
# two of Excel's own marks for a character in one another, which XlsxWriter does not keep apart.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
_SHEETS = {name.rpartition(".")[0]: name for name in FILES}
# The engines know no clock, and the same texts should make the same file.
_MADE = datetime(1980, 1, 1, tzinfo=UTC)


def to_workbook(texts: Mapping[str, str]) -> bytes:
    """An .xlsx file of the texts of a policy, one sheet to each; the header's lines stand one to a row.

    Every cell is text, whatever it looks like, and cells that are added later start as text.

    Raises:
        PolicyErrors: a table cannot be read, or a cell holds more than Excel can.
    """
    rows = {name: _rows(name, texts[name]) for name in FILES if name in texts}
    _check(rows)
    target = io.BytesIO()
    book = workbook(target)
    book.set_properties({"created": _MADE, "title": "Threshold policy"})
    plain = book.add_format({"num_format": _TEXT, "text_wrap": True, "valign": "top"})
    bold = book.add_format({"num_format": _TEXT, "text_wrap": True, "valign": "top", "bold": True})
    for name, lines in rows.items():
        sheet = book.add_worksheet(name.rpartition(".")[0])
        _lay_out(sheet, lines, plain, has_headings=name != HEADER)
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                style = bold if row == 0 and name != HEADER else plain
                if cell:
                    sheet.write_string(row, column, cell, style)
    book.close()
    return target.getvalue()


def _rows(name: str, text: str) -> list[list[str]]:
    if name == HEADER:
        return [[line] for line in text.removesuffix("\n").split("\n")]
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as wrong:
        said = f"The table cannot be read: {wrong}."
        raise PolicyErrors([PolicyError(name, None, said, "Save it again as CSV.")]) from None


def _check(rows: Mapping[str, list[list[str]]]) -> None:
    faults = []
    for name, lines in rows.items():
        for number, line in enumerate(lines, start=1):
            for cell in line:
                if len(cell) > LONGEST_CELL:
                    said = f"A cell holds {len(cell)} characters; Excel can hold {LONGEST_CELL}."
                    faults.append(PolicyError(name, number, said, "Shorten it."))
                if _UNWRITABLE.search(cell):
                    said = "A cell holds a character that Excel cannot keep."
                    faults.append(PolicyError(name, number, said, "Delete it and type the words again."))
    if faults:
        raise PolicyErrors(faults)


def _lay_out(sheet: Worksheet, lines: Sequence[Sequence[str]], plain: Format, has_headings: bool) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    if not has_headings:
        sheet.set_column(0, 0, _WIDTH_OF_HEADER, plain)
        return
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for column in range(max((len(line) for line in lines), default=0)):
        longest = max(len(line[column]) for line in lines if column < len(line))
        sheet.set_column(column, column, min(max(longest + 2, _NARROWEST), _WIDEST), plain)


def from_workbook(data: bytes) -> dict[str, str]:
    """The texts of a policy by file name, from an .xlsx file that anybody may have sent, in canonical form.

    `from_workbook(to_workbook(texts)) == texts` for texts in canonical form (see `written`), and for any
    header that ends in one line end. A whole number or a date in a cell is read as text ("3", "2026-01-31");
    zeros before a number that Excel has dropped cannot be known. Rows keep their numbers, so that what
    `parse` says of a row is true of the sheet.

    Raises:
        PolicyErrors: it is no workbook, is protected, would unpack to far too much, holds macros, links,
            comments, formulas, merged or hidden cells, or anything whose text cannot be told.
    """
    names, sheets = read_sheets(Archive(data), _SHEETS)
    faults = _wrong_names(names)
    texts = {}
    for sheet in sheets:
        _check_sheet(sheet)
        faults += sheet.faults
        texts[sheet.file] = _header(sheet) if sheet.file == HEADER else _table(sheet)
    if faults:
        raise PolicyErrors(faults)
    return {name: texts[name] for name in FILES}


def _wrong_names(names: list[str]) -> list[PolicyError]:
    faults = []
    missing = [name for name in _SHEETS if name not in names]
    for name in names:
        if name not in _SHEETS:
            said = f"The sheet “{name[:40]}” is no part of a policy."
            near = did_you_mean(name[:40], missing)
            faults.append(workbook_fault(said, near if near.startswith("Did") else "Delete it."))
        elif names.count(name) > 1:
            faults.append(workbook_fault(f"The sheet “{name}” is there twice.", "Keep one of them."))
    for name in missing:
        said = f"The sheet “{name}” is missing."
        faults.append(PolicyError(_SHEETS[name], None, said, f"A policy needs a sheet of the name {name}."))
    return faults


def _check_sheet(sheet: Sheet) -> None:
    width = _width(sheet)
    for row in sorted(sheet.hidden_rows & {row for row, _ in sheet.cells}):
        sheet.fault(row, f"Row {row} is hidden.", "Show it, or delete it. A filter hides rows: clear it.")
    for first, last in sheet.hidden_columns:
        if first <= width:
            said = f"The columns {column_name(first)} to {column_name(min(last, width))} are hidden."
            sheet.fault(None, said, "Show them.")
    for place in sorted(sheet.cells):
        if place[1] > width:
            said = f"The cell {named(place)} stands beside the table."
            hint = (
                "Only column A is read."
                if sheet.file == HEADER
                else "Give its column a heading, or delete it."
            )
            sheet.fault(place[0], said, hint)
    if sheet.file != HEADER:
        for column in range(1, width):
            if not sheet.cells.get((1, column), "").strip():
                said = f"Column {column_name(column)} has no heading."
                sheet.fault(1, said, "Write one, or delete the column.")


def _width(sheet: Sheet) -> int:
    if sheet.file == HEADER:
        return 1
    return max((column for row, column in sheet.cells if row == 1), default=0)


def _lines(sheet: Sheet) -> list[list[str]]:
    last = max((row for row, _ in sheet.cells), default=0)
    columns = range(1, _width(sheet) + 1)
    return [[sheet.cells.get((row, column), "") for column in columns] for row in range(1, last + 1)]


def _header(sheet: Sheet) -> str:
    return "".join(f"{line}\n" for (line,) in _lines(sheet))


def _table(sheet: Sheet) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(_lines(sheet))
    return text.getvalue()
