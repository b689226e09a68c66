"""What an agency has decided about children for whom a person answers: the latest word on each description."""

from uuid import UUID

from openmash.apps.private_asking.models import Shielding


def shields_of(agency_id: int) -> list[Shielding]:
    """An agency's shields in force, newest first. The caller decides which of them whoever asks may see."""
    latest = Shielding.objects.filter(agency_id=agency_id).order_by("record_id", "-id").distinct("record_id")
    in_force = [each for each in latest.select_related("by") if each.shielded]
    return sorted(in_force, key=lambda each: each.pk, reverse=True)


def is_shielded_by(agency_id: int, record_id: UUID) -> bool:
    """Whether the latest word of this agency on this description is that a person answers."""
    latest = Shielding.objects.filter(agency_id=agency_id, record_id=record_id).last()
    return latest is not None and latest.shielded
