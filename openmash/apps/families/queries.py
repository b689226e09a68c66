"""Which descriptions are of the same child or household: as people confirmed, and as proposals for people.

These speak of identifiers and descriptions only; `concerns.queries` decides who may be shown them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import FloatField, Q, Value

from openmash.apps.families.models import Description, HouseholdSaid, Link, NotSame

ALIKE = 0.45
"""Names at least this alike (trigram similarity, 0 to 1) are proposed when something else agrees too."""


@dataclass(frozen=True)
class Proposal:
    """An earlier description that may be of the same child or household, and why a person should look."""

    earlier: Description
    because: tuple[str, ...]


def children_linked_to(descriptions: Collection[Description]) -> frozenset[UUID]:
    """The children whom people have linked to any of these descriptions."""
    return frozenset(
        Link.objects.filter(description__in=descriptions, undone__isnull=True).values_list(
            "child_id", flat=True
        )
    )


def current_links(descriptions: Collection[Description]) -> list[Link]:
    """Links in force on these descriptions."""
    return list(
        Link.objects.filter(description__in=descriptions, undone__isnull=True).select_related("description")
    )


def contacts_about(children: Collection[UUID]) -> frozenset[UUID]:
    """Contacts on which any of these children was described, by links in force."""
    return frozenset(
        Link.objects.filter(child_id__in=children, undone__isnull=True).values_list(
            "description__contact_id", flat=True
        )
    )


def proposals_for(description: Description) -> list[Proposal]:
    """Earlier descriptions that may be of the same child, for a person to confirm or refuse.

    A proposal needs a like name with the same date of birth, address, or no date to compare; or the
    same date of birth at the same address. Descriptions already linked or refused are left out.
    """
    if description.kind == Description.Kind.ADULT:
        return []
    found = (
        Description.objects.exclude(contact_id=description.contact_id)
        .exclude(kind=Description.Kind.ADULT)
        .exclude(pk__in=_settled(description))
        .annotate(
            alike=TrigramSimilarity("name_key", description.name_key)
            if description.name_key
            else Value(0.0, output_field=FloatField())
        )
        .filter(_worth_a_look(description))
        .order_by("-alike", "-described_at")[:50]
    )
    return [Proposal(earlier=each, because=_why(description, each, each.alike)) for each in found]


def _worth_a_look(description: Description) -> Q:
    # The % operator is what the trigram index answers; it bounds the rows the similarity is worked out for.
    named_alike = Q(name_key__trigram_similar=description.name_key, alike__gte=ALIKE)
    same_home = Q(address_key=description.address_key) if description.address_key else Q(pk__in=[])
    if description.born_on is None:
        named = named_alike
        return (named | same_home) if description.name_key else same_home
    same_birth = Q(born_on=description.born_on)
    named = named_alike & (same_birth | Q(born_on__isnull=True) | same_home)
    at_home = same_birth & same_home
    return (named | at_home) if description.name_key else at_home


def _settled(description: Description) -> set[UUID]:
    refused = NotSame.objects.filter(Q(one=description) | Q(other=description))
    settled = {pk for pair in refused.values_list("one_id", "other_id") for pk in pair}
    children = children_linked_to([description])
    settled |= set(
        Link.objects.filter(child_id__in=children, undone__isnull=True).values_list(
            "description_id", flat=True
        )
    )
    return settled


def _why(description: Description, earlier: Description, alike: float) -> tuple[str, ...]:
    reasons = []
    if description.name_key and description.name_key == earlier.name_key:
        reasons.append("the same name")
    elif alike >= ALIKE:
        reasons.append("a similar name")
    else:
        reasons.append("the name is different or not known")
    if description.born_on and earlier.born_on:
        same = description.born_on == earlier.born_on
        reasons.append("the same date of birth" if same else "a different date of birth")
    else:
        reasons.append("date of birth not known on one of them")
    if description.address_key and earlier.address_key:
        same = description.address_key == earlier.address_key
        reasons.append("the same address" if same else "a different address")
    return tuple(reasons)


def contacts_at_home_of(description: Description) -> frozenset[UUID]:
    """Other contacts on which anybody was described at the same address."""
    if not description.address_key:
        return frozenset()
    return frozenset(
        Description.objects.filter(address_key=description.address_key)
        .exclude(contact_id=description.contact_id)
        .values_list("contact_id", flat=True)
    )


def households_said(contact_id: UUID) -> dict[UUID, bool]:
    """For each other contact somebody compared with this one: is it the same household? The latest word."""
    said: dict[UUID, bool] = {}
    for row in HouseholdSaid.objects.filter(Q(contact_id=contact_id) | Q(earlier_id=contact_id)):
        other = row.earlier_id if row.contact_id == contact_id else row.contact_id
        said[other] = row.same
    return said
