"""What every action here shares: an event about a document, a paper, a letter or a message."""

from datetime import datetime
from typing import Any

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person


@acting
def note(
    kind: str, subject: Any, verb: str, *, by: Person | None, ground: str, now: datetime, **detail: Any
) -> None:
    """Write an event about this row."""
    record(by=by, verb=verb, subject_kind=kind, subject_id=subject.pk, ground=ground, now=now, detail=detail)
