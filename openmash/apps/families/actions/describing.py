"""Describing people, and adding what is learned later. Nothing that was said is changed.

Whoever calls these records the event of the contact, and has checked that `by` may write on it. Each puts the
person into the index in the same transaction: there is never a description that cannot be found, nor the
other way round.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from openmash.apps.access.wall.passing import acting
from openmash.apps.directory.models import Person
from openmash.apps.families.actions.indexing import index_descriptions
from openmash.apps.families.errors import SayingRefused
from openmash.apps.families.models import (
    AddressSaid,
    BirthSaid,
    Description,
    IdentifierSaid,
    IdentifierSaidWrong,
    NameSaid,
    PlaceSaid,
    RelationshipSaid,
)
from openmash.apps.families.told import (
    AddressTold,
    IdentifierTold,
    MoreTold,
    NameTold,
    PersonDescribed,
    PlaceTold,
    RelationshipTold,
)
from openmash.engines.matching.identifiers import nhs_number, upn, why_not_nhs_number, why_not_upn

ENDED_BEFORE = "It cannot have ended before it began: change one of the two dates."
ROWS = ("names", "addresses", "places", "identifiers")
WORDS = tuple(field.name for field in fields(PersonDescribed) if field.name not in ROWS)


@acting
@transaction.atomic
def describe(
    *, person: PersonDescribed, contact_id: UUID, by: Person | None, now: datetime, index: bool = True
) -> Description:
    """Keep what was said of a person on a contact, and make it possible to find them.

    With `index=False` the caller puts them into the index in the same transaction, several at once.

    Raises:
        SayingRefused: something in it cannot be so.
    """
    description = Description.objects.create(
        contact_id=contact_id, described_at=now, **{name: getattr(person, name) for name in WORDS}
    )
    more = MoreTold(**{name: getattr(person, name) for name in ROWS})
    for why_not in why_not_say(more):
        raise SayingRefused(why_not)
    _write(more, _Saying(description, contact_id, by, now))
    if index:
        index_descriptions([description])
    return description


@acting
@transaction.atomic
def say_more(
    *, description: Description, more: MoreTold, contact_id: UUID, by: Person | None, now: datetime
) -> None:
    """Add what was learned of a person since. What was said before stays beside it.

    Raises:
        SayingRefused: there is nothing to add.
    """
    if more.is_nothing:
        raise SayingRefused("Write what you learned.")
    for why_not in why_not_say(more):
        raise SayingRefused(why_not)
    _write(more, _Saying(description, contact_id, by, now))
    index_descriptions([description, *_related_to(description)])


def _related_to(description: Description) -> list[Description]:
    """Everybody who is found by the names of this person too: a child by a mother's."""
    related = Q(is_said_to_be__other=description) | Q(is_said_to_have__one=description)
    return list(Description.objects.filter(related).exclude(pk=description.pk).distinct())


@acting
@transaction.atomic
def say_identifier_wrong(
    *, identifier: IdentifierSaid, contact_id: UUID, reason: str, by: Person | None, now: datetime
) -> None:
    """Say that a number is not this person's. It stays on record and counts no more.

    Raises:
        SayingRefused: no reason, or it has been said already.
    """
    if not reason.strip():
        raise SayingRefused("Say how you know that this number is wrong.")
    if IdentifierSaidWrong.objects.filter(identifier=identifier).exists():
        raise SayingRefused("Somebody has already said that this number is wrong.")
    IdentifierSaidWrong.objects.create(
        identifier=identifier, contact_id=contact_id, reason=reason, at=now, by_id=by.pk if by else None
    )
    index_descriptions([identifier.description])


@acting
@transaction.atomic
def say_relationship(
    *,
    one: Description,
    other: Description,
    told: RelationshipTold,
    contact_id: UUID,
    by: Person | None,
    now: datetime,
    index: bool = True,
) -> RelationshipSaid:
    """Say that `one` is the `told.kind` of `other`. A child is found by a parent's name from then on.

    With `index=False` the caller brings the index up to date in the same transaction.

    Raises:
        SayingRefused: the two are the same description, or it is said to have ended before it began.
    """
    if one.pk == other.pk:
        raise SayingRefused("Nobody is related to themselves: choose somebody else.")
    if told.since and told.until and told.until < told.since:
        raise SayingRefused(ENDED_BEFORE)
    said = RelationshipSaid.objects.create(
        one=one, other=other, contact_id=contact_id, at=now, by_id=by.pk if by else None, **vars(told)
    )
    if index:
        index_descriptions([one, other])
    return said


@dataclass(frozen=True)
class _Saying:
    """Of whom, on which contact, by whom and when something is said."""

    description: Description
    contact_id: UUID
    by: Person | None
    now: datetime

    @property
    def columns(self) -> dict[str, object]:
        return {
            "description": self.description,
            "contact_id": self.contact_id,
            "by_id": self.by.pk if self.by else None,
            "at": self.now,
        }


def why_not_say(more: MoreTold) -> Iterator[str]:
    """What could not be so, in sentences. Anything else is kept just as it was said."""
    dated: list[NameTold | AddressTold | PlaceTold] = [*more.names, *more.addresses, *more.places]
    for each in dated:
        if each.since and each.until and each.until < each.since:
            yield ENDED_BEFORE
    for number in more.identifiers:
        if number.kind == IdentifierSaid.Kind.LOCAL and number.value.strip() and not number.issuer.strip():
            yield "Say whose number it is: the same number means different people in different systems."


def _write(more: MoreTold, saying: _Saying) -> None:
    """One row for each thing said. An empty line of a form says nothing."""
    said = saying.columns
    NameSaid.objects.bulk_create(
        NameSaid(**vars(each), **said) for each in more.names if f"{each.given}{each.family}".strip()
    )
    BirthSaid.objects.bulk_create(BirthSaid(**vars(each), **said) for each in more.births)
    AddressSaid.objects.bulk_create(
        AddressSaid(**vars(each), **said) for each in more.addresses if f"{each.lines}{each.postcode}".strip()
    )
    PlaceSaid.objects.bulk_create(
        PlaceSaid(**vars(each), **said) for each in more.places if each.name.strip()
    )
    IdentifierSaid.objects.bulk_create(
        _identifier(each, said) for each in more.identifiers if each.value.strip()
    )


CHECKS = {
    IdentifierSaid.Kind.NHS_NUMBER: (nhs_number, why_not_nhs_number),
    IdentifierSaid.Kind.UPN: (upn, why_not_upn),
    IdentifierSaid.Kind.FORMER_UPN: (upn, why_not_upn),
}


def _identifier(told: IdentifierTold, said: dict[str, object]) -> IdentifierSaid:
    """The number as told. One that fails its check is kept with what is wrong with it."""
    if told.kind == IdentifierSaid.Kind.LOCAL:
        plain, why_not = " ".join(told.value.split()).upper(), ""
    else:
        check, explain = CHECKS[IdentifierSaid.Kind(told.kind)]
        plain = check(told.value) or ""
        why_not = "" if plain else explain(told.value) or "This number does not hold its own check."
    return IdentifierSaid(
        kind=told.kind, value=told.value, plain=plain, why_not=why_not, issuer=told.issuer, **said
    )
