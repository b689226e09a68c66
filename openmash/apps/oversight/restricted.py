"""Restricted records as those see them who guard them, and who is kept out by a conflict of interest."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from openmash.apps.access.grounds import LEADERS, grounds_of
from openmash.apps.access.models import ConflictDeclared, EmergencyAccess, Restriction
from openmash.apps.access.queries import restrictions_on
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.concerns.actions.restricting import (
    emergency_to_review,
    ground_in_emergency,
    guarded,
    guards_today,
)
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import facts_for_access, note_down, permitted
from openmash.apps.directory.models import Person, RoleHeld

SOON = timedelta(days=14)
COULD_OWN = ("manager", "screening_practitioner")
COULD_SEE = (*COULD_OWN, "head_of_service", "safeguarding_partner", "adviser")


@dataclass(frozen=True)
class Guarded:
    """A restricted record of which somebody is the owner, or in which they are named."""

    restriction: Restriction
    reference: str
    names: tuple[Person, ...]
    is_owner: bool
    ends_soon: bool
    emergencies: tuple[EmergencyAccess, ...]
    """Newest first; each with `reviewed` where somebody has looked into it."""


@dataclass(frozen=True)
class Conflict:
    """Somebody who said that they know the family of a contact."""

    declared: ConflictDeclared
    reference: str


@seeing_everything("the gate decides row by row, and says why not")
@transaction.atomic
def guarded_by(by: Person, *, now: datetime) -> list[Guarded]:
    """Restricted records that `by` owns or is named in; written down for each."""
    today = day_of(now)
    found = restrictions_on(today).filter(Q(owner=by) | Q(names__person=by)).distinct()
    shown = []
    for restriction in found.select_related("owner", "by").prefetch_related("names__person"):
        contact = Contact.objects.get(pk=restriction.contact_id)
        if not guards_today(contact, by, now):
            continue
        emergencies = EmergencyAccess.objects.filter(
            contact_id=contact.pk, at__gte=restriction.at
        ).select_related("person__agency", "reviewed__by")
        ground = "owner of the restricted record, or named in it"
        note_down(contact, "see_restriction", by=by, ground=ground, now=now)
        shown.append(
            Guarded(
                restriction=restriction,
                reference=contact.reference,
                names=tuple(each.person for each in restriction.names.all()),
                is_owner=restriction.owner_id == by.pk,
                ends_soon=restriction.ends_on <= today + SOON,
                emergencies=tuple(emergencies.order_by("-id")),
            )
        )
    return shown


@seeing_everything("the gate decides row by row, and says why not")
@transaction.atomic
def conflicts_under(by: Person, *, now: datetime) -> list[Conflict]:
    """Who is kept out of contacts that `by` answers for, latest first; never `by`'s own."""
    viewer = viewer_of(by, day_of(now))
    declared = ConflictDeclared.objects.filter(ended__isnull=True).exclude(person=by)
    contacts = Contact.objects.in_bulk(set(declared.values_list("contact_id", flat=True)))
    mine = {
        pk: contact
        for pk, contact in contacts.items()
        if grounds_of(viewer, facts_for_access(contact)) & LEADERS
    }
    for contact in mine.values():
        note_down(contact, "see_conflicts", by=by, ground="answers for this front door", now=now)
    rows = declared.filter(contact_id__in=mine).select_related("person__agency").order_by("-id")
    return [Conflict(each, mine[each.contact_id].reference) for each in rows]


@seeing_everything("the gate decides row by row, and says why not")
def may_declare_conflict(contact_id: UUID, *, by: Person, now: datetime) -> None:
    """Whether the page on which somebody says that they know the family is theirs.

    Raises:
        Contact.DoesNotExist: there is no such contact.
        Refused: it is none of theirs anyway.
    """
    permitted("declare_conflict", Contact.objects.get(pk=contact_id), by, now)


@seeing_everything("the gate decides row by row, and says why not")
def may_end_conflict(conflict_id: int, *, by: Person, now: datetime) -> None:
    """The same for ending a conflict of somebody else.

    Raises:
        ConflictDeclared.DoesNotExist, Refused.
    """
    conflict = ConflictDeclared.objects.get(pk=conflict_id, ended__isnull=True)
    permitted("end_conflict", Contact.objects.get(pk=conflict.contact_id), by, now)


@seeing_everything("the gate decides row by row, and says why not")
def may_open_in_emergency(contact_id: UUID, *, by: Person, now: datetime) -> None:
    """The same for opening a restricted contact in an emergency.

    Raises:
        Contact.DoesNotExist, Refused.
    """
    ground_in_emergency(Contact.objects.get(pk=contact_id), by, now)


@seeing_everything("the gate decides row by row, and says why not")
@transaction.atomic
def may_lift(restriction_id: int, *, by: Person, now: datetime) -> None:
    """The same for ending a restriction.

    Raises:
        Restriction.DoesNotExist, Refused.
    """
    guarded(restriction_id, by, now, "lift_restriction")


@seeing_everything("the gate decides row by row, and says why not")
def may_review(emergency_id: int, *, by: Person, now: datetime) -> None:
    """The same for looking into an emergency.

    Raises:
        EmergencyAccess.DoesNotExist, Refused.
    """
    emergency_to_review(emergency_id, by, now)


@dataclass(frozen=True)
class ToRestrict:
    """A contact somebody may close, who could own that, and who could be named besides."""

    reference: str
    kinds: tuple[tuple[str, str], ...]
    could_own: tuple[Person, ...]
    could_see: tuple[Person, ...]


@seeing_everything("the gate decides row by row, and says why not")
@transaction.atomic
def look_to_restrict(contact_id: UUID, *, by: Person, now: datetime) -> ToRestrict:
    """What the page needs on which a contact is restricted.

    Raises:
        Contact.DoesNotExist: there is no such contact.
        Refused: `by` does not answer for this front door.
    """
    contact = Contact.objects.get(pk=contact_id)
    ground = permitted("restrict", contact, by, now)
    note_down(contact, "see_to_restrict", by=by, ground=ground, now=now)
    return ToRestrict(
        reference=contact.reference,
        kinds=tuple((str(value), str(label)) for value, label in Restriction.Kind.choices),
        could_own=_holding(COULD_OWN, contact, now),
        could_see=_holding(COULD_SEE, contact, now),
    )


@seeing_everything("the gate decides row by row, and says why not")
def could_be_named(restriction_id: int, *, by: Person, now: datetime) -> tuple[Person, ...]:
    """Who could be named besides in a restriction that `by` guards.

    Raises:
        Restriction.DoesNotExist: there is none in force, or it is none of theirs: the two look alike.
    """
    restriction = restrictions_on(day_of(now)).get(pk=restriction_id)
    contact = Contact.objects.get(pk=restriction.contact_id)
    inside = {restriction.owner_id, *restriction.names.values_list("person_id", flat=True)}
    if by.pk not in inside or not guards_today(contact, by, now):
        raise Restriction.DoesNotExist
    return tuple(each for each in _holding(COULD_SEE, contact, now) if each.pk not in inside)


def _holding(roles: tuple[str, ...], contact: Contact, now: datetime) -> tuple[Person, ...]:
    today = day_of(now)
    held = RoleHeld.objects.filter(
        Q(locality_id=contact.locality_id) | Q(locality__isnull=True),
        Q(ends__isnull=True) | Q(ends__gte=today),
        role__in=roles,
        starts__lte=today,
    )
    people = Person.objects.filter(pk__in=held.values("person_id"), is_active=True)
    return tuple(people.select_related("agency").order_by("name"))
