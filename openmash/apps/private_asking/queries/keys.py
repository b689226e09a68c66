"""Keys in use. For the actions of this app alone: nobody outside has a use for a key."""

from openmash.apps.private_asking.models import HolderKey


def key_in_use(agency_id: int) -> HolderKey | None:
    """The newest key of an agency, or None while it has prepared no answers."""
    return HolderKey.objects.filter(agency_id=agency_id).order_by("-id").first()
