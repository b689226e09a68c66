"""Which descriptions people have said are of the same person, of different people, or of one household."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q

from openmash.apps.families.models import (
    Description,
    HouseholdSaid,
    IdentifierSaid,
    Link,
    NotSame,
    RelationshipSaid,
)


def known_people_of(descriptions: Collection[Description]) -> frozenset[UUID]:
    """The known people whom somebody has linked to any of these descriptions."""
    return frozenset(
        Link.objects.filter(description__in=descriptions, undone__isnull=True).values_list(
            "known_person_id", flat=True
        )
    )


def known_person_of_each(descriptions: Collection[UUID]) -> Mapping[UUID, UUID]:
    """For each of these descriptions that is linked: the known person it is of."""
    return dict(
        Link.objects.filter(description_id__in=descriptions, undone__isnull=True).values_list(
            "description_id", "known_person_id"
        )
    )


def description_ids_of(known_people: Collection[UUID]) -> Mapping[UUID, tuple[UUID, ...]]:
    """For each known person: every description linked to them, in the order in which they were linked."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    links = Link.objects.filter(known_person_id__in=known_people, undone__isnull=True).order_by("id")
    for known_person, description in links.values_list("known_person_id", "description_id"):
        found[known_person].append(description)
    return {known_person: tuple(dict.fromkeys(each)) for known_person, each in found.items()}


def descriptions_of(known_people: Collection[UUID]) -> list[Description]:
    """Every description that people have linked to these known people, oldest first."""
    ids = [each for several in description_ids_of(known_people).values() for each in several]
    return list(Description.objects.filter(pk__in=ids).order_by("described_at", "id"))


def current_links(descriptions: Collection[Description]) -> list[Link]:
    """Links in force on these descriptions."""
    return list(
        Link.objects.filter(description__in=descriptions, undone__isnull=True).select_related("description")
    )


def contacts_about(known_people: Collection[UUID]) -> frozenset[UUID]:
    """Contacts on which any of these people was described, by links in force."""
    return frozenset(
        Link.objects.filter(known_person_id__in=known_people, undone__isnull=True).values_list(
            "description__contact_id", flat=True
        )
    )


def same_person_as(description: UUID) -> frozenset[UUID]:
    """This description and every other that people have linked to the same known person."""
    known = known_person_of_each([description])
    return frozenset(
        {description, *(each for some in description_ids_of(known.values()).values() for each in some)}
    )


def same_people_as(descriptions: Collection[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """For each of these: itself and every other that people have linked to the same known person."""
    known = known_person_of_each(descriptions)
    linked = description_ids_of(set(known.values()))
    return {each: frozenset({each, *(linked[known[each]] if each in known else ())}) for each in descriptions}


def with_different_nhs_numbers(descriptions: Collection[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Those whose person has two different valid NHS numbers: for each, the descriptions that hold them.

    One of the numbers is wrong, or a link is: a number learned later can show it of people linked before.
    """
    found = {}
    for each in known_person_of_each(descriptions):
        numbers = valid_nhs_numbers(same_person_as(each))
        if len({plain for _of, plain in numbers}) > 1:
            found[each] = frozenset(of for of, _plain in numbers)
    return found


def valid_nhs_numbers(descriptions: Collection[UUID]) -> frozenset[tuple[UUID, str]]:
    """The valid numbers of these, each with the description it was said of, without those said to be wrong."""
    said = IdentifierSaid.objects.filter(
        description_id__in=descriptions, kind=IdentifierSaid.Kind.NHS_NUMBER, wrong__isnull=True
    )
    return frozenset(said.exclude(plain="").values_list("description_id", "plain"))


def valid_nhs_numbers_of(descriptions: Collection[UUID]) -> frozenset[str]:
    """The valid numbers of these, whichever said them."""
    return frozenset(plain for _of, plain in valid_nhs_numbers(descriptions))


def said_not_same(descriptions: Collection[UUID]) -> list[NotSame]:
    """What stands said of any of these descriptions not being of another one's person."""
    return list(
        NotSame.objects.filter(
            Q(one_id__in=descriptions) | Q(other_id__in=descriptions), taken_back__isnull=True
        )
        .select_related("one", "other")
        .order_by("id")
    )


def not_same_as(description: UUID) -> frozenset[UUID]:
    """Descriptions of everybody whom somebody has told apart from this person.

    It holds for all descriptions of the two, as far as they have been linked.
    """
    mine = same_person_as(description)
    theirs = {
        each for said in said_not_same(mine) for each in (said.one_id, said.other_id) if each not in mine
    }
    known = known_person_of_each(theirs)
    linked = description_ids_of(set(known.values()))
    return frozenset(theirs | {each for several in linked.values() for each in several}) - mine


def households_said(contact_id: UUID) -> dict[UUID, bool]:
    """For each other contact somebody compared with this one: is it the same household? The latest word."""
    said: dict[UUID, bool] = {}
    for row in HouseholdSaid.objects.filter(Q(contact_id=contact_id) | Q(earlier_id=contact_id)):
        other = row.earlier_id if row.contact_id == contact_id else row.contact_id
        said[other] = row.same
    return said


def relationships_between(descriptions: Collection[Description]) -> list[RelationshipSaid]:
    """What was said of how any two of these are related, in the order in which it was said."""
    said = RelationshipSaid.objects.filter(one__in=descriptions, other__in=descriptions)
    return list(said.select_related("one", "other").order_by("id"))
