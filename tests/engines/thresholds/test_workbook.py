"""A policy as an Excel file and back: unchanged if nobody changed it, and quickly refused if it is hostile."""

import csv
import io
import random
import re
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from openmash.engines.thresholds import PolicyErrors, parse
from openmash.engines.thresholds.text import archive
from openmash.engines.thresholds.text.cells import MOST_FAULTS, column_name
from openmash.engines.thresholds.text.files import FILES
from openmash.engines.thresholds.text.workbook import from_workbook, to_workbook
from openmash.engines.thresholds.text.written import written
from tests.engines.thresholds.invented import draft

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RULES = "xl/worksheets/sheet6.xml"


def texts() -> dict[str, str]:
    return dict(draft().sources)


def good() -> bytes:
    return to_workbook(texts())


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return target.getvalue()


def changed(part: str, old: str, new: str) -> bytes:
    """The draft's workbook with something else in one of its parts."""
    parts = parts_of(good())
    assert old in parts[part].decode(), f"{old!r} is no longer in {part}"
    return zipped({**parts, part: parts[part].decode().replace(old, new, 1).encode()})


def with_part(name: str, data: bytes = b"x") -> bytes:
    return zipped({**parts_of(good()), name: data})


def edited(edit: Callable[[Workbook, Worksheet], Any], name: str = "rules", **options: Any) -> bytes:
    """A workbook with a sheet for every file, one of them left to `edit`, as Excel itself would store it."""
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True, **options})
    for file in FILES:
        sheet = book.add_worksheet(file.rpartition(".")[0])
        sheet.write_string(0, 0, "heading")
        if sheet.name == name:
            sheet.write_string(0, 1, "another")
            edit(book, sheet)
    book.close()
    return target.getvalue()


def in_cell(xml: str) -> bytes:
    """A workbook whose cell B2 of "rules" is written just so."""
    data = edited(lambda book, sheet: sheet.write_string(1, 1, "here"))
    parts = parts_of(data)
    found = parts[RULES].decode()
    changed, times = re.subn(r'<c r="B2"[^>]*>.*?</c>', lambda match: xml, found)
    assert times == 1
    return zipped({**parts, RULES: changed.encode()})


def faults(data: bytes) -> list[str]:
    with pytest.raises(PolicyErrors) as caught:
        from_workbook(data)
    return [str(error) for error in caught.value.errors]


def cell(data: bytes) -> str:
    """What is read in the cell B2 of "rules"."""
    return list(csv.reader(io.StringIO(from_workbook(data)["rules.csv"])))[1][1]


# --- out and back ---


def test_the_draft_comes_back_letter_for_letter() -> None:
    back = from_workbook(good())
    assert back == texts()
    assert list(back) == list(FILES)
    assert parse(back).digest == draft().digest


def test_a_printed_policy_comes_back_letter_for_letter() -> None:
    assert from_workbook(to_workbook(written(draft()))) == written(draft())


def test_the_same_texts_make_the_same_file() -> None:
    assert good() == good()
    assert b"1980-01-01T00:00:00Z" in parts_of(good())["docProps/core.xml"]  # and not the time of making it


# Whatever Excel might take for something else, and whatever XML finds hard.
ODD = st.sampled_from(
    [
        "3",
        "007",
        "1e3",
        "2026-01-01",
        "=1+1",
        "TRUE",
        "90%",
        "_x0041_",
        "_x005F_",
        "_x005F_ _x0041_",
        "_x_x0041_",
        "_x",
        " a ",
        "a\nb",
        "\t",
        *(
            '"',
            "'3",
            "<&>",
            "]]>",
            "https://example.org",
            "\u2028",
            "\xa0",
            "é",
            "\U0001f600",
            "{due}",
            "#N/A",
        ),
    ]
)
ANY = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30)
HEADING = st.text(st.characters(categories=["Ll"]), min_size=1, max_size=8)


@st.composite
def tables(draw: st.DrawFn) -> str:
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(ODD | ANY, min_size=width, max_size=width).filter(any), max_size=5))
    target = io.StringIO(newline="")
    headings = draw(st.lists(HEADING, min_size=width, max_size=width))
    csv.writer(target, lineterminator="\n").writerows([headings, *rows])
    return target.getvalue()


