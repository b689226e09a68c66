"""The cells of one sheet of an Excel file: the text their author meant, or a sentence why it is not known."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from openmash.engines.thresholds.policy.errors import PolicyError, PolicyErrors
from openmash.engines.thresholds.text.archive import Archive, damaged
from openmash.engines.thresholds.text.files import LARGEST
from openmash.engines.thresholds.text.tables import MOST_ROWS

MOST_COLUMNS = 60
MOST_FAULTS = 50

Place = tuple[int, int]
"""Row and column, both counted from 1."""

_AS_TEXT = "Format the cell as Text and type it again"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?([eE][-+]?[0-9]{1,3})?")
_PLAIN_FORMATS = ("general", "@", "0")


@dataclass
class Sheet:
    """One sheet: its cells that hold something, and everything that keeps them from being taken as read."""

    name: str
    file: str
    cells: dict[Place, str] = field(default_factory=dict)
    faults: list[PolicyError] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    size: int = 0

    def fault(self, row: int | None, message: str, hint: str) -> None:
        self.faults.append(PolicyError(self.file, row, message, hint))
        if len(self.faults) >= MOST_FAULTS:
            raise PolicyErrors(self.faults)

    def put(self, place: Place, text: str) -> None:
        if not text:
            return
        row, column = place
        if row < 1 or place in self.cells:
            raise damaged()
        if row > MOST_ROWS or column > MOST_COLUMNS:
            said = f"The sheet “{self.name}” has something in the cell {named(place)}, far outside a table."
            hint = f"A sheet has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns: delete what stands outside."
            raise PolicyErrors([PolicyError(self.file, row, said, hint)])
        # One long text may be referred to by every cell, so that the file's own size is no limit.
        self.size += len(text)
        if self.size > LARGEST:
            said = f"The sheet “{self.name}” holds more than 1 MB of text."
            raise PolicyErrors([PolicyError(self.file, None, said, "Check that it is the right file.")])
        self.cells[place] = text


class CellReader:
    """Fills a sheet from its part."""

    def __init__(self, sheet: Sheet, strings: list[str], formats: list[str], from_1904: bool) -> None:
        self.sheet = sheet
        self.strings = strings
        self.formats = formats
        self.first_day = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        self.pieces = Pieces()
        self.place: Place = (0, 0)
        self.attributes: dict[str, str] = {}
        self.has_formula = False

    def read(self, archive: Archive, part: str) -> None:
        archive.walk(part, self.start, self.end, self.pieces.text)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.pieces.start(tag)
        if tag == "c":
            self.attributes, self.has_formula = attributes, False
            self.place = self._next_place(attributes.get("r"))
            self.pieces.wanted = "t" if attributes.get("t") == "inlineStr" else "v"
        elif tag == "f":
            self.has_formula = True
        elif tag == "row":
            self._row(attributes)
        else:
            self._look_of_the_sheet(tag, attributes)

    def _look_of_the_sheet(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "col" and _is_hidden(attributes, "width"):
            columns = whole(attributes.get("min", "")), whole(attributes.get("max", ""))
            self.sheet.hidden_columns.append(columns)
        elif tag == "sheetFormatPr" and is_on(attributes.get("zeroHeight")):
            self.sheet.fault(None, f"Rows of the sheet “{self.sheet.name}” are hidden.", "Show them.")
        elif tag == "mergeCell":
            said = f"The cells {attributes.get('ref', '')[:20]} are merged."
            first = _CELL.match(attributes.get("ref", ""))
            self.sheet.fault(
                int(first[2]) if first else None, said, "Unmerge them, and write in each cell what it means."
            )

    def _row(self, attributes: dict[str, str]) -> None:
        row = whole(attributes["r"]) if "r" in attributes else self.place[0] + 1
        self.place = row, 0
        if _is_hidden(attributes, "ht"):
            self.sheet.hidden_rows.add(row)

    def _next_place(self, name: str | None) -> Place:
        if name is None:
            return self.place[0], self.place[1] + 1
        match = _CELL.fullmatch(name)
        if not match:
            raise damaged()
        return int(match[2]), column_number(match[1])

    def end(self, tag: str) -> None:
        self.pieces.end(tag)
        if tag != "c":
            return
        raw = self.pieces.taken()
        if self.has_formula:
            said = "holds a formula."
            self._unclear(said, "Type what should stand there, or copy the cell and paste it as values only.")
        elif raw:
            self.sheet.put(self.place, self._meant(self.attributes.get("t", "n"), raw))

    def _unclear(self, said: str, hint: str) -> str:
        self.sheet.fault(self.place[0], f"The cell {named(self.place)} {said}", hint)
        return ""

    def _meant(self, kind: str, raw: str) -> str:
        """The text the author meant, "" with a fault when it cannot be told."""
        if kind == "s":
            place = whole(raw)
            if place >= len(self.strings):
                raise damaged()
            return self.strings[place]
        if kind in ("inlineStr", "str"):
            return raw
        if kind == "b":
            return self._unclear("was turned into TRUE or FALSE.", f"{_AS_TEXT}, as yes or no.")
        if kind == "e":
            return self._unclear(f"holds the error {raw[:20]}.", "Type what should stand there.")
        if kind == "d":
            return self._dated(raw.partition("T")[0])
        return self._number(raw)

    def _number(self, raw: str) -> str:
        if not _NUMBER.fullmatch(raw):
            raise damaged()
        number, style = Decimal(raw), whole(self.attributes.get("s", "0"))
        code = self.formats[style] if style < len(self.formats) else "general"
        is_whole = number == number.to_integral_value() and abs(number) < 10**11
        if is_whole and code.lower() in _PLAIN_FORMATS:
            return str(int(number))
        letters = set(re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code).lower())
        if letters.isdisjoint("ymdhs"):
            said = f"was turned into the number {raw[:20]}, which Excel may show in another way."
            return self._unclear(said, f"{_AS_TEXT}.")
        # A date without its year or with a time of day was hardly typed as one: Excel takes 1/2 and Mar1 for
        # dates.
        if is_whole and {*"ymd"} <= letters and letters.isdisjoint("hs") and 60 < number < 2_900_000:
            return self._dated(str(self.first_day + timedelta(days=int(number))))
        return self._dated("")

    def _dated(self, day: str) -> str:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
            return day
        return self._unclear("was turned into a date.", f"{_AS_TEXT}, a date as 2026-01-31.")


class Pieces:
    """The text of an element whose words may be split over runs of different looks.

    Readings of Japanese characters (rPh) stand beside the words and are no part of them.
    """

    def __init__(self) -> None:
        self.wanted = "t"
        self._found: list[str] = []
        self._open = False
        self._aside = False

    def start(self, tag: str, attributes: dict[str, str] | None = None) -> None:
        if tag == "rPh":
            self._aside = True
        self._open = tag == self.wanted and not self._aside

    def end(self, tag: str) -> None:
        if tag == "rPh":
            self._aside = False
        self._open = False

    def text(self, text: str) -> None:
        if self._open:
            self._found.append(text)

    def taken(self) -> str:
        """What was collected, with characters that XML cannot hold put back and line ends made alike."""
        if not self._found:
            return ""
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(self._found))
        self._found.clear()
        return text.replace("\r\n", "\n").replace("\r", "\n")


def named(place: Place) -> str:
    """A place as the spreadsheet shows it: (7, 3) is C7."""
    return f"{column_name(place[1])}{place[0]}"


@lru_cache(maxsize=256)
def column_number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_name(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def whole(digits: str) -> int:
    if not re.fullmatch(r"[0-9]{1,7}", digits):
        raise damaged()
    return int(digits)


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    # What has no height or width is hidden too, whatever it is called.
    return is_on(attributes.get("hidden")) or re.fullmatch(r"0(\.0*)?", attributes.get(size, "1")) is not None


def is_on(value: str | None) -> bool:
    return value in ("1", "true", "on")
