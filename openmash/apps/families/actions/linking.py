"""Who is who, as somebody says: linking, taking apart, and taking back. Nothing is ever merged by itself.

Callers have already checked that `by` may write on the contact; these keep the trace.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.families.errors import LinkRefused
from openmash.apps.families.models import (
    Description,
    HouseholdSaid,
    KnownPerson,
    Link,
    NotSame,
    NotSameTakenBack,
    Unlink,
)
from openmash.apps.families.queries.linked import (
    known_person_of_each,
    not_same_as,
    said_not_same,
    same_person_as,
    valid_nhs_numbers,
)

NOTHING_SHOWN: Mapping[str, Any] = {}
"""Somebody said so by themselves: no evidence was on their page."""


def _one_linker_at_a_time() -> None:
    """Or two could make two known people of one, or link two whom a third tells apart meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('families.link'))")


@acting
@transaction.atomic
def link_same(
    *,
    description: Description,
    earlier: Description,
    reason: str,
    by: Person | None,
    ground: str,
    now: datetime,
    shown: Mapping[str, Any] = NOTHING_SHOWN,
) -> KnownPerson:
    """Say that two descriptions are of the same person, child or adult.

    Raises:
        LinkRefused: no reason; the two are linked to two different known people (undo one link first: a merge is
            never silent); somebody has told them apart; or their NHS numbers differ and none has been said to
            be wrong.
    """
    if not reason.strip():
        raise LinkRefused("Say why you think this is the same person.")
    if description.pk == earlier.pk:
        raise LinkRefused("Choose another contact: these are the same description.")
    _one_linker_at_a_time()
    links = list(Link.objects.filter(description__in=[description, earlier], undone__isnull=True))
    _refuse_two_people(description, earlier)
    _refuse_told_apart(description, earlier)
    _refuse_different_nhs_numbers(description, earlier)
    linked = {link.description_id for link in links}
    known = links[0].known_person if links else KnownPerson.objects.create(created_at=now)
    for each in (description, earlier):
        if each.pk not in linked:
            Link.objects.create(
                known_person=known,
                description=each,
                by_id=by.pk if by else None,
                at=now,
                reason=reason,
                shown=dict(shown),
            )
    record(
        by=by,
        verb="link",
        subject_kind="known_person",
        subject_id=known.pk,
        ground=ground,
        now=now,
        detail={"descriptions": [str(description.pk), str(earlier.pk)]},
    )
    return known


def _refuse_two_people(description: Description, earlier: Description) -> None:
    known = known_person_of_each([description.pk, earlier.pk])
    if len(set(known.values())) > 1:
        raise LinkRefused(
            "These two are already linked to two different people. "
            "Undo the link that is wrong before you link them again.",
            rests_on=same_person_as(description.pk) | same_person_as(earlier.pk),
        )


def _refuse_told_apart(description: Description, earlier: Description) -> None:
    if earlier.pk in not_same_as(description.pk):
        mine, theirs = same_person_as(description.pk), same_person_as(earlier.pk)
        said = [each for each in said_not_same(mine) if {each.one_id, each.other_id} & theirs]
        raise LinkRefused(
            "Somebody has said that these are two different people. "
            "If that was wrong, take it back before you link them.",
            rests_on={one for each in said for one in (each.one_id, each.other_id)},
        )


def _refuse_different_nhs_numbers(description: Description, earlier: Description) -> None:
    """Two people cannot share an NHS number, and nobody has two: one of them must first be said to be wrong."""
    mine, theirs = (valid_nhs_numbers(same_person_as(each.pk)) for each in (description, earlier))
    different = {plain for _of, plain in mine | theirs}
    if mine and theirs and len(different) > 1:
        raise LinkRefused(
            "Their NHS numbers differ, so these are two different people or one number is wrong. "
            "Say which number is wrong before you link them.",
            rests_on={of for of, _plain in mine | theirs},
        )


@acting
@transaction.atomic
def unlink(*, link: Link, reason: str, by: Person | None, ground: str, now: datetime) -> None:
    """Say that a link was wrong. Both the link and its undoing stay visible.

    Where one description would be left on its own, that link is undone too: nobody is known by one description alone,
    and it can be linked to somebody else.

    Raises:
        LinkRefused: no reason, or it has been undone already.
    """
    if not reason.strip():
        raise LinkRefused("Say why this link was wrong.")
    _one_linker_at_a_time()
    if Unlink.objects.filter(link=link).exists():
        raise LinkRefused("Somebody has already undone this link.")
    left = Link.objects.filter(known_person_id=link.known_person_id, undone__isnull=True).exclude(pk=link.pk)
    alone = list(left) if len({each.description_id for each in left}) == 1 else []
    for each in (link, *alone):
        Unlink.objects.create(
            link=each,
            known_person_id=each.known_person_id,
            by_id=by.pk if by else None,
            at=now,
            reason=reason,
        )
    record(
        by=by,
        verb="unlink",
        subject_kind="known_person",
        subject_id=link.known_person_id,
        ground=ground,
        now=now,
        detail={"description": str(link.description_id)},
    )


@acting
@transaction.atomic
def say_not_same(
    *,
    description: Description,
    earlier: Description,
    reason: str,
    by: Person | None,
    now: datetime,
    shown: Mapping[str, Any] = NOTHING_SHOWN,
) -> None:
    """Remember that two descriptions are of different people. The caller records the event of the contact.

    Raises:
        LinkRefused: no reason, or the two are linked (undo that first).
    """
    if not reason.strip():
        raise LinkRefused("Say why you think this is not the same person.")
    _one_linker_at_a_time()
    if earlier.pk in same_person_as(description.pk):
        raise LinkRefused(
            "Somebody has linked these two. Undo the link that is wrong first.",
            rests_on=same_person_as(description.pk),
        )
    NotSame.objects.create(
        one=description,
        other=earlier,
        contact_id=description.contact_id,
        by_id=by.pk if by else None,
        at=now,
        reason=reason,
        shown=dict(shown),
    )


@acting
@transaction.atomic
def take_back_not_same(
    *, not_same: NotSame, contact_id: UUID, reason: str, by: Person | None, now: datetime
) -> None:
    """Say that two people told apart may be one after all. The caller records the event of the contact.

    Raises:
        LinkRefused: no reason, or it has been taken back already.
    """
    if not reason.strip():
        raise LinkRefused("Say why this was wrong.")
    _one_linker_at_a_time()
    if NotSameTakenBack.objects.filter(not_same=not_same).exists():
        raise LinkRefused("Somebody has already taken this back.")
    NotSameTakenBack.objects.create(
        not_same=not_same, contact_id=contact_id, by_id=by.pk if by else None, at=now, reason=reason
    )


@acting
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
