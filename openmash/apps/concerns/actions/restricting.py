"""Closing one contact to all but a few, declaring a conflict of interest, and opening a closed one in an emergency."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import FRONT_DOOR, HUB, Ground, grounds_of
from openmash.apps.access.models import (
    ConflictDeclared,
    ConflictEnded,
    EmergencyAccess,
    EmergencyReviewed,
    Restriction,
    RestrictionLifted,
    RestrictionNames,
)
from openmash.apps.access.queries import restrictions_on
from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.actions.moves import locked
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.errors import Incomplete
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import NO_CODES, facts_for_access, note_down, permitted, whoever
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person

LONGEST = timedelta(days=366)
EVENING = 18
"""From this hour an emergency holds until the end of the next day, so that a night is not cut in two."""


@acting
@transaction.atomic
def restrict(
    *,
    contact_id: UUID,
    kind: str,
    reason: str,
    owner: Person,
    named: Collection[Person],
    ends_on: date,
    by: Person,
    now: datetime,
) -> Restriction:
    """From now on only the owner and those named see this contact, each still on a ground of their own.

    Raises:
        Refused: `by` does not answer for this front door.
        Incomplete: there is no reason or last day, or the owner is nobody who could be asked.
    """
    contact = locked(contact_id)
    ground = permitted("restrict", contact, by, now)
    today = day_of(now)
    for before in restrictions_on(today).filter(contact_id=contact.pk):
        # Else an emergency could be turned into owning the record, and its owner be shut out.
        if not _guards(before, by):
            raise Refused(
                "This is restricted already. Its owner, or somebody named, changes who may see it.",
                verb="restrict",
                subject_kind="contact",
                subject_id=contact.pk,
            )
        if before.owner not in {owner, *named}:
            raise lacking("named", f"{before.owner.name} owns the restriction in force: name them here too.")
    if not reason.strip():
        raise lacking("reason", "Say why only some people may see this.")
    if not today <= ends_on <= today + LONGEST:
        raise lacking("ends_on", "Give a last day from today on, at most a year away.")
    for person in {owner, *named}:
        if not grounds_of(whoever(person, NO_CODES, now), facts_for_access(contact)):
            raise lacking(
                "named", f"{person.name} has no part in this and could not open it. Choose somebody else."
            )
    if not grounds_of(whoever(owner, NO_CODES, now), facts_for_access(contact)) & FRONT_DOOR:
        raise lacking(
            "owner", "The owner is whoever is asked about this record: somebody who works at its front door."
        )
    made = Restriction.objects.create(
        contact_id=contact.pk, kind=kind, reason=reason, owner=owner, ends_on=ends_on, by=by, at=now
    )
    for person in {each.pk: each for each in named if each != owner}.values():
        RestrictionNames.objects.create(restriction=made, contact_id=contact.pk, person=person, by=by, at=now)
    note_down(contact, "restrict", by=by, ground=ground, now=now, detail={"restriction": made.pk})
    return made


@acting
@transaction.atomic
def name_in_restriction(*, restriction_id: int, person: Person, by: Person, now: datetime) -> None:
    """Let one more person see a restricted contact.

    Raises:
        Refused: `by` is neither the owner nor somebody named.
        Incomplete: the person could not open the contact anyway.
    """
    restriction, contact, ground = guarded(restriction_id, by, now, "name_in_restriction")
    viewer = replace(whoever(person, NO_CODES, now), kept_out=frozenset())
    if not grounds_of(viewer, facts_for_access(contact)):
        raise lacking(
            "person",
            f"{person.name} has no part in this and could not open it. Choose another.",
        )
    RestrictionNames.objects.create(
        restriction=restriction, contact_id=contact.pk, person=person, by=by, at=now
    )
    note_down(contact, "name_in_restriction", by=by, ground=ground, now=now, detail={"person": person.pk})


@acting
@transaction.atomic
def lift_restriction(*, restriction_id: int, reason: str, by: Person, now: datetime) -> None:
    """End a restriction before its day.

    Raises:
        Refused: `by` is neither the owner nor somebody named.
        Incomplete: there is no reason.
    """
    restriction, contact, ground = guarded(restriction_id, by, now, "lift_restriction")
    if not reason.strip():
        raise lacking("reason", "Say why everybody who works with this may see it again.")
    RestrictionLifted.objects.create(
        restriction=restriction, contact_id=contact.pk, reason=reason, by=by, at=now
    )
    note_down(contact, "lift_restriction", by=by, ground=ground, now=now)


@acting
@transaction.atomic
def declare_conflict(*, contact_id: UUID, reason: str, by: Person, now: datetime) -> None:
    """Somebody knows the family. From now on they are kept out, and only a leader can end it.

    Raises:
        Refused: the contact is none of theirs anyway.
        Incomplete: there is no reason.
    """
    contact = locked(contact_id)
    ground = permitted("declare_conflict", contact, by, now)
    if not reason.strip():
        raise lacking("reason", "Say how you know the family. A few words are enough.")
    ConflictDeclared.objects.create(contact_id=contact.pk, person=by, reason=reason, by=by, at=now)
    note_down(contact, "declare_conflict", by=by, ground=ground, now=now)


@acting
@transaction.atomic
def end_conflict(*, conflict_id: int, reason: str, by: Person, now: datetime) -> None:
    """A leader says that somebody is no longer kept out; never of themselves.

    Raises:
        Refused: `by` does not answer for this front door, or it is their own conflict.
        Incomplete: there is no reason.
    """
    contact = locked(ConflictDeclared.objects.get(pk=conflict_id).contact_id)
    conflict = ConflictDeclared.objects.get(pk=conflict_id, ended__isnull=True)
    ground = permitted("end_conflict", contact, by, now)
    if not reason.strip():
        raise lacking("reason", "Say why this person may work with it again.")
    ConflictEnded.objects.create(conflict=conflict, contact_id=contact.pk, reason=reason, by=by, at=now)
    note_down(contact, "end_conflict", by=by, ground=ground, now=now, detail={"person": conflict.person_id})


@acting
@transaction.atomic
def open_in_emergency(*, contact_id: UUID, reason: str, by: Person, now: datetime) -> EmergencyAccess:
    """Open a restricted contact because a child cannot wait. The owner sees it at once, and looks into it.

    Raises:
        Refused: without the restriction it would not be open to `by` either, or it is a conflict of interest.
        Incomplete: there is no reason.
    """
    contact = locked(contact_id)
    ground = ground_in_emergency(contact, by, now)
    if not reason.strip():
        raise lacking("reason", "Say why a child cannot wait until the owner of the record can be asked.")
    today, hour = day_of(now), timezone.localtime(now).hour
    if str(contact.pk) not in whoever(by, NO_CODES, now).kept_out:
        before = EmergencyAccess.objects.filter(contact_id=contact.pk, person=by, last_day__gte=today).last()
        if before is not None:
            return before  # pressed twice
        raise lacking("reason", "This record is open to you already: no emergency is needed.")
    opened = EmergencyAccess.objects.create(
        contact_id=contact.pk,
        person=by,
        reason=reason,
        at=now,
        last_day=today + timedelta(days=1) if hour >= EVENING else today,
    )
    note_down(
        contact, "open_in_emergency", by=by, ground=ground, now=now,
        detail={"emergency": opened.pk},
    )  # fmt: skip
    return opened


@acting
@transaction.atomic
def review_emergency(*, emergency_id: int, was_needed: bool, note: str, by: Person, now: datetime) -> None:
    """What the owner of the record, or somebody named, found. Nobody reviews their own.

    Raises:
        Refused: `by` may not see the record, or opened it in this emergency.
        Incomplete: there is no note.
    """
    contact = locked(EmergencyAccess.objects.get(pk=emergency_id).contact_id)
    emergency, ground = emergency_to_review(emergency_id, by, now)
    if not note.strip():
        raise lacking("note", "Say what you found when you looked into it.")
    EmergencyReviewed.objects.create(
        emergency=emergency, contact_id=contact.pk, was_needed=was_needed, note=note, by=by, at=now
    )
    note_down(contact, "review_emergency", by=by, ground=ground, now=now)


@acting
def ground_in_emergency(contact: Contact, by: Person, now: datetime) -> Ground:
    """The ground on which somebody would open a restricted contact in an emergency.

    Raises:
        Refused: without the restriction it would not be open to `by` either, or it is a conflict of interest.
    """
    viewer = replace(whoever(by, NO_CODES, now), kept_out=frozenset())
    grounds = grounds_of(viewer, facts_for_access(contact)) & HUB
    conflict = ConflictDeclared.objects.filter(contact_id=contact.pk, person=by, ended__isnull=True).exists()
    if not grounds or conflict:
        raise Refused(
            "You cannot open this record, not in an emergency either. Ring the front door manager of the locality; "
            "if a child is in danger now, ring 999.",
            verb="open_in_emergency",
            subject_kind="contact",
            subject_id=contact.pk,
        )
    return min(grounds, key=list(Ground).index)


@acting
def emergency_to_review(emergency_id: int, by: Person, now: datetime) -> tuple[EmergencyAccess, Ground]:
    """An emergency that nobody has looked into yet, and the ground on which `by` may.

    Raises:
        EmergencyAccess.DoesNotExist: there is none.
        Refused: `by` may not see the record, or opened it in this emergency.
    """
    emergency = EmergencyAccess.objects.get(pk=emergency_id, reviewed__isnull=True)
    contact = Contact.objects.get(pk=emergency.contact_id)
    ground = permitted("see_as_hub", contact, by, now)
    guards = Restriction.objects.filter(contact_id=contact.pk, at__lte=emergency.at)
    if emergency.person == by or not any(_guards(each, by) for each in guards):
        raise Refused(
            "The owner of the record, or somebody named besides, looks into this; never whoever opened it.",
            verb="review_emergency",
            subject_kind="contact",
            subject_id=contact.pk,
        )
    return emergency, ground


@acting
def lacking(field: str, text: str) -> Incomplete:
    """One thing that must be given, beside its field."""
    return Incomplete([Reason(field, text)])


def _guards(restriction: Restriction, by: Person) -> bool:
    return restriction.owner_id == by.pk or restriction.names.filter(person=by).exists()


@acting
def guards_today(contact: Contact, by: Person, now: datetime) -> bool:
    """Whether somebody named still has a ground of their own on the contact, and no conflict of interest."""
    viewer = replace(whoever(by, NO_CODES, now), kept_out=frozenset())
    conflict = ConflictDeclared.objects.filter(contact_id=contact.pk, person=by, ended__isnull=True)
    return bool(grounds_of(viewer, facts_for_access(contact))) and not conflict.exists()


@acting
def guarded(restriction_id: int, by: Person, now: datetime, verb: str) -> tuple[Restriction, Contact, str]:
    """A restriction in force and its contact, for whoever guards it.

    Raises:
        Restriction.DoesNotExist: there is none in force.
        Refused: `by` is neither its owner nor named in it.
    """
    contact = locked(Restriction.objects.get(pk=restriction_id).contact_id)
    restriction = restrictions_on(day_of(now)).get(
        pk=restriction_id
    )  # read again: somebody may have ended it
    if not _guards(restriction, by) or not guards_today(contact, by, now):
        raise Refused(
            "Only the owner of this record, or somebody named besides, changes who may see it.",
            verb=verb,
            subject_kind="contact",
            subject_id=contact.pk,
        )
    return restriction, contact, "owner of the restricted record, or named in it"
