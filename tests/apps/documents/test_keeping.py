"""A file is kept whole under a random name, or not at all; what goes wrong is said, and leaves nothing behind."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from openmash.apps.documents import keeping
from openmash.apps.documents.actions import keep_document, remove_unnamed
from openmash.apps.documents.errors import NotOpened, NotTaken
from openmash.apps.documents.kinds import LARGEST
from openmash.apps.documents.models import Document
from openmash.apps.documents.queries import opened
from tests import files
from tests.cast import MONDAY, Cast


def kept(cast: Cast, content: bytes = files.PDF, name: str = "letter.pdf") -> Document:
    return keep_document(name=name, pieces=[content], by=cast.social_worker, ground="a test", now=MONDAY)


def lying(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_document_lies_under_a_random_name_that_only_the_service_reads(cast: Cast, folder: Path) -> None:
    document = kept(cast)
    (path,) = lying(folder)
    assert "letter" not in str(path.relative_to(folder))
    assert path.read_bytes() == files.PDF
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert document.sha256 == hashlib.sha256(files.PDF).hexdigest()
    assert (document.size, document.kind) == (len(files.PDF), "pdf")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_full_or_broken_disk_is_said_and_leaves_nothing(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("openmash.apps.documents.keeping.os.fsync", full)
    with pytest.raises(NotTaken) as refused:
        kept(cast)
    assert refused.value.reason == (keeping.CANNOT_KEEP if number == errno.EIO else keeping.NO_ROOM)
    assert lying(folder) == []
    assert not Document.objects.exists()


def test_an_upload_that_breaks_off_leaves_nothing(cast: Cast, folder: Path) -> None:
    def breaks_off() -> Iterator[bytes]:
        yield files.PDF
        raise ConnectionResetError

    with pytest.raises(NotTaken):
        keep_document(name="a.pdf", pieces=breaks_off(), by=cast.gp, ground="a test", now=MONDAY)
    assert lying(folder) == []


def test_too_large_is_refused_before_it_fills_the_disk(cast: Cast, folder: Path) -> None:
    written = []

    def endless() -> Iterator[bytes]:
        while True:
            written.append(1)
            yield b"%PDF-" + b"x" * 1_000_000

    with pytest.raises(NotTaken) as refused:
        keep_document(name="a.pdf", pieces=endless(), by=cast.gp, ground="a test", now=MONDAY)
    assert refused.value.reason == keeping.TOO_LARGE
    assert len(written) <= LARGEST // 1_000_000 + 1
    assert lying(folder) == []


def test_what_was_not_taken_leaves_nothing(cast: Cast, folder: Path) -> None:
    with pytest.raises(NotTaken):
        kept(cast, files.PROGRAM)
    assert lying(folder) == []


def test_a_file_changed_on_the_disk_is_not_handed_out(cast: Cast, folder: Path, settings: Any) -> None:
    settings.OPENMASH_OPEN_UNSCANNED = True
    document = kept(cast)
    assert opened(document).data == files.PDF
    (path,) = lying(folder)
    path.write_bytes(files.PDF + b" ")
    with pytest.raises(NotOpened):
        opened(document)
    path.unlink()
    with pytest.raises(NotOpened):
        opened(document)


def test_what_a_crash_left_is_removed_and_nothing_else(cast: Cast, folder: Path) -> None:
    kept(cast)
    orphan = keeping.receive([b"half of it"]).path
    assert remove_unnamed(now=timezone.now()) == 0, "an upload may still be going on"
    for path in lying(folder):
        os.utime(path, (0, 0))
    assert remove_unnamed(now=timezone.now() + timedelta(days=2)) == 1
    assert not orphan.exists()
    assert len(lying(folder)) == 1


def test_a_whole_document_is_never_removed_whatever_its_age_and_whoever_names_it(
    cast: Cast, folder: Path
) -> None:
    kept(cast)
    (whole,) = lying(folder)
    stray = whole.with_name(
        "f" * len(whole.name)
    )  # whole, and named by no row: as after a database was restored
    stray.write_bytes(b"the only copy")
    keeping.receive([b"half of it"])
    for path in lying(folder):
        os.utime(path, (0, 0))
    assert remove_unnamed(now=timezone.now() + timedelta(days=4000)) == 1
    assert sorted(lying(folder)) == sorted([whole, stray])


def test_where_no_folder_is_set_up_it_says_so(cast: Cast, settings: Any) -> None:
    settings.OPENMASH_DOCUMENTS_FOLDER = ""
    with pytest.raises(NotTaken) as refused:
        kept(cast)
    assert refused.value.reason == keeping.NOWHERE
