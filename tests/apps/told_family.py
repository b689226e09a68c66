"""A family told of again and again, from two addresses, with a partner who has children elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from openmash.apps.concerns.account import PartTold, RelationTold
from openmash.apps.concerns.actions.linking import say_same_person
from openmash.apps.concerns.actions.moves import locked, touch
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.directory.models import Person
from openmash.apps.families.actions import PersonDescribed, RelationshipTold, link_same
from openmash.apps.families.models import KnownPerson
from tests.apps.journey import raised
from tests.cast import MONDAY, Cast

WEEK = timedelta(days=7)
ALEX, MIA = date(2018, 3, 4), date(2021, 9, 1)


def child(name: str = "Alex Winter", role: str = "subject", **known: Any) -> PartTold:
    known = {"born_on": ALEX, "sex": "male", "address": "14 Mill Road", "postcode": "NF1 2AB", **known}
    return PartTold(role=role, person=PersonDescribed(kind="child", name=name, **known))


def adult(name: str, role: str, *relations: RelationTold, **known: Any) -> PartTold:
    return PartTold(role, PersonDescribed(kind="adult", name=name, **known), relations)


def is_(kind: str, to: int, **told: Any) -> RelationTold:
    return RelationTold(to, RelationshipTold(kind, **told))


@dataclass
class ToldFamily:
    """Alex is told of by school, police and health visitor; the partner, Rob, also with a child elsewhere."""

    first: Contact
    second: Contact
    third: Contact
    elsewhere: Contact
    alex: KnownPerson
    rob: KnownPerson


def told_family(cast: Cast, *, elsewhere: Any = None) -> ToldFamily:
    """Three concerns about Alex, linked by the screener, and one about another child with the same partner."""
    at = MONDAY - 10 * WEEK
    first = raised(cast, "A10", parts=(child(), adult("Amina Winter", "parent", sex="female")), now=at)
    second = raised(
        cast,
        "A10",
        by=cast.police_officer,
        parts=(
            child(born_on=None, about_age=8, address="2 Canal Street", postcode="NF3 1AA"),
            adult("Amina Winter", "parent", is_("mother", 0), sex="female"),
            adult("Rob Pike", "partner", is_("partner", 1), is_("step_parent", 0), sex="male"),
        ),
        now=at + WEEK,
        account="Called to shouting at Canal Street.",
    )
    link(cast, second, first, at=at + WEEK)
    third = raised(
        cast,
        "A10",
        by=cast.health_visitor,
        parts=(child(), child("Mia Winter", "other_child", born_on=MIA, sex="female")),
        now=at + 2 * WEEK,
    )
    link(cast, third, first, at=at + 2 * WEEK)
    other = raised(
        cast,
        "D17",
        by=cast.gp,
        parts=(
            child("Tom Pike", born_on=date(2014, 1, 5), address="9 Elm Close", postcode="NF9 9ZZ"),
            adult("Robert Pike", "parent", is_("father", 0), sex="male"),
        ),
        now=at - 20 * WEEK,
        **({"locality_id": elsewhere} if elsewhere else {}),
    )
    rob = link_adult(cast, second, "Rob Pike", other, "Robert Pike", at=at + 3 * WEEK)
    alex = first.parts.get(role="subject").description.links.get().known_person
    return ToldFamily(first, second, third, other, alex, rob)


def link(cast: Cast, later: Contact, earlier: Contact, *, at: datetime) -> None:
    """The screener says that the children of two contacts are the same."""
    say_same_person(
        contact_id=later.pk,
        description_id=described(later, "subject").description_id,
        earlier_id=described(earlier, "subject").description_id,
        reason="The same child.",
        by=cast.screener,
        now=at,
    )


def link_as(by: Person, later: Contact, earlier: Contact) -> None:
    """Somebody who sees both front doors says that the children of two contacts are the same."""
    link_same(
        description=described(later, "subject").description,
        earlier=described(earlier, "subject").description,
        reason="The same child.",
        by=by,
        ground="delegated safeguarding partner",
        now=MONDAY,
    )
    touch(
        locked(later.pk),
        "say_same_person",
        by=by,
        ground="delegated safeguarding partner",
        now=MONDAY,
        evidence_changed=True,
    )


def described(contact: Contact, role: str) -> Part:
    return contact.parts.filter(role=role).select_related("description")[0]


def link_adult(
    cast: Cast, one: Contact, name: str, other: Contact, other_name: str, *, at: datetime
) -> KnownPerson:
    by: Person = cast.screener
    return link_same(
        description=one.parts.get(description__name=name).description,
        earlier=other.parts.get(description__name=other_name).description,
        reason="The same man.",
        by=by,
        ground="screens concerns in this locality",
        now=at,
    )
