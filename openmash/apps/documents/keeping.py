"""Where files lie: outside anything a web server shows, under random names, written whole or not at all."""

import errno
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from openmash.apps.documents.errors import NotOpened, NotTaken
from openmash.apps.documents.kinds import LARGEST

INCOMING = "incoming"
TOO_LARGE = f"The file is larger than {LARGEST // 1_000_000} MB. Send it in parts, or smaller."
NO_ROOM = "There is no room left to keep files. Nothing of it was kept. Tell whoever runs this service."
CANNOT_KEEP = (
    "The file could not be kept. Nothing of it was kept. Try again, or tell whoever runs this service."
)
NOT_WHAT_IT_WAS = (
    "The file is no longer what was handed over, and is not opened. Tell whoever runs this service."
)
NOWHERE = "No place to keep files has been set up here. Tell whoever runs this service."
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True)
class Received:
    """A file that has arrived and is not kept yet. Size in bytes; SHA-256 in hexadecimal."""

    path: Path
    size: int
    sha256: str


def receive(pieces: Iterable[bytes]) -> Received:
    """Write what arrives to the disk.

    Raises:
        NotTaken: it is too large, it broke off, or the disk refuses.
    """
    path = _folder(INCOMING) / secrets.token_hex(16)
    digest, size = hashlib.sha256(), 0
    try:
        with _fresh(path) as file:
            for piece in pieces:
                size += len(piece)
                if size > LARGEST:
                    raise NotTaken(TOO_LARGE)
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except BaseException as wrong:
        path.unlink(missing_ok=True)
        if isinstance(wrong, OSError):
            raise NotTaken(NO_ROOM if wrong.errno in _FULL else CANNOT_KEEP) from wrong
        raise
    return Received(path, size, digest.hexdigest())


def keep(received: Received) -> str:
    """Give a file its lasting place. Returns the random name under which it lies.

    The row that names it is written after this: a row never points to nothing. A file whose row was never
    written, because the power failed in between, is removed by `remove_unnamed`.
    """
    name = secrets.token_hex(32)
    try:
        place = _folder(name[:2])
        received.path.rename(place / name)
        _to_disk(place)
    except OSError as wrong:
        received.path.unlink(missing_ok=True)
        raise NotTaken(NO_ROOM if wrong.errno in _FULL else CANNOT_KEEP) from wrong
    return name


def drop(received: Received) -> None:
    """Throw away what was not taken."""
    received.path.unlink(missing_ok=True)


def erase(name: str) -> None:
    """Take a file away whose record was removed. Once the row is gone nothing names it, whether it was there or not."""
    (_root() / name[:2] / name).unlink(missing_ok=True)


def contents(name: str, sha256: str) -> bytes:
    """The bytes of a file, if they are still those that were handed over.

    Raises:
        NotOpened: the file is gone, or is not what it was.
    """
    try:
        found = (_root() / name[:2] / name).read_bytes()
    except OSError as wrong:
        raise NotOpened("The file cannot be read from the disk. Tell whoever runs this service.") from wrong
    if hashlib.sha256(found).hexdigest() != sha256:
        raise NotOpened(
            "The file is no longer what was handed over, and is not opened. Tell whoever runs this service."
        )
    return found


def lying(before: float) -> Iterator[tuple[str, Path]]:
    """Every half-written file last written before a moment (seconds since 1970), with its name.

    Only what was being received: a whole file that no row names may be the only copy after a database was restored.
    """
    if not settings.OPENMASH_DOCUMENTS_FOLDER:
        return
    for path in _root().glob("incoming/*"):
        if path.is_file() and path.stat().st_mtime < before:
            yield path.name, path


def _root() -> Path:
    if not settings.OPENMASH_DOCUMENTS_FOLDER:
        raise NotTaken(NOWHERE)
    return Path(settings.OPENMASH_DOCUMENTS_FOLDER)


def _folder(name: str) -> Path:
    root = _root()
    try:
        folder = root / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as wrong:
        raise NotTaken(NO_ROOM if wrong.errno in _FULL else CANNOT_KEEP) from wrong
    return folder


def _fresh(path: Path) -> BinaryIO:
    """A new file that only this service may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _to_disk(folder: Path) -> None:
    """The new name itself must survive a power failure, not only what is in the file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
