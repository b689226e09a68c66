from typing import Any

import pytest
from django.utils import timezone

from openmash.apps.concerns.models import Contact, FactRecorded, Information, SignRecorded
from tests.cast import Cast
from tests.web.screening import stages
from tests.web.screening.pages import SignedIn, address, send, sent_from, words_of


def test_signs_are_found_by_words_and_by_part_of_life(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    client, place = as_person(cast.screener), address("choose_sign", contact)
    everything = client.get(place).content.decode()
    policy = cast.policy
    assert policy is not None and everything.count("/signs/") == 94
    assert all(f"/signs/{sign}" in everything for sign in ("D01", "A20", "B24", "A10"))
    found = (
        client.get(place, {"words": "brUISE mobile"}).content.decode()
        + client.get(place, {"words": "bruise"}).content.decode()
    )
    assert "/signs/D01" in found and "/signs/A20" not in found
    part = client.get(place, {"domain": "HO"}).content.decode()
    assert "/signs/B24" in part and "/signs/A10" not in part
    assert "No sign fits these words" in client.get(place, {"words": "xyzzy"}).content.decode()
    assert "Recorded already" in everything


def test_a_sign_is_added_on_ones_own_evidence(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    answer = send(
        as_person(cast.screener),
        address("record_sign", contact, sign_code="D07"),
        evidence="confirmed",
        immediate_answer="not_known",
        since_day="3",
        since_month="March",
        since_year="2026",
        note="Probation, by telephone.",
    )
    assert (answer.status_code, answer["Location"]) == (302, address("contact", contact))
    sign = SignRecorded.objects.get(contact=contact, sign="D07")
    assert (sign.evidence, sign.immediate_answer, sign.by_id) == ("confirmed", "not_known", cast.screener.pk)
    assert sign.by_front_door and sign.since is not None and sign.since.isoformat() == "2026-03-03"


def test_counted_examples_count(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast, "A06")
    client = as_person(cast.screener)
    chosen = ["unexplained money", "found far from home"]
    send(client, address("record_sign", contact, sign_code="B24"), evidence="seen", examples=chosen)
    assert SignRecorded.objects.get(sign="B24").examples == chosen
    send(client, address("record_sign", contact, sign_code="A12"), evidence="seen", times="3")
    assert len(SignRecorded.objects.get(sign="A12").examples) == 3
    page = words_of(client.get(address("contact", contact)))
    assert "S8 Several signs of criminal or sexual exploitation" in page
    assert "S1 Supervision that fails again" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Say how you know"),
        ({"evidence": "invented"}, "Choose one of the answers on this page"),
        ({"evidence": "seen"}, "Choose yes, no or not known"),
        (
            {"evidence": "seen", "since_day": "31", "since_month": "2", "since_year": "2026"},
            "must be a real date",
        ),
        (
            {"evidence": "seen", "since_day": "1", "since_month": "1", "since_year": "2999"},
            "must be today or in the past",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(
    typed: dict[str, str], sentence: str, cast: Cast, as_person: SignedIn
) -> None:
    contact = stages.screening(cast)
    place = address("record_sign", contact, sign_code="D07")
    answer = send(as_person(cast.screener), place, note="Said by the aunt.", **typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and "There is a problem" in page and "<title>Error: " in page
    assert sentence in page and "Said by the aunt." in page
    assert not SignRecorded.objects.filter(sign="D07").exists()


@pytest.mark.parametrize("times", ["0", "-1", "many", "100", "9" * 400, "²"])
def test_how_many_times_is_a_number(times: str, cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    answer = send(
        as_person(cast.screener),
        address("record_sign", contact, sign_code="A12"),
        evidence="seen",
        times=times,
    )
    assert "How many times must be a number between 1 and 99" in answer.content.decode()
    assert times in answer.content.decode()


def test_a_sign_the_version_does_not_have_is_not_found(cast: Cast, as_person: SignedIn) -> None:
    place = address("record_sign", stages.screening(cast), sign_code="Z99")
    assert as_person(cast.screener).get(place).status_code == 404


def test_the_same_page_sent_twice_adds_once(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    client = as_person(cast.screener)
    pages: list[tuple[str, dict[str, str], dict[str, str], Any]] = [
        ("record_sign", {"sign_code": "B18"}, {"evidence": "seen", "note": "By me."}, SignRecorded),
        ("record_fact", {}, {"fact_disabled": "no", "note": "GP"}, FactRecorded),
        ("add_information", {}, {"text": "He is at his aunt’s."}, Information),
    ]
    for name, more, typed, model in pages:
        place = address(name, contact, **more)
        form = sent_from(client.get(place).content.decode(), **typed)
        before = model.objects.filter(contact=contact).count()
        for _press in range(2):
            assert client.post(place, form)["Location"] == address("contact", contact)
        assert model.objects.filter(contact=contact).count() == before + 1


def test_what_one_adds_is_kept_although_somebody_else_was_faster(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    first, second = as_person(cast.screener), as_person(cast.second_screener)
    place = address("record_sign", contact, sign_code="B18")
    forms = [
        sent_from(client.get(place).content.decode(), evidence="seen", note=note)
        for client, note in ((first, "By me."), (second, "By me too."))
    ]
    assert first.post(place, forms[0]).status_code == 302
    assert second.post(place, forms[1]).status_code == 302
    assert SignRecorded.objects.filter(contact=contact, sign="B18").count() == 2


def test_withdrawing_takes_a_reason(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    place = address("withdraw_sign", contact, sign_id=contact.signs.get().pk)
    client = as_person(cast.screener)
    answer = send(client, place, reason="  \n ")
    assert (
        answer.status_code == 200 and "Write why this sign should not be relied on" in answer.content.decode()
    )
    form = sent_from(client.get(place).content.decode(), reason="It was another child.")
    for _press in range(2):
        assert client.post(place, form).status_code == 302
    assert contact.signs.get().withdrawn.reason == "It was another child."
    assert client.get(place).status_code == 409


def test_several_facts_are_answered_at_once_and_the_rest_left_alone(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    answer = send(
        as_person(cast.screener),
        address("record_fact", contact),
        fact_disabled="no",
        fact_help_refused="yes",
        fact_not_mobile="not_known",
        note="The GP, by telephone.",
    )
    assert answer.status_code == 302
    found = {fact.fact: (fact.answer, fact.note) for fact in contact.facts.all()}
    how = "The GP, by telephone."
    assert found == {"disabled": ("no", how), "help_refused": ("yes", how), "not_mobile": ("not_known", how)}


def test_no_answer_is_chosen_beforehand_and_none_at_all_is_said(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    client, place = as_person(cast.screener), address("record_fact", contact)
    assert " checked" not in client.get(place).content.decode()
    answer = send(client, place, note="Nobody answered the telephone.")
    assert "Answer at least one question" in answer.content.decode()
    assert "Nobody answered the telephone." in answer.content.decode()


def test_new_information_opens_again_what_was_answered(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.answered(cast)
    client, place = as_person(cast.screener), address("add_information", contact)
    assert "New information opens it again" in client.get(place).content.decode()
    assert send(client, place, text="").status_code == 200
    text = "NUL \x00, 👶🏽, עברית\r\nand a second line"
    assert send(client, place, text=text).status_code == 302
    again = Contact.objects.get(pk=contact.pk)
    assert again.state == "received" and again.due_at > timezone.now()
    assert again.information.get().text == "NUL ␀, 👶🏽, עברית\nand a second line"


def test_evidence_is_not_changed_under_the_hands_of_two_people(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.proposed(cast)
    client = as_person(cast.screener)
    place = address("record_sign", contact, sign_code="B18")
    answer = client.get(place)
    assert answer.status_code == 409 and "This cannot be done now" in answer.content.decode()
    form = {"evidence": "seen", "note": "Kept words.", "seen_version": contact.version}
    answer = client.post(place, {**form, "seen_at": timezone.now().isoformat()})
    assert answer.status_code == 409 and "Kept words." in answer.content.decode()
    assert client.get(address("choose_sign", contact)).status_code == 409
