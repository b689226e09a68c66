"""Reads of the log. Callers decide who may ask; the log itself holds no case data."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from openmash.apps.audit.models import Event


def events_about(subject_kind: str, subject_id: object) -> QuerySet[Event]:
    """Everything recorded about one subject, oldest first."""
    return Event.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id))


def lately_about(
    subject_kind: str, subject_ids: Collection[str], *, verb: str, by_id: int, since: datetime
) -> set[str]:
    """Those of the subjects about which somebody has done this, or seen it, since a moment not long ago."""
    found = Event.objects.filter(
        by_id=by_id, at__gt=since, verb=verb, subject_kind=subject_kind, subject_id__in=subject_ids
    )
    return set(found.values_list("subject_id", flat=True))