@settings(max_examples=40)
@given(st.data())
def test_any_texts_in_canonical_form_come_back(data: st.DataObject) -> None:
    table = data.draw(tables())
    header = "".join(f"{line}\n" for line in data.draw(st.lists(ANY, max_size=4))) + "last = 1\n"
    heads = {name: text.partition("\n")[0] + "\n" for name, text in texts().items()}
    kept = {**heads, "rules.csv": table, "policy.toml": header}
    assert from_workbook(to_workbook(kept)) == kept


def test_every_cell_is_text_and_stays_text_when_typed_over() -> None:
    data = to_workbook({**texts(), "changes.csv": "file,row,reason\n3,=1+1,2026-01-01\n"})
    sheets = [xml.decode() for name, xml in parts_of(data).items() if name.startswith("xl/worksheets/")]
    cells = [found for xml in sheets for found in re.findall(r"<c [^>]*>", xml)]
    assert len(sheets) == len(FILES)
    assert len(cells) > 1500
    assert all('t="s"' in found for found in cells)
    assert not any("<f>" in xml for xml in sheets)
    # 49 is the format Text; without it Excel would make a number of what somebody types.
    assert 'numFmtId="49"' in parts_of(data)["xl/styles.xml"].decode()
    assert all(re.search(r'<col [^>]*style="[1-9]"', xml) for xml in sheets)


def test_the_sheets_stand_in_order_with_frozen_bold_headings() -> None:
    parts = parts_of(good())
    names = re.findall(r'<sheet name="([a-z]+)"', parts["xl/workbook.xml"].decode())
    assert names == [name.rpartition(".")[0] for name in FILES]
    assert names[0] == "policy"
    assert b"pane" not in parts["xl/worksheets/sheet1.xml"]
    rules = parts[RULES].decode()
    assert 'ySplit="1"' in rules and 'state="frozen"' in rules
    styles = re.findall(r"<xf [^>]*?(?:/>|>)", parts["xl/styles.xml"].decode().partition("<cellXfs")[2])
    heading, below = (re.search(rf'<c r="A{row}" s="([0-9])"', rules) for row in (1, 2))
    assert heading and 'fontId="1"' in styles[int(heading[1])]
    assert below and 'fontId="0"' in styles[int(below[1])]
    assert "<b/>" in parts["xl/styles.xml"].decode().split("<font>")[2]
    assert parts["xl/styles.xml"].decode().count('wrapText="1"') == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"file,row,reason\na,b,{'c' * 32_768}\n", "row 2: A cell holds 32768 characters"),
        ("file,row,reason\na,b,c\ufffe\n", "row 2: A cell holds a character that Excel cannot keep"),
        ("file,row,reason\na,b,_x005F_x0041_\n", "row 2: A cell holds a character that Excel cannot keep"),
        ("file,row,reason\na,b,c\ud800\n", "row 2: A cell holds a character that Excel cannot keep"),
        ('file,row,reason\na,b,"c', "changes.csv: The table cannot be read"),
    ],
)
def test_what_excel_cannot_hold_is_said_before_it_is_lost(text: str, said: str) -> None:
    with pytest.raises(PolicyErrors, match=said):
        to_workbook({**texts(), "changes.csv": text})


# --- what people do to a workbook ---


def test_a_row_that_was_changed_is_read_as_changed() -> None:
    found = from_workbook(
        changed("xl/sharedStrings.xml", ">Never below the highest sign<", ">At least the sign<")
    )
    assert found["rules.csv"] == texts()["rules.csv"].replace(
        "Never below the highest sign", "At least the sign"
    )


def test_rows_keep_the_numbers_that_the_sheet_shows() -> None:
    rows = texts()["rules.csv"].split("\n")
    rows[2:2] = ["," * 11, "," * 11]
    rows[4] = rows[4].replace("conditionally", "sometimes")
    read = from_workbook(to_workbook({**texts(), "rules.csv": "\n".join(rows)}))
    with pytest.raises(PolicyErrors) as caught:
        parse(read)
    assert [(one.file, one.row) for one in caught.value.errors] == [("rules.csv", 5)]


def numbered(value: float, code: str | int = "General") -> bytes:
    return edited(lambda book, sheet: sheet.write_number(1, 1, value, book.add_format({"num_format": code})))


