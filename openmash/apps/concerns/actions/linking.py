"""A screener's word on whether this child or household is one already known."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.concerns.actions.moves import locked, touch
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.concerns.permission import permitted
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.families import actions as families
from openmash.apps.families.errors import LinkRefused
from openmash.apps.families.models import Description, Link


def _described_here(contact: Contact, description_id: UUID) -> Description:
    return (
        Part.objects.select_related("description")
        .get(contact=contact, description_id=description_id)
        .description
    )


@transaction.atomic
def say_same_child(
    *, contact_id: UUID, description_id: UUID, earlier_id: UUID, reason: str, by: Person, now: datetime
) -> None:
    """This child and the child of the earlier description are the same.

    Raises:
        Incomplete: no reason was given, or the link is not possible; says what to do.
    """
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    description = _described_here(contact, description_id)
    earlier = Description.objects.get(pk=earlier_id)
    try:
        families.link_same(
            description=description, earlier=earlier, reason=reason, by=by, ground=ground, now=now
        )
    except LinkRefused as refused:
        raise Incomplete([Reason("reason", refused.reason)]) from refused
    touch(
        contact,
        "say_same_child",
        by=by,
        ground=ground,
        now=now,
        detail={"earlier": str(earlier.contact_id)},
        evidence_changed=True,
    )


@transaction.atomic
def say_not_same_child(
    *, contact_id: UUID, description_id: UUID, earlier_id: UUID, reason: str, by: Person, now: datetime
) -> None:
    """These are two different children; nobody is asked again."""
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    description = _described_here(contact, description_id)
    earlier = Description.objects.get(pk=earlier_id)
    try:
        families.say_not_same(description=description, earlier=earlier, reason=reason, by=by, now=now)
    except LinkRefused as refused:
        raise Incomplete([Reason("reason", refused.reason)]) from refused
    touch(
        contact,
        "say_not_same_child",
        by=by,
        ground=ground,
        now=now,
        detail={"earlier": str(earlier.contact_id)},
        evidence_changed=True,
    )


@transaction.atomic
def say_household(
    *, contact_id: UUID, earlier_contact_id: UUID, same: bool, reason: str, by: Person, now: datetime
) -> None:
    """These two contacts are, or are not, about the same household."""
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    if not Contact.objects.filter(pk=earlier_contact_id).exists():
        raise NotPossibleNow("There is no such contact.")
    try:
        families.say_household(
            contact_id=contact.pk, earlier_id=earlier_contact_id, same=same, reason=reason, by=by, now=now
        )
    except LinkRefused as refused:
        raise Incomplete([Reason("reason", refused.reason)]) from refused
    touch(
        contact,
        "say_household",
        by=by,
        ground=ground,
        now=now,
        detail={"with": str(earlier_contact_id), "same": same},
        evidence_changed=True,
    )


@transaction.atomic
def undo_link(*, contact_id: UUID, link_id: int, reason: str, by: Person, now: datetime) -> None:
    """A link made on this contact was wrong."""
    contact = locked(contact_id)
    ground = permitted("link", contact, by, now)
    link = Link.objects.select_related("description").get(pk=link_id, description__contact_id=contact.pk)
    try:
        families.unlink(link=link, reason=reason, by=by, ground=ground, now=now)
    except LinkRefused as refused:
        raise Incomplete([Reason("reason", refused.reason)]) from refused
    touch(contact, "undo_link", by=by, ground=ground, now=now, evidence_changed=True)
