"""Names, ages, links and proposals."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.apps.access.errors import Refused
from openmash.apps.concerns.account import PartTold
from openmash.apps.concerns.actions.linking import (
    say_household,
    say_identifier_wrong,
    say_more,
    say_not_same_person,
    say_same_person,
    take_back_not_same,
    undo_link,
)
from openmash.apps.concerns.errors import Incomplete
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.already_known import AlreadyKnown, already_known
from openmash.apps.concerns.queries.chronology import chronology
from openmash.apps.concerns.queries.earlier import earlier_contacts
from openmash.apps.directory.models import Person
from openmash.apps.families.ages import age_in_words, age_range, months_between
from openmash.apps.families.homes import home_key
from openmash.apps.families.models import Description, IdentifierSaid, Link, RelationshipSaid
from openmash.apps.families.queries import described, evidence_kept
from openmash.apps.families.told import (
    AddressTold,
    BirthTold,
    IdentifierTold,
    MoreTold,
    NameTold,
    PersonDescribed,
)
from openmash.engines.matching.described import Address, PersonName
from openmash.engines.matching.judging import Sureness
from openmash.engines.matching.weights import current
from tests.apps.journey import HOUR, NOW, link, raised
from tests.cast import MONDAY, Cast, child


@given(st.dates(date(2000, 1, 1), date(2026, 1, 1)), st.integers(0, 9000))
def test_months_never_run_backwards(born: date, days: int) -> None:
    later = born + timedelta(days=days)
    assert months_between(born, later) <= months_between(born, later + timedelta(days=1))
    known = age_range(born, None, later, later)
    assert known is not None and known[0] == known[1] == months_between(born, later)


def test_an_approximate_age_is_a_range_and_no_age_is_none() -> None:
    assert age_range(None, 2, MONDAY.date(), MONDAY.date()) == (12, 47)
    assert age_range(None, None, MONDAY.date(), MONDAY.date()) is None
    assert [age_in_words(m) for m in (0, 1, 14, 24, 100)] == [
        "under 1 month",
        "1 month",
        "14 months",
        "2 years",
        "8 years",
    ]


MAYA: dict[str, Any] = {
    "name": "Maya Okafor",
    "born_on": date(2018, 5, 4),
    "address": "12 Mill Lane",
    "postcode": "NF1 2AB",
}


def two(cast: Cast, **second: Any) -> tuple[Contact, Contact]:
    first = raised(cast, "A10", parts=(child(**MAYA),))
    later = raised(cast, "A10", by=cast.gp, now=MONDAY + HOUR, parts=(child(**{**MAYA, **second}),))
    return first, later


def described_on(contact: Contact, role: str = "subject") -> Description:
    return contact.parts.get(role=role).description


def pair(later: Contact, earlier: Contact, **more: Any) -> dict[str, Any]:
    return {
        "contact_id": later.pk,
        "description_id": described_on(later).pk,
        "earlier_id": described_on(earlier).pk,
        **more,
    }


def known(contact: Contact, by: Person, now: datetime = NOW) -> AlreadyKnown:
    return already_known(contact, by=by, now=now)


def proposed(contact: Contact, by: Person, *, but_not: frozenset[Sureness] = frozenset()) -> list[UUID]:
    return [each.contact.pk for each in known(contact, by).possible if each.match.sureness not in but_not]


@pytest.mark.parametrize(
    ("second", "sure"),
    [
        ({}, Sureness.VERY_LIKELY),
        ({"name": "Okafor, Maya"}, Sureness.VERY_LIKELY),
        ({"name": "Maia Okafor"}, Sureness.VERY_LIKELY),
        ({"born_on": date(2018, 4, 5)}, Sureness.VERY_LIKELY),
        ({"born_on": None, "about_age": 8}, Sureness.VERY_LIKELY),
        ({"name": "Adaeze Okafor"}, Sureness.SIBLING_OR_TWIN),
    ],
)
def test_how_sure_is_said_with_the_evidence_for_and_against(
    cast: Cast, second: dict[str, Any], sure: Sureness
) -> None:
    first, later = two(cast, **second)
    (found,) = known(later, cast.screener).possible
    assert [contact.pk for contact in found.contacts] == [first.pk]
    assert found.match.sureness is sure
    assert found.match.evidence


def test_a_name_alone_never_makes_it_very_likely(cast: Cast) -> None:
    _first, later = two(cast, name="Maya Okafor", born_on=None, address="", postcode="")
    assert {each.match.sureness for each in known(later, cast.screener).possible} <= {
        Sureness.POSSIBLE,
        Sureness.TOO_LITTLE,
    }


@pytest.mark.parametrize(
    "second",
    [
        {"name": "Daniel Brook", "born_on": date(2011, 2, 3), "postcode": "", "address": ""},
        {"name": "", "born_on": None, "postcode": "", "address": ""},
        {"name": "Unknown", "born_on": None, "postcode": "", "address": ""},
    ],
)
def test_somebody_else_and_nobody_are_not_proposed(cast: Cast, second: dict[str, Any]) -> None:
    _first, later = two(cast, **second)
    assert known(later, cast.screener).possible == ()


def test_any_child_of_the_household_and_any_adult_is_looked_for(cast: Cast) -> None:
    brother = PartTold(
        role="other_child",
        person=PersonDescribed(kind="child", name="Tobenna Okafor", born_on=date(2015, 9, 1), sex="male"),
    )
    mother = PartTold(
        role="parent", person=PersonDescribed(kind="adult", name="Ngozi Okafor", born_on=date(1990, 1, 7))
    )
    first = raised(cast, "A10", parts=(child("Ada Bell", about_age=3), brother, mother))
    later = raised(cast, "A10", by=cast.gp, now=MONDAY + HOUR, parts=(child(**MAYA), brother, mother))
    found = known(later, cast.screener).possible
    assert {each.part.role for each in found if each.contact.pk == first.pk} >= {"other_child", "parent"}
    adult = next(each for each in found if each.part.role == "parent")
    say_same_person(
        contact_id=later.pk,
        description_id=adult.description.pk,
        earlier_id=adult.earlier[0].pk,
        reason="Her own doctor knows her.",
        by=cast.screener,
        now=NOW,
    )
    (linked,) = known(later, cast.screener).known
    assert linked.part.role == "parent" and [each.pk for each in linked.contacts] == [first.pk]
    assert earlier_contacts(later, NOW) == [], "an adult in common is not the child's own history"


def test_linking_makes_one_chronology_and_can_be_undone(cast: Cast) -> None:
    first, later = two(cast)
    assert earlier_contacts(later, NOW) == []
    link(cast, later, first)
    assert earlier_contacts(later, NOW) == [first]
    assert [e.contact.pk for e in chronology(later, by=cast.screener, now=NOW)] == [first.pk, later.pk]
    found = known(later, cast.screener)
    assert found.possible == ()
    [made] = found.links
    undo_link(contact_id=later.pk, link_id=made.pk, reason="Two cousins.", by=cast.screener, now=NOW)
    assert earlier_contacts(later, NOW) == []
    with pytest.raises(Incomplete, match="already undone"):
        undo_link(contact_id=later.pk, link_id=made.pk, reason="Again.", by=cast.screener, now=NOW)
    link(cast, later, first)  # and may be made again
    assert earlier_contacts(later, NOW) == [first]


def test_what_is_linked_is_judged_together(cast: Cast) -> None:
    """A date of birth from one contact and an address from another are of one child once somebody says so."""
    by_name = raised(cast, "A10", parts=(child("Maya Okafor", born_on=date(2018, 5, 4)),))
    at_home = raised(
        cast, "A10", parts=(child("Maya O", address="12 Mill Lane", postcode="NF1 2AB", about_age=8),)
    )
    link(cast, at_home, by_name)
    later = raised(cast, "A10", by=cast.gp, now=MONDAY + HOUR, parts=(child(**MAYA),))
    (found,) = known(later, cast.screener).possible
    assert {each.pk for each in found.contacts} == {by_name.pk, at_home.pk}
    fields = {(each.field, each.level) for each in found.match.evidence}
    assert ("born", "exact") in fields and ("address", "house") in fields


def test_not_the_same_person_is_remembered_for_everything_linked_to_either(cast: Cast) -> None:
    first, later = two(cast)
    third, fourth = two(cast)
    with pytest.raises(Incomplete):
        say_not_same_person(**pair(later, first), reason=" ", by=cast.screener, now=NOW)
    link(cast, third, first)
    link(cast, fourth, later)
    say_not_same_person(**pair(later, first), reason="Twins.", by=cast.screener, now=NOW)
    for one in (first, later, third, fourth):
        assert known(one, cast.screener).possible == ()
    with pytest.raises(Incomplete, match="two different people"):
        link(cast, fourth, third)


def test_what_was_said_of_two_people_can_be_taken_back(cast: Cast) -> None:
    first, later = two(cast)
    say_not_same_person(**pair(later, first), reason="Twins.", by=cast.screener, now=NOW)
    with pytest.raises(Incomplete, match="take it back"):
        link(cast, later, first)
    [said] = known(later, cast.screener).told_apart
    take_back_not_same(
        contact_id=later.pk, not_same_id=said.pk, reason="One child.", by=cast.screener, now=NOW
    )
    assert known(later, cast.screener).told_apart == ()
    assert proposed(later, cast.screener) == [first.pk]
    link(cast, later, first)


def test_a_twin_is_said_to_be_one_and_is_not_asked_about_again(cast: Cast) -> None:
    first, later = two(cast, name="Adaeze Okafor")
    say_not_same_person(**pair(later, first), related_as="twin", reason="Twins.", by=cast.screener, now=NOW)
    said = RelationshipSaid.objects.get()
    assert (said.one, said.other, said.kind) == (described_on(later), described_on(first), "twin")
    assert known(later, cast.screener).possible == ()
    assert PersonName("Maya Okafor") in described(described_on(later)).siblings


def test_two_people_are_never_merged_silently(cast: Cast) -> None:
    first, later = two(cast)
    third, fourth = two(cast)
    link(cast, later, first)
    link(cast, fourth, third)
    with pytest.raises(Incomplete, match="two different people"):
        link(cast, fourth, first)


NUMBER, OTHER_NUMBER = "943 476 5919", "987 654 4322"


def test_two_different_nhs_numbers_stand_in_the_way_until_one_is_said_to_be_wrong(cast: Cast) -> None:
    first, later = two(cast, identifiers=(IdentifierTold("nhs_number", NUMBER),), born_on=date(2018, 5, 4))
    say_more(
        contact_id=first.pk,
        description_id=described_on(first).pk,
        more=MoreTold(identifiers=(IdentifierTold("nhs_number", OTHER_NUMBER),)),
        by=cast.screener,
        now=NOW,
    )
    with pytest.raises(Incomplete, match="NHS numbers differ"):
        link(cast, later, first)
    wrong = described_on(first).identifiers_said.get()
    assert wrong.plain == "9876544322"
    say_identifier_wrong(
        contact_id=first.pk, identifier_id=wrong.pk, reason="A slip of the pen.", by=cast.screener, now=NOW
    )
    link(cast, later, first)
    assert IdentifierSaid.objects.filter(wrong__isnull=False).get() == wrong, "it stays on record"


def test_a_number_that_fails_its_check_is_kept_with_a_sentence_and_is_no_evidence(cast: Cast) -> None:
    _first, later = two(cast, identifiers=(IdentifierTold("nhs_number", "943 476 5918"),))
    [said] = described_on(later).identifiers_said.all()
    assert (said.value, said.plain) == ("943 476 5918", "")
    assert said.why_not.startswith("One of the digits") and said.why_not.endswith(".")
    assert described(described_on(later)).identifiers == ()


def test_a_local_number_says_whose_it_is(cast: Cast) -> None:
    first, _later = two(cast)
    what = {"contact_id": first.pk, "description_id": described_on(first).pk, "by": cast.screener, "now": NOW}
    with pytest.raises(Incomplete, match="whose number"):
        say_more(**what, more=MoreTold(identifiers=(IdentifierTold("local", "12"),)))  # type: ignore[arg-type]
    with pytest.raises(Incomplete, match="what you learned"):
        say_more(**what, more=MoreTold())  # type: ignore[arg-type]
    with pytest.raises(Incomplete, match="before it began"):
        late, early = date(2024, 1, 1), date(2020, 1, 1)
        say_more(**what, more=MoreTold(addresses=(AddressTold("1 High St", since=late, until=early),)))  # type: ignore[arg-type]


def test_what_is_learned_later_finds_the_child_and_changes_nothing_said_before(cast: Cast) -> None:
    first, later = two(cast, name="Baby", born_on=None, address="", postcode="")
    assert known(later, cast.screener).possible == ()
    before = described_on(later)
    say_more(
        contact_id=later.pk,
        description_id=before.pk,
        more=MoreTold(
            names=(NameTold("Maya", "Okafor", "in_use"),),
            births=(BirthTold(date(2018, 5, 4)),),
            addresses=(AddressTold("12 Mill Lane", "NF1 2AB", until=date(2025, 1, 1)),),
        ),
        by=cast.screener,
        now=NOW,
    )
    assert proposed(later, cast.screener) == [first.pk]
    after = described_on(later)
    assert (after.name, after.born_on, after.address) == ("Baby", None, "")
    person = described(after)
    assert person.names[0] == PersonName("Maya", "Okafor")
    assert person.born.on == date(2018, 5, 4)


def test_a_child_is_found_by_a_parent_told_about(cast: Cast) -> None:
    mother = PartTold(role="parent", person=PersonDescribed(kind="adult", name="Ngozi Okafor"))
    contact = raised(cast, "A10", parts=(child(**MAYA), mother))
    assert described(described_on(contact)).parents == (PersonName("Ngozi Okafor"),)


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("Ngozi Okafor", ["Ngozi Okafor"]),
        ("her mother Ngozi Okafor and gran", ["Ngozi Okafor"]),
        ("Mum and gran", []),
        ("Not known", []),
        ("", []),
    ],
)
def test_full_names_in_who_looks_after_a_child_count_as_parents(
    cast: Cast, told: str, names: list[str]
) -> None:
    contact = raised(cast, "A10", parts=(child(**MAYA, cared_for_by=told),))
    assert [each.given for each in described(described_on(contact)).parents] == names


def test_the_ground_on_which_somebody_said_so_is_kept(cast: Cast) -> None:
    first, later = two(cast)
    (found,) = known(later, cast.screener).possible
    shown = evidence_kept(found.match)
    say_same_person(**pair(later, first), reason="Same child.", by=cast.screener, now=NOW, shown=shown)
    kept = Link.objects.get(description=described_on(later)).shown
    assert kept == shown
    assert kept["weights"] == current().version and kept["population"] >= 100_000
    assert {each["field"] for each in kept["evidence"]} >= {"forename", "born", "address"}


def test_the_same_address_is_offered_and_the_household_counts_when_confirmed(cast: Cast) -> None:
    first, later = two(cast, name="Daniel Brook", born_on=date(2011, 2, 3))
    assert [each.pk for each in known(later, cast.screener).same_address] == [first.pk]
    what = {"contact_id": later.pk, "earlier_contact_id": first.pk, "by": cast.screener, "now": NOW}
    say_household(**what, same=True, reason="Brothers.")  # type: ignore[arg-type]
    assert earlier_contacts(later, NOW) == [first]
    assert known(later, cast.screener).same_address == ()
    say_household(**what, same=False, reason="Moved.")  # type: ignore[arg-type]
    assert earlier_contacts(later, NOW) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("12 Mill Lane\nMillbrook", "nf1 2ab"), ("12, Mill Lane", "NF12AB"), True),
        (("Flat 2, 12 Mill Lane", "NF1 2AB"), ("2/12 Mill Lane", "NF1 2AB"), True),
        (("The Old Forge, Mill Lane", "NF1 2AB"), ("the old forge", "NF1 2AB"), True),
        (("12 Mill Lane", "NF1 2AB"), ("14 Mill Lane", "NF1 2AB"), False),
        (("12 Mill Lane", ""), ("12 Mill Lane", ""), False),
        (("", "NF1 2AB"), ("", "NF1 2AB"), False),
        (("No fixed abode", "ZZ99 3VZ"), ("No fixed abode", "ZZ99 3VZ"), False),
    ],
)
def test_one_home_written_two_ways(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    mine, theirs = (home_key(Address(*each), secret=b"s") for each in (one, other))
    assert (mine is not None and mine == theirs) is same
    assert mine is None or mine != home_key(Address(*one), secret=b"another")


def test_only_the_front_door_links(cast: Cast) -> None:
    first, later = two(cast)
    for name in ("teacher", "gp", "screener_elsewhere", "adviser"):
        with pytest.raises(Refused):
            say_same_person(**pair(later, first), reason="I think so.", by=cast.people[name], now=NOW)


def test_a_parent_is_not_taken_for_the_child_at_home(cast: Cast) -> None:
    home: dict[str, Any] = {"address": "12 Mill Lane", "postcode": "NF1 2AB"}
    father = PartTold(role="parent", person=PersonDescribed(kind="adult", name="Maya Okafor", **home))
    raised(cast, "A10", parts=(child("Ada Okafor", about_age=3, **home), father))
    later = raised(cast, "A10", by=cast.gp, now=MONDAY + HOUR, parts=(child(**MAYA),))
    assert "adult" not in {each.earlier[0].kind for each in known(later, cast.screener).possible}


def test_a_child_who_has_grown_up_since_is_found_by_when_they_were_born(cast: Cast) -> None:
    first = raised(cast, "A10", parts=(child(**{**MAYA, "born_on": date(2008, 5, 4)}),))
    mother = PartTold(
        role="parent", person=PersonDescribed(kind="adult", **{**MAYA, "born_on": date(2008, 5, 4)})
    )
    later = raised(cast, "A10", by=cast.gp, now=MONDAY + HOUR, parts=(child("Baby", about_age=0), mother))
    assert first.pk in proposed(later, cast.screener)


def test_nobody_else_of_a_contact_is_proposed_where_the_child_was_very_likely_found(cast: Cast) -> None:
    brother = child("Adaeze Okafor", born_on=date(2018, 5, 4), address="12 Mill Lane", postcode="NF1 2AB")
    first = raised(cast, "A10", parts=(child(**MAYA), brother))
    later = raised(cast, "A10", by=cast.gp, now=MONDAY + HOUR, parts=(child(**MAYA),))
    assert proposed(later, cast.screener) == [first.pk]
