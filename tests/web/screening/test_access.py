"""Nobody reaches a page about a child without a ground, and nobody reaches one without a trace."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openmash.apps.audit.models import Event
from openmash.apps.concerns.actions.linking import say_more, say_not_same_person, say_same_person
from openmash.apps.concerns.models import AskedElsewhere, Contact
from openmash.apps.families.models import IdentifierSaid, NotSame
from openmash.apps.families.told import IdentifierTold, MoreTold
from openmash.web.screening.urls import urlpatterns
from tests.cast import Cast
from tests.web.screening import stages
from tests.web.screening.pages import SignedIn, address
from tests.web.screening.test_on_registers import on_register, only_alex, roll_of

PAGES = [str(pattern.name) for pattern in urlpatterns if "contact_id" in pattern.pattern.converters]
READ_ONLY = {"contact"}
STRANGERS = ["gp", "camhs", "safeguarding_lead", "teacher", "screener_elsewhere"]
Place = tuple[Contact, dict[str, Any]]


def a_place_for(name: str, cast: Cast) -> Place:
    """A contact at the stage for this page, and whatever else its address names."""
    if name in PLACES:
        return PLACES[name](cast)
    raise AssertionError(f"Say which contact the page {name} can be opened for, so that it is tested too.")


def plainly(stage: Callable[[Cast], Contact]) -> Callable[[Cast], Place]:
    return lambda cast: (stage(cast), {})


def with_a_sign(cast: Cast) -> Place:
    contact = stages.screening(cast)
    return contact, {"sign_id": contact.signs.get().pk}


def with_a_child_alike(cast: Cast) -> Place:
    earlier, contact = stages.raised(cast), stages.raised(cast)
    mine, theirs = (each.parts.get(role="subject").description_id for each in (contact, earlier))
    return contact, {"description_id": mine, "earlier_id": theirs}


def with_a_neighbour(cast: Cast) -> Place:
    earlier, contact = stages.raised(cast), stages.raised(cast)
    return contact, {"earlier_contact_id": earlier.pk}


def with_a_link(cast: Cast) -> Place:
    contact, pair = with_a_child_alike(cast)
    say_same_person(
        contact_id=contact.pk, **pair, reason="By telephone.", by=cast.screener, now=stages.ago(5)
    )
    return contact, {"link_id": contact.parts.get(role="subject").description.links.get().pk}


def with_people_told_apart(cast: Cast) -> Place:
    contact, pair = with_a_child_alike(cast)
    say_not_same_person(
        contact_id=contact.pk, **pair, reason="By telephone.", by=cast.screener, now=stages.ago(5)
    )
    return contact, {"not_same_id": NotSame.objects.get().pk}


def with_a_person(cast: Cast) -> Place:
    contact = stages.screening(cast)
    return contact, {"description_id": contact.parts.get(role="subject").description_id}


def with_a_number(cast: Cast) -> Place:
    contact, person = with_a_person(cast)
    more = MoreTold(identifiers=(IdentifierTold("nhs_number", "943 476 5919"),))
    say_more(contact_id=contact.pk, **person, more=more, by=cast.screener, now=stages.ago(5))
    return contact, {"identifier_id": IdentifierSaid.objects.get().pk}


def with_a_person_of_a_register(cast: Cast) -> Place:
    with TemporaryDirectory() as folder:
        roll = roll_of(cast, Path(folder))
    contact = only_alex(cast)
    return contact, on_register(contact, roll)


def with_a_follow_up(cast: Cast) -> Place:
    contact = stages.decided(cast)
    return contact, {"follow_up_id": contact.follow_ups.all()[0].pk}


PLACES: dict[str, Callable[[Cast], Place]] = {
    "contact": plainly(stages.raised),
    "start_screening": plainly(stages.raised),
    "choose_sign": plainly(stages.screening),
    "record_sign": lambda cast: (stages.screening(cast), {"sign_code": "B18"}),
    "withdraw_sign": with_a_sign,
    "record_fact": plainly(stages.screening),
    "add_information": plainly(stages.screening),
    "say_same_person": with_a_child_alike,
    "say_household": with_a_neighbour,
    "say_on_register": with_a_person_of_a_register,
    "undo_link": with_a_link,
    "take_back_not_same": with_people_told_apart,
    "say_more": with_a_person,
    "say_identifier_wrong": with_a_number,
    "say_relationship": with_a_person,
    "decide": plainly(stages.screening),
    "second_word": plainly(stages.proposed),
    "answer": plainly(stages.decided),
    "give_advice": plainly(stages.asked),
    "reply_to_disagreement": plainly(stages.disagreed),
    "finish_follow_up": with_a_follow_up,
}


def events(contact: Contact, **wanted: Any) -> int:
    return Event.objects.filter(subject_id=str(contact.pk), **wanted).count()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_about_a_contact_writes_down_who_looked(
    name: str, cast: Cast, as_person: SignedIn
) -> None:
    contact, more = a_place_for(name, cast)
    before = events(contact)
    answer = as_person(cast.manager).get(address(name, contact, **more))
    assert answer.status_code == (302 if name == "start_screening" else 200)
    assert events(contact, by_id=cast.manager.pk, outcome="done") > 0
    assert events(contact) > before


@pytest.mark.parametrize("name", PAGES)
def test_no_page_opens_for_somebody_without_a_ground(name: str, cast: Cast, as_person: SignedIn) -> None:
    contact, more = a_place_for(name, cast)
    place = address(name, contact, **more)
    for stranger in STRANGERS:
        client, by = as_person(cast.people[stranger]), cast.people[stranger]
        answers = [client.get(place)]
        answers += [] if name in READ_ONLY else [client.post(place, {"reason": "Let me in."})]
        for answer in answers:
            assert answer.status_code == 403, stranger
            assert "Alex" not in answer.content.decode()
            assert contact.reference not in answer.content.decode()
        assert events(contact, by_id=by.pk, outcome="refused") == len(answers)


@pytest.mark.parametrize("name", PAGES)
def test_strangers_are_sent_to_sign_in(name: str, cast: Cast) -> None:
    contact, more = a_place_for(name, cast)
    client, place, before = Client(), address(name, contact, **more), events(contact)
    assert client.get(place).status_code == 302
    assert client.post(place, {"reason": "Let me in."}).status_code == 401
    assert events(contact) == before


@pytest.mark.parametrize("name", PAGES)
def test_an_adviser_opens_what_asks_for_advice_and_nothing_else(
    name: str, cast: Cast, as_person: SignedIn
) -> None:
    contact, more = a_place_for(name, cast)
    answer = as_person(cast.adviser).get(address(name, contact, **more))
    assert answer.status_code == (200 if name == "give_advice" else 403)


@pytest.mark.parametrize(
    ("verb", "stage"), [("record_sign", stages.screening), ("start_screening", stages.raised)]
)
def test_a_head_of_service_reads_but_does_not_screen(
    verb: str, stage: Callable[[Cast], Contact], cast: Cast, as_person: SignedIn
) -> None:
    contact = stage(cast)
    client = as_person(cast.head)
    page = client.get(address("contact", contact)).content.decode()
    assert contact.reference in page
    assert "Start screening" not in page and "Add a sign" not in page
    more = {"sign_code": "B18"} if verb == "record_sign" else {}
    assert client.post(address(verb, contact, **more), {"evidence": "seen"}).status_code == 403


def test_an_unknown_contact_is_not_found(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.raised(cast)
    place = address("contact", contact).replace(str(contact.pk), "00000000-0000-4000-8000-000000000000")
    assert as_person(cast.manager).get(place).status_code == 404


def test_the_parts_of_another_contact_cannot_be_reached_through_this_one(
    cast: Cast, as_person: SignedIn
) -> None:
    mine = stages.screening(cast)
    other, other_sign = with_a_sign(cast)
    follow_up, link = with_a_follow_up(cast)[1], with_a_link(cast)[1]
    client = as_person(cast.manager)
    for name, more in (("withdraw_sign", other_sign), ("finish_follow_up", follow_up), ("undo_link", link)):
        place = address(name, mine, **more)
        assert client.get(place).status_code == 404
        assert client.post(place, {"reason": "No.", "note": "No."}).status_code == 404
    assert not hasattr(other.signs.get(), "withdrawn")


def test_what_may_be_known_elsewhere_shows_only_whom_to_ask(cast: Cast, as_person: SignedIn) -> None:
    there = stages.raised(cast, locality_id=cast.elsewhere.pk, by=cast.police_officer)
    here = stages.raised(cast)
    client = as_person(cast.screener)
    page = client.get(address("contact", here)).content.decode()
    assert "Somebody in Southmere must be asked." in page and "They were told on" in page
    for hidden in (there.reference, "Northfield Police", f"{there.received_at:%B %Y}: ask", "Very likely"):
        assert hidden not in page
    pair = {
        "description_id": here.parts.get(role="subject").description_id,
        "earlier_id": there.parts.get(role="subject").description_id,
    }
    assert client.get(address("say_same_person", here, **pair)).status_code == 409
    said = {"same": "yes", "reason": "I guessed the address."}
    assert client.post(address("say_same_person", here, **pair), said).status_code == 409
    assert not Event.objects.filter(verb="see_linked", subject_id=str(there.pk)).exists()


def test_the_front_door_asked_answers_on_its_own_record(cast: Cast, as_person: SignedIn) -> None:
    there = stages.raised(cast, locality_id=cast.elsewhere.pk, by=cast.police_officer)
    here = stages.raised(cast, parts=(stages.ALEX,), by=cast.health_visitor)
    asked = AskedElsewhere.objects.get(contact=here)
    place = reverse("screening:answer_elsewhere", args=[asked.pk])
    client = as_person(cast.screener_elsewhere)
    assert place in client.get(reverse("screening:worklist")).content.decode()
    page = client.get(place).content.decode()
    assert here.reference in page and there.reference in page and "12 Canal Row" in page
    assert "Health Visiting" not in page, "of the record of those who ask nothing but its reference is shown"
    assert "Choose what you found" in client.post(place, {"reason": "Hm"}).content.decode()
    assert client.post(place, {"outcome": "same", "reason": "Spoke to Jo Bell."}).status_code == 302
    assert client.get(place).status_code == 409
    assert place not in client.get(reverse("screening:worklist")).content.decode()
    page = as_person(cast.screener).get(address("contact", here)).content.decode()
    assert "They answered: yes, it is somebody they know." in page
    chronology = page[page.index('id="chronology"') :]
    assert "ask the front door of Southmere" in chronology and there.reference not in page


@pytest.mark.parametrize("name", ["screener", "teacher", "adviser", "gp"])
def test_nobody_else_opens_what_was_asked(name: str, cast: Cast, as_person: SignedIn) -> None:
    stages.raised(cast, locality_id=cast.elsewhere.pk, by=cast.police_officer)
    stages.raised(cast, parts=(stages.ALEX,))
    place = reverse("screening:answer_elsewhere", args=[AskedElsewhere.objects.get().pk])
    client = as_person(cast.people[name])
    assert client.get(place).status_code == 403
    assert client.post(place, {"outcome": "same", "reason": "Me."}).status_code == 403
    assert client.get(reverse("screening:answer_elsewhere", args=[999_999])).status_code == 404


def test_whose_linked_contacts_were_shown_is_written_down(cast: Cast, as_person: SignedIn) -> None:
    contact, _link = with_a_link(cast)
    as_person(cast.manager).get(address("contact", contact))
    (event,) = Event.objects.filter(verb="see_linked", by_id=cast.manager.pk)
    earlier = Contact.objects.exclude(pk=contact.pk).get()
    assert event.subject_id == str(earlier.pk)
    assert event.detail == {"beside": str(contact.pk)}
