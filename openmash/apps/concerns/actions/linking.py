"""A person's word on who is who: whether somebody on this contact, or its household, is already known."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.actions.asking_elsewhere import ask_front_doors
from openmash.apps.concerns.actions.moves import locked, touch
from openmash.apps.concerns.actions.refusing import reason_told
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.concerns.permission import permitted
from openmash.apps.concerns.rules import Reason
from openmash.apps.concerns.states import Kind
from openmash.apps.directory.models import Person
from openmash.apps.families import actions as families
from openmash.apps.families.actions import MoreTold, RelationshipTold
from openmash.apps.families.errors import LinkRefused, SayingRefused
from openmash.apps.families.models import Description, IdentifierSaid, Link, NotSame
from openmash.apps.registers.actions.saying import say_of_rows
from openmash.apps.registers.errors import RegisterRefused

NOTHING_SHOWN: Mapping[str, Any] = {}


def _described_here(contact: Contact, description_id: UUID) -> Description:
    return (
        Part.objects.select_related("description")
        .get(contact=contact, description_id=description_id)
        .description
    )


def _described_there(description_id: UUID, by: Person, now: datetime) -> Description:
    """A description on a contact that this person may see.

    Raises:
        Refused: they may not.
    """
    description = Description.objects.get(pk=description_id)
    _may_see(Contact.objects.get(pk=description.contact_id), by, now)
    return description


def _may_see(contact: Contact, by: Person, now: datetime) -> None:
    permitted("see_advice" if contact.kind == Kind.ADVICE else "see_as_hub", contact, by, now)


@contextmanager
def _reasons_beside(field: str, by: Person, now: datetime) -> Iterator[None]:
    """What `families` refuses is said beside a field of the form, as far as it may be told."""
    try:
        yield
    except LinkRefused as refused:
        raise Incomplete([Reason(field, reason_told(refused, by=by, now=now))]) from refused
    except SayingRefused as refused:
        raise Incomplete([Reason(field, refused.reason)]) from refused


@acting
@transaction.atomic
def say_same_person(
    *,
    contact_id: UUID,
    description_id: UUID,
    earlier_id: UUID,
    reason: str,
    by: Person,
    now: datetime,
    shown: Mapping[str, Any] = NOTHING_SHOWN,
) -> None:
    """This person and the one of the earlier description are the same. `shown`: the evidence they saw.

    Raises:
        Incomplete: no reason was given, or the link is not possible; says what to do.
    """
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    description = _described_here(contact, description_id)
    earlier = _described_there(earlier_id, by, now)
    with _reasons_beside("reason", by, now):
        families.link_same(
            description=description,
            earlier=earlier,
            reason=reason,
            by=by,
            ground=ground,
            now=now,
            shown=shown,
        )
    touch(
        contact,
        "say_same_person",
        by=by,
        ground=ground,
        now=now,
        detail={"earlier": str(earlier.contact_id)},
        evidence_changed=True,
    )


@acting
@transaction.atomic
def say_not_same_person(
    *,
    contact_id: UUID,
    description_id: UUID,
    earlier_id: UUID,
    reason: str,
    by: Person,
    now: datetime,
    related_as: str = "",
    shown: Mapping[str, Any] = NOTHING_SHOWN,
) -> None:
    """These are two different people; nobody is asked again.

    `related_as`: this person is said to be the brother, sister or twin of the other (`RelationshipSaid.Kind`).
    """
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    description = _described_here(contact, description_id)
    earlier = _described_there(earlier_id, by, now)
    with _reasons_beside("reason", by, now):
        families.say_not_same(
            description=description, earlier=earlier, reason=reason, by=by, now=now, shown=shown
        )
        if related_as:
            families.say_relationship(
                one=description,
                other=earlier,
                told=RelationshipTold(related_as),
                contact_id=contact.pk,
                by=by,
                now=now,
            )
    touch(
        contact,
        "say_not_same_person",
        by=by,
        ground=ground,
        now=now,
        detail={"earlier": str(earlier.contact_id), "related_as": related_as},
        evidence_changed=True,
    )


@acting
@transaction.atomic
def say_on_register(
    *,
    contact_id: UUID,
    description_id: UUID,
    rows: Collection[UUID],
    same: bool,
    reason: str,
    by: Person,
    now: datetime,
    shown: Mapping[str, Any] = NOTHING_SHOWN,
) -> None:
    """These rows of registers, which stand for one person, are of this person, or are not. The latest word counts.

    Raises:
        Incomplete: no reason was given, or it cannot be so; says what to do.
    """
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    description = _described_here(contact, description_id)
    try:
        say_of_rows(rows=rows, description=description, same=same, reason=reason, shown=shown, by=by, now=now)
    except RegisterRefused as refused:
        raise Incomplete([Reason(refused.field or "reason", refused.reason)]) from refused
    touch(
        contact,
        "say_on_register",
        by=by,
        ground=ground,
        now=now,
        detail={"rows": sorted(map(str, rows)), "same": same},
    )


@acting
@transaction.atomic
def take_back_not_same(*, contact_id: UUID, not_same_id: int, reason: str, by: Person, now: datetime) -> None:
    """Two people told apart may be one after all: they are proposed and can be linked again."""
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    people = contact.parts.values_list("description_id", flat=True)
    said = NotSame.objects.select_related("one", "other").get(pk=not_same_id)
    if not {said.one_id, said.other_id} & set(people):
        raise NotSame.DoesNotExist
    with _reasons_beside("reason", by, now):
        families.take_back_not_same(not_same=said, contact_id=contact.pk, reason=reason, by=by, now=now)
    touch(contact, "take_back_not_same", by=by, ground=ground, now=now, evidence_changed=True)


@acting
@transaction.atomic
def say_household(
    *, contact_id: UUID, earlier_contact_id: UUID, same: bool, reason: str, by: Person, now: datetime
) -> None:
    """These two contacts are, or are not, about the same household."""
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    other = Contact.objects.filter(pk=earlier_contact_id).first()
    if other is None:
        raise NotPossibleNow("There is no such contact.")
    _may_see(other, by, now)
    with _reasons_beside("reason", by, now):
        families.say_household(
            contact_id=contact.pk, earlier_id=earlier_contact_id, same=same, reason=reason, by=by, now=now
        )
    touch(
        contact,
        "say_household",
        by=by,
        ground=ground,
        now=now,
        detail={"with": str(earlier_contact_id), "same": same},
        evidence_changed=True,
    )


@acting
@transaction.atomic
def undo_link(*, contact_id: UUID, link_id: int, reason: str, by: Person, now: datetime) -> None:
    """A link made on this contact was wrong."""
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    link = Link.objects.select_related("description").get(pk=link_id, description__contact_id=contact.pk)
    with _reasons_beside("reason", by, now):
        families.unlink(link=link, reason=reason, by=by, ground=ground, now=now)
    touch(contact, "undo_link", by=by, ground=ground, now=now, evidence_changed=True)


@acting
@transaction.atomic
def say_more(*, contact_id: UUID, description_id: UUID, more: MoreTold, by: Person, now: datetime) -> None:
    """Add what was learned of somebody on this contact since. What was said before stays beside it.

    Raises:
        Incomplete: there is nothing to add.
    """
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    description = _described_here(contact, description_id)
    with _reasons_beside("name", by, now):
        families.say_more(description=description, more=more, contact_id=contact.pk, by=by, now=now)
    touch(contact, "say_more", by=by, ground=ground, now=now, evidence_changed=True)
    ask_front_doors(contact, now=now)


@acting
@transaction.atomic
def say_relationship(
    *, contact_id: UUID, one_id: UUID, other_id: UUID, told: RelationshipTold, by: Person, now: datetime
) -> None:
    """How two people on this contact are related, are not, or may be. What was said before stays beside it.

    Raises:
        Incomplete: it cannot be so; says what to change.
    """
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    one, other = _described_here(contact, one_id), _described_here(contact, other_id)
    with _reasons_beside("until", by, now):
        families.say_relationship(one=one, other=other, told=told, contact_id=contact.pk, by=by, now=now)
    touch(contact, "say_relationship", by=by, ground=ground, now=now, evidence_changed=True)
    ask_front_doors(contact, now=now)


@acting
@transaction.atomic
def say_identifier_wrong(
    *, contact_id: UUID, identifier_id: int, reason: str, by: Person, now: datetime
) -> None:
    """A number given for somebody on this contact is not theirs: it is kept, and counts no more."""
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    identifier = IdentifierSaid.objects.select_related("description").get(
        pk=identifier_id, description__contact_id=contact.pk
    )
    with _reasons_beside("reason", by, now):
        families.say_identifier_wrong(
            identifier=identifier, contact_id=contact.pk, reason=reason, by=by, now=now
        )
    touch(contact, "say_identifier_wrong", by=by, ground=ground, now=now, evidence_changed=True)
    ask_front_doors(contact, now=now)
