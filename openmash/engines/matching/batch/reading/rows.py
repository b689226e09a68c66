"""One row of a register as a described person. Whatever cannot be used is said, and the rest is kept."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from openmash.engines.matching.batch.reading.dates import NotADate, Order, date_in
from openmash.engines.matching.batch.reading.faults import Kept, RawRow, Remark
from openmash.engines.matching.batch.reading.headings import KNOWN, SEVERAL, Columns
from openmash.engines.matching.described import (
    Address,
    Born,
    DescribedPerson,
    Identifier,
    IdentifierKind,
    PersonName,
    Sex,
)
from openmash.engines.matching.identifiers import (
    nhs_number,
    postcode,
    upn,
    why_not_nhs_number,
    why_not_upn,
)

LONGEST_CELL = 2_000
LONGEST_NAME = 300
OLDEST = 120
NOT_KNOWN = frozenset(
    (
        "-",
        "--",
        "—",
        ".",
        "?",
        "n/a",
        "n.a.",
        "unknown",
        "not known",
        "not given",
        "not recorded",
        "not stated",
    )
)
"""What stands for "not known" in any column."""
NO_VALUE = NOT_KNOWN | {
    "na",
    "none",
    "nil",
    "null",
    "nan",
    "nat",
    "tbc",
    "unk",
    "x",
    "xx",
    "xxx",
    "0",
    "no data",
}
"""What does so where no name can stand: Null is a surname, and Na a given name."""
_NAMED = frozenset(
    name for name in KNOWN if name.endswith(("given", "family", "name", "parent", "sibling", "middle"))
)
EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
_SEXES = {
    "f": Sex.FEMALE, "female": Sex.FEMALE, "girl": Sex.FEMALE, "woman": Sex.FEMALE, "2": Sex.FEMALE,
    "m": Sex.MALE, "male": Sex.MALE, "boy": Sex.MALE, "man": Sex.MALE, "1": Sex.MALE,
}  # fmt: skip
"""1 and 2 are the codes of the NHS. Anything else is not known."""

_SPACES = re.compile(r"\s+")
_TEXT_FORMULA = re.compile(r'^="(.*)"$')
_SHORTENED = re.compile(r"^\d(\.\d+)?[eE]\+\d+$")


class LeftOut(Exception):
    """A row that cannot be used at all. The text says why."""


class Rows:
    """Turns the cells of one register into people.

    issuer: who gave the local identifiers: the register's agency. on: today.
    """

    def __init__(self, columns: Columns, order: Order, *, issuer: str, on: date) -> None:
        self._places = columns.places
        self._headings = columns.headings
        self._order = order
        self._issuer = issuer
        self._on = on

    def used(self, raw: RawRow) -> tuple[DescribedPerson | None, list[Remark]]:
        """The person a row describes, or None if it must be left out, and what is to be said of it."""
        row = _Row(self._places, self._headings, raw.cells)
        try:
            if raw.fault:
                raise LeftOut(raw.fault)
            return self._person(row), row.remarks
        except LeftOut as wrong:
            return None, [Remark(Kept.LEFT_OUT, str(wrong))]

    def _person(self, row: "_Row") -> DescribedPerson:
        names = tuple(_names(row))
        if not names:
            raise LeftOut("There is no name in this row.")
        if any(len(each.given) > LONGEST_NAME or len(each.family) > LONGEST_NAME for each in names):
            raise LeftOut(f"A name is longer than {LONGEST_NAME} characters.")
        born, is_unborn = self._born(row)
        return DescribedPerson(
            names=names,
            born=born,
            sex=_SEXES.get(row.text("sex").casefold(), Sex.NOT_KNOWN),
            addresses=tuple(_addresses(row)),
            identifiers=tuple(self._identifiers(row)),
            parents=tuple(_parents(row)),
            siblings=tuple(PersonName(each) for each in _split(row.all("sibling"))),
            schools=tuple(row.all("school")),
            telephones=tuple(row.all("telephone")),
            is_unborn=is_unborn,
        )

    def _born(self, row: "_Row") -> tuple[Born, bool]:
        born = self._date(row, "born")
        if born and born > self._on + timedelta(days=1):
            row.say(f"The date of birth {born:%-d %B %Y} lies ahead.")
            born = None
        if born:
            return Born(on=born), False
        if expected := self._date(row, "expected"):
            return Born(expected_on=expected), True
        age = row.text("age")
        if not age:
            return Born(), False
        if age.isascii() and age.isdigit() and int(age) <= OLDEST:
            return Born(age_years=int(age), age_said_on=self._on), False
        row.say(f"The age “{age[:40]}” is not a whole number of years.")
        return Born(), False

    def _date(self, row: "_Row", field: str) -> date | None:
        cell = row.value(field)
        if cell is None:
            return None
        try:
            found, said = date_in(cell, order=self._order, on=self._on)
        except NotADate as wrong:
            row.say(f"{row.heading(field)}: {wrong}")
            return None
        if said:
            row.say(f"{row.heading(field)}: {said}", Kept.KEPT_AS_READ)
        return found

    def _identifiers(self, row: "_Row") -> Iterator[Identifier]:
        """Those that pass their check, and local ones. One that fails is said, and never used."""
        yield from _checked(row, "nhs_number", IdentifierKind.NHS_NUMBER, nhs_number, why_not_nhs_number)
        yield from _checked(row, "upn", IdentifierKind.UPN, upn, why_not_upn)
        yield from _checked(row, "former_upn", IdentifierKind.FORMER_UPN, upn, why_not_upn)
        for value in row.all("local_id"):
            yield Identifier(IdentifierKind.LOCAL, value, self._issuer)


class _Row:
    """The cells of one row by field, and what was said of them."""

    def __init__(
        self, places: Mapping[str, tuple[int, ...]], headings: Sequence[str], cells: Sequence[object]
    ) -> None:
        self._places = places
        self._headings = headings
        self._cells = cells
        self.remarks: list[Remark] = []

    def say(self, sentence: str, kept: Kept = Kept.KEPT_WITHOUT) -> None:
        self.remarks.append(Remark(kept, sentence))

    def heading(self, field: str) -> str:
        return self._headings[self._places[field][0]]

    def value(self, field: str) -> object:
        """The first filled cell of a field, or None."""
        if field not in self._places:
            return None
        found = self._filled(field)
        if len(found) > 1 and field not in SEVERAL and len({_text(each).casefold() for each in found}) > 1:
            raise LeftOut(
                f"“{self.heading(field)}” stands in {len(found)} columns that say different things."
            )
        return found[0] if found else None

    def text(self, field: str) -> str:
        value = self.value(field)
        return "" if value is None else _text(value)

    def all(self, field: str) -> list[str]:
        """The text of every filled cell of a field, each once."""
        if field not in self._places:
            return []
        if field not in SEVERAL:
            text = self.text(field)
            return [text] if text else []
        return list(dict.fromkeys(_text(each) for each in self._filled(field)))

    def _filled(self, field: str) -> list[object]:
        found = []
        nothing = NOT_KNOWN if field in _NAMED else NO_VALUE
        for place in self._places[field]:
            cell = self._cells[place] if place < len(self._cells) else None
            if cell is None or not (text := _text(cell)) or text.casefold() in nothing:
                continue
            if text.upper() in EXCEL_ERRORS:
                self.say(f"{self._headings[place]}: the cell holds the error {text[:20]}.")
            elif len(text) > LONGEST_CELL:
                raise LeftOut(f"“{self._headings[place]}” holds more than {LONGEST_CELL:,} characters.")
            else:
                found.append(cell)
        return found


def _text(cell: object) -> str:
    """A cell as text on one line: a whole number without its ".0", ="0123" as 0123."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if not isinstance(cell, str):
        return str(cell)
    text = cell.strip().removeprefix("'") if cell.startswith("'") and cell.count("'") == 1 else cell.strip()
    if found := _TEXT_FORMULA.match(text):
        text = found[1].strip()
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return _SPACES.sub(
        " ", "".join(" " if unicodedata.category(each) == "Cc" else each for each in text)
    ).strip()


