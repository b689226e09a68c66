"""Registers as they really arrive: good rows are kept, and everything else is said."""

import codecs
import csv
import io
import struct
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from openmash.engines.matching.batch.reading.faults import CannotRead
from openmash.engines.matching.batch.reading.mend import ToMend
from openmash.engines.matching.batch.reading.register import Register, RegisterRow, open_register
from openmash.engines.matching.described import Address, IdentifierKind, PersonName, Sex

TODAY = date(2026, 11, 25)
HEAD = "Forename,Surname,Date of birth,Postcode\n"


def written(path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def read(path: Path, sheet: str = "") -> tuple[Register, list[RegisterRow], list[list[str]]]:
    """The register, its people, and the lines of the file to mend."""
    register = open_register(path, issuer="Millbrook Primary School", on=TODAY, sheet=sheet)
    with ToMend(path.with_name("to-mend.csv"), register.columns.headings) as to_mend:
        people = list(register.people(to_mend))
    if not to_mend.count:
        assert not to_mend.path.exists()
        return register, people, []
    with to_mend.path.open(encoding="utf-8-sig", newline="") as file:
        return register, people, list(csv.reader(file))[1:]


def csv_file(tmp_path: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    return written(tmp_path / "roll.csv", text, encoding)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = HEAD + "Zoë,Núñez-O’Neill,2014-03-01,NF1 2AB\nAnn,Lee,2015-04-02,NF1 2AB\n"
    _, people, mend = read(csv_file(tmp_path, text, encoding))
    assert mend == []
    assert [row.person.names[0] for row in people] == [
        PersonName("Zoë", "Núñez-O’Neill"),
        PersonName("Ann", "Lee"),
    ]


def test_two_encodings_in_one_file(tmp_path: Path) -> None:
    lines = [HEAD.encode(), "Zoë,Lee,,\n".encode(), "Zoë,Lee,,\n".encode("cp1252"), "Łukasz,Lee,,\n".encode()]
    _, people, _ = read(csv_file(tmp_path, b"".join(lines)))
    assert [row.person.names[0].given for row in people] == ["Zoë", "Zoë", "Łukasz"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_ends_of_lines_and_what_stands_between_cells(tmp_path: Path, end: str, delimiter: str) -> None:
    text = (HEAD + 'Ann,"Lee",2015-04-02,NF1 2AB\n').replace(",", delimiter).replace("\n", end)
    _, people, mend = read(csv_file(tmp_path, text))
    assert (len(people), people[0].line, mend) == (1, 2, [])
    assert people[0].person.born.on == date(2015, 4, 2)


def test_every_field_and_its_synonyms(tmp_path: Path) -> None:
    text = (
        "LEGAL SURNAME,given_name,Middle Name(s),Known as,Former surname,D.O.B.,gender,Address Line 1,Town,"
        "Post Code,Previous address,Previous postcode,NHS No,UPN,Pupil ID,School,Parent 1 forename,"
        "Parent 1 surname,Mother,Siblings,Mobile,Favourite colour\n"
        "Khan,Ayesha,Bibi,Ash,Malik,1 March 2014,F,1 High St,Fennwick,nf12ab,2 Low St,NF3 4CD,943 476 5919,,77,"
        'Millbrook,Nadia,Malik,"Malik, Nadia",Omar Khan; Sara Khan,07700 900123,blue\n'
    )
    register, people, mend = read(csv_file(tmp_path, text))
    person = people[0].person
    assert mend == []
    assert person.names == (
        PersonName("Ayesha Bibi", "Khan"),
        PersonName("Ash", "Khan"),
        PersonName("Ayesha", "Malik"),
    )
    assert (person.born.on, person.sex) == (date(2014, 3, 1), Sex.FEMALE)
    assert person.addresses == (Address("1 High St, Fennwick", "NF1 2AB"), Address("2 Low St", "NF3 4CD"))
    assert [(each.kind, each.value, each.issuer) for each in person.identifiers] == [
        (IdentifierKind.NHS_NUMBER, "9434765919", ""),
        (IdentifierKind.LOCAL, "77", "Millbrook Primary School"),
    ]
    assert person.parents == (PersonName("Nadia", "Malik"), PersonName("Malik, Nadia"))
    assert person.siblings == (PersonName("Omar Khan"), PersonName("Sara Khan"))
    assert (person.schools, person.telephones) == (("Millbrook",), ("07700 900123",))
    assert register.notes == ["Not used, because the heading is not one of those known: “Favourite colour”."]


@pytest.mark.parametrize(
    ("cell", "born"),
    [
        ("2014-03-01", date(2014, 3, 1)),
        ("2014-03-01T00:00:00Z", date(2014, 3, 1)),
        ("01/03/2014", date(2014, 3, 1)),
        ("1.3.2014", date(2014, 3, 1)),
        ("01/03/2014 00:00", date(2014, 3, 1)),
        ("01/03/14", date(2014, 3, 1)),
        ("01/03/27", date(2027, 3, 1)),
        ("01/03/55", date(1955, 3, 1)),
        ("1 March 2014", date(2014, 3, 1)),
        ("Sat 1st Mar 2014", date(2014, 3, 1)),
        ("01-Mar-14", date(2014, 3, 1)),
        ("March 1, 2014", date(2014, 3, 1)),
        ("20140301", date(2014, 3, 1)),
        ("41699", date(2014, 3, 1)),
        ("12/25/2014", date(2014, 12, 25)),
    ],
)
def test_dates_in_many_forms(tmp_path: Path, cell: str, born: date) -> None:
    _, people, _ = read(csv_file(tmp_path, HEAD + f'A,B,"{cell}",\n'))
    found = people[0].person.born.on
    assert found == (born if born <= TODAY else None)


@pytest.mark.parametrize("cell", ["", "-", "Unknown", "01/01/1900", "N/A", "0", "null", "Not known"])
def test_what_is_not_known_is_missing_and_not_listed(tmp_path: Path, cell: str) -> None:
    _, people, mend = read(csv_file(tmp_path, HEAD + f"A,B,{cell},{cell if cell[:1] != '0' else ''}\n"))
    assert (people[0].person.born.on, people[0].person.addresses, mend) == (None, (), [])


def test_null_is_a_surname_and_na_a_given_name(tmp_path: Path) -> None:
    _, people, _ = read(csv_file(tmp_path, HEAD + "Na,Null,,\n"))
    assert people[0].person.names == (PersonName("Na", "Null"),)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("31/02/2014", "is not a day of any calendar"),
        ("soon", "“soon” is not a date"),
        ("12/12/1899", "12 December 1899 is before 1900"),
        ("27/11/2026", "27 November 2026 lies ahead"),
        ("123456", "is not a date"),
        ("#REF!", "holds the error #REF!"),
    ],
)
def test_dates_that_cannot_be_used_are_listed_and_the_row_kept(tmp_path: Path, cell: str, said: str) -> None:
    _, people, mend = read(csv_file(tmp_path, HEAD + f"A,B,{cell},NF1 2AB\n"))
    assert (len(people), people[0].person.born.on) == (1, None)
    assert said in mend[0][1] and mend[0][0] == "2" and "kept" in mend[0][2]
    assert mend[0][5].lstrip("'") == cell


@pytest.mark.parametrize(
    ("cells", "born", "said"),
    [
        (["03/04/2015"], date(2015, 4, 3), "no other shows which"),
        (["03/04/2015", "25/12/2014"], date(2015, 4, 3), ""),
        (["03/04/2015", "12/25/2014"], date(2015, 3, 4), "read month first"),
        (["03/04/2015", "12/25/2014", "25/12/2014"], date(2015, 4, 3), "some the month"),
    ],
)
def test_day_or_month_first(tmp_path: Path, cells: list[str], born: date, said: str) -> None:
    register, people, mend = read(csv_file(tmp_path, HEAD + "".join(f"A,B,{cell},\n" for cell in cells)))
    assert people[0].person.born.on == born
    assert any(said in note for note in register.notes) if said else register.notes == []
    if len(cells) == 3:
        assert "can only be read with the month first: 25 December 2014" in mend[0][1]
        assert "kept, read as said here" in mend[0][2]


def test_an_identifier_that_fails_its_check_is_not_used_and_the_row_is_kept(tmp_path: Path) -> None:
    text = "Name,NHS number\nAnn Lee,943 476 5918\nBo Lee,9.43477E+09\nCy Lee,9434765919.0\n"
    _, people, mend = read(csv_file(tmp_path, text))
    assert [row.person.identifiers for row in people][:2] == [(), ()]
    assert len(mend) >= 2 and "NHS number: " in mend[0][1]
    assert "its last digits are lost" in mend[1][1]


def test_a_million_rows_with_one_broken_line_lose_one_line(tmp_path: Path) -> None:
    good = "Ann,Lee,2015-04-02,NF1 2AB\n"
    for broken in (
        'Ann,"Lee,2015-04-02,NF1 2AB\n',
        "Ann,Lee,2015\n",
        "Ann,Lee,2015-04-02,NF1 2AB,more\n",
        "A\x00nn,Lee,,\n",
        "Ann,Le�,,\n",
        "x" * 300_000 + ",Lee,,\n",
        "A" * 3000 + ",Lee,,\n",
        "A" * 500 + ",Lee,,\n",
        ",,2015-04-02,NF1 2AB\n",
    ):
        text = HEAD + good * 40 + broken + good * 40 + 'Ann,"Lee ""Li""",2015-04-02,NF1 2AB\n'
        register, people, mend = read(csv_file(tmp_path, text))
        assert (len(people), register.count.rows, register.count.left_out) == (81, 82, 1), broken[:40]
        assert mend[0][0] == "42" and mend[0][2] == "left out" and len(mend) == 1
        assert people[-1].line == 83


def test_bytes_of_no_encoding(tmp_path: Path) -> None:
    _, people, mend = read(csv_file(tmp_path, HEAD.encode() + b"A\x81nn,Lee,,\nBo,Lee,,\n"))
    assert len(people) == 1 and "neither UTF-8 nor Windows-1252" in mend[0][1]


def test_a_cell_over_several_lines(tmp_path: Path) -> None:
    text = 'Name,Address,Postcode\nAnn Lee,"1 High St\nFennwick",NF1 2AB\nBo Lee,2 Low St,NF1 2AB\n'
    _, people, mend = read(csv_file(tmp_path, text))
    assert mend == []
    assert [row.line for row in people] == [2, 4]
    assert people[0].person.addresses[0].lines == "1 High St Fennwick"


def test_titles_before_the_headings_and_empty_lines(tmp_path: Path) -> None:
    register, people, _ = read(csv_file(tmp_path, "Roll of Millbrook\n\n" + HEAD + "\n,,,\nAnn,Lee,,\n"))
    assert people[0].line == 6
    assert register.notes == ["The headings are in line 3; what stands before was not read."]


def test_columns_that_hold_the_same_thing(tmp_path: Path) -> None:
    text = "Name,DOB,Date of birth\nAnn Lee,2015-04-02,2015-04-02\nBo Lee,,2015-04-02\nCy Lee,2015-04-02,2015-04-03\n"
    register, people, mend = read(csv_file(tmp_path, text))
    assert [row.person.born.on for row in people] == [date(2015, 4, 2)] * 2
    assert "“DOB” (column 2) and “Date of birth” (column 3) hold the same thing." in register.notes[0]
    assert "say different things" in mend[0][1] and mend[0][2] == "left out"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("Colour,Size\nred,1\n", "No column is known to hold a name. The first row says: “Colour”, “Size”."),
        ("Date of birth,Postcode\n2015-04-02,NF1 2AB\n", "No column is known to hold a name."),
        ("Ann,Lee,2015-04-02,NF1 2AB\nBo,Lee,2015-04-02,NF1 2AB\n", "No column is known to hold a name."),
        (",".join(["Forename", "Surname", *(f"c{n}" for n in range(1500))]) + "\n", "has 1,502 columns"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PAR1 not really", "not a Parquet file"),
        (b"PK\x03\x04 not really", "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not really", "cannot be read as a workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "is protected with a password",
        ),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(CannotRead) as wrong:
        read(csv_file(tmp_path, text))
    assert said in str(wrong.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="No such file"):
        read(tmp_path / "nothing.csv")


def test_the_file_to_mend_runs_nothing(tmp_path: Path) -> None:
    _, _, mend = read(csv_file(tmp_path, 'Name,Date of birth,=x\n"=HYPERLINK(""x"")",soon,@SUM(1)\n'))
    assert mend[0][3:] == ['\'=HYPERLINK("x")', "soon", "'@SUM(1)"]


# --- Excel and Parquet ---


def workbook(path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                    else:
                        sheet.write(row, column, cell)
    return path


def test_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Forename", "Surname", "DOB", "NHS number", "Pupil ID"],
        ["Ann", "Lee", date(2014, 3, 1), 9434765919, 12],
        [],
        ["Bo", "Lee", 41699, "943 476 5919", "012"],
    ]
    path = workbook(tmp_path / "roll.xlsx", ("Notes", [["Nothing here"]]), ("Roll", rows))
    register, people, mend = read(path)
    assert mend == []
    assert [(row.line, row.person.born.on) for row in people] == [
        (2, date(2014, 3, 1)),
        (4, date(2014, 3, 1)),
    ]
    assert [row.person.identifiers[0].value for row in people] == ["9434765919"] * 2
    assert [row.person.identifiers[1].value for row in people] == ["12", "012"]
    assert register.notes == ["Only the sheet “Roll” is read. Not read: “Notes”."]


def test_two_sheets_with_registers(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Forename", "Surname"], ["Ann", "Lee"]]
    path = workbook(tmp_path / "roll.xlsx", ("One", rows), ("Two", rows))
    with pytest.raises(CannotRead, match="several registers: sheets “One”, “Two”"):
        read(path)
    assert len(read(path, sheet="Two")[1]) == 1
    with pytest.raises(CannotRead, match="has no sheet “Three”"):
        read(path, sheet="Three")


def _with_sheet(path: Path, change: tuple[bytes, bytes]) -> Path:
    """The same workbook with a change in the XML of its first sheet."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    assert change[0] in parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(*change)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def test_formulas(tmp_path: Path) -> None:
    path = tmp_path / "roll.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Forename", "Surname", "Colour"])
        sheet.write_formula(1, 0, '="An"&"n"', None, "Ann")
        sheet.write(1, 1, "Lee")
        sheet.write_formula(2, 0, '="B"&"o"', None, "Bo")
        sheet.write(2, 1, "Lee")
        sheet.write(3, 0, "Cy")
        sheet.write_formula(3, 2, '="re"&"d"', None, "red")
    path = _with_sheet(path, (b"<v>Bo</v>", b""))
    path = _with_sheet(path, (b"<v>red</v>", b""))
    register, people, mend = read(path)
    assert [row.person.names[0].given for row in people] == ["Ann", "Cy"]
    assert "Cell A3 holds a formula that was never worked out." in mend[0][1]
    assert "The workbook holds 3 formulas. What Excel last worked out is used." in register.notes


def test_a_small_file_that_unpacks_to_a_huge_one(tmp_path: Path) -> None:
    path = tmp_path / "roll.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    with pytest.raises(CannotRead, match="far more than a register needs"):
        read(path)


def test_a_part_that_declares_less_than_it_holds(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    lying = held.getvalue().replace(struct.pack("<I", 60_000_000), struct.pack("<I", 1000))
    with pytest.raises(CannotRead, match="far more than a register needs"):
        read(written(tmp_path / "roll.xlsx", lying))


def test_a_workbook_cut_short(tmp_path: Path) -> None:
    path = workbook(tmp_path / "roll.xlsx", ("Roll", [["Forename", "Surname"], ["Ann", "Lee"]]))
    for length in (30, 200, len(path.read_bytes()) - 30):
        with pytest.raises(CannotRead, match=r"roll2?\.xlsx"):
            read(written(tmp_path / "roll2.xlsx", path.read_bytes()[:length]))


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "roll.parquet"
    table = {
        "forename": ["Ann", None],
        "surname": ["Lee", None],
        "dob": [date(2014, 3, 1), None],
        "nhs": [1, 2],
    }
    pq.write_table(pa.table(table), path)
    _, people, mend = read(path)
    assert (people[0].line, people[0].person.born.on) == (1, date(2014, 3, 1))
    assert [line[0] for line in mend] == ["1", "2"]
    assert mend[1][2] == "left out"
    data = path.read_bytes()
    with pytest.raises(CannotRead):
        read(written(path, data[:60] + b"\xff" * 60 + data[120:]))


def peak_memory(path: Path) -> float:
    """Megabytes that reading a register takes at most, in a process of its own; 0.0 when it is refused."""
    script = (
        "import resource, sys; from datetime import date; from pathlib import Path\n"
        "from openmash.engines.matching.batch.reading.register import open_register\n"
        "class Nowhere:\n    def add(self, *said): pass\n"
        "import pyarrow.parquet; before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for _ in open_register(Path(sys.argv[1]), issuer='x', on=date(2026, 11, 25)).people(Nowhere()): pass\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000)"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_a_small_parquet_file_does_not_unpack_to_gigabytes(tmp_path: Path) -> None:
    path = tmp_path / "roll.parquet"
    pq.write_table(pa.table({"name": ["x" * 1_000_000] * 1_000}), path, compression="zstd")
    assert path.stat().st_size < 5_000
    assert peak_memory(path) < 200
    _, people, mend = read(path)
    assert (people, len(mend)) == ([], 1_000)
    assert "more than 2,000 characters" in mend[0][1]
    spread_out = pa.table({"name": [f"{number:_>1000000}" for number in range(30)]})
    pq.write_table(spread_out, path, use_dictionary=False, compression="zstd")
    with pytest.raises(CannotRead, match="far more than a register needs"):
        read(path)


def test_columns_of_parquet_that_hold_no_cells_are_named_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "roll.parquet"
    table = {
        "name": ["Ann Lee", "Ann Lee", None],
        "school": [["Elm"], ["Elm"], []],
        "photo": [b"x", b"x", b"x"],
    }
    pq.write_table(pa.table(table), path)
    register, people, mend = read(path)
    assert register.columns.headings == ("name",)
    assert "Not read, because they hold lists or raw data: “school”, “photo”." in register.notes
    assert ([row.line for row in people], [line[0] for line in mend]) == ([1, 2], ["3"])


def test_a_utf16_file_without_its_mark_is_not_taken_for_nul_characters(tmp_path: Path) -> None:
    text = (HEAD + "Ann,Lee,2015-04-02,NF1 2AB\n").encode("utf-16-le")
    assert not text.startswith(codecs.BOM_UTF16_LE)
    assert len(read(csv_file(tmp_path, text))[1]) == 1
