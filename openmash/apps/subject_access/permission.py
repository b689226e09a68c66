"""Who answers a request for somebody's own record: whoever heads the service, or a safeguarding partner."""

from datetime import datetime
from uuid import UUID

from openmash.apps.access.grounds import Ground
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import note_down, permitted
from openmash.apps.directory.models import Person

VERB = "answer_subject_access"
ROLES = frozenset({"head_of_service", "safeguarding_partner"})


def may(contact: Contact, by: Person, now: datetime) -> Ground:
    """The ground on which somebody answers requests about a contact.

    Raises:
        Refused: there is none.
    """
    return permitted(VERB, contact, by, now)


def enter(contact_id: UUID, verb: str, *, by: Person, now: datetime, **detail: object) -> Contact:
    """The contact, for whoever may answer a request about it; that they did or saw this is written down.

    Raises:
        Contact.DoesNotExist: there is no such contact.
        Refused: it is none of theirs, or they are kept out of it.
    """
    contact = Contact.objects.get(pk=contact_id)
    ground = may(contact, by, now)
    note_down(contact, verb, by=by, ground=ground, now=now, detail=dict(detail))
    return contact
