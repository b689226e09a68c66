"""Which contacts tell the story of one family: by the links people have made, and nothing else.

Unscoped: what is found here is shown to nobody until `chronology` or `kinship` has asked who is looking.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.concerns.models.part import CHILD_ROLES, HOUSEHOLD_ROLES
from openmash.apps.families.models import Description, HouseholdSaid, Link
from openmash.apps.families.queries import contacts_about, descriptions_of, known_people_of

MOST = 400
"""Contacts at which the search for more ends. No family has so many; a wrong link may have."""


@dataclass(frozen=True)
class Family:
    """The contacts about the children and the household, and those on which an adult of theirs is described.

    Both oldest first. `adults` says for each contact of `elsewhere` which adults they are: descriptions there.
    """

    contacts: tuple[Contact, ...]
    elsewhere: tuple[Contact, ...]
    adults: Mapping[UUID, tuple[Description, ...]]

    @property
    def everything(self) -> tuple[Contact, ...]:
        return tuple(sorted([*self.contacts, *self.elsewhere], key=lambda contact: contact.received_at))


@seeing_everything("what is known counts all there is; what is shown is asked of the gate")
def family_of_person(known_person: UUID) -> Family:
    """The family of a known child, or of a known adult. Without contacts if nobody is known by this."""
    return _family({description.contact_id for description in descriptions_of([known_person])})


@seeing_everything("what is known counts all there is; what is shown is asked of the gate")
def family_of_contact(contact: UUID) -> Family:
    """The family of the children a contact is about."""
    return _family({contact})


def _family(start: Collection[UUID]) -> Family:
    core = _closed(set(start))
    adults = _adults_elsewhere(core)
    return Family(_contacts(core), _contacts(adults.keys()), adults)


def _contacts(ids: Collection[UUID]) -> tuple[Contact, ...]:
    found = Contact.objects.filter(pk__in=list(ids)).select_related(
        "decision", "locality", "raised_agency", "raised_by__agency", "policy"
    )
    return tuple(found.order_by("received_at", "pk"))


def _closed(found: set[UUID]) -> set[UUID]:
    """With every contact about the same children or the same household, and about the children of those."""
    edge = set(found)
    while edge and len(found) < MOST:
        parts = Part.objects.filter(contact__in=edge, role__in=HOUSEHOLD_ROLES).select_related("description")
        children = known_people_of([part.description for part in parts])
        edge = (set(contacts_about(children)) | _same_home(edge)) - found
        found |= edge
    return found


def _same_home(contacts: Collection[UUID]) -> set[UUID]:
    """Contacts said to be about the same household as any of these; of each two the latest word counts."""
    said: dict[frozenset[UUID], bool] = {}
    rows = HouseholdSaid.objects.filter(Q(contact_id__in=contacts) | Q(earlier_id__in=contacts))
    for row in rows.order_by("id"):
        said[frozenset({row.contact_id, row.earlier_id})] = row.same
    return {each for pair, same in said.items() if same for each in pair}


def _adults_elsewhere(core: Collection[UUID]) -> dict[UUID, tuple[Description, ...]]:
    """Contacts beyond the family's own on which one of its adults is described, as people have linked them."""
    here = Part.objects.filter(contact__in=core).exclude(role__in=CHILD_ROLES).select_related("description")
    adults = known_people_of([part.description for part in here])
    links = Link.objects.filter(known_person__in=adults, undone__isnull=True).exclude(
        description__contact_id__in=core
    )
    found: dict[UUID, dict[UUID, Description]] = {}
    for link in links.select_related("description"):
        found.setdefault(link.description.contact_id, {})[link.description_id] = link.description
    return {contact: tuple(described.values()) for contact, described in found.items()}