@pytest.mark.parametrize("code", ["General", "@", "0"])
def test_a_number_in_place_of_text_is_read_as_it_was_typed(code: str) -> None:
    assert cell(numbered(3, code)) == "3"


@pytest.mark.parametrize("raw", ["3", "3.0", "3E0", "0.3e1"])
def test_a_whole_number_is_read_alike_however_it_is_stored(raw: str) -> None:
    assert cell(in_cell(f'<c r="B2"><v>{raw}</v></c>')) == "3"


def dated(day: date, code: str | int, **options: Any) -> bytes:
    def edit(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_datetime(1, 1, day, book.add_format({"num_format": code}))

    return edited(edit, **options)


@pytest.mark.parametrize(
    "code", [14, 15, "yyyy-mm-dd", "dd/mm/yyyy", "[$-809]d mmmm yyyy;@", 'd" of "mmmm yyyy']
)
@pytest.mark.parametrize("options", [{}, {"date_1904": True}])
def test_a_whole_date_is_read_as_a_date(code: str | int, options: dict[str, Any]) -> None:
    assert cell(dated(date(2026, 1, 1), code, **options)) == "2026-01-01"


def test_a_date_stored_in_words_is_read_as_a_date() -> None:
    assert cell(in_cell('<c r="B2" t="d"><v>2026-01-01T00:00:00</v></c>')) == "2026-01-01"


UNCLEAR = [
    ("month and day", dated(date(2026, 3, 1), 16), "was turned into a date", "a date as 2026-01-31"),
    (
        "month and year",
        dated(date(2026, 3, 1), "mmm-yy"),
        "was turned into a date",
        "Format the cell as Text",
    ),
    ("date and time", dated(date(2026, 3, 1), "yyyy-mm-dd hh:mm"), "was turned into a date", "2026-01-31"),
    ("time of day", numbered(45000.5, "yyyy-mm-dd"), "was turned into a date", "2026-01-31"),
    ("impossible date", numbered(99_999_999, "yyyy-mm-dd"), "was turned into a date", "2026-01-31"),
    ("percentage", numbered(0.9, "0%"), "was turned into the number 0.9", "Format the cell as Text"),
    ("built-in percentage", numbered(3, 9), "was turned into the number 3", "Format the cell as Text"),
    ("decimal", numbered(2.5), "was turned into the number 2.5", "Format the cell as Text"),
    ("thousands", numbered(1000, "#,##0"), "was turned into the number 1000", "Format the cell as Text"),
    ("long", numbered(442079460112), "was turned into the number", "Format the cell as Text"),
    (
        "true",
        edited(lambda book, sheet: sheet.write_boolean(1, 1, True)),
        "was turned into TRUE or FALSE",
        "as yes or no",
    ),
    ("error", in_cell('<c r="B2" t="e"><v>#N/A</v></c>'), "holds the error #N/A", "Type what should"),
]


@pytest.mark.parametrize(
    ("data", "said", "hint"), [one[1:] for one in UNCLEAR], ids=[one[0] for one in UNCLEAR]
)
def test_a_cell_whose_text_cannot_be_told_is_named(data: bytes, said: str, hint: str) -> None:
    (found,) = faults(data)
    assert found.startswith(f"rules.csv, row 2: The cell B2 {said}")
    assert hint in found


@pytest.mark.parametrize(
    "edit",
    [
        lambda book, sheet: sheet.write_formula(1, 1, "=1+1", None, "2"),
        lambda book, sheet: sheet.write_formula(1, 1, '="yes"', None, "yes"),
        lambda book, sheet: sheet.write_array_formula("B2:B2", "{=1+1}", None, "2"),
        lambda book, sheet: sheet.write_formula(1, 1, '=WEBSERVICE("https://example.org/"&A1)'),
    ],
)
def test_a_formula_is_named_and_never_taken_for_its_result(
    edit: Callable[[Workbook, Worksheet], Any],
) -> None:
    assert faults(edited(edit)) == [
        "rules.csv, row 2: The cell B2 holds a formula. "
        "Type what should stand there, or copy the cell and paste it as values only."
    ]


def test_a_formula_in_the_header_is_named_as_well() -> None:
    data = edited(lambda book, sheet: sheet.write_formula("A9", "=1+1"), name="policy")
    assert any(one.startswith("policy.toml, row 9: The cell A9 holds a formula.") for one in faults(data))


LAYOUT = [
    (lambda book, sheet: sheet.merge_range("A2:B3", "x"), "rules.csv, row 2: The cells A2:B3 are merged."),
    (lambda book, sheet: sheet.hide(), "rules.csv: The sheet “rules” is hidden."),
    (lambda book, sheet: sheet.very_hidden(), "rules.csv: The sheet “rules” is hidden."),
    (
        lambda book, sheet: sheet.set_row(0, None, None, {"hidden": True}),
        "rules.csv, row 1: Row 1 is hidden.",
    ),
    (lambda book, sheet: sheet.set_row(0, 0), "rules.csv, row 1: Row 1 is hidden."),
    (
        lambda book, sheet: sheet.set_default_row(hide_unused_rows=True),
        "rules.csv: Rows of the sheet “rules”",
    ),
    (
        lambda book, sheet: sheet.set_column(1, 9, None, None, {"hidden": True}),
        "rules.csv: The columns B to B are hidden.",
    ),
    (lambda book, sheet: sheet.write_comment("A1", "Really?"), "workbook: The workbook holds comments"),
    (
        lambda book, sheet: sheet.write_string("D4", "x"),
        "rules.csv, row 4: The cell D4 stands beside the table.",
    ),
    (lambda book, sheet: sheet.write_string("D1", "x"), "rules.csv, row 1: Column C has no heading."),
    (
        lambda book, sheet: book.add_worksheet("Notes"),
        "workbook: The sheet “Notes” is no part of a policy. Delete",
    ),
]


@pytest.mark.parametrize(("edit", "said"), LAYOUT, ids=[one[1] for one in LAYOUT])
def test_what_keeps_a_sheet_from_being_a_plain_table_is_named(
    edit: Callable[[Workbook, Worksheet], Any], said: str
) -> None:
    (found,) = faults(edited(edit))
    assert found.startswith(said)


def test_hidden_columns_beside_the_table_hide_nothing() -> None:
    data = edited(lambda book, sheet: sheet.set_column(2, 16_383, None, None, {"hidden": True}))
    assert from_workbook(data)["rules.csv"] == "heading,another\n"


def test_a_second_column_in_the_header_is_named() -> None:
    (found,) = faults(edited(lambda book, sheet: None, name="policy"))
    assert found == "policy.toml, row 1: The cell B1 stands beside the table. Only column A is read."


def test_a_sheet_that_was_renamed_is_recognised() -> None:
    assert faults(changed("xl/workbook.xml", 'name="rules"', 'name="Rules"')) == [
        "workbook: The sheet “Rules” is no part of a policy. Did you mean “rules”?",
        "rules.csv: The sheet “rules” is missing. A policy needs a sheet of the name rules.",
    ]


def test_several_faults_are_told_at_once() -> None:
    def edit(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_formula(1, 1, "=1+1")
        sheet.write_number(2, 1, 2.5)

    assert [found.split(":")[0] for found in faults(edited(edit))] == ["rules.csv, row 2", "rules.csv, row 3"]


def test_not_more_faults_are_told_than_anybody_would_read() -> None:
    def edit(book: Workbook, sheet: Worksheet) -> None:
        for row in range(1, 3000):
            sheet.write_formula(row, 1, "=1+1")

    assert len(faults(edited(edit))) == MOST_FAULTS


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<c r="B2" t="inlineStr"><is><t>in the cell</t></is></c>', "in the cell"),
        (
            '<c r="B2" t="inlineStr"><is><r><t>in </t></r><r><rPr><b/></rPr><t>runs</t></r></is></c>',
            "in runs",
        ),
        ('<c r="B2" t="inlineStr"><is><t>word</t><rPh sb="0" eb="1"><t>reading</t></rPh></is></c>', "word"),
        ('<c r="B2" t="str"><v>a text</v></c>', "a text"),
        ('<c r="B2" t="str"><v>one_x000D_\ntwo</v></c>', "one\ntwo"),
        ('<c t="str"><v>unnamed</v></c>', "unnamed"),  # cells without a name follow one another
        ('<c r="B2" t="s"><v>0</v><is><t>9</t></is></c>', "heading"),  # only what its kind says is read
        ('<c r="B2" t="str"><v>read</v><x:v xmlns:x="urn:x">not read</x:v></c>', "read"),
    ],
)
def test_texts_are_read_however_a_program_stores_them(xml: str, text: str) -> None:
    if "r=" not in xml.split(">")[0]:
        xml = '<c r="A2" t="str"><v>first</v></c>' + xml
    assert cell(in_cell(xml)) == text


