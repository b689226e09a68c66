"""What somebody needs who wants to ask another agency privately, on account of one contact."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.concerns.codes import as_reference
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.concerns.permission import note_down, permitted
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Description
from openmash.apps.private_asking.models import PrivateQuestion
from openmash.apps.private_asking.queries.log import questions_of_case


@dataclass(frozen=True)
class ChildToAsk:
    """A child as the contact describes them, enough to tell them from their brothers and sisters."""

    id: UUID
    name: str
    born_on: date | None
    about_age: int | None


@dataclass(frozen=True)
class ToAsk:
    """The children described on a contact, and what one's own agency has asked on its account before."""

    contact_id: UUID
    reference: str
    children: tuple[ChildToAsk, ...]
    asked_before: tuple[PrivateQuestion, ...]


@seeing_everything("the gate decides row by row, and says why not")
@transaction.atomic
def look_to_ask(contact_id: UUID, *, by: Person, now: datetime) -> ToAsk:
    """Open a contact in order to ask about a child of it. The look is written down.

    Raises:
        Contact.DoesNotExist: there is no such contact.
        Refused: this person may not ask on its account.
    """
    contact = Contact.objects.get(pk=contact_id)
    ground = permitted("ask_privately", contact, by, now)
    note_down(contact, "see_to_ask_privately", by=by, ground=ground, now=now)
    children = Part.objects.filter(contact=contact, description__kind=Description.Kind.CHILD)
    return ToAsk(
        contact_id=contact.pk,
        reference=contact.reference,
        children=tuple(child_to_ask(part.description) for part in children.select_related("description")),
        asked_before=questions_of_case(contact.pk, by=by),
    )


def child_to_ask(described: Description) -> ChildToAsk:
    """A child for a list to choose from."""
    return ChildToAsk(described.pk, described.name, described.born_on, described.about_age)


@seeing_everything("the gate decides row by row, and says why not")
def contact_of_reference(typed: str, *, verb: str, by: Person, now: datetime) -> UUID | None:
    """The contact of a reference as somebody typed it, when this person may do this with it.

    None for every other answer: nobody can tell a reference that does not exist from one they may not use.
    """
    contact = Contact.objects.filter(reference=as_reference(typed)).first()
    if contact is None:
        return None
    try:
        permitted(verb, contact, by, now)
    except Refused:
        return None
    return contact.pk
