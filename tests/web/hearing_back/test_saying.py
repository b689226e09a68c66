"""What people can say when they hear back, and the ways to send it wrongly. Nothing typed is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from openmash.apps.concerns.actions.disagreeing import disagree, reply_to_disagreement
from openmash.apps.concerns.models import Acknowledgement, Contact, Disagreement
from openmash.apps.concerns.states import State
from tests.cast import Cast
from tests.web.hearing_back.pages import SignedIn, address
from tests.web.hearing_back.stages import raised_long_ago, screen_again, secrets_everywhere, unsafe
from tests.web.screening import stages

REASON = "  His teacher saw it too.\n\nشكرا 🌧 and a word of 10,000 letters: " + "a" * 10_000


@pytest.fixture
def contact(cast: Cast) -> Contact:
    return stages.answered(cast)


@pytest.fixture
def teacher(cast: Cast, as_person: SignedIn) -> Client:
    return as_person(cast.teacher)


def sent(contact: Contact, **typed: str) -> dict[str, str]:
    return {"answer": str(contact.answer_id), "reason": REASON, "level": "", **typed}


def stood_by(cast: Cast, contact: Contact, *, outcome: str = "stands", by: str = "second_screener") -> None:
    contact.refresh_from_db()
    reply_to_disagreement(
        contact_id=contact.pk,
        seen_version=contact.version,
        outcome=outcome,
        reason="We looked again.",
        by=cast.people[by],
        now=timezone.now(),
    )
    contact.refresh_from_db()


def test_reading_is_recorded_once_and_takes_it_off_the_unread(contact: Contact, teacher: Client) -> None:
    assert "New answer" in teacher.get(reverse("hearing_back:mine")).content.decode()
    for _ in range(2):
        page = teacher.post(address("acknowledge", contact), {"answer": contact.answer_id}, follow=True)
        assert "We have recorded that you have read the answer." in page.content.decode()
    assert Acknowledgement.objects.count() == 1
    assert "I have read this" not in page.content.decode()
    assert "New answer" not in teacher.get(reverse("hearing_back:mine")).content.decode()


def test_nobody_acknowledges_an_answer_they_have_not_seen(
    cast: Cast, contact: Contact, teacher: Client
) -> None:
    seen = contact.answer_id
    disagree(contact_id=contact.pk, reason="Worse.", by=cast.teacher, now=timezone.now())
    stood_by(cast, contact)
    for typed in (str(seen), "", "x"):
        page = teacher.post(address("acknowledge", contact), {"answer": typed}, follow=True).content.decode()
        assert "There is a newer answer than the one you read." in page
    assert not Acknowledgement.objects.exists()


def test_disagreeing_keeps_every_character_and_holds_the_higher_level(
    contact: Contact, teacher: Client
) -> None:
    page = teacher.post(address("disagree", contact), sent(contact, level="4"), follow=True)
    contact.refresh_from_db()
    kept = Disagreement.objects.get()
    assert (contact.state, kept.reason, kept.level_asked, kept.step) == (State.DISAGREED, REASON, "4", 1)
    text = page.content.decode()
    assert escape(REASON) in text
    assert "level 4 (Protection)" in text
    assert "Now: to be answered" in text


@pytest.mark.parametrize("level", ["", "not_sure"])
def test_naming_a_level_is_optional(contact: Contact, teacher: Client, level: str) -> None:
    teacher.post(address("disagree", contact), sent(contact, level=level))
    assert Disagreement.objects.get().level_asked == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": ""}, "Write why you disagree"),
        ({"reason": " \n\t "}, "Write why you disagree"),
        ({"level": "7"}, "Choose one of the answers on this page"),
    ],
)
def test_what_is_missing_is_said_beside_it(
    contact: Contact, teacher: Client, typed: dict[str, str], sentence: str
) -> None:
    answer = teacher.post(address("disagree", contact), sent(contact, **typed))
    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) == 2  # in the summary and beside the field
    assert not Disagreement.objects.exists()


def test_a_second_press_is_one_disagreement(contact: Contact, teacher: Client) -> None:
    first = sent(contact)
    teacher.post(address("disagree", contact), first)
    again = teacher.post(address("disagree", contact), first, follow=True)
    assert "Your disagreement has already been sent." in again.content.decode()
    assert Disagreement.objects.count() == 1


def test_a_newer_answer_is_shown_before_one_disagrees(cast: Cast, contact: Contact, teacher: Client) -> None:
    old = sent(contact)
    disagree(contact_id=contact.pk, reason="Another word.", by=cast.safeguarding_lead, now=timezone.now())
    stood_by(cast, contact)
    page = teacher.post(address("disagree", contact), old)
    text = page.content.decode()
    assert page.status_code == 422
    assert "There is a newer answer than the one you read." in text
    assert escape(REASON) in text  # nothing typed is lost
    assert "We looked again." in text
    assert teacher.post(address("disagree", contact), sent(contact)).status_code == 302
    assert list(Disagreement.objects.values_list("step", flat=True)) == [1, 2]


def test_after_the_last_step_only_something_new_begins_again(
    cast: Cast, contact: Contact, teacher: Client
) -> None:
    for step, by in enumerate(["second_screener", "manager", "head", "partner"], start=1):
        page = teacher.get(address("contact", contact)).content.decode()
        assert ("take it to" in page) == (step > 1)
        teacher.post(address("disagree", contact), sent(contact))
        assert Disagreement.objects.latest("id").step == step
        stood_by(cast, contact, by=by)
    page = teacher.get(address("contact", contact)).content.decode()
    assert "This was the last of the four steps." in page
    assert address("disagree", contact) not in page
    refused = teacher.post(address("disagree", contact), sent(contact))
    assert "The partnership has answered, which is the last step." in refused.content.decode()


def test_a_new_decision_after_something_new_can_be_disagreed_with_from_the_start(
    cast: Cast, contact: Contact, teacher: Client
) -> None:
    teacher.post(address("disagree", contact), sent(contact))
    stood_by(cast, contact)
    page = teacher.post(address("add_information", contact), {"text": "He has a new bruise."}, follow=True)
    assert "Received, waiting to be read" in page.content.decode()
    contact.refresh_from_db()
    screen_again(cast, contact)
    assert teacher.post(address("disagree", contact), sent(contact)).status_code == 302
    assert list(Disagreement.objects.values_list("step", flat=True)) == [1, 1]


def test_a_decision_taken_again_is_told_with_its_words(cast: Cast, contact: Contact, teacher: Client) -> None:
    teacher.post(address("disagree", contact), sent(contact))
    stood_by(cast, contact, outcome="decide_again")
    page = teacher.get(address("contact", contact)).content.decode()
    assert "it is decided again" in page
    assert "We looked again." in page
    assert "This is what we decided and why." in page  # the first answer stays


def test_new_information_opens_it_again_and_everything_stays(contact: Contact, teacher: Client) -> None:
    page = teacher.get(address("add_information", contact)).content.decode()
    assert "This opens it again" in page
    text = "A new bruise.\x00 ‮abc"
    page = teacher.post(address("add_information", contact), {"text": text}, follow=True).content.decode()
    contact.refresh_from_db()
    assert contact.state == State.RECEIVED
    assert contact.information.get().text == "A new bruise.␀ ‮abc"
    assert "characters could not be kept" in page
    assert "This is what we decided and why." in page
    assert "A new bruise." in page


def test_new_information_sent_twice_is_kept_once(contact: Contact, teacher: Client) -> None:
    for _ in range(2):
        page = teacher.post(address("add_information", contact), {"text": "New."}, follow=True)
        assert "What you added has been received." in page.content.decode()
    assert contact.information.count() == 1
    empty = teacher.post(address("add_information", contact), {"text": "  "})
    assert "Write what is new" in empty.content.decode()
    assert empty.status_code == 422


def test_what_cannot_be_done_yet_is_not_offered(cast: Cast, teacher: Client) -> None:
    waiting = stages.raised(cast)
    page = teacher.get(address("contact", waiting)).content.decode()
    assert "I disagree" not in page
    assert "I have read this" not in page
    assert teacher.get(address("disagree", waiting)).status_code == 302
    too_soon = teacher.post(address("disagree", waiting), {"reason": "Too slow", "answer": ""})
    assert "Too slow" in too_soon.content.decode()
    none_yet = teacher.post(address("acknowledge", waiting), {"answer": "1"}, follow=True)
    assert "There is no answer to acknowledge yet." in none_yet.content.decode()
    assert teacher.get(address("acknowledge", waiting)).status_code == 405


def test_overdue_is_said_in_words_with_what_to_do(cast: Cast, teacher: Client) -> None:
    late = raised_long_ago(cast, timedelta(days=9))
    page = teacher.get(address("contact", late)).content.decode()
    assert "This is overdue by " in page
    assert "020 7946 0112" in page
    assert "Your answer is overdue by " in teacher.get(reverse("hearing_back:mine")).content.decode()


def test_advice_can_be_made_a_concern(cast: Cast, as_person: SignedIn) -> None:
    advice = stages.advised(cast)
    page = as_person(cast.gp).get(address("contact", advice)).content.decode()
    assert reverse("raising:from_advice", args=[advice.pk]) in page
    assert reverse("raising:answer_at_once", args=[advice.pk]) in page
    assert "Our advice" in page


def test_the_reasons_written_for_the_front_door_stay_there(cast: Cast, as_person: SignedIn) -> None:
    contact = secrets_everywhere(cast)
    client = as_person(cast.teacher)
    for page in ("contact", "disagree", "add_information"):
        text = client.get(address(page, contact), follow=True).content.decode()
        assert "SECRET" not in text
        assert contact.reference in text
    assert "SECRET" not in client.get(reverse("hearing_back:mine")).content.decode()


def test_an_unsafe_answer_leaves_nothing_for_other_eyes(cast: Cast, as_person: SignedIn) -> None:
    contact = unsafe(cast)
    client = as_person(cast.teacher)
    for page in ("contact", "disagree", "add_information"):
        text = client.get(address(page, contact), follow=True).content.decode()
        for hidden in ("Winter", "Canal Row", "partner reads", "What I saw", "Family Help", "Level"):
            assert hidden not in text, (page, hidden)
    listed = client.get(reverse("hearing_back:mine")).content.decode()
    assert "Please ring us" in listed
    assert "Winter" not in listed
    client.post(address("disagree", contact), {"reason": "No", "answer": contact.answer_id})
    assert not Disagreement.objects.exists()
    again = client.post(address("add_information", contact), {"text": "He was here."}, follow=True)
    assert "Winter" not in again.content.decode()  # still, while what is new is looked at
    assert "He was here." not in again.content.decode()
