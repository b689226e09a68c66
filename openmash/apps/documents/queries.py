"""Whether a file may be opened, and its bytes. The caller has asked `access`, and writes the look down."""

from dataclasses import dataclass

from django.conf import settings

from openmash.apps.documents.errors import NotOpened
from openmash.apps.documents.keeping import contents
from openmash.apps.documents.kinds import BY_NAME
from openmash.apps.documents.models import Document, Scan


@dataclass(frozen=True)
class Standing:
    """How a file stands: whether it may be opened, and a sentence for the page."""

    may_open: bool
    words: str


def is_scanner_set_up() -> bool:
    return bool(settings.OPENMASH_CLAMD)


def standing_of(document: Document) -> Standing:
    """Deny by default: only a clean scan opens a file, or the setting where there is no scanner at all."""
    scan: Scan | None = getattr(document, "scan", None)
    if scan is not None and scan.verdict == Scan.Verdict.CLEAN:
        return Standing(True, "Scanned for viruses: nothing was found.")
    if scan is not None and scan.verdict == Scan.Verdict.FOUND:
        return Standing(False, "Something harmful was found in it. It is kept, and nobody can open it.")
    if scan is not None:
        return Standing(
            False, "The virus scanner could not look at it, so nobody can open it. Send it again."
        )
    if is_scanner_set_up():
        return Standing(False, "Waiting to be scanned for viruses. It can be opened after that.")
    if settings.OPENMASH_OPEN_UNSCANNED:
        return Standing(True, "Not scanned for viruses: no scanner is set up here.")
    return Standing(False, "Not scanned: no virus scanner is set up here, so nobody can open it.")


@dataclass(frozen=True)
class Opened:
    """A file to be handed out, under a name whose ending says what it is."""

    data: bytes
    name: str
    media_type: str


def opened(document: Document) -> Opened:
    """A file's bytes.

    Raises:
        NotOpened: it may not be opened, or is not what was handed over.
    """
    standing = standing_of(document)
    if not standing.may_open:
        raise NotOpened(standing.words)
    kind = BY_NAME[document.kind]
    return Opened(contents(document.kept_as, document.sha256), document.name, kind.media_type)
