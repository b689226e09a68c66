"""Earlier contacts about the same children or household, as people have confirmed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.concerns.models import Contact, Part, SignRecorded
from openmash.apps.concerns.models.part import HOUSEHOLD_ROLES
from openmash.apps.families.models import Description
from openmash.apps.families.queries import contacts_about, households_said, known_people_of


def household_children(contact: Contact) -> list[Description]:
    """The children this contact describes in the household: those it is about and the others there."""
    parts = Part.objects.filter(contact=contact, role__in=HOUSEHOLD_ROLES).select_related("description")
    return [part.description for part in parts]


@seeing_everything("a rule counts every earlier contact, whoever may read it")
def linked_contact_ids(contact: Contact) -> frozenset[UUID]:
    """Contacts people have confirmed to be about the same child or the same household."""
    same_child = contacts_about(known_people_of(household_children(contact)))
    same_home = {other for other, same in households_said(contact.pk).items() if same}
    return (same_child | same_home) - {contact.pk}


@seeing_everything("a rule counts every earlier contact, whoever may read it")
def told_by_the_raiser(contact: Contact) -> frozenset[UUID]:
    """Earlier contacts that their own agency told us, and that they themselves said are about the same child.

    What the front door linked or added stays out: from it somebody could learn what other agencies know.
    """
    found: set[UUID] = set()
    earlier = contact.same_child_as
    while earlier is not None and earlier.pk not in found:
        if earlier.raised_agency_id != contact.raised_agency_id:
            break
        found.add(earlier.pk)
        earlier = earlier.same_child_as
    return frozenset(found)


@seeing_everything("a rule counts every earlier contact, whoever may read it")
def earlier_contacts(contact: Contact, as_of: datetime, *, own_agency_only: bool = False) -> list[Contact]:
    """Linked contacts known at `as_of`, oldest first."""
    which = told_by_the_raiser(contact) if own_agency_only else linked_contact_ids(contact)
    found = Contact.objects.filter(pk__in=which, received_at__lte=as_of)
    return list(
        found.select_related("decision", "locality", "raised_agency", "raised_by").order_by("received_at")
    )


@seeing_everything("a rule counts every earlier contact, whoever may read it")
def earlier_with_signs(
    contact: Contact, as_of: datetime, *, own_agency_only: bool = False
) -> Iterable[tuple[Contact, list[SignRecorded]]]:
    """Each earlier contact with the signs that still count on it."""
    contacts = [
        each
        for each in earlier_contacts(contact, as_of, own_agency_only=own_agency_only)
        if each.pk != contact.arose_from_id  # advice that became this concern is the same telling, once
    ]
    signs: dict[UUID, list[SignRecorded]] = {each.pk: [] for each in contacts}
    recorded = SignRecorded.objects.filter(contact__in=contacts)
    recorded = (
        recorded.filter(by_front_door=False) if own_agency_only else recorded.filter(withdrawn__isnull=True)
    )
    for sign in recorded:
        signs[sign.contact_id].append(sign)
    return [(each, signs[each.pk]) for each in contacts]
