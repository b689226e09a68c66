"""Which kinds of file are taken, and whether a file is what its name says. Pure: reads a file, keeps nothing.

A file is judged by its content and its name together, and both must say the same: what is called .pdf and is a
program is refused, and so is a program called by its own name.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

import puremagic

from openmash.apps.documents.errors import NotTaken

LARGEST = 20_000_000
"""Bytes. A scanned court bundle of 200 pages is about 15 MB."""
MOST_UNPACKED = 200_000_000
MOST_TIMES_LARGER = 150
ALWAYS_ALLOWED = 20_000_000
MOST_PARTS = 2_000
LONGEST_NAME = 120
_PIECE = 1 << 20
_HEAD = 8_192


@dataclass(frozen=True)
class Kind:
    """A kind of file. `part` is the part that a packed one must have; `endings[0]` is given to it when it leaves."""

    name: str
    label: str
    endings: tuple[str, ...]
    media_type: str
    part: str = ""


KINDS = (
    Kind("pdf", "PDF", (".pdf",), "application/pdf"),
    Kind("jpeg", "Photograph (JPEG)", (".jpg", ".jpeg"), "image/jpeg"),
    Kind("png", "Picture (PNG)", (".png",), "image/png"),
    Kind("heic", "Photograph (HEIC)", (".heic",), "image/heic"),
    Kind(
        "word",
        "Word document",
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "word/document.xml",
    ),
    Kind(
        "excel",
        "Excel workbook",
        (".xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xl/workbook.xml",
    ),
    Kind(
        "text_document",
        "Text document (ODT)",
        (".odt",),
        "application/vnd.oasis.opendocument.text",
        "content.xml",
    ),
    Kind("text", "Plain text", (".txt",), "text/plain"),
)
BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}
BY_NAME = {kind.name: kind for kind in KINDS}
TAKEN_IN_WORDS = (
    "PDF, Word (.docx), Excel (.xlsx), ODT, plain text (.txt), or a photograph (.jpg, .png or .heic)"
)


def clean_name(given: str) -> str:
    """The last part of a name, without what would lead elsewhere or could not be shown; never empty."""
    last = PureWindowsPath(given.replace("/", "\\")).name
    shown = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*\\/')
    shown = re.sub(r"\s+", " ", shown).rstrip(" .")
    stem, dot, ending = shown.rpartition(".")
    if not dot:
        stem, ending = shown, ""
    room = LONGEST_NAME - len(ending[:10]) - 1
    return f"{stem.strip(' .')[:room] or 'document'}{dot}{ending[:10]}"


def recognised(path: Path, name: str) -> Kind:
    """What kind of file this is.

    Raises:
        NotTaken: it is of no kind that is taken, or is not what its name says, or would unpack to far too much.
    """
    ending = PureWindowsPath(name).suffix.lower()
    kind = BY_ENDING.get(ending)
    if kind is None:
        raise NotTaken(f"This kind of file is not taken. It can be: {TAKEN_IN_WORDS}.")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise NotTaken("The file is empty. Check it, and choose it again.")
    if not _fits(kind, head, path):
        raise NotTaken(
            f"The file is called {ending}, but what is in it is not a {kind.label}. "
            "Open it, save it again as what it is, and choose it again."
        )
    if kind.part:
        _weigh(path, kind)
    return kind


def _fits(kind: Kind, head: bytes, path: Path) -> bool:
    if kind.name == "text":
        return _is_text(path)
    if kind.part:
        return head.startswith(b"PK\x03\x04")
    if kind.name == "heic":
        return head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc")
    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        return False
    return any(each.extension in kind.endings for each in found) and _begins(kind, head)


def _begins(kind: Kind, head: bytes) -> bool:
    """A file of two kinds at once is told apart by its first bytes, as the programs that open it do."""
    first = {"pdf": b"%PDF-", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
    return head.startswith(first[kind.name])


def _is_text(path: Path) -> bool:
    text = path.read_bytes()
    if b"\x00" in text or text.startswith((b"PK\x03\x04", b"MZ", b"\x7fELF", b"%PDF-")):
        return False
    try:
        text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return all(byte >= 0x20 or byte in b"\t\r\n\x0c" for byte in text)
    return True


def _weigh(path: Path, kind: Kind) -> None:
    """Unpack everything once, within limits and into nowhere: a small file may hold a huge one."""
    left = min(MOST_UNPACKED, max(ALWAYS_ALLOWED, MOST_TIMES_LARGER * path.stat().st_size))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _look_at(parts, kind)
            for part in parts:
                with archive.open(part) as opened:
                    while piece := opened.read(_PIECE):
                        left -= len(piece)
                        if left < 0:
                            raise NotTaken(
                                "The file would unpack to far more than a document needs, and is not taken. "
                                "Check that it is the right file, or save it as a PDF."
                            )
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise NotTaken("The file is damaged. Open it, save it again, and choose it again.") from None


def _look_at(parts: list[zipfile.ZipInfo], kind: Kind) -> None:
    names = [part.filename for part in parts]
    if kind.part not in names or len(names) > MOST_PARTS:
        raise NotTaken(f"The file is not an ordinary {kind.label}. Save it again, or as a PDF.")
    if any(part.flag_bits & 1 for part in parts):
        raise NotTaken("The file is protected with a password. Take it away, and choose the file again.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise NotTaken("The file has macros in it. Save it without them, or as a PDF.")
