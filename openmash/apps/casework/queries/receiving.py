"""The notice of another area, opened by whoever may hold its children here."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import note_down, permitted
from openmash.apps.directory.models import Person


@seeing_everything("the gate decides row by row, and says why not")
@transaction.atomic
def look_at_notice(contact_id: UUID, *, by: Person, now: datetime) -> Contact:
    """The contact by which the notice came. That it was looked at is written down.

    Raises:
        Contact.DoesNotExist: there is none.
        Refused: this person could not have accepted a concern here.
    """
    contact = Contact.objects.get(pk=contact_id)
    ground = permitted("decide", contact, by, now)
    note_down(contact, "see_as_hub", by=by, ground=ground, now=now)
    return contact
