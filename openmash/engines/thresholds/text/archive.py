"""Opening an Excel file that anybody may have sent: what is in it is weighed before any of it is unpacked.

An .xlsx file is a zip of XML parts. Every limit here is on numbers the file declares or bytes actually read,
so that a hostile file costs little: at most `LARGEST_UNPACKED` bytes and `MOST_ELEMENTS` elements.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from posixpath import dirname, join, normpath, split
from xml.parsers import expat

from openmash.engines.thresholds.policy.errors import PolicyError, PolicyErrors

WORKBOOK = "workbook"
LARGEST_FILE = 2_000_000
LARGEST_PART = 8_000_000
LARGEST_UNPACKED = 16_000_000
MOST_PARTS = 200
MOST_ELEMENTS = 100_000
MOST_TIMES_LARGER = 100
"""How many times larger the unpacked parts may be than the file. Tables of words come to about ten times."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RESAVE = "Save it in Excel as “Excel Workbook (.xlsx)”."
# What a part is called, what is said of it, and what to do instead.
_UNWELCOME = (
    (r"vbaproject|macrosheets|activex|\bctrlprops", "The workbook holds macros.", _RESAVE),
    (
        r"externallinks|connections\.xml|querytables|embeddings|externalreferences",
        "The workbook takes something from another file.",
        "Break the links (Data, Edit Links, Break Link), delete embedded files, and save it again.",
    ),
    (
        r"comments",
        "The workbook holds comments, which would be lost.",
        "Move what should be kept into the column “note”, and delete the comments.",
    ),
    (r"\.bin$|^content\.xml$", "The workbook is in another format.", _RESAVE),
)
# Printers leave their settings behind in a part of that name; nobody reads it.
_HARMLESS = re.compile(r"printersettings[^/]*\.bin$")

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def refused(message: str, hint: str) -> PolicyErrors:
    """What to raise when a workbook as a whole cannot be read."""
    return PolicyErrors([PolicyError(WORKBOOK, None, message, hint)])


def damaged() -> PolicyErrors:
    return refused("The workbook is damaged.", f"Open it in Excel and save it again. {_RESAVE}")


class Archive:
    """The parts of an Excel file.

    Raises:
        PolicyErrors: it is no .xlsx file, is protected, holds macros, links or comments, or would unpack to
            more than is ever needed.
    """

    def __init__(self, data: bytes) -> None:
        _look_at(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError):
            raise damaged() from None
        self._parts = {info.filename: info for info in self._zip.infolist()}
        self._elements_left = MOST_ELEMENTS
        self._bytes_left = LARGEST_UNPACKED
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        _weigh(self._zip.infolist(), len(data))
        for name in self._parts:
            _look_at_name(name.lower())

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """The bytes of one part, never more than it declares; all readings together never more than allowed."""
        if name not in self:
            raise damaged()
        size = self._parts[name].file_size
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise damaged()  # no part is needed twice
        try:
            with self._zip.open(name) as part:
                # As much as is asked for is unpacked at once, however little the part declares.
                return part.read(size)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError, OSError):
            raise damaged() from None

    def walk(self, name: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
        """Call `start`, `end` and `text` for each element of a part, by names without namespace.

        Elements of other vocabularies than the spreadsheet's own are passed over.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True

        def started(tag: str, attributes: dict[str, str]) -> None:
            self._elements_left -= 1
            if self._elements_left < 0:
                said = "The workbook holds far more cells than a policy needs."
                raise refused(said, "Delete the rows and columns below and beside the tables.")
            if name := _ours(tag):
                start(name, _plain(attributes))

        def ended(tag: str) -> None:
            if end is not None and (name := _ours(tag)):
                end(name)

        parser.StartElementHandler = started
        parser.EndElementHandler = ended
        parser.StartDoctypeDeclHandler = _no_doctype
        if text is not None:
            parser.CharacterDataHandler = text
        try:
            parser.Parse(self.read(name), True)
        except PolicyErrors:
            raise
        except (expat.ExpatError, LookupError, ValueError):
            raise damaged() from None

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: by id, the last word of its type and the name of the part.

        Raises:
            PolicyErrors: it refers to something outside the workbook. A link to click on is let pass: nothing
                is fetched for it.
        """
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, name = split(part)
        source = f"{folder}/_rels/{name}.rels".lstrip("/")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                kind = attributes.get("Type", "").rpartition("/")[2]
                if attributes.get("TargetMode", "").lower() == "external":
                    if kind != "hyperlink":
                        raise refused(*_UNWELCOME[1][1:])
                    return
                target = attributes.get("Target", "")
                found[attributes.get("Id", "")] = kind, normpath(join("/", dirname(part), target)).lstrip("/")

        if source in self:
            self.walk(source, start)
        return found

    def parts_with_relations(self) -> Iterator[str]:
        """Every part that refers to others, the workbook itself ("") among them."""
        for name in self._parts:
            if name.endswith(".rels"):
                folder, file = split(name)
                yield join(dirname(folder), file.removesuffix(".rels"))


def _look_at(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise refused(
            f"The file is larger than {LARGEST_FILE // 1_000_000} MB.", "Check that it is the right one."
        )
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            hint = "Take the password away (File, Info, Protect Workbook) and save it again."
            raise refused("The workbook is protected with a password.", hint)
        raise refused("The workbook is in the old Excel format (.xls).", _RESAVE)
    if not data.startswith(b"PK"):
        raise refused("The file is not an Excel workbook.", _RESAVE)


def _weigh(parts: list[zipfile.ZipInfo], packed: int) -> None:
    hint = "Check that it is the right file, and delete pictures and whatever is no table of the policy."
    if len(parts) > MOST_PARTS:
        raise refused(f"The workbook holds {len(parts)} parts; at most {MOST_PARTS} are read.", hint)
    if len({part.filename for part in parts}) < len(parts):
        raise damaged()
    if any(part.flag_bits & 1 for part in parts):
        raise refused(
            "The workbook is protected with a password.", "Take the password away and save it again."
        )
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise damaged()
    total = sum(part.file_size for part in parts)
    if total > LARGEST_UNPACKED or any(part.file_size > LARGEST_PART for part in parts):
        raise refused(f"The workbook would unpack to {total:,} bytes, far more than a policy needs.", hint)
    if total > 1_000_000 and total > MOST_TIMES_LARGER * packed:
        raise refused(f"The workbook would unpack to {total // packed} times its size.", hint)


def _look_at_name(name: str) -> None:
    for pattern, message, hint in _UNWELCOME:
        if re.search(pattern, name) and not _HARMLESS.search(name):
            raise refused(message, hint)


def _no_doctype(*_: object) -> None:
    # No spreadsheet program writes one; entities that grow without end are declared in it.
    raise refused("The workbook declares a document type of its own.", f"Open it in Excel. {_RESAVE}")


@lru_cache(maxsize=256)
def _ours(tag: str) -> str:
    """The name of an element without its namespace; "" for one of another vocabulary.

    Ours are the two vocabularies of a spreadsheet (as everybody writes it, and as the standard would have it)
    and those of the lists of what refers to what, and of what kind each part is.
    """
    space, _, name = tag.rpartition(" ")
    known = ("/spreadsheetml/2006/main", "/spreadsheetml/main", "/2006/relationships", "/content-types")
    return name if space.endswith(known) else ""


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    # An attribute of another vocabulary may not pass for one of ours, but for the one that names a relation.
    return {
        key.rpartition(" ")[2]: value
        for key, value in attributes.items()
        if " " not in key or key.endswith("/relationships id")
    }
