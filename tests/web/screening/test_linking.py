from typing import Any

import pytest

from openmash.apps.concerns.models import Contact
from openmash.apps.families.models import HouseholdSaid, Link, NotSame, Unlink
from tests.cast import Cast, child
from tests.web.screening import stages
from tests.web.screening.pages import SignedIn, address, send, sent_from, words_of


def pair_of(contact: Contact, earlier: Contact) -> dict[str, Any]:
    mine, theirs = (each.parts.get(role="subject").description_id for each in (contact, earlier))
    return {"description_id": mine, "earlier_id": theirs}


def two(cast: Cast) -> tuple[Contact, Contact]:
    """An earlier contact and this one, each about one child only, at one address."""
    only: dict[str, Any] = {"parts": (stages.ALEX,)}
    return stages.raised(cast, by=cast.health_visitor, **only), stages.screening(cast, **only)


def test_a_child_known_before_is_proposed_compared_and_linked(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = two(cast)
    client, place = as_person(cast.screener), address("say_same_child", contact, **pair_of(contact, earlier))
    record = client.get(address("contact", contact)).content.decode()
    assert "Perhaps known already: a person has to say" in record and place in record
    compared = words_of(client.get(place))
    assert "They may be, because: the same name" in compared
    assert f"This concern {earlier.reference}, Northfield Health Visiting" in compared
    assert "School or nursery Millbrook Primary School Millbrook Primary School" in compared
    assert send(client, place, same="yes", reason="The GP confirms it.").status_code == 302
    record = words_of(client.get(address("contact", contact)))
    assert Link.objects.count() == 2
    chronology = record[record.index("Chronology") : record.index("in their own words")]
    assert earlier.reference in chronology and "Northfield Health Visiting" in chronology
    assert "because: The GP confirms it." in record and "Perhaps known already" not in record


def test_two_different_children_are_not_asked_about_again(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = two(cast)
    client, place = as_person(cast.screener), address("say_same_child", contact, **pair_of(contact, earlier))
    assert send(client, place, same="no", reason="They are cousins.").status_code == 302
    assert NotSame.objects.get().reason == "They are cousins." and not Link.objects.exists()
    assert place not in client.get(address("contact", contact)).content.decode()
    assert client.get(place).status_code == 409


@pytest.mark.parametrize("name", ["say_same_child", "say_household"])
def test_nothing_is_chosen_beforehand_and_a_reason_is_needed(
    name: str, cast: Cast, as_person: SignedIn
) -> None:
    earlier, contact = two(cast)
    more = pair_of(contact, earlier) if name == "say_same_child" else {"earlier_contact_id": earlier.pk}
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
    assert earlier.reference in page[page.index("Chronology") : page.index("in their own words")]


def test_another_household_at_the_address_does_not(cast: Cast, as_person: SignedIn) -> None:
    earlier = stages.raised(cast, parts=(child("Sam Frost", about_age=3, **stages.HOME),))
    contact = stages.screening(cast, parts=(stages.ALEX,))
    client, place = as_person(cast.screener), address("say_household", contact, earlier_contact_id=earlier.pk)
    assert send(client, place, same="no", reason="The tenants before them.").status_code == 302
    record = client.get(address("contact", contact))
    assert place not in record.content.decode()
    page = words_of(record)
    assert earlier.reference not in page[page.index("Chronology") : page.index("Perhaps known already")]
    assert client.get(place).status_code == 409


def test_a_wrong_link_is_undone_with_a_reason(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = two(cast)
    client = as_person(cast.screener)
    pair = address("say_same_child", contact, **pair_of(contact, earlier))
    send(client, pair, same="yes", reason="By name.")
    link = Link.objects.get(description__contact_id=contact.pk)
    place = address("undo_link", contact, link_id=link.pk)
    assert "Write why this link is wrong" in send(client, place, reason="").content.decode()
    assert send(client, place, reason="Twins with like names.").status_code == 302
    assert Unlink.objects.get().reason == "Twins with like names."
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
        place = address("say_same_child", contact, **pair_of(contact, earlier))
        assert send(client, place, same="yes", reason="By name.").status_code == 302
    place = address("say_same_child", fourth, **pair_of(fourth, first))
    page = send(client, place, same="yes", reason="All one child.").content.decode()
    assert "already linked to two different children" in page and "All one child." in page


def test_a_second_press_meets_what_the_first_did(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = two(cast)
    client, place = as_person(cast.screener), address("say_same_child", contact, **pair_of(contact, earlier))
    form = sent_from(client.get(place).content.decode(), same="yes", reason="By name.")
    client.post(place, form)
    answer = client.post(place, form)
    assert answer.status_code == 409 and "Somebody has already said" in words_of(answer)
    assert Link.objects.count() == 2


def test_a_brother_is_not_asked_about_once_the_child_is_found(cast: Cast, as_person: SignedIn) -> None:
    earlier, contact = stages.raised(cast), stages.screening(cast)
    client = as_person(cast.screener)
    place = address("say_same_child", contact, **pair_of(contact, earlier))
    send(client, place, same="yes", reason="By name and school.")
    page = words_of(client.get(address("contact", contact)))
    assert "Is Alex Winter the Bo Winter there?" not in page
    assert "Is Bo Winter the Bo Winter there?" in page
