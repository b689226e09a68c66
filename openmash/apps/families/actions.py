"""Describing people, and linking descriptions that somebody says are of the same child.

Callers have already checked that `by` may write on the contact; these keep the trace.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.families.errors import LinkRefused
from openmash.apps.families.keys import address_key, name_key
from openmash.apps.families.models import Child, Description, HouseholdSaid, Link, NotSame, Unlink


@dataclass(frozen=True)
class PersonDescribed:
    """What somebody knows of a person. Empty or None is "not known"."""

    kind: str
    name: str = ""
    other_names: str = ""
    born_on: date | None = None
    about_age: int | None = None
    expected_on: date | None = None
    sex: str = "not_known"
    address: str = ""
    postcode: str = ""
    school: str = ""
    gp: str = ""
    language: str = ""
    cared_for_by: str = ""


def describe(*, person: PersonDescribed, contact_id: UUID, by: Person | None, now: datetime) -> Description:
    """Keep what was said of a person on a contact. The caller records the event of the contact."""
    return Description.objects.create(
        contact_id=contact_id,
        described_at=now,
        name_key=name_key(person.name, person.other_names),
        address_key=address_key(person.address, person.postcode),
        **{field: getattr(person, field) for field in PersonDescribed.__dataclass_fields__},
    )


def _current_links(descriptions: Iterable[Description]) -> list[Link]:
    return list(Link.objects.filter(description__in=list(descriptions), undone__isnull=True))


@transaction.atomic
def link_same(
    *,
    description: Description,
    earlier: Description,
    reason: str,
    by: Person | None,
    ground: str,
    now: datetime,
) -> Child:
    """Say that two descriptions are of the same child.

    Raises:
        LinkRefused: no reason, an adult, or the two are already linked to two different children
            (undo one link first: a merge is never silent).
    """
    if not reason.strip():
        raise LinkRefused("Say why you think this is the same child.")
    if description.pk == earlier.pk:
        raise LinkRefused("Choose another contact: these are the same description.")
    if Description.Kind.ADULT in (description.kind, earlier.kind):
        raise LinkRefused("Only children can be linked here.")
    with connection.cursor() as cursor:  # one linker at a time, or two could make two children of one
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('families.link'))")
    links = _current_links([description, earlier])
    children = {link.child_id for link in links}
    if len(children) > 1:
        raise LinkRefused(
            "These two are already linked to two different children. "
            "Undo the link that is wrong before you link them again."
        )
    linked = {link.description_id for link in links}
    child = links[0].child if links else Child.objects.create(created_at=now)
    for each in (description, earlier):
        if each.pk not in linked:
            Link.objects.create(
                child=child, description=each, by_id=by.pk if by else None, at=now, reason=reason
            )
    record(
        by=by,
        verb="link",
        subject_kind="child",
        subject_id=child.pk,
        ground=ground,
        now=now,
        detail={"descriptions": [str(description.pk), str(earlier.pk)]},
    )
    return child


@transaction.atomic
def unlink(*, link: Link, reason: str, by: Person | None, ground: str, now: datetime) -> None:
    """Say that a link was wrong. Both the link and its undoing stay visible."""
    if not reason.strip():
        raise LinkRefused("Say why this link was wrong.")
    Unlink.objects.create(
        link=link, child_id=link.child_id, by_id=by.pk if by else None, at=now, reason=reason
    )
    record(
        by=by,
        verb="unlink",
        subject_kind="child",
        subject_id=link.child_id,
        ground=ground,
        now=now,
        detail={"description": str(link.description_id)},
    )


@transaction.atomic
def say_not_same(
    *, description: Description, earlier: Description, reason: str, by: Person | None, now: datetime
) -> None:
    """Remember that two descriptions are of different people. The caller records the event of the contact."""
    if not reason.strip():
        raise LinkRefused("Say why you think this is not the same child.")
    NotSame.objects.create(
        one=description,
        other=earlier,
        contact_id=description.contact_id,
        by_id=by.pk if by else None,
        at=now,
        reason=reason,
    )


@transaction.atomic
def say_household(
    *, contact_id: UUID, earlier_id: UUID, same: bool, reason: str, by: Person | None, now: datetime
) -> None:
    """Say whether two contacts are about the same household. The caller records the event of the contact."""
    if not reason.strip():
        raise LinkRefused("Say why you think so.")
    HouseholdSaid.objects.create(
        contact_id=contact_id,
        earlier_id=earlier_id,
        same=same,
        by_id=by.pk if by else None,
        at=now,
        reason=reason,
    )
