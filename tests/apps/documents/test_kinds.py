"""A file is taken when its content and its name say the same, and what it unpacks to can be borne."""

from pathlib import Path

import pytest

from openmash.apps.documents.errors import NotTaken
from openmash.apps.documents.kinds import KINDS, LONGEST_NAME, clean_name, recognised
from tests import files

TAKEN = {
    "letter.pdf": files.PDF,
    "SCAN.PDF": files.PDF,
    "photo.jpg": files.JPEG,
    "photo.jpeg": files.JPEG,
    "drawing.png": files.PNG,
    "phone.heic": files.HEIC,
    "report.docx": files.WORD,
    "dates.xlsx": files.EXCEL,
    "note.odt": files.ODT,
    "note.txt": files.TEXT,
}
REFUSED = {
    "program.exe": (files.PROGRAM, "This kind of file is not taken"),
    "page.html": (b"<script>alert(1)</script>", "This kind of file is not taken"),
    "no-ending": (files.PDF, "This kind of file is not taken"),
    "program.pdf": (files.PROGRAM, "what is in it is not a PDF"),
    "program.txt": (files.PROGRAM, "what is in it is not a Plain text"),
    "page.jpg": (b"<html>", "is not a Photograph"),
    "both.png": (files.JPEG, "is not a Picture"),
    "late.pdf": (b"<script>x</script>" + files.PDF, "is not a PDF"),
    "sheet.docx": (files.EXCEL, "not an ordinary Word document"),
    "macros.docx": (files.MACROS, "macros"),
    "damaged.docx": (files.damaged(), "damaged"),
    "not-packed.docx": (b"PK\x03\x04 and nothing else", "damaged"),
    "empty.pdf": (b"", "The file is empty"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(TAKEN[name])
    assert Path(name).suffix.lower() in recognised(tmp_path / "file", name).endings


def test_every_kind_is_tried_above() -> None:
    assert {ending for kind in KINDS for ending in kind.endings} <= {Path(name).suffix for name in TAKEN}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str, tmp_path: Path) -> None:
    content, sentence = REFUSED[name]
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(NotTaken) as refused:
        recognised(tmp_path / "file", name)
    assert sentence in refused.value.reason


def test_a_small_file_that_unpacks_to_a_huge_one(tmp_path: Path) -> None:
    content = files.bomb()
    assert len(content) < 1_000_000
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(NotTaken) as refused:
        recognised(tmp_path / "file", "bomb.docx")
    assert "unpack to far more" in refused.value.reason


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Mum\\letter.pdf", "letter.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("\u202egnp.exe.pdf", "gnp.exe.pdf"),
        ("  Arztbrief   für Ümit.pdf ", "Arztbrief für Ümit.pdf"),
        ("", "document"),
        ("...", "document"),
        (".pdf", "document.pdf"),
    ],
)
def test_a_name_leads_nowhere(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert len(clean_name("x" * 5_000 + ".pdf")) <= LONGEST_NAME
    assert clean_name("x" * 5_000 + ".pdf").endswith(".pdf")
