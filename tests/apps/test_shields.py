"""A shield holds for the child: for every description linked with it, now or later, and for those alike."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from openmash.apps.access.errors import Refused
from openmash.apps.concerns.actions.linking import say_same_person
from openmash.apps.concerns.actions.shielding import shield_child
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.shields import look_at_shields, look_to_shield
from openmash.apps.concerns.queries.told_by import children_told_by
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Description
from openmash.apps.families.queries import described
from openmash.apps.private_asking import keeper
from openmash.apps.private_asking.actions import asking
from openmash.apps.private_asking.actions.asking import About, ask
from openmash.apps.private_asking.actions.preparing import prepare_answers
from openmash.apps.private_asking.errors import CannotBeShielded
from openmash.apps.private_asking.purposes import Purpose
from tests.apps.journey import NOW, raised
from tests.apps.test_private_asking import NO_LOTS
from tests.cast import Cast, child

FIRST = {"born_on": date(2016, 3, 14), "address": "1 Mill Lane", "postcode": "NF1 2AB"}
LATER = {"born_on": date(2016, 3, 14), "address": "8 Harbour Row", "postcode": "NF7 9ZZ"}
# Nothing but a person's word connects this with the other two.
UNDER_ANOTHER_NAME = {"born_on": date(2015, 9, 2), "address": "3 Long Street", "postcode": "NF5 1QQ"}


@pytest.fixture(autouse=True)
def neither_lots_nor_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "in_force", lambda on: NO_LOTS)
    monkeypatch.setattr(keeper, "ANSWERED_AFTER", 0.0)


@pytest.fixture
def said(cast: Cast) -> Callable[[Contact], str]:
    """`said(contact)`: what the school is told when it asks the police about the child of this contact."""

    def ask_about(contact: Contact) -> str:
        return ask(
            question_id=uuid4(),
            child=described(child_of(contact)),
            about=About(uuid4(), "NF-1111-11"),
            asked_id=cast.police_officer.agency_id,
            purpose=Purpose.WORRIED,
            by=cast.safeguarding_lead,
            ground="leads safeguarding in the agency that raised it",
            now=NOW,
        ).said

    return ask_about


def child_of(contact: Contact) -> Description:
    return contact.parts.get(role="subject").description


def told_by_police(cast: Cast, name: str, known: dict[str, Any]) -> Contact:
    return raised(cast, "A06", by=cast.police_officer, parts=(child(name, **known),))


def prepare(cast: Cast) -> None:
    police = cast.police_officer.agency
    prepare_answers(agency=police, people=children_told_by(police), by=None, now=timezone.now())


def shielded(contact: Contact, by: Person, *, on: bool = True, why: str = "Mother is in a refuge.") -> None:
    shield_child(description_id=child_of(contact).pk, shielded=on, reason=why, by=by, now=NOW)


def linked(cast: Cast, one: Contact, other: Contact) -> None:
    say_same_person(
        contact_id=one.pk,
        description_id=child_of(one).pk,
        earlier_id=child_of(other).pk,
        reason="The same child under a new name.",
        by=cast.screener,
        now=NOW,
    )


def test_a_later_description_very_likely_of_the_same_child_is_answered_by_a_person(
    cast: Cast, said: Callable[[Contact], str]
) -> None:
    first = told_by_police(cast, "Ayesha Chowdhury", FIRST)
    shielded(first, cast.second_partner)
    later = told_by_police(cast, "Ayesha Chowdhury", LATER)
    prepare(cast)
    assert said(later) == "person" and said(first) == "person"
    shielded(first, cast.second_partner, on=False, why="They have moved on.")
    assert said(later) == "hit"


def test_a_description_linked_with_it_counts_at_once_and_no_longer_when_the_shield_ends(
    cast: Cast, said: Callable[[Contact], str]
) -> None:
    first = told_by_police(cast, "Ayesha Chowdhury", FIRST)
    renamed = told_by_police(cast, "Grace Oduya", UNDER_ANOTHER_NAME)
    prepare(cast)
    shielded(first, cast.second_partner)
    assert said(renamed) == "hit"
    linked(cast, renamed, first)  # after the answers were prepared
    assert said(renamed) == "person"
    shielded(first, cast.second_partner, on=False, why="They have moved on.")
    assert said(renamed) == "hit"


def test_whichever_agency_shielded_the_child(cast: Cast, said: Callable[[Contact], str]) -> None:
    told = told_by_police(cast, "Ayesha Chowdhury", FIRST)
    prepare(cast)
    elsewhere = raised(cast, "A06", by=cast.teacher, parts=(child("Ayesha Chowdhury", **LATER),))
    shielded(elsewhere, cast.safeguarding_lead)
    assert said(told) == "person"


def test_other_children_are_answered_as_before(cast: Cast, said: Callable[[Contact], str]) -> None:
    shielded(told_by_police(cast, "Ayesha Chowdhury", FIRST), cast.second_partner)
    other = told_by_police(cast, "Grace Oduya", UNDER_ANOTHER_NAME)
    prepare(cast)
    assert said(other) == "hit"


def test_the_answer_takes_as_long_whatever_was_found(
    cast: Cast, said: Callable[[Contact], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    monkeypatch.setattr(keeper, "ANSWERED_AFTER", 1_000.0)
    first = told_by_police(cast, "Ayesha Chowdhury", FIRST)
    prepare(cast)
    shielded(first, cast.second_partner)
    stranger = raised(cast, "A06", parts=(child("Jack Fairweather", **UNDER_ANOTHER_NAME),))
    assert (said(first), said(stranger)) == ("person", "no_hit")
    assert len(waited) == 2 and all(990 < each <= 1_000 for each in waited)


def test_who_may_shield_and_who_sees_it(cast: Cast) -> None:
    contact = told_by_police(cast, "Ayesha Chowdhury", FIRST)
    for person in (cast.police_officer, cast.safeguarding_lead, cast.screener, cast.boarding_lead):
        with pytest.raises(Refused):
            shielded(contact, person)
        with pytest.raises(Refused):
            look_to_shield(contact.pk, by=person, now=NOW)
    with pytest.raises(Refused):
        look_at_shields(by=cast.police_officer, now=NOW)
    shielded(contact, cast.second_partner)
    with pytest.raises(CannotBeShielded, match="already"):
        shielded(contact, cast.second_partner)
    assert look_to_shield(contact.pk, by=cast.second_partner, now=NOW).children == ()
    (mine,) = look_at_shields(by=cast.second_partner, now=NOW).shielded
    assert (mine.reference, mine.shielding.reason) == (contact.reference, "Mother is in a refuge.")
    assert look_at_shields(by=cast.manager, now=NOW).shielded == ()  # another agency's
