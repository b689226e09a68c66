"""The children an agency shields, and whom it could shield, for those who lead it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.concerns.permission import note_down, permitted
from openmash.apps.concerns.queries.to_ask import ChildToAsk, child_to_ask
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Description
from openmash.apps.private_asking.models import Shielding
from openmash.apps.private_asking.permission import permitted as permitted_in_own_agency
from openmash.apps.private_asking.queries.shields import shields_of


@dataclass(frozen=True)
class Shielded:
    """A child about whom a person answers, as the concern describes them; when, by whom and why."""

    child: ChildToAsk
    reference: str
    shielding: Shielding


@dataclass(frozen=True)
class Shields:
    """One's own agency's shields, newest first. hidden: how many stand on contacts that one may not open."""

    agency: str
    shielded: tuple[Shielded, ...]
    hidden: int


@dataclass(frozen=True)
class ToShield:
    """The children of one contact whom one's own agency does not shield yet."""

    contact_id: UUID
    reference: str
    children: tuple[ChildToAsk, ...]


@seeing_everything("the gate decides row by row, and says why not")
@transaction.atomic
def look_at_shields(*, by: Person, now: datetime) -> Shields:
    """What one's own agency has decided. Each look at a child is written down.

    Raises:
        Refused: this person leads nothing in their agency.
    """
    ground = permitted_in_own_agency("see_shields", by=by, now=now)
    record(
        by=by,
        verb="see_shields",
        subject_kind="private_answers",
        subject_id=by.agency_id,
        ground=ground,
        now=now,
    )
    of_agency = shields_of(by.agency_id)
    parts = Part.objects.filter(description_id__in=[each.record_id for each in of_agency])
    part_of = {each.description_id: each for each in parts.select_related("contact", "description")}
    may_open = {
        contact.pk for contact in {each.contact for each in part_of.values()} if _opened(contact, by, now)
    }
    shown = tuple(
        Shielded(child_to_ask(part.description), part.contact.reference, each)
        for each in of_agency
        if (part := part_of.get(each.record_id)) is not None and part.contact_id in may_open
    )
    return Shields(by.agency.name, shown, hidden=len(of_agency) - len(shown))


def _opened(contact: Contact, by: Person, now: datetime) -> bool:
    try:
        ground = permitted("shield", contact, by, now)
    except Refused:
        return False
    note_down(contact, "see_shields", by=by, ground=ground, now=now)
    return True


@seeing_everything("the gate decides row by row, and says why not")
@transaction.atomic
def look_to_shield(contact_id: UUID, *, by: Person, now: datetime) -> ToShield:
    """Open a contact in order to shield a child of it. The look is written down.

    Raises:
        Contact.DoesNotExist: there is no such contact.
        Refused: this person may not shield anybody on it, or leads nothing in their agency.
    """
    permitted_in_own_agency("see_shields", by=by, now=now)
    contact = Contact.objects.get(pk=contact_id)
    ground = permitted("shield", contact, by, now)
    note_down(contact, "see_shields", by=by, ground=ground, now=now)
    already = {each.record_id for each in shields_of(by.agency_id)}
    parts = Part.objects.filter(contact=contact).exclude(description__kind=Description.Kind.ADULT)
    return ToShield(
        contact_id=contact.pk,
        reference=contact.reference,
        children=tuple(
            child_to_ask(part.description)
            for part in parts.select_related("description")
            if part.description_id not in already
        ),
    )
