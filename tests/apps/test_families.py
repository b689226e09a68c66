"""Names, ages, links and proposals."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.apps.access.errors import Refused
from openmash.apps.concerns.actions.linking import (
    say_household,
    say_not_same_child,
    say_same_child,
    undo_link,
)
from openmash.apps.concerns.errors import Incomplete
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.chronology import chronology, links_here, possible_same, same_address
from openmash.apps.concerns.queries.earlier import earlier_contacts
from openmash.apps.families.ages import age_in_words, age_range, months_between
from openmash.apps.families.keys import address_key, name_key
from tests.apps.journey import HOUR, NOW, link, raised
from tests.cast import MONDAY, Cast, child


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë O'Neill", "ONEILL zoe"),
        ("Anne-Marie Dubois", "dubois anne marie"),
        ("Łukasz  Nowak", "łukasz nowak"),
        ("José", "Jose"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize("name", ["Baby", "unknown", "Not known", "", "  ", "12", "Unborn child"])
def test_words_that_name_nobody_are_no_evidence(name: str) -> None:
    assert name_key(name) == ""


@given(st.text(max_size=60))
def test_any_text_has_a_key(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    address_key(text, text)


def test_one_address_written_two_ways() -> None:
    assert address_key("12 Mill Lane\nMillbrook", "nf1 2ab") == address_key("12, Mill Lane", "NF12AB") != ""
    assert address_key("12 Mill Lane", "") == ""
    assert address_key("12 Mill Lane", "NF1 2AB") != address_key("14 Mill Lane", "NF1 2AB")


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


def two(cast: Cast, **second: object) -> tuple[Contact, Contact]:
    known = {
        "name": "Maya Okafor",
        "born_on": date(2018, 5, 4),
        "address": "12 Mill Lane",
        "postcode": "NF1 2AB",
    }
    first = raised(cast, "A10", parts=(child(**known),))  # type: ignore[arg-type]
    later = raised(cast, "A10", by=cast.gp, now=MONDAY + HOUR, parts=(child(**{**known, **second}),))  # type: ignore[arg-type]
    return first, later


def describe_ids(contact: Contact) -> object:
    return contact.parts.get(role="subject").description_id


@pytest.mark.parametrize(
    ("second", "proposed"),
    [
        ({}, True),
        ({"name": "Okafor Maya"}, True),
        ({"name": "Maia Okafor"}, True),
        ({"name": "Maya Okafor", "born_on": None, "about_age": 8}, True),
        ({"name": "", "address": "12 Mill Lane"}, True),
        ({"name": "Maya Okafor", "born_on": date(2015, 1, 1), "postcode": ""}, False),
        ({"name": "Daniel Brook", "born_on": date(2018, 5, 4), "postcode": ""}, False),
        ({"name": "", "born_on": None, "postcode": ""}, False),
    ],
)
def test_proposals(cast: Cast, second: dict[str, object], proposed: bool) -> None:
    first, later = two(cast, **second)
    found = possible_same(later, by=cast.screener, now=NOW)
    assert [p.contact.pk for p in found] == ([first.pk] if proposed else [])
    assert all(p.because for p in found)


def test_linking_makes_one_chronology_and_can_be_undone(cast: Cast) -> None:
    first, later = two(cast)
    assert earlier_contacts(later, NOW) == []
    link(cast, later, first)
    assert earlier_contacts(later, NOW) == [first]
    assert [e.contact.pk for e in chronology(later, by=cast.screener, now=NOW)] == [first.pk, later.pk]
    assert possible_same(later, by=cast.screener, now=NOW) == []
    [made] = links_here(later)
    undo_link(contact_id=later.pk, link_id=made.pk, reason="Two cousins.", by=cast.screener, now=NOW)
    assert earlier_contacts(later, NOW) == []
    link(cast, later, first)  # and may be made again
    assert earlier_contacts(later, NOW) == [first]


def test_not_the_same_child_is_remembered(cast: Cast) -> None:
    first, later = two(cast)
    with pytest.raises(Incomplete):
        say_not_same_child(
            contact_id=later.pk,
            description_id=describe_ids(later),  # type: ignore[arg-type]
            earlier_id=describe_ids(first),  # type: ignore[arg-type]
            reason=" ",
            by=cast.screener,
            now=NOW,
        )
    say_not_same_child(
        contact_id=later.pk,
        description_id=describe_ids(later),  # type: ignore[arg-type]
        earlier_id=describe_ids(first),  # type: ignore[arg-type]
        reason="Twins.",
        by=cast.screener,
        now=NOW,
    )
    assert possible_same(later, by=cast.screener, now=NOW) == []
    assert possible_same(first, by=cast.screener, now=NOW) == []


def test_two_children_are_never_merged_silently(cast: Cast) -> None:
    first, later = two(cast)
    third, fourth = two(cast)
    link(cast, later, first)
    link(cast, fourth, third)
    with pytest.raises(Incomplete, match="two different children"):
        link(cast, fourth, first)


def test_the_same_address_is_offered_and_the_household_counts_when_confirmed(cast: Cast) -> None:
    first, later = two(cast, name="Daniel Okafor", born_on=date(2021, 2, 3))
    assert [each.contact.pk for each in same_address(later, by=cast.screener, now=NOW)] == [first.pk]
    say_household(
        contact_id=later.pk,
        earlier_contact_id=first.pk,
        same=True,
        reason="Brothers.",
        by=cast.screener,
        now=NOW,
    )
    assert earlier_contacts(later, NOW) == [first]
    assert same_address(later, by=cast.screener, now=NOW) == []
    say_household(
        contact_id=later.pk,
        earlier_contact_id=first.pk,
        same=False,
        reason="Moved.",
        by=cast.screener,
        now=NOW,
    )
    assert earlier_contacts(later, NOW) == []


def test_a_contact_of_another_locality_is_only_pointed_at(cast: Cast) -> None:
    known = {"name": "Maya Okafor", "born_on": date(2018, 5, 4)}
    first = raised(cast, "A10", parts=(child(**known),), locality_id=cast.elsewhere.pk)  # type: ignore[arg-type]
    later = raised(cast, "A10", now=MONDAY + HOUR, parts=(child(**known),))  # type: ignore[arg-type]
    [proposal] = possible_same(later, by=cast.screener, now=NOW)
    assert proposal.contact.pk == first.pk
    assert not proposal.may_see


def test_only_the_front_door_links(cast: Cast) -> None:
    first, later = two(cast)
    for name in ("teacher", "gp", "screener_elsewhere", "adviser"):
        with pytest.raises(Refused):
            say_same_child(
                contact_id=later.pk,
                description_id=describe_ids(later),  # type: ignore[arg-type]
                earlier_id=describe_ids(first),  # type: ignore[arg-type]
                reason="I think so.",
                by=cast.people[name],
                now=NOW,
            )
