"""Reading the sheets of an Excel file: each cell as the text its author meant, or a sentence why that is not
known.

Written here and not left to a library. Two were tried: python-calamine does not tell a formula from its
result, gives 90% back as 0.9, and ends the whole program when a 5 kB file has a cell in the last row and
column; openpyxl has had no release since June 2024. Cells of text are the small, settled part of the format.
"""

from openmash.engines.thresholds.policy.errors import PolicyError
from openmash.engines.thresholds.text.archive import WORKBOOK, Archive, damaged, refused
from openmash.engines.thresholds.text.cells import CellReader, Pieces, Sheet, is_on, whole

MOST_SHEETS = 50
_BUILT_IN = {
    0: "general",
    1: "0",
    49: "@",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    **dict.fromkeys((18, 19, 20, 21, 22, 45, 46, 47), "h:mm"),
}
"""The formats that Excel knows by number, so far as they matter here. Any other shows a number in some way."""
_SOME_NUMBER = "#"


def read_sheets(archive: Archive, files: dict[str, str]) -> tuple[list[str], list[Sheet]]:
    """The names of all sheets, in order, and the sheets that `files` names a file for.

    Raises:
        PolicyErrors: the workbook cannot be read at all. Faults of single cells stand in the sheets.
    """
    for part in archive.parts_with_relations():
        archive.relations(part)
    _no_macros(archive)
    book = next((part for kind, part in archive.relations("").values() if kind == "officeDocument"), "")
    if book not in archive:
        raise damaged()
    listed, from_1904 = _book(archive, book)
    if len(listed) > MOST_SHEETS:
        raise refused(f"The workbook has {len(listed)} sheets.", f"Keep at most {MOST_SHEETS}.")
    targets = archive.relations(book)
    strings, formats = _strings(archive, targets), _formats(archive, targets)
    sheets = []
    for entry in listed:
        name = entry.get("name", "")
        if name in files:
            sheet = Sheet(name, files[name])
            if entry.get("state", "visible") != "visible":
                sheet.fault(
                    None, f"The sheet “{name}” is hidden.", "Right-click a sheet’s tab and choose Unhide."
                )
            kind, part = targets.get(entry.get("id", ""), ("", ""))
            if kind == "worksheet":
                CellReader(sheet, strings, formats, from_1904).read(archive, part)
            sheets.append(sheet)
    return [entry.get("name", "") for entry in listed], sheets


def _no_macros(archive: Archive) -> None:
    def start(tag: str, attributes: dict[str, str]) -> None:
        if "macroenabled" in attributes.get("ContentType", "").lower():
            raise refused(
                "The workbook is of the kind that holds macros.", "Save it as “Excel Workbook (.xlsx)”."
            )

    if "[Content_Types].xml" in archive:
        archive.walk("[Content_Types].xml", start)


def _book(archive: Archive, part: str) -> tuple[list[dict[str, str]], bool]:
    """The sheets as the workbook lists them, and whether its days are counted from 1904."""
    listed: list[dict[str, str]] = []
    from_1904 = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            listed.append(attributes)
        if tag == "workbookPr":
            from_1904.append(is_on(attributes.get("date1904")))

    archive.walk(part, start)
    return listed, any(from_1904)


def _part_of(targets: dict[str, tuple[str, str]], wanted: str) -> str:
    return next((part for kind, part in targets.values() if kind == wanted), "")


def _strings(archive: Archive, targets: dict[str, tuple[str, str]]) -> list[str]:
    """The texts that cells refer to by number."""
    found: list[str] = []
    pieces = Pieces()

    def end(tag: str) -> None:
        pieces.end(tag)
        if tag == "si":
            found.append(pieces.taken())

    part = _part_of(targets, "sharedStrings")
    if part in archive:
        archive.walk(part, pieces.start, end, pieces.text)
    return found


def _formats(archive: Archive, targets: dict[str, tuple[str, str]]) -> list[str]:
    """The number format of each style that a cell may refer to."""
    codes = dict(_BUILT_IN)
    found: list[str] = []
    inside = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            codes[whole(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        if tag == "cellXfs":
            inside.append(tag)
        if tag == "xf" and inside:
            found.append(codes.get(whole(attributes.get("numFmtId", "0")), _SOME_NUMBER))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside.clear()

    part = _part_of(targets, "styles")
    if part in archive:
        archive.walk(part, start, end)
    return found


def workbook_fault(message: str, hint: str) -> PolicyError:
    """A fault of the workbook as a whole that does not keep the rest from being read."""
    return PolicyError(WORKBOOK, None, message, hint)
