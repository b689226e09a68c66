"""Opening one contact. Every look is written down in the same transaction as the page it makes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import NO_CODES, note_down, permitted
from openmash.apps.directory.models import Person


@seeing_everything("the gate says why not")
def _whole(contact_id: UUID) -> Contact:
    whole = Contact.objects.select_related(
        "locality",
        "policy",
        "raised_by__agency",
        "raised_agency",
        "screener__agency",
        "decision__by",
        "answer__by",
    )
    return whole.get(pk=contact_id)


@transaction.atomic
def look_as_raiser(
    contact_id: UUID, *, by: Person | None, now: datetime, codes: frozenset[str] = NO_CODES
) -> Contact:
    """Open a contact as the person who raised it (or their safeguarding lead).

    Raises:
        Contact.DoesNotExist: there is no such contact.
        Refused: it is not theirs.
    """
    contact = _whole(contact_id)
    ground = permitted("see_as_raiser", contact, by, now, codes)
    note_down(contact, "see_as_raiser", by=by, ground=ground, now=now)
    return contact


@transaction.atomic
def look_as_hub(contact_id: UUID, *, by: Person, now: datetime) -> Contact:
    """Open a contact at the front door: a concern, or a request for advice.

    Raises:
        Contact.DoesNotExist: there is no such contact.
        Refused: no role of this person reaches it.
    """
    contact = _whole(contact_id)
    verb = "see_advice" if contact.kind == "advice" else "see_as_hub"
    ground = permitted(verb, contact, by, now)
    note_down(contact, verb, by=by, ground=ground, now=now)
    return contact
