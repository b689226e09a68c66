"""The only two ways to write to the log."""

from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote

from django.db import transaction

from openmash.apps.audit.models import Event


class Somebody(Protocol):
    """Anyone who can act: all the log needs is a number."""

    @property
    def pk(self) -> Any: ...


class Refusal(Protocol):
    """What a refusal must say about itself."""

    reason: str
    verb: str
    subject_kind: str
    subject_id: str


def record(
    *,
    by: Somebody | None,
    verb: str,
    subject_kind: str,
    subject_id: object,
    ground: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write down that `by` did or saw something, inside the caller's transaction."""
    Event.objects.create(
        at=now,
        by_id=by.pk if by is not None else None,
        verb=verb,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        ground=ground,
        detail=detail or {},
    )


def record_refusal(*, by: Somebody | None, refusal: Refusal, now: datetime, path: str = "") -> None:
    """Write down a refusal in a transaction of its own: the refused one has been rolled back."""
    with transaction.atomic():
        Event.objects.create(
            at=now,
            by_id=by.pk if by is not None else None,
            verb=refusal.verb,
            subject_kind=refusal.subject_kind,
            subject_id=str(refusal.subject_id),
            ground=refusal.reason[:200],
            outcome=Event.Outcome.REFUSED,
            detail={"path": quote(path)[:100]},
        )
