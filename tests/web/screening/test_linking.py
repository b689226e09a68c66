import re
from datetime import date
from typing import Any

import pytest

from openmash.apps.concerns.actions.linking import say_more
from openmash.apps.concerns.models import Contact
from openmash.apps.families.models import (
    HouseholdSaid,
    IdentifierSaid,
    Link,
    NotSame,
    RelationshipSaid,
    Unlink,
)
from openmash.apps.families.told import BirthTold, IdentifierTold, MoreTold
from tests.cast import Cast, child
from tests.web.screening import stages
from tests.web.screening.pages import SignedIn, address, send, sent_from, words_of

HOME = stages.HOME


def pair_of(contact: Contact, earlier: Contact) -> dict[str, Any]:
    mine, theirs = (each.parts.get(role="subject").description_id for each in (contact, earlier))
    return {"description_id": mine, "earlier_id": theirs}


def two(cast: Cast) -> tuple[Contact, Contact]:
    """An earlier contact and this one, each about one child only, at one address."""
    only: dict[str, Any] = {"parts": (stages.ALEX,)}
    return stages.raised(cast, by=cast.health_visitor, **only), stages.screening(cast, **only)


def test_a_child_known_before_is_proposed_compared_and_linked(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = two(cast)
    client, place = as_person(cast.screener), address("say_same_person", contact, **pair_of(contact, earlier))
    record = client.get(address("contact", contact)).content.decode()
    assert "Very likely this child" in record and place in record
    first, line, last = (
        record.index(words)
        for words in (
            "Chronology: every agency",
            "1 person here may be already known",
            "Is anybody here already known?",
        )
    )
    assert first < line < last
    compared = words_of(client.get(place))
    assert f"This concern {earlier.reference}, Northfield Health Visiting" in compared
    assert "School or nursery Millbrook Primary School Millbrook Primary School" in compared
    assert send(client, place, same="yes", reason="The GP confirms it.").status_code == 302
    record = words_of(client.get(address("contact", contact)))
    assert Link.objects.count() == 2
    chronology = record[record.index("Chronology: ") : record.index("in their own words")]
    assert earlier.reference in chronology and "Northfield Health Visiting" in chronology
    assert "because: The GP confirms it." in record and place not in record
    assert "Known to Northfield Health Visiting, as somebody has confirmed" in record
    assert Link.objects.filter(shown__sureness="very_likely").count() == 2


def test_two_different_children_are_not_asked_about_again(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = two(cast)
    client, place = as_person(cast.screener), address("say_same_person", contact, **pair_of(contact, earlier))
    assert send(client, place, same="no", reason="They are cousins.").status_code == 302
    assert NotSame.objects.get().reason == "They are cousins." and not Link.objects.exists()
    assert place not in client.get(address("contact", contact)).content.decode()
    assert client.get(place).status_code == 409


@pytest.mark.parametrize("name", ["say_same_person", "say_household"])
def test_nothing_is_chosen_beforehand_and_a_reason_is_needed(
    name: str, cast: Cast, as_person: SignedIn
) -> None:
    earlier, contact = two(cast)
    more = pair_of(contact, earlier) if name == "say_same_person" else {"earlier_contact_id": earlier.pk}
    client, place = as_person(cast.screener), address(name, contact, **more)
    assert " checked" not in client.get(place).content.decode()
    assert "Choose whether these are the same" in send(client, place, reason="A kept word.").content.decode()
    page = send(client, place, same="yes", reason=" ").content.decode()
    assert "Write your reason" in page and not Link.objects.exists() and not HouseholdSaid.objects.exists()


def test_the_same_household_joins_the_chronology(cast: Cast, as_person: SignedIn) -> None:
    earlier = stages.raised(cast, parts=(child("Sam Frost", about_age=3, **stages.HOME),))
    contact = stages.screening(cast, parts=(stages.ALEX,))
    client, place = as_person(cast.screener), address("say_household", contact, earlier_contact_id=earlier.pk)
    assert send(client, place, same="yes", reason="One tenancy.").status_code == 302
    page = words_of(client.get(address("contact", contact)))
    assert earlier.reference in page[page.index("Chronology: ") : page.index("in their own words")]


def test_another_household_at_the_address_does_not(cast: Cast, as_person: SignedIn) -> None:
    earlier = stages.raised(cast, parts=(child("Sam Frost", about_age=3, **stages.HOME),))
    contact = stages.screening(cast, parts=(stages.ALEX,))
    client, place = as_person(cast.screener), address("say_household", contact, earlier_contact_id=earlier.pk)
    assert send(client, place, same="no", reason="The tenants before them.").status_code == 302
    record = client.get(address("contact", contact))
    assert place not in record.content.decode()
    page = words_of(record)
    assert earlier.reference not in page[page.index("Chronology: ") : page.index("in their own words")]
    assert client.get(place).status_code == 409


def test_a_wrong_link_is_undone_with_a_reason(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = two(cast)
    client = as_person(cast.screener)
    pair = address("say_same_person", contact, **pair_of(contact, earlier))
    send(client, pair, same="yes", reason="By name.")
    link = Link.objects.get(description__contact_id=contact.pk)
    place = address("undo_link", contact, link_id=link.pk)
    assert "Write why this link is wrong" in send(client, place, reason="").content.decode()
    assert send(client, place, reason="Twins with like names.").status_code == 302
    assert Unlink.objects.get(link=link).reason == "Twins with like names."
    page = words_of(client.get(address("contact", contact)))
    assert "Nobody has linked another contact to this child or household." in page
    assert client.get(place).status_code == 404


def test_a_child_already_linked_to_somebody_else_is_not_merged_silently(
    cast: Cast, as_person: SignedIn
) -> None:
    first, second = two(cast)
    third, fourth = two(cast)
    client = as_person(cast.screener)
    for contact, earlier in ((second, first), (fourth, third)):
        place = address("say_same_person", contact, **pair_of(contact, earlier))
        assert send(client, place, same="yes", reason="By name.").status_code == 302
    place = address("say_same_person", fourth, **pair_of(fourth, first))
    page = send(client, place, same="yes", reason="All one child.").content.decode()
    assert "already linked to two different people" in page and "All one child." in page


def test_a_second_press_meets_what_the_first_did(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = two(cast)
    client, place = as_person(cast.screener), address("say_same_person", contact, **pair_of(contact, earlier))
    form = sent_from(client.get(place).content.decode(), same="yes", reason="By name.")
    client.post(place, form)
    answer = client.post(place, form)
    assert answer.status_code == 409 and "Somebody has already said" in words_of(answer)
    assert Link.objects.count() == 2


def test_a_brother_is_not_asked_about_once_the_child_is_found(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = stages.raised(cast), stages.screening(cast)
    client = as_person(cast.screener)
    place = address("say_same_person", contact, **pair_of(contact, earlier))
    send(client, place, same="yes", reason="By name and school.")
    page = words_of(client.get(address("contact", contact)))
    assert "whether Alex Winter is the Bo Winter" not in page
    assert "whether Bo Winter is the Bo Winter" in page


def test_the_evidence_is_a_bar_and_words_for_each_field(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = two(cast)
    page = as_person(cast.screener).get(address("say_same_person", contact, **pair_of(contact, earlier)))
    text, words = page.content.decode(), words_of(page)
    rows = text.count('class="om-bar"')
    assert rows == 2 * len(re.findall(r'<th role="rowheader"', text)) > 6
    assert 'style="' not in text, "the browser would not draw it"
    assert "The same house" in words and "strongly for" in words


def test_nothing_is_confirmed_on_evidence_that_has_changed(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = two(cast)
    client, place = as_person(cast.screener), address("say_same_person", contact, **pair_of(contact, earlier))
    form = sent_from(client.get(place).content.decode(), same="yes", reason="By name.")
    more = MoreTold(births=(BirthTold(date(2011, 1, 2)),))
    person = earlier.parts.get(role="subject").description_id
    say_more(contact_id=earlier.pk, description_id=person, more=more, by=cast.screener, now=stages.ago(1))
    page = words_of(client.post(place, form))
    assert "has changed since you opened this page" in page and "By name." in page
    assert not Link.objects.exists()
    assert send(client, place, same="yes", reason="By name.").status_code == 302


def test_twins_are_said_to_be_twins(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = two(cast)
    client, place = as_person(cast.screener), address("say_same_person", contact, **pair_of(contact, earlier))
    assert send(client, place, same="twin", reason="The mother says so.").status_code == 302
    assert RelationshipSaid.objects.get().kind == "twin" and NotSame.objects.count() == 1
    page = client.get(address("contact", contact))
    assert "two different people, said on" in words_of(page)
    back = address("take_back_not_same", contact, not_same_id=NotSame.objects.get().pk)
    assert back in page.content.decode()
    assert send(client, back, reason="").status_code == 200
    assert send(client, back, reason="A mistake.").status_code == 302
    assert place in client.get(address("contact", contact)).content.decode()


def test_what_was_learned_is_added_and_looked_up_again(cast: Cast, as_person: SignedIn) -> None:
    earlier = stages.raised(cast, by=cast.health_visitor, parts=(child("Zola Brand", about_age=4, **HOME),))
    contact = stages.screening(cast, parts=(child("Baby", about_age=4),))
    client, person = as_person(cast.screener), contact.parts.get().description_id
    place = address("say_more", contact, description_id=person)
    assert "Write what you learned" in send(client, place).content.decode()
    assert "Choose what kind of name" in send(client, place, name="Zola Brand").content.decode()
    learned = {"name": "Zola Brand", "name_kind": "in_use", "address": HOME["address"], "postcode": "NF1 2AB"}
    assert send(client, place, **learned, nhs_number="943 476 5918").status_code == 302
    page = words_of(client.get(address("contact", contact)))
    assert "Name in use Zola Brand" in page and earlier.reference in page
    assert "943 476 5918 One of the digits of this NHS number is wrong" in page


def test_a_number_is_marked_as_wrong(cast: Cast, as_person: SignedIn) -> None:
    number = (IdentifierTold("nhs_number", "943 476 5919"),)
    contact = stages.screening(cast, parts=(child("Alex Winter", about_age=8, identifiers=number),))
    client = as_person(cast.screener)
    place = address("say_identifier_wrong", contact, identifier_id=IdentifierSaid.objects.get().pk)
    assert place in client.get(address("contact", contact)).content.decode()
    assert "Write how you know" in send(client, place, reason=" ").content.decode()
    assert send(client, place, reason="It is his brother’s.").status_code == 302
    assert "Said to be wrong: It is his brother’s." in words_of(client.get(address("contact", contact)))
    assert client.get(place).status_code == 404


def test_an_adult_is_compared_as_a_person(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = stages.raised(cast), stages.screening(cast)
    ids = [each.parts.get(role="parent").description_id for each in (contact, earlier)]
    place = address("say_same_person", contact, description_id=ids[0], earlier_id=ids[1])
    client = as_person(cast.screener)
    assert "Is this the same person?" in words_of(client.get(place))
    assert send(client, place, same="yes", reason="By telephone.").status_code == 302
