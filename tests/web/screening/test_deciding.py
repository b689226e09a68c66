import re
from typing import Any

import pytest
from django.utils import timezone

from openmash.apps.concerns.account import SignTold
from openmash.apps.concerns.actions.screening import record_sign
from openmash.apps.concerns.models import Contact, Decision, SecondWord
from tests.cast import Cast
from tests.web.screening import stages
from tests.web.screening.pages import SignedIn, address, send, sent_from, words_of
from tests.web.screening.test_contact import adopt_a_newer_version

AGREED = {"level": "3", "pathway_3": "family_help", "rationale": "The reasons in full."}
LOWER = {"level": "2", "pathway_2": "early_help", "rationale": "The reasons in full."}


def decide(contact: Contact, cast: Cast, as_person: SignedIn, person: str = "screener", **typed: Any) -> Any:
    return send(as_person(cast.people[person]), address("decide", contact), **typed)


def sister(contact: Contact) -> str:
    return f"child_{contact.parts.get(role='other_child').pk}"


def test_nothing_is_chosen_beforehand(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.screener).get(address("decide", stages.screening(cast))).content.decode()
    assert page.count('type="radio"') > 10
    assert not re.search(r"<input[^>]+\bchecked\b", page)


def test_a_decision_takes_effect_and_leads_to_the_answer(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    answer = decide(contact, cast, as_person, **AGREED)
    assert (answer.status_code, answer["Location"]) == (302, address("answer", contact))
    decision = Decision.objects.get()
    assert (decision.level, decision.pathway, decision.by_id) == ("3", "family_help", cast.screener.pk)
    assert Contact.objects.get(pk=contact.pk).state == "decided"


LONG = "Réasons 👶🏽 עברית " * 2_000
WRONG: list[tuple[dict[str, str], list[str]]] = [
    ({}, ["Select the level you decide.", "Write the reasons for your decision."]),
    ({"level": "9", "rationale": "x"}, ["Choose one of the answers on this page"]),
    ({"level": "3", "rationale": "x"}, ["Select what happens next."]),
    ({"level": "3", "pathway_4": "strategy_discussion", "rationale": "x"}, ["Select what happens next."]),
    ({**AGREED, "rationale": " \n "}, ["Write the reasons for your decision."]),
    (
        {**AGREED, "rationale": "There is no capacity until Monday."},
        ["That cannot be a reason for a level or for closing."],
    ),
    (
        {**LOWER, "rationale": LONG},
        ["You decide lower than the published threshold. Select the kind of reason"],
    ),
    ({**LOWER, "why_not_policy": "more_serious"}, ["You decide lower than the published threshold."]),
    ({**AGREED, "discounted_because": "liars"}, ["in a full sentence (rule C14)"]),
    (
        {"level": "4", "pathway_4": "strategy_discussion", "rationale": "x", "why_not_policy": "history"},
        ["Decide for this child too, and write why (rule C12)."],
    ),
]


@pytest.mark.parametrize(("typed", "sentences"), WRONG)
def test_what_stands_in_the_way_is_said_beside_it_and_nothing_is_lost(
    typed: dict[str, str], sentences: list[str], cast: Cast, as_person: SignedIn
) -> None:
    contact = stages.screening(cast)
    answer = decide(contact, cast, as_person, **typed)
    page = answer.content.decode()
    assert answer.status_code == 200 and "There is a problem" in page
    for sentence in sentences:
        assert page.count(sentence) == 2, sentence  # at the top, and beside the field
    assert typed.get("rationale", "").strip() in page
    if typed.get("level") == "3":
        assert re.search(r'name="level"[^>]+value="3"[^>]+checked', page)
    assert not Decision.objects.exists()


def test_an_unseen_child_is_asked_about_only_when_it_matters(cast: Cast, as_person: SignedIn) -> None:
    seen = as_person(cast.screener).get(address("decide", stages.screening(cast))).content.decode()
    assert "not_seen_because" not in seen
    contact = stages.screening(cast, "A10", seen="not_known", parts=(stages.ALEX,))
    answer = decide(contact, cast, as_person, **LOWER)
    assert "Nobody is known to have seen the child." in answer.content.decode()
    answer = decide(contact, cast, as_person, **LOWER, not_seen_because="The health visitor goes tomorrow.")
    assert answer.status_code == 302
    assert Decision.objects.get().not_seen_because == "The health visitor goes tomorrow."


def test_other_children_are_decided_for_by_name(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    child = sister(contact)
    serious = {
        "level": "4",
        "pathway_4": "strategy_discussion",
        "rationale": "The reasons in full.",
        "why_not_policy": "history",
        child: "own_concern",
    }
    answer = decide(contact, cast, as_person, **serious)
    assert f'href="#id_{child}_reason"' in answer.content.decode()  # only the reason is lacking
    answer = decide(contact, cast, as_person, **serious, **{f"{child}_reason": "She shares a room with him."})
    assert answer.status_code == 302
    page = words_of(as_person(cast.screener).get(address("contact", contact)))
    assert "For Bo Winter Needs a concern of their own She shares a room with him." in page


def test_what_takes_a_second_person_is_said_before_deciding(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast, SignTold("D03", "seen", immediate_answer="no"))
    page = words_of(as_person(cast.screener).get(address("decide", contact)))
    box = page[page.index("Some choices take a second person") : page.index("What level do you decide?")]
    assert "The published threshold says level 4 (Protection) and this decision is lower (rule C19)." in box
    assert "Family Help with one lead practitioner" in box
    assert "Strategy discussion" not in box and "Emergency response" not in box
    easy = words_of(as_person(cast.screener).get(address("decide", stages.screening(cast))))
    assert "Some choices take a second person" not in easy


def test_a_lower_decision_waits_for_a_second_person(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast, "D03")
    child = sister(contact)
    typed = {
        **AGREED,
        "why_not_policy": "sign_misread",
        child: "same_decision",
        f"{child}_reason": "Same home.",
    }
    answer = decide(contact, cast, as_person, **typed)
    assert answer["Location"] == address("contact", contact)
    page = words_of(as_person(cast.screener).get(answer["Location"]))
    assert (
        "Your decision waits for a second person." in page or "Proposed, waiting for a second person" in page
    )
    assert Contact.objects.get(pk=contact.pk).decision is None


def test_pressing_twice_decides_once(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    client, place = as_person(cast.screener), address("decide", contact)
    form = sent_from(client.get(place).content.decode(), **AGREED)
    first, second = client.post(place, form), client.post(place, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == address("contact", contact)
    assert Decision.objects.count() == 1


def test_another_decision_on_the_same_page_is_shown_beside_the_first(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    client, place = as_person(cast.screener), address("decide", contact)
    form = sent_from(client.get(place).content.decode(), **AGREED)
    client.post(place, form)
    answer = client.post(place, {**form, "rationale": "Other reasons."})
    assert answer.status_code == 409
    page = words_of(answer)
    assert "You , today at" in page and "Decided Level 3: Family Help" in page
    assert "Other reasons." in page and "It cannot be sent now" in page


def test_two_people_deciding_see_both(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    first, second, place = (
        as_person(cast.screener),
        as_person(cast.second_screener),
        address("decide", contact),
    )
    forms = [sent_from(client.get(place).content.decode()) for client in (first, second)]
    assert first.post(place, {**forms[0], **AGREED}).status_code == 302
    mine = {**forms[1], **AGREED, "rationale": "My own reasons, at length."}
    answer = second.post(place, mine)
    page = words_of(answer)
    assert answer.status_code == 409
    assert "What you sent has not taken effect" in page
    assert "Screener, Screener, Northfield Children's Services , today at" in page
    assert "The reasons in full." in page and "Decision in force" in page
    assert "My own reasons, at length." in page
    assert Decision.objects.count() == 1


def test_after_a_sign_was_added_the_decision_can_be_sent_again(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    client, place = as_person(cast.screener), address("decide", contact)
    form = sent_from(client.get(place).content.decode(), **AGREED)
    record_sign(
        contact_id=contact.pk,
        sign="A17",
        evidence="reported",
        note="The housing officer heard shouting.",
        by=cast.second_screener,
        now=timezone.now(),
    )
    answer = client.post(place, form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Added the sign A17" in page and "The housing officer heard shouting." in page
    assert "The reasons in full." in page and re.search(r'name="level"[^>]+value="3"[^>]+checked', page)
    assert client.post(place, sent_from(page, **AGREED)).status_code == 302
    assert Decision.objects.get().rationale == "The reasons in full."


def test_a_page_with_a_mistake_does_not_hide_what_somebody_else_did(cast: Cast, as_person: SignedIn) -> None:
    """Correcting one's own mistake must not silently accept a version one has never seen."""
    contact = stages.screening(cast)
    client, place = as_person(cast.screener), address("decide", contact)
    form = sent_from(client.get(place).content.decode())
    by, now = cast.second_screener, timezone.now()
    record_sign(contact_id=contact.pk, sign="A17", evidence="reported", by=by, now=now)
    mistaken = client.post(place, {**form, **AGREED, "level": "9"})
    assert mistaken.status_code == 200
    assert client.post(place, sent_from(mistaken.content.decode(), **AGREED)).status_code == 409


@pytest.mark.parametrize("seen", [{}, {"seen_version": "x"}, {"seen_version": "9" * 40}, {"seen_at": "soon"}])
def test_a_page_that_cannot_say_what_it_saw_is_not_taken_for_a_fresh_one(
    seen: dict[str, str], cast: Cast, as_person: SignedIn
) -> None:
    contact = stages.screening(cast)
    answer = as_person(cast.screener).post(address("decide", contact), {**AGREED, **seen})
    assert answer.status_code == 409 and "The reasons in full." in answer.content.decode()


def test_a_form_filled_in_before_a_new_version_is_decided_under_the_old_one(
    cast: Cast, as_person: SignedIn
) -> None:
    contact = stages.screening(cast)
    client, place = as_person(cast.screener), address("decide", contact)
    form = sent_from(client.get(place).content.decode(), **AGREED)
    adopt_a_newer_version(cast)
    assert client.post(place, form).status_code == 302
    page = words_of(client.get(address("contact", contact)))
    assert "Threshold used Version 2026-11" in page and "Version 2027-02 is in force now." in page


def test_only_the_one_who_takes_it_gets_it(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.raised(cast)
    first, second = as_person(cast.screener), as_person(cast.second_screener)
    forms = [sent_from(each.get(address("contact", contact)).content.decode()) for each in (first, second)]
    place = address("start_screening", contact)
    assert first.post(place, forms[0]).status_code == 302
    assert first.post(place, forms[0]).status_code == 302
    answer = second.post(place, forms[1])
    assert answer.status_code == 409 and "Who has it Screener" in words_of(answer)
    assert second.get(place)["Location"] == address("contact", contact)


def second_word(contact: Contact, cast: Cast, as_person: SignedIn, person: str, **typed: str) -> Any:
    return send(as_person(cast.people[person]), address("second_word", contact), **typed)


def test_the_second_person_sees_the_whole_decision_and_agrees(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.proposed(cast)
    client, place = as_person(cast.manager), address("second_word", contact)
    page = words_of(client.get(place))
    for words in (
        "Level 3: Family Help",
        "The reasons in full.",
        "rule C19",
        "Immediate: act now",
        "Bo Winter",
    ):
        assert words in page
    form = sent_from(client.get(place).content.decode(), word="agree", reason="I have read it all.")
    for _press in range(2):
        assert client.post(place, form)["Location"] == address("contact", contact)
    assert SecondWord.objects.get().agrees
    assert "Decision in force" in words_of(client.get(address("contact", contact)))


def test_a_decision_returned_goes_back_and_stays_on_record(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.proposed(cast)
    answer = second_word(contact, cast, as_person, "head", word="return", reason="Nobody has asked the GP.")
    assert answer.status_code == 302
    page = words_of(as_person(cast.screener).get(address("contact", contact)))
    assert "Proposed, and returned by a second person" in page and "Nobody has asked the GP." in page
    assert "Being screened" in page


def test_a_second_word_takes_a_choice_and_a_reason(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.proposed(cast)
    page = second_word(contact, cast, as_person, "manager", reason=" ").content.decode()
    assert "Choose whether you agree" in page and "Write why you agree, or why you do not" in page


def test_nobody_is_their_own_second_person(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast, "D03", by=cast.manager)
    child = sister(contact)
    typed = {
        **AGREED,
        "why_not_policy": "sign_misread",
        child: "same_decision",
        f"{child}_reason": "Same home.",
    }
    decide(contact, cast, as_person, "manager", **typed)
    client, place = as_person(cast.manager), address("second_word", contact)
    assert client.get(place).status_code == 409
    contact.refresh_from_db()
    form = {
        "word": "agree",
        "reason": "It is fine.",
        "seen_version": contact.version,
        "seen_at": timezone.now().isoformat(),
    }
    answer = client.post(place, form)
    assert answer.status_code == 409
    assert "You made this decision, so somebody else must be the second person." in words_of(answer)
    assert "It is fine." in words_of(answer) and not SecondWord.objects.exists()
    assert (
        second_word(contact, cast, as_person, "second_manager", word="agree", reason="Read.").status_code
        == 302
    )


def test_a_screener_is_not_a_second_person(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.proposed(cast)
    assert as_person(cast.second_screener).get(address("second_word", contact)).status_code == 403


def test_deciding_is_not_possible_at_another_stage(cast: Cast, as_person: SignedIn) -> None:
    for stage in (stages.raised, stages.decided, stages.answered, stages.asked):
        answer = as_person(cast.screener).get(address("decide", stage(cast)))
        assert answer.status_code == 409 and "This cannot be done now" in answer.content.decode()