def _names(row: _Row) -> Iterator[PersonName]:
    given, family = row.text("given"), row.text("family")
    middle = row.text("middle")
    if given or family:
        yield PersonName(" ".join(part for part in (given, middle) if part), family)
    full = row.text("full_name")
    if full and not (given and family):
        yield PersonName(full)
    for other in row.all("other_given"):
        if other.casefold() != given.casefold():
            yield PersonName(other, family)
    for other in row.all("other_family"):
        if other.casefold() != family.casefold():
            yield PersonName(given, other)
    for other in _split(row.all("other_name")):
        yield PersonName(other)


def _split(cells: Sequence[str]) -> Iterator[str]:
    """Several names in one cell, between semicolons or slashes. A comma may be "Khan, Ayesha"."""
    for cell in cells:
        yield from (part.strip() for part in re.split(r"[;/|]", cell) if part.strip())


def _parents(row: _Row) -> Iterator[PersonName]:
    for number in (1, 2):
        given, family = row.text(f"parent_{number}_given"), row.text(f"parent_{number}_family")
        if given or family:
            yield PersonName(given, family)
    for name in _split(row.all("parent")):
        yield PersonName(name)


def _addresses(row: _Row) -> Iterator[Address]:
    """The address in use, then the old one."""
    for lines, field in (("address", "postcode"), ("old_address", "old_postcode")):
        written, code = ", ".join(row.all(lines)), row.text(field)
        good = postcode(code) or ""
        if code and not good:
            row.say(f"{row.heading(field)}: “{code[:40]}” is not a postcode.")
        if written or good:
            yield Address(written, good)


def _checked(
    row: _Row,
    field: str,
    kind: IdentifierKind,
    check: Callable[[str], str | None],
    why_not: Callable[[str], str],
) -> Iterator[Identifier]:
    text = row.text(field)
    if not text:
        return
    if good := check(text):
        yield Identifier(kind, good)
    elif _SHORTENED.match(text):
        row.say(
            f"{row.heading(field)}: “{text[:40]}” is what a spreadsheet makes of a long number: its last digits "
            "are lost. Export it as text."
        )
    else:
        row.say(f"{row.heading(field)}: {why_not(text)}")
