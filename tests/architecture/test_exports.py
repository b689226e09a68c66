"""Whatever is taken away as a table runs nothing in a spreadsheet, and comes back as it was."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from openmash.apps.review.sheets import Sheet, as_csv, as_workbook
from openmash.spreadsheets import BEGINS_A_FORMULA, as_it_was, harmless, workbook, writer

ROOT = Path(__file__).parents[2] / "openmash"
HERE = "spreadsheets/__init__.py"
OTHER_WAYS = re.compile(
    r"csv\.(?:writer|DictWriter)\(|\bWorkbook\(|\.to_csv\(|\.to_excel\(|\.write_csv\(|FORMAT CSV"
)
NOT_TAKEN_AWAY = {
    # Texts of a policy: cells that begin as a formula are refused wherever one is read, typed or handed in.
    "engines/thresholds/text/editing.py",
    "engines/thresholds/text/workbook.py",
    "engines/thresholds/text/written.py",
    # Published national figures, packed for ourselves.
    "engines/review/packing.py",
    # These read a workbook.
    "engines/matching/batch/reading/register.py",
}
CELL = st.text(st.sampled_from([*BEGINS_A_FORMULA, "'", " ", "a", "1", ",", '"', ";"]), max_size=6)


def other_ways() -> set[str]:
    """Files in which a table is written in another way than through `spreadsheets`."""
    return {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if OTHER_WAYS.search(path.read_text(encoding="utf-8"))
    }


def test_every_table_that_is_taken_away_goes_one_way() -> None:
    assert other_ways() - {HERE} == NOT_TAKEN_AWAY


def test_whatever_is_sent_as_csv_was_written_there() -> None:
    for path in ROOT.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "text/csv" in text:
            assert "openmash.spreadsheets" in text or "as_csv(" in text, path


@pytest.mark.parametrize("first", BEGINS_A_FORMULA)
def test_what_would_run_is_text(first: str) -> None:
    for cell in (f"{first}1+1", f" {first}cmd|' /C calc'!A0", f"'{first}1", f"\ufeff{first}1"):
        assert str(harmless(cell)) == f"'{cell}"


def test_numbers_stay_numbers_and_names_stay_names() -> None:
    assert [harmless(each) for each in (-1, -2.5, None, "O’Neill", "'Ndiaye", "d'Arc-Smith", "")] == [
        -1, -2.5, None, "O’Neill", "'Ndiaye", "d'Arc-Smith", "",
    ]  # fmt: skip


@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=4))
def test_whole_rows_come_back_as_they_were(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    writer(text).rows(rows)
    read = list(csv.reader(io.StringIO(text.getvalue(), newline="")))
    assert [[as_it_was(cell) for cell in row] for row in read] == [row or [""] for row in rows]
    for cell in (cell for row in read for cell in row):
        assert not cell.lstrip(" ").startswith(BEGINS_A_FORMULA)


def test_the_tables_of_the_review_and_their_workbook_run_nothing() -> None:
    made = Sheet("areas", "Areas", ("Area", "=Count"), (('=HYPERLINK("http://x")', -3), ("@SUM(1)", None)))
    (head, *rows) = csv.reader(io.StringIO(as_csv(made).decode("utf-8-sig"), newline=""))
    assert head == ["Area", "'=Count"] and rows == [['\'=HYPERLINK("http://x")', "-3"], ["'@SUM(1)", ""]]
    assert not runs(as_workbook([made], "Review"))


def runs(book: bytes) -> bool:
    """Whether a workbook holds a formula or a link."""
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        sheets = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/")]
    return any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_a_workbook_takes_no_text_for_a_formula_or_a_link() -> None:
    target = io.BytesIO()
    book = workbook(target)
    book.add_worksheet("t").write_row(0, 0, ["=1+1", "http://example.org", "007"])
    book.close()
    assert not runs(target.getvalue())


def test_it_would_be_seen() -> None:
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.add_worksheet("t").write_row(0, 0, ["=1+1"])
    book.close()
    assert runs(target.getvalue())
