"""Who is who in a family: what was said, what follows from parts, who is drawn once, and what stays unseen."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event as Logged
from openmash.apps.concerns.actions.linking import say_not_same_person, say_relationship
from openmash.apps.concerns.queries.kinship import Kinship, open_kinship
from openmash.apps.concerns.queries.whole_chronology import Start
from openmash.apps.directory.models import Person
from openmash.apps.families.told import RelationshipTold
from tests.apps.journey import NOW, raised
from tests.apps.told_family import (
    ToldFamily,
    adult,
    child,
    described,
    is_,
    link,
    link_adult,
    link_as,
    told_family,
)
from tests.cast import MONDAY, Cast

HOUR = timedelta(hours=1)


def of(family: ToldFamily, by: Person) -> Kinship:
    return open_kinship(Start(known_person=family.alex.pk), by=by, now=NOW)


def said(kinship: Kinship) -> set[tuple[str, str, str]]:
    names = {each.key: each.latest.name for each in kinship.relatives}
    return {(names[claim.one], claim.kind, names[claim.other]) for claim in kinship.claims}


def names(kinship: Kinship) -> list[str]:
    return sorted(each.latest.name for each in kinship.relatives)


def test_what_was_said_across_contacts_makes_one_family(cast: Cast) -> None:
    kinship = of(told_family(cast), cast.screener)
    assert names(kinship) == ["Alex Winter", "Amina Winter", "Mia Winter", "Rob Pike", "Tom Pike"]
    assert said(kinship) >= {
        ("Amina Winter", "mother", "Alex Winter"),
        ("Rob Pike", "partner", "Amina Winter"),
        ("Rob Pike", "father", "Tom Pike"),
    }
    assert [each.latest.name for each in kinship.relatives if each.is_concerned] == ["Alex Winter"]


def test_each_claim_says_who_made_it_and_when(cast: Cast) -> None:
    family = told_family(cast)
    (claim,) = [each for each in of(family, cast.screener).claims if each.kind == "partner"]
    assert claim.by == cast.police_officer
    assert claim.at == family.second.received_at


def test_a_part_is_a_fact_only_where_nobody_said_more(cast: Cast) -> None:
    kinship = of(told_family(cast), cast.screener)
    parts = [claim for claim in kinship.claims if claim.part]
    assert [claim.part for claim in parts] == ["Other child in the household"]


def test_to_deny_does_not_take_away_what_a_part_said(cast: Cast) -> None:
    contact = raised(cast, "A10", parts=(child(), adult("Dan Winter", "partner", sex="male")), now=MONDAY)
    say_relationship(
        contact_id=contact.pk,
        one_id=described(contact, "partner").description_id,
        other_id=described(contact, "subject").description_id,
        told=RelationshipTold("father", is_denied=True, told_by="his mother"),
        by=cast.screener,
        now=NOW,
    )
    kinship = open_kinship(Start(contact=contact.pk), by=cast.screener, now=NOW)
    claims = [(claim.is_denied, claim.part, claim.told_by) for claim in kinship.claims]
    assert claims == [(True, "", "his mother"), (False, "Partner of a parent or carer", "")]


def test_a_name_that_nobody_linked_is_drawn_once_and_said_to_be(cast: Cast) -> None:
    kinship = of(told_family(cast), cast.screener)
    amina = next(each for each in kinship.relatives if each.latest.name == "Amina Winter")
    assert (len(amina.descriptions), amina.not_linked) == (2, 2)
    assert all(not each.not_linked for each in kinship.relatives if each is not amina)


def test_two_of_one_name_who_were_told_apart_are_drawn_as_two(cast: Cast) -> None:
    family = told_family(cast)
    say_not_same_person(
        contact_id=family.second.pk,
        description_id=described(family.second, "parent").description_id,
        earlier_id=described(family.first, "parent").description_id,
        reason="Mother and aunt.",
        by=cast.screener,
        now=MONDAY,
    )
    assert names(of(family, cast.screener)).count("Amina Winter") == 2


def test_told_apart_holds_for_all_that_is_linked_to_either(cast: Cast) -> None:
    first, second, third = (
        raised(cast, "A10", parts=(child(), adult("Amina Winter", "parent")), now=MONDAY + n * HOUR)
        for n in range(3)
    )
    for later in (second, third):
        link(cast, later, first, at=NOW)
    link_adult(cast, second, "Amina Winter", first, "Amina Winter", at=NOW)
    say_not_same_person(
        contact_id=third.pk,
        description_id=described(third, "parent").description_id,
        earlier_id=described(first, "parent").description_id,
        reason="Her aunt of the same name.",
        by=cast.screener,
        now=NOW,
    )
    kinship = open_kinship(Start(contact=first.pk), by=cast.screener, now=NOW)
    drawn = [len(each.descriptions) for each in kinship.relatives if each.latest.name == "Amina Winter"]
    assert sorted(drawn) == [1, 2]


@pytest.mark.parametrize(
    "name",
    ["Mum's boyfriend", "Unknown male", "Foster carer", "New partner", "Uncle Bob", "Man in a red van"],
)
def test_what_is_said_instead_of_a_name_puts_nobody_together(cast: Cast, name: str) -> None:
    first, second = (
        raised(cast, "A10", parts=(child(), adult(name, "partner", sex="male")), now=MONDAY + n * HOUR)
        for n in range(2)
    )
    link(cast, second, first, at=NOW)
    assert names(open_kinship(Start(contact=first.pk), by=cast.screener, now=NOW)).count(name) == 2


def test_a_name_that_could_be_of_two_is_drawn_by_itself(cast: Cast) -> None:
    """Two people of one name are told apart; of a third mention nobody said which of the two it is."""
    first, second, third = (
        raised(cast, "A10", parts=(child(), adult("Amina Winter", "parent")), now=MONDAY + n * HOUR)
        for n in range(3)
    )
    for later in (second, third):
        link(cast, later, first, at=NOW)
    say_not_same_person(
        contact_id=second.pk,
        description_id=described(second, "parent").description_id,
        earlier_id=described(first, "parent").description_id,
        reason="Mother and aunt.",
        by=cast.screener,
        now=NOW,
    )
    kinship = open_kinship(Start(contact=first.pk), by=cast.screener, now=NOW)
    assert names(kinship).count("Amina Winter") == 3


def test_one_name_on_one_contact_are_two_people(cast: Cast) -> None:
    contact = raised(cast, parts=(child(), child(role="other_child")), now=MONDAY)
    kinship = open_kinship(Start(contact=contact.pk), by=cast.screener, now=NOW)
    assert names(kinship) == ["Alex Winter", "Alex Winter"]


def test_those_who_live_with_the_child_are_a_household(cast: Cast) -> None:
    kinship = of(told_family(cast), cast.screener)
    (home,) = kinship.homes
    members = {each.latest.name for each in kinship.relatives if each.key in home.members}
    assert home.address == "14 Mill Road"
    assert members == {"Alex Winter", "Mia Winter"}


def test_a_family_beyond_what_may_be_seen_is_not_drawn(cast: Cast) -> None:
    kinship = of(told_family(cast, elsewhere=cast.elsewhere.pk), cast.screener)
    assert "Tom Pike" not in names(kinship)
    assert kinship.ask == ("Southmere",)


def test_what_a_hidden_contact_said_of_people_who_may_be_seen_stays_hidden(cast: Cast) -> None:
    family = told_family(cast)
    hidden = raised(
        cast,
        "A10",
        parts=(child(), adult("Amina Winter", "parent", is_("step_parent", 0), sex="female")),
        locality_id=cast.elsewhere.pk,
        now=MONDAY,
    )
    link_as(cast.partner, hidden, family.first)
    kinship = of(family, cast.screener)
    assert ("Amina Winter", "step_parent", "Alex Winter") not in said(kinship)


def test_unnamed_adults_are_told_of_and_not_drawn(cast: Cast) -> None:
    contact = raised(cast, parts=(child(), adult("", "carer")), now=MONDAY)
    kinship = open_kinship(Start(contact=contact.pk), by=cast.screener, now=NOW)
    assert names(kinship) == ["Alex Winter"]
    assert kinship.not_named == ("Other carer",)


def test_every_contact_it_is_drawn_from_counts_as_seen(cast: Cast) -> None:
    family = told_family(cast)
    of(family, cast.screener)
    seen = Logged.objects.filter(verb="see_in_genogram").values_list("subject_id", flat=True)
    contacts = (family.first, family.second, family.third, family.elsewhere)
    assert set(seen) == {str(each.pk) for each in contacts}


def test_whoever_may_see_nothing_of_it_is_refused(cast: Cast) -> None:
    family = told_family(cast)
    with pytest.raises(Refused):
        of(family, cast.teacher)


def test_a_family_of_thirty_asks_the_database_no_more_often_than_one_of_three(cast: Cast) -> None:
    """All that a large family adds is longer answers."""

    def asked(brothers: int) -> int:
        others = [
            child(f"Name{n} Winter", "other_child", born_on=None, about_age=n % 17) for n in range(brothers)
        ]
        contact = raised(cast, "A10", parts=(child(), *others), now=MONDAY)
        with CaptureQueriesContext(connection) as queries:
            kinship = open_kinship(Start(contact=contact.pk), by=cast.screener, now=NOW)
        assert len(kinship.relatives) == brothers + 1
        return len(queries)

    assert asked(29) <= asked(2)
