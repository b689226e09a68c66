"""How people are related, said at the front door: as certain as whoever says so, and shown so."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openmash.apps.concerns.models import Contact
from openmash.apps.families.models import RelationshipSaid
from tests.cast import Cast
from tests.web.screening import stages
from tests.web.screening.pages import SignedIn, address, send, words_of

MOTHERS_WORD = "Kim Winter, on the telephone"


def people_of(contact: Contact) -> dict[str, Any]:
    return {part.role: part.description_id for part in contact.parts.all()}


def say(client: Client, contact: Contact, certain: str, **more: Any) -> Any:
    people = people_of(contact)
    place = address("say_relationship", contact, description_id=people["parent"])
    answers = {"kind": "father", "other": str(people["subject"]), "told_by": MOTHERS_WORD, **more}
    return send(client, place, certain=certain, **answers)


def later_words(contact: Contact) -> list[RelationshipSaid]:
    """What the front door said; raising it said that a parent is a parent."""
    return list(RelationshipSaid.objects.filter(contact_id=contact.pk, at__gt=contact.received_at))


def genogram(client: Client, contact: Contact) -> str:
    return words_of(client.get(reverse("chronology:genogram_of_contact", args=[contact.pk])))


def test_nothing_is_chosen_beforehand_and_all_that_is_needed_is_asked_for(
    cast: Cast, as_person: SignedIn
) -> None:
    contact = stages.screening(cast)
    client = as_person(cast.screener)
    place = address("say_relationship", contact, description_id=people_of(contact)["parent"])
    assert " checked" not in client.get(place).content.decode()
    page = send(client, place).content.decode()
    for needed in ("Choose what they are", "Choose of whom", "Choose whether it is so"):
        assert needed in page
    assert not later_words(contact)


def test_not_the_father_is_said_with_who_says_so_and_what_was_said_before_stands_beside_it(
    cast: Cast, as_person: SignedIn
) -> None:
    contact, client = stages.screening(cast), as_person(cast.screener)
    assert say(client, contact, "no").status_code == 302
    record = words_of(client.get(address("contact", contact)))
    assert f"Not father of Alex Winter, told by {MOTHERS_WORD} Screener, Screener, on " in record
    drawn = genogram(client, contact)
    assert "Said not to be so: no line is drawn for it Kim Winter is not the father of Alex Winter" in drawn
    assert "People have said different things" in drawn
    assert "Kim Winter is a parent of Alex Winter. Said by Teacher" in drawn, "the teacher's word is not lost"


def test_what_nobody_is_sure_of_has_a_question_mark_and_its_sign_is_explained(
    cast: Cast, as_person: SignedIn
) -> None:
    contact = stages.screening(cast, parts=(stages.ALEX, stages.MOTHER))
    client = as_person(cast.screener)
    assert say(client, contact, "not_sure").status_code == 302
    assert "Perhaps father of (not sure) Alex Winter" in words_of(client.get(address("contact", contact)))
    drawn = genogram(client, contact)
    assert "Kim Winter may be the father of Alex Winter" in drawn
    assert "With a question mark: in doubt" in drawn
    page = client.get(reverse("chronology:genogram_of_contact", args=[contact.pk])).content.decode()
    svg = page[page.index("<svg") : page.index("</svg>")]
    assert "ch-line--doubtful" in svg and "ch-line--parent" in svg
    assert svg.count("<polyline") == svg.count("ch-line--doubtful"), "no line of theirs is drawn as certain"


def test_a_tie_cannot_end_before_it_began_and_nothing_typed_is_lost(cast: Cast, as_person: SignedIn) -> None:
    contact, client = stages.screening(cast), as_person(cast.screener)
    dates = {"since_day": "1", "since_month": "5", "since_year": "2020"}
    dates |= {"until_day": "1", "until_month": "5", "until_year": "2019"}
    page = say(client, contact, "yes", **dates).content.decode()
    assert "It cannot have ended before it began" in page and MOTHERS_WORD in page
    assert not later_words(contact)


@pytest.mark.parametrize("other", ["", "not-a-key", "00000000-0000-0000-0000-000000000000"])
def test_nobody_is_related_to_somebody_of_another_record(other: str, cast: Cast, as_person: SignedIn) -> None:
    contact, elsewhere = stages.screening(cast), stages.raised(cast)
    client = as_person(cast.screener)
    for given in (other, str(people_of(elsewhere)["subject"])):
        assert say(client, contact, "yes", other=given).status_code == 200
    assert not later_words(contact)


def test_the_name_of_somebody_on_another_record_is_not_on_this_one(cast: Cast, as_person: SignedIn) -> None:
    """A twin told apart: the other record may later be closed to whoever reads this one."""
    earlier = stages.raised(cast, parts=(stages.ALEX,))
    contact = stages.screening(cast, parts=(stages.SISTER, stages.ALEX))
    mine = contact.parts.get(description__name="Alex Winter").description
    RelationshipSaid.objects.bulk_create(
        [
            RelationshipSaid(
                one=mine,
                other=earlier.parts.get().description,
                kind="twin",
                contact_id=contact.pk,
                by_id=cast.screener.pk,
                at=stages.ago(1),
            )
        ]
    )
    page = words_of(as_person(cast.screener).get(address("contact", contact)))
    assert "Twin of somebody on another record" in page


def test_earlier_places_and_numbers_are_shown_with_dates_and_who_said_so(
    cast: Cast, as_person: SignedIn
) -> None:
    contact, client = stages.screening(cast), as_person(cast.screener)
    place = address("say_more", contact, description_id=people_of(contact)["subject"])
    left = {"gp_until_day": "31", "gp_until_month": "8", "gp_until_year": "2024"}
    page = send(client, place, **left).content.decode()
    assert "Write which GP practice these dates are about" in page
    assert send(client, place, gp="Elm Street Surgery", former_upn="A823432112345", **left).status_code == 302
    record = words_of(client.get(address("contact", contact)))
    assert "Earlier GP practice Elm Street Surgery (until 31 August 2024) Screener, Screener, on" in record
    assert "Former unique pupil number" in record and "A823432112345" in record
