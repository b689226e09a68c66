"""Taking a file, and having it looked at. The caller has asked `access`, and hands in the ground."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.documents import keeping, scanner
from openmash.apps.documents.errors import NotOpened
from openmash.apps.documents.kinds import clean_name, recognised
from openmash.apps.documents.models import Document, Scan

ORPHANED_AFTER = 24 * 60 * 60
"""Seconds. No upload takes a day, so what nobody has named by then was left by a crash."""


@acting
@transaction.atomic
def keep_document(*, name: str, pieces: Iterable[bytes], by: Person, ground: str, now: datetime) -> Document:
    """Take a file: weigh it, find out what it is, and keep it. It waits in quarantine until it has been scanned.

    Raises:
        NotTaken: in a sentence why not. Nothing of it is kept.
    """
    name = clean_name(name)
    received = keeping.receive(pieces)
    try:
        kind = recognised(received.path, name)
        kept_as = keeping.keep(received)
    finally:
        keeping.drop(received)
    document = Document.objects.create(
        name=name,
        kind=kind.name,
        size=received.size,
        sha256=received.sha256,
        kept_as=kept_as,
        by=by,
        at=now,
    )
    _note(document, "keep_document", by=by, ground=ground, now=now, sha256=document.sha256)
    return document


@acting
@transaction.atomic
def scan_next(*, now: datetime) -> Scan | None:
    """Have the scanner look at the document that has waited longest and that no other worker holds; None if none.

    The row is locked while the scanner looks. A worker that dies lets go of it with nothing written, and the
    next one finds it again.

    Raises:
        ScannerUnavailable: nobody answers. Nothing was written.
    """
    waiting = Document.objects.filter(~Exists(Scan.objects.filter(document=OuterRef("pk"))))
    document = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("at", "id").first()
    while document is not None and Scan.objects.filter(document=document).exists():
        # Another worker finished it between our look at the list and our lock on the row.
        document = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("at", "id").first()
    if document is None:
        return None
    return _scanned(document, now)


def _scanned(document: Document, now: datetime) -> Scan:
    address = settings.OPENMASH_CLAMD
    which = scanner.version(address)
    try:
        said = scanner.looked_at(keeping.contents(document.kept_as, document.sha256), address)
    except NotOpened as gone:
        said = scanner.Said(failed=gone.reason)
    verdict = (
        Scan.Verdict.FOUND if said.found else Scan.Verdict.COULD_NOT if said.failed else Scan.Verdict.CLEAN
    )
    scan = Scan.objects.create(
        document=document,
        verdict=verdict,
        what=(said.found or said.failed)[:300],
        scanner=which[:200],
        at=now,
    )
    _note(document, "scan_document", by=None, ground="every file is scanned", now=now, verdict=str(verdict))
    return scan


@acting
def remove_unnamed(*, now: datetime) -> int:
    """Remove files that a crash left behind without a row. Returns how many."""
    removed = 0
    for name, path in keeping.lying(before=now.timestamp() - ORPHANED_AFTER):
        if not Document.objects.filter(kept_as=name).exists():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _note(
    document: Document, verb: str, *, by: Person | None, ground: str, now: datetime, **detail: str
) -> None:
    record(
        by=by,
        verb=verb,
        subject_kind="document",
        subject_id=document.pk,
        ground=ground,
        now=now,
        detail=dict(detail),
    )
