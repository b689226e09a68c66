"""What is already known: earlier contacts people have linked, and proposals for a person to look at."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from openmash.apps.access.grounds import ALLOWED, Viewer, grounds_of
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact, Part, SignRecorded
from openmash.apps.concerns.permission import facts_for_access, whoever
from openmash.apps.concerns.queries.earlier import earlier_contacts, household_children, linked_contact_ids
from openmash.apps.concerns.states import Kind
from openmash.apps.directory.models import Person
from openmash.apps.families.ages import age_in_words, age_range
from openmash.apps.families.models import Description, Link
from openmash.apps.families.queries import (
    Proposal,
    children_linked_to,
    contacts_about,
    contacts_at_home_of,
    current_links,
    households_said,
    proposals_for,
)


@dataclass(frozen=True)
class Entry:
    """One contact in the chronology. If it may not be shown, only where to ask."""

    contact: Contact
    may_see: bool
    ages: tuple[str, ...]
    signs: tuple[SignRecorded, ...]
    is_this_one: bool


@dataclass(frozen=True)
class Possible:
    """An earlier description that may be of this child, or an address in common, for a person to decide."""

    description: Description
    earlier: Description
    contact: Contact
    because: tuple[str, ...]
    may_see: bool


@dataclass(frozen=True)
class SameAddress:
    """Another contact at the same address that nobody has yet said is the same household or not."""

    contact: Contact
    may_see: bool


def _may_see(viewer: Viewer, contact: Contact) -> bool:
    verb = "see_advice" if contact.kind == Kind.ADVICE else "see_as_hub"
    return bool(grounds_of(viewer, facts_for_access(contact)) & ALLOWED[verb])


def chronology(contact: Contact, *, by: Person, now: datetime) -> list[Entry]:
    """This contact and every linked one, oldest first, with the child's age at each."""
    viewer = whoever(by, frozenset(), now)
    contacts = sorted([*earlier_contacts(contact, now), contact], key=lambda each: each.received_at)
    signs: dict[UUID, list[SignRecorded]] = {each.pk: [] for each in contacts}
    for sign in SignRecorded.objects.filter(contact__in=contacts, withdrawn__isnull=True):
        signs[sign.contact_id].append(sign)
    parts: dict[UUID, list[Part]] = {each.pk: [] for each in contacts}
    for part in Part.objects.filter(contact__in=contacts, role="subject").select_related("description"):
        parts[part.contact_id].append(part)
    return [
        Entry(
            contact=each,
            may_see=each.pk == contact.pk or _may_see(viewer, each),
            ages=tuple(age_on(part.description, day_of(each.received_at)) for part in parts[each.pk]),
            signs=tuple(signs[each.pk]),
            is_this_one=each.pk == contact.pk,
        )
        for each in contacts
    ]


def age_on(description: Description, day: date) -> str:
    """How old a child was on a day, in words: as far as whoever described the child knew."""
    if description.kind == Description.Kind.UNBORN:
        return "unborn"
    months = age_range(description.born_on, description.about_age, day_of(description.described_at), day)
    if months is None:
        return "age not known"
    if months[0] == months[1]:
        return age_in_words(months[0])
    years = sum(months) // 2 // 12
    return {0: "under 1 year, roughly", 1: "about 1 year"}.get(years, f"about {years} years")


def possible_same(contact: Contact, *, by: Person, now: datetime) -> list[Possible]:
    """Earlier descriptions that may be of a child of this household, for a person to confirm."""
    viewer = whoever(by, frozenset(), now)
    found: list[tuple[Description, Description, tuple[str, ...]]] = [
        (description, proposal.earlier, proposal.because)
        for description in household_children(contact)
        for proposal in _not_settled(description, contact)
    ]
    contacts = {
        each.pk: each
        for each in Contact.objects.filter(
            pk__in={earlier.contact_id for _d, earlier, _b in found}
        ).select_related("locality", "raised_agency")
    }
    return [
        Possible(
            description,
            earlier,
            contacts[earlier.contact_id],
            because,
            _may_see(viewer, contacts[earlier.contact_id]),
        )
        for description, earlier, because in found
    ]


def _not_settled(description: Description, contact: Contact) -> list[Proposal]:
    """Proposals, less those on a contact where this child has been found already, and the other way round.

    One contact describes each child once: a brother is not asked about when the child has been linked.
    """
    found_on = contacts_about(children_linked_to([description]))
    return [
        proposal
        for proposal in proposals_for(description)
        if proposal.earlier.contact_id not in found_on
        and contact.pk not in contacts_about(children_linked_to([proposal.earlier]))
    ]


def same_address(contact: Contact, *, by: Person, now: datetime) -> list[SameAddress]:
    """Other contacts at an address given on this one, not yet linked or set apart."""
    viewer = whoever(by, frozenset(), now)
    at_home: set[UUID] = set()
    for part in contact.parts.select_related("description"):
        at_home |= contacts_at_home_of(part.description)
    settled = linked_contact_ids(contact) | set(households_said(contact.pk))
    rest = Contact.objects.filter(pk__in=at_home - settled).select_related("locality", "raised_agency")
    return [SameAddress(each, _may_see(viewer, each)) for each in rest.order_by("-received_at")]


def links_here(contact: Contact) -> list[Link]:
    """Links in force on the children this contact describes, so that a wrong one can be undone."""
    return current_links(household_children(contact))
