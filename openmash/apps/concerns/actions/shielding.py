"""Shielding a child described on a contact: questions about them are answered by a person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.concerns.permission import note_down, permitted
from openmash.apps.directory.models import Person
from openmash.apps.private_asking.actions.shielding import shield
from openmash.apps.private_asking.models import Shielding


@acting
@transaction.atomic
def shield_child(
    *, description_id: UUID, shielded: bool, reason: str, by: Person, now: datetime
) -> Shielding:
    """Put a shield on a child, or end the one that `by`'s agency put on.

    Raises:
        Part.DoesNotExist: nobody is described so.
        Refused: this person may not do that for this contact, or leads nothing in their agency.
        CannotBeShielded: no reason was given, or it stands so already.
    """
    contact = Contact.objects.get(pk=Part.objects.get(description_id=description_id).contact_id)
    ground = permitted("shield", contact, by, now)
    said = shield(record_id=description_id, shielded=shielded, reason=reason, by=by, now=now)
    note_down(contact, "shield" if shielded else "stop_shielding", by=by, ground=ground, now=now)
    return said
