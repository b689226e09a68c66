"""Reads of the log. Callers decide who may ask; the log itself holds no case data."""

from django.db.models import QuerySet

from openmash.apps.audit.models import Event


def events_about(subject_kind: str, subject_id: object) -> QuerySet[Event]:
    """Everything recorded about one subject, oldest first."""
    return Event.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id))