def test_the_strict_kind_of_workbook_is_read() -> None:
    strict = {MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main"}
    strict[LINKS] = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    parts = parts_of(good())
    for old, new in strict.items():
        parts = {name: data.replace(old.encode(), new.encode()) for name, data in parts.items()}
    assert from_workbook(zipped(parts)) == texts()


def test_a_link_to_click_on_is_let_be() -> None:
    data = edited(lambda book, sheet: sheet.write_url(1, 1, "https://example.org", string="there"))
    assert "External" in parts_of(data)["xl/worksheets/_rels/sheet6.xml.rels"].decode()
    assert cell(data) == "there"


def test_what_a_printer_leaves_behind_is_let_be() -> None:
    assert from_workbook(with_part("xl/printerSettings/printerSettings1.bin")) == texts()


# --- what is hostile, or no workbook at all ---

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TYPES = "[Content_Types].xml"
RELS = "xl/_rels/workbook.xml.rels"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB_OF_ENTITIES = f"{ENTITIES}]>"


def relation(kind: str, mode: str = "External") -> str:
    return (
        f'<Relationship Id="rId99" Type="{LINKS}/{kind}" Target="https://example.org/x" TargetMode="{mode}"/>'
        "</Relationships>"
    )


LIST = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


def encrypted() -> bytes:
    """The draft's workbook with the mark of a zip that asks for a password."""
    data = bytearray(good())
    first = data.index(b"PK\1\2")
    data[first + 8] |= 1
    return bytes(data)


HOSTILE = [
    ("nothing", b"", "is not an Excel workbook"),
    ("text", b"rule,name\n", "is not an Excel workbook"),
    ("noise", b"PK\3\4" + random.Random(1).randbytes(5000), "is damaged"),
    ("half a file", good()[:20_000], "is damaged"),
    ("another zip", zipped({"a.txt": b"a"}), "is damaged"),
    ("too large", b"PK\3\4" + bytes(archive.LARGEST_FILE), "is larger than 2 MB"),
    ("old Excel", OLD, "old Excel format (.xls)"),
    ("password", OLD + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
    ("password of the zip", encrypted(), "protected with a password"),
    ("OpenDocument", zipped({"content.xml": b"<x/>"}), "in another format"),
    ("binary workbook", zipped({"xl/workbook.bin": b"x"}), "in another format"),
    ("macros", with_part("xl/vbaProject.bin"), "holds macros"),
    ("old macros", with_part("xl/macrosheets/sheet1.xml"), "holds macros"),
    ("controls", with_part("xl/activeX/activeX1.xml"), "holds macros"),
    ("macro type", changed(TYPES, "sheet.main+xml", "sheet.macroEnabled.main+xml"), "kind that holds macros"),
    ("external link part", with_part("xl/externalLinks/externalLink1.xml"), "from another file"),
    ("data connection", with_part("xl/connections.xml"), "from another file"),
    ("embedded file", with_part("xl/embeddings/oleObject1.bin"), "from another file"),
    ("external link", changed(RELS, "</Relationships>", relation("externalLinkPath")), "from another file"),
    (
        "external link, other case",
        changed(RELS, "</Relationships>", relation("x", "external")),
        "from another file",
    ),
    (
        "remote template",
        changed("_rels/.rels", "</Relationships>", relation("template")),
        "from another file",
    ),
    (
        "picture from elsewhere",
        with_part(f"xl/worksheets/_rels/{RULES[14:]}.rels", LIST + relation("image").encode()),
        "from another file",
    ),
    ("many parts", zipped({str(n): b"" for n in range(201)}), "holds 201 parts"),
    ("unknown packing", zipped(parts_of(good()), zipfile.ZIP_BZIP2), "is damaged"),
    ("many sheets", edited(lambda book, sheet: [book.add_worksheet() for _ in range(50)]), "has 61 sheets"),
    ("row out of reach", edited(lambda book, sheet: sheet.write_string(1_048_575, 0, "x")), "cell A1048576"),
    ("column out of reach", edited(lambda book, sheet: sheet.write_string(0, 16_383, "x")), "cell XFD1"),
    ("entities in a sheet", changed(RULES, "<worksheet", BOMB_OF_ENTITIES + "<worksheet"), "document type"),
    (
        "entities in the book",
        changed("xl/workbook.xml", "<workbook", BOMB_OF_ENTITIES + "<workbook"),
        "document type",
    ),
    (
        "entities in the strings",
        changed("xl/sharedStrings.xml", "<sst", BOMB_OF_ENTITIES + "<sst"),
        "document type",
    ),
    ("entities in the links", changed(RELS, "<Relationships", "<!DOCTYPE x><Relationships"), "document type"),
    (
        "file named in an entity",
        changed(RULES, "<worksheet", '<!DOCTYPE x SYSTEM "/etc/hostname"><worksheet'),
        "type",
    ),
    ("unknown letters", changed(RULES, 'encoding="UTF-8"', 'encoding="utf-7"'), "is damaged"),
    ("broken XML", changed(RULES, "</worksheet>", ""), "is damaged"),
    ("text that is not there", in_cell('<c r="B2" t="s"><v>999999</v></c>'), "is damaged"),
    ("text by no number", in_cell('<c r="B2" t="s"><v>-1</v></c>'), "is damaged"),
    ("number that is none", in_cell('<c r="B2"><v>nan</v></c>'), "is damaged"),
    ("huge number", in_cell(f'<c r="B2"><v>{"9" * 100_000}</v></c>'), "is damaged"),
    ("cell that is none", in_cell('<c r="B0" t="str"><v>x</v></c>'), "is damaged"),
    ("cell twice", in_cell('<c r="B2" t="str"><v>x</v></c><c r="B2" t="str"><v>y</v></c>'), "is damaged"),
    ("sheet twice", changed("xl/workbook.xml", 'name="facts"', 'name="rules"'), "“rules” is there twice"),
    ("no book", changed("_rels/.rels", "xl/workbook.xml", "xl/elsewhere.xml"), "is damaged"),
]


@pytest.mark.parametrize(("data", "said"), [one[1:] for one in HOSTILE], ids=[one[0] for one in HOSTILE])
def test_a_hostile_file_is_refused(data: bytes, said: str) -> None:
    found = faults(data)
    assert any(said in one for one in found), found


def test_a_hidden_sheet_cannot_pass_for_one_that_is_shown() -> None:
    found = changed(
        "xl/workbook.xml", 'name="rules"', 'name="rules" state="hidden" x:state="visible" xmlns:x="urn:x"'
    )
    assert "rules.csv: The sheet “rules” is hidden." in faults(found)[0]


def test_a_part_named_twice_is_refused() -> None:
    target = io.BytesIO(good())
    with zipfile.ZipFile(target, "a") as file, pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr(RULES, b"<worksheet/>")
    assert "is damaged" in faults(target.getvalue())[0]


# --- how much work is done before a file is refused ---


class Work:
    """Bytes unpacked and parts opened, counted where the standard library does it."""

    def __init__(self) -> None:
        self.unpacked = 0


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    done = Work()
    read = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        found = read(self, n)
        done.unpacked += len(found)
        return found

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    return done


@pytest.fixture
def memory() -> Iterator[Callable[[], int]]:
    """The most memory, in bytes, that Python took since the test began."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def test_work_is_counted(work: Work) -> None:
    data = good()
    from_workbook(data)
    assert 100_000 < work.unpacked < 300_000


def bomb(size: int) -> bytes:
    """A sheet of spaces in place of "rules": some thousand times smaller packed."""
    return zipped({**parts_of(good()), RULES: b" " * size})


def test_a_bomb_is_refused_before_any_of_it_is_unpacked(work: Work, memory: Callable[[], int]) -> None:
    data = bomb(100_000_000)
    assert len(data) < 200_000
    work.unpacked = 0
    tracemalloc.reset_peak()
    before = memory()
    assert "would unpack to 100," in faults(data)[0]
    assert work.unpacked == 0
    assert memory() - before < 2_000_000


def test_a_bomb_of_many_parts_is_refused_before_any_of_it_is_unpacked(work: Work) -> None:
    data = zipped({f"xl/worksheets/sheet{n}.xml": b" " * 4_000_000 for n in range(5)})
    assert "would unpack to 20,000,000 bytes" in faults(data)[0]
    assert work.unpacked == 0


def test_what_would_grow_a_hundredfold_is_refused_before_it_is_unpacked(work: Work) -> None:
    data = zipped({RULES: b" " * 7_000_000})
    assert "times its size" in faults(data)[0]
    assert work.unpacked == 0


@pytest.mark.parametrize("is_sum_right", [False, True])
def test_a_bomb_that_lies_about_its_size_is_unpacked_no_further_than_it_says(
    work: Work, memory: Callable[[], int], is_sum_right: bool
) -> None:
    said, whole = 200, 50_000_000
    data = bytearray(bomb(whole))
    sizes = struct.pack("<L", whole)
    for _ in range(data.count(sizes)):
        place = data.index(sizes)
        data[place : place + 4] = struct.pack("<L", said)
        if is_sum_right:
            data[place - 8 : place - 4] = struct.pack("<L", zlib.crc32(b" " * said))
    assert struct.pack("<L", whole) not in data
    work.unpacked = 0
    tracemalloc.reset_peak()
    before = memory()
    assert "is damaged" in faults(bytes(data))[0]
    assert work.unpacked < 300_000  # the other parts are the draft's own
    assert memory() - before < 3_000_000


def test_a_part_that_many_sheets_share_is_not_read_for_each(work: Work) -> None:
    filler = "".join(chr(97 + random.Random(n).randrange(26)) for n in range(6000)) * 1000
    parts = parts_of(good())
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><!--{filler}--></sheetData></worksheet>'
    book = re.sub(r'r:id="rId[0-9]+"', 'r:id="rId1"', parts["xl/workbook.xml"].decode())
    data = zipped({**parts, "xl/worksheets/sheet1.xml": sheet.encode(), "xl/workbook.xml": book.encode()})
    assert "is damaged" in faults(data)[0]
    assert work.unpacked <= archive.LARGEST_UNPACKED


def test_one_long_text_in_every_cell_is_refused(memory: Callable[[], int]) -> None:
    def edit(book: Workbook, sheet: Worksheet) -> None:
        for row in range(1, 4000):
            sheet.write_string(row, 1, "x" * 30_000)

    data = edited(edit)
    assert len(data) < 100_000  # the text is kept once
    tracemalloc.reset_peak()
    before = memory()
    assert faults(data) == [
        "rules.csv: The sheet “rules” holds more than 1 MB of text. Check that it is the right file."
    ]
    assert memory() - before < 5_000_000


def test_no_more_elements_are_looked_at_than_a_policy_needs() -> None:
    blanks = "".join(f'<c r="B{row}" s="{row % 7}"/>' for row in range(1, archive.MOST_ELEMENTS))
    assert faults(changed(RULES, "<sheetData>", f'<sheetData><row r="1">{blanks}</row>')) == [
        "workbook: The workbook holds far more cells than a policy needs. "
        "Delete the rows and columns below and beside the tables."
    ]


@settings(max_examples=150)
@given(st.data())
def test_whatever_is_changed_in_a_file_it_is_read_or_refused(data: st.DataObject) -> None:
    """Nothing but `PolicyErrors` ever comes out, wherever noise is put: in the zip or in the parts."""
    whole = SMALL
    name = data.draw(st.sampled_from(["", *sorted(parts_of(whole))]))
    target = bytearray(parts_of(whole)[name] if name else whole)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(target) - 1))
        noise = data.draw(
            st.binary(min_size=1, max_size=6) | st.sampled_from([b"<", b"9999999", b'"', b"<f/>", b"/"])
        )
        target[place : place + data.draw(st.integers(0, 6))] = noise
    hostile = zipped({**parts_of(whole), name: bytes(target)}) if name else bytes(target)
    with suppress(PolicyErrors):
        assert all(isinstance(text, str) for text in from_workbook(hostile).values())


SMALL = edited(
    lambda book, sheet: sheet.write_number(1, 1, 45000, book.add_format({"num_format": "yyyy-mm-dd"}))
)


def test_columns_are_named_as_the_spreadsheet_names_them() -> None:
    assert [column_name(number) for number in (1, 26, 27, 702, 703, 16_384)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
