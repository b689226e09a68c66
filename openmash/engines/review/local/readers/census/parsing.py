"""A census file, child by child: nothing is fetched, no entity is filled in, and no more than one child is kept.

A file is read on past what is no XML; a child in whose record that stands is left out and said.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from openmash.engines.review.local.history import CannotRead, Fault
from openmash.engines.review.local.readers.census.children import Child, child_of, first, name_of, text_of
from openmash.engines.review.local.readers.mending import MOST_FAULTS

_DECLARED = 200
"""Bytes in which the declaration of an encoding stands."""
_LEFT_OUT = "Here it is no XML, and the child was left out"


@dataclass
class Census:
    """What one file holds. `until` is the last day of its year, `area` the number of the council (`LEA`)."""

    name: str
    until: date
    area: str = ""
    children: list[Child] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    more: int = 0
    """Faults that were counted and are not listed."""


def read_file(path: Path, name: str, today: date) -> Census:
    """Everything of one file that can be read, with what cannot.

    Raises:
        CannotRead: there is no such file, it is no census, or it does not say of which year it is.
    """
    with _in_its_encoding(path, name) as (file, said):
        return _Reading(name, today, said).read(file)


@contextmanager
def _in_its_encoding(path: Path, name: str) -> Iterator[tuple[BinaryIO, list[Fault]]]:
    """The file, or a copy in UTF-8 where it says that it is and is not."""
    try:
        with path.open("rb") as file:
            start = file.read(_DECLARED)
            file.seek(0)
            line = 0 if _says_another(start) else _first_line_not_utf8(file)
            file.seek(0)
            if not start.strip():
                raise CannotRead(f"{name} is empty.")
            if not line:
                yield file, []
                return
            said = "It is not written in UTF-8, as it says. It was read as Windows-1252."
            with tempfile.TemporaryFile() as copy:
                for each in file:
                    copy.write(each.decode("cp1252", errors="replace").encode())
                copy.seek(0)
                yield copy, [Fault(f"{name}, line {line}", said)]
    except OSError as wrong:
        raise CannotRead(f"{name} cannot be read: {wrong.strerror}.") from None


def _says_another(start: bytes) -> bool:
    """Whether the file itself names an encoding, which the parser then reads."""
    wide = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    declared = start.split(b"?>")[0].lower() if b"<?xml" in start else b""
    return wide or (b"encoding" in declared and b"utf-8" not in declared)


def _first_line_not_utf8(file: BinaryIO) -> int:
    for number, line in enumerate(file, start=1):
        try:
            line.decode()
        except UnicodeDecodeError:
            return number
    return 0


class _Reading:
    def __init__(self, name: str, today: date, said: list[Fault]) -> None:
        self.name, self.today = name, today
        self.found: Census | None = None
        self.said, self.more = said, 0
        self.found_wrong: list[tuple[int, int, str]] = []
        """Line, child (0: none) and what."""
        self.is_xml = False
        self.place = 0

    def read(self, file: BinaryIO) -> Census:
        steps = etree.iterparse(
            file,
            events=("start", "end"),
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        try:
            for event, element in steps:
                self._step(event, element)
        except etree.XMLSyntaxError as wrong:
            if self.found is None:
                raise CannotRead(f"{self.name} is no XML file: {_words(wrong.msg)}.") from None
            self._say_line(wrong.lineno or 0, "Here the file breaks off. What stands after it was not read.")
        if not self.is_xml:
            raise CannotRead(f"{self.name} is no XML file.")
        if self.found is None:
            raise CannotRead(f"{self.name} is no census of children in need: no Child stands in it.")
        self._leave_out(self.found, list(steps.error_log))
        self.found.faults = [*self.said, *map(self._fault, sorted(self.found_wrong))]
        self.found.more = self.more
        return self.found

    def _fault(self, wrong: tuple[int, int, str]) -> Fault:
        line, place, what = wrong
        return Fault(f"{self.name}, line {line}{f', child {place}' if place else ''}", what)

    def _step(self, event: str, element: Any) -> None:
        name = name_of(element)
        if event == "start":
            if element.getparent() is None:
                self._root(element, name)
            if name == "child":
                self.place += 1
                element.set("_place", str(self.place))
                self.found = self.found or self._census(element)
        elif name == "child" and self.found is not None:
            self._child(element, self.found)

    def _root(self, element: Any, name: str) -> None:
        self.is_xml = True
        if element.getroottree().docinfo.internalDTD is not None:
            raise CannotRead(f"{self.name} brings a DOCTYPE. A census has none, and nothing of it was read.")
        if name != "message":
            raise CannotRead(f"{self.name} is no census of children in need: it does not begin with Message.")

    def _census(self, child: Any) -> Census:
        """The file as its header says, read when the first child begins."""
        message = child.getroottree().getroot()
        header = first(message, "Header")
        about, source = first(header, "CollectionDetails"), first(header, "Source")
        return Census(self.name, self._until(about, message), text_of(first(source, "LEA")))

    def _until(self, about: Any | None, message: Any) -> date:
        reference, year = text_of(first(about, "ReferenceDate")), text_of(first(about, "Year"))
        try:
            until = date.fromisoformat(reference)
        except ValueError:
            if not (year.isascii() and year.isdigit() and len(year) == 4):
                raise CannotRead(
                    f"{self.name} does not say of which year it is: neither ReferenceDate nor Year of its header "
                    "can be read."
                ) from None
            until = date(int(year), 3, 31)
            self.say(
                message if about is None else about,
                f"ReferenceDate cannot be read. {until} is taken, from Year.",
            )
        if (until.month, until.day) != (3, 31):
            self.say(about, f"ReferenceDate is {until}, and should be 31 March. Nothing after it is known.")
        if until > self.today:
            self.say(about, f"ReferenceDate is {until}, which is to come. {self.today} is taken.")
            return self.today
        return until

    def _child(self, element: Any, found: Census) -> None:
        place = int(element.get("_place"))
        read = child_of(element, place, found.until, lambda at, what: self.say(at, what, place))
        found.children.append(read)
        element.clear()
        while (before := element.getprevious()) is not None and name_of(before) == "child":
            element.getparent().remove(before)

    def _leave_out(self, found: Census, broken: list[Any]) -> None:
        """Leave out every child on whose lines stands what is no XML: what was read of it may be another's.

        Known only at the end, since the parser reads ahead.
        """
        found.children.sort(key=lambda child: child.place)
        out: dict[int, tuple[int, int, str]] = {}
        for each in broken:
            there = [child for child in found.children if child.lines[0] <= each.line <= child.lines[1]]
            inmost = [child for child in there if child.lines[0] == there[-1].lines[0]]
            if not inmost:
                self._say_line(each.line, f"Here it is no XML: {_words(each.message)}.")
            for child in inmost:
                what = f"{_LEFT_OUT}: {_words(each.message)}."
                out.setdefault(child.place, (each.line, child.place, what))
        found.children = [child for child in found.children if child.place not in out]
        self.found_wrong = [each for each in self.found_wrong if each[1] not in out] + list(out.values())

    def say(self, element: Any, what: str, place: int = 0) -> None:
        self._say_line(element.sourceline if element is not None else 1, what, place)

    def _say_line(self, line: int, what: str, place: int = 0) -> None:
        if len(self.found_wrong) >= MOST_FAULTS:
            self.more += 1
        else:
            self.found_wrong.append((line, place, what))


def _words(message: str | None) -> str:
    """What the parser says of how tags stand, without anything of the text between them."""
    text = (message or "").split(", line")[0].strip()
    if not text or text.startswith("xmlParse"):
        return "there is an “&” or “<” by itself, or a tag that has no end"
    return text[:1].lower() + text[1:120]
