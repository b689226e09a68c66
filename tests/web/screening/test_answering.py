import re
from datetime import datetime

import pytest

from openmash.apps.concerns.account import SignTold
from openmash.apps.concerns.models import Answer, Contact, Reply
from openmash.engines.clocks import LONDON
from openmash.web.screening.presenters.answers import ADVICE_HERE, REASONS_HERE
from tests.apps.journey import choice
from tests.cast import Cast
from tests.web.screening import stages
from tests.web.screening.pages import SignedIn, address, send, sent_from, words_of


def begun(page: str) -> str:
    found = re.search(r'<textarea[^>]+name="text"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    return found.group(1)


def test_the_answer_begins_with_the_policys_words_for_the_level(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.decided(cast)
    text = begun(as_person(cast.screener).get(address("answer", contact)).content.decode())
    assert "We decided on level 3 (Family Help): Family Help with one lead practitioner." in text
    assert REASONS_HERE in text
    assert "A lead practitioner meets the family" in text  # what happens next on this pathway
    assert "Come back at once if anything gets worse." in text
    assert "If you disagree" in text and "020 7946 0134" in text
    assert "{" not in text and "answers you by" not in text


def test_nothing_internal_is_put_into_the_answer(cast: Cast, as_person: SignedIn) -> None:
    secret = "The police told us about the uncle."
    contact = stages.decided(cast, chosen=choice("3", "family_help", rationale=secret))
    page = as_person(cast.screener).get(address("answer", contact)).content.decode()
    assert secret in page  # beside it, for the one who writes
    assert "police" not in begun(page) and "uncle" not in begun(page)


def test_an_answer_is_sent_once_and_ends_the_concern(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.decided(cast)
    client, place = as_person(cast.screener), address("answer", contact)
    form = sent_from(client.get(place).content.decode(), text="Dear teacher,\r\n\r\nthank you.")
    for _press in range(2):
        assert client.post(place, form)["Location"] == address("contact", contact)
    assert Answer.objects.get().text == "Dear teacher,\n\nthank you."
    assert Contact.objects.get(pk=contact.pk).state == "answered"


def test_an_answer_with_a_gap_is_not_sent(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.decided(cast)
    client, place = as_person(cast.screener), address("answer", contact)
    answer = send(client, place, text=f"Why\n{REASONS_HERE}\nThank you.")
    assert "Put your own words in place of" in answer.content.decode()
    assert "Write the answer" in send(client, place, text=" ").content.decode()
    assert not Answer.objects.exists()


def test_an_unsafe_answer_is_recorded_and_not_sent(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.decided(cast)
    client, place = as_person(cast.screener), address("answer", contact)
    page = send(client, place, text="Thank you.", unsafe="yes").content.decode()
    assert "Write why an answer would be unsafe" in page
    because = "His father reads her letters."
    answer = send(client, place, text=f"{REASONS_HERE} left", unsafe="yes", unsafe_because=because)
    assert answer.status_code == 302
    kept = Answer.objects.get()
    assert (kept.text, kept.unsafe_because, kept.sent_at) == ("", because, None)
    page = words_of(client.get(address("contact", contact)))
    assert "Nothing was sent, because it would be unsafe:" in page and because in page


def test_a_reason_why_it_is_unsafe_is_never_overlooked(cast: Cast, as_person: SignedIn) -> None:
    """Without scripting the box can be missed. Sending then could put a child at risk."""
    contact = stages.decided(cast)
    place = address("answer", contact)
    answer = send(as_person(cast.screener), place, text="Thank you.", unsafe_because="His father reads it.")
    assert answer.status_code == 200 and not Answer.objects.exists()
    assert "Choose “Do not send this”" in answer.content.decode()


def test_advice_goes_out_in_the_advisers_name(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.asked(cast)
    client, place = as_person(cast.adviser), address("give_advice", contact)
    page = client.get(place).content.decode()
    assert "A pupil is tired every day." in page and "Adviser, Adviser" in page
    assert ADVICE_HERE in begun(page) and "Carry on as you are" in begun(page)
    assert "Level 1: Everyday needs" in page
    assert send(client, place, text=begun(page).replace(ADVICE_HERE, "Ask her gently.")).status_code == 302
    kept = Contact.objects.get(pk=contact.pk)
    assert kept.state == "advised" and kept.answer is not None and kept.answer.by_id == cast.adviser.pk
    assert "Adviser , Adviser, Northfield Children's Services" in words_of(
        client.get(address("contact", contact))
    )


def test_advice_at_a_high_level_promises_no_date_that_has_passed(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.asked(cast, signs=(SignTold("B18", "seen"),))
    text = begun(as_person(cast.adviser).get(address("give_advice", contact)).content.decode())
    assert "If you disagree" in text and "heard nothing by" not in text


@pytest.mark.parametrize(("level", "pathway"), [("4", "strategy_discussion"), ("3", "section_17_assessment")])
def test_a_time_in_the_answer_is_that_of_the_pathway(
    level: str, pathway: str, cast: Cast, as_person: SignedIn
) -> None:
    contact = stages.screening(cast, parts=(stages.ALEX,))
    typed = {"level": level, f"pathway_{level}": pathway, "rationale": "x", "why_not_policy": "history"}
    place = send(as_person(cast.manager), address("decide", contact), **typed)["Location"]
    text = begun(as_person(cast.manager).get(place).content.decode())
    assert f"heard nothing by {datetime.now(LONDON):%A}" in text or re.search(
        r"heard nothing by \w+day \d", text
    )


def test_a_disagreement_is_answered_by_standing_by_the_decision(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.disagreed(cast)
    client, place = as_person(cast.second_screener), address("reply_to_disagreement", contact)
    page = words_of(client.get(place))
    assert "It is getting worse every week." in page and "Reply by the end of today." in page
    assert "The child is held at Level 4: Protection meanwhile." in page
    assert "Choose whether the decision stands" in send(client, place, reason="x").content.decode()
    assert "Write your answer and its reasons" in send(client, place, outcome="stands").content.decode()
    form = sent_from(
        client.get(place).content.decode(), outcome="stands", reason="We looked again, because …"
    )
    for _press in range(2):
        assert client.post(place, form)["Location"] == address("contact", contact)
    assert Reply.objects.get().outcome == "stands"
    kept = Contact.objects.get(pk=contact.pk)
    assert kept.state == "answered" and kept.held_rank is None


def test_a_disagreement_may_lead_to_deciding_again(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.disagreed(cast)
    place = address("reply_to_disagreement", contact)
    reason = "You are right: the picture has changed."
    answer = send(as_person(cast.manager), place, outcome="decide_again", reason=reason)
    assert answer.status_code == 302
    page = words_of(as_person(cast.manager).get(address("contact", contact)))
    assert "Being screened" in page and "The child is held at Level 4: Protection meanwhile." in page
    assert "The decision is taken again. Manager" in page and "Decide" in page


def test_a_higher_step_is_refused_to_a_practitioner(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.disagreed(cast)
    place = address("reply_to_disagreement", contact)
    send(as_person(cast.screener), place, outcome="stands", reason="It stands.")
    stages.disagree_again(contact, cast)
    page = words_of(as_person(cast.screener).get(address("contact", contact)))
    assert "Step 2 of 4, with the managers." in page and "Reply to the disagreement" not in page
    assert as_person(cast.screener).get(place).status_code == 409
    seen = {"seen_version": Contact.objects.get(pk=contact.pk).version, "seen_at": stages.ago(0).isoformat()}
    answer = as_person(cast.screener).post(place, {"outcome": "stands", "reason": "Still.", **seen})
    assert answer.status_code == 403 and "with the managers now" in answer.content.decode()
    assert send(as_person(cast.manager), place, outcome="stands", reason="It stands.").status_code == 302


def test_a_follow_up_is_recorded_as_done_once(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.decided(cast)
    owed = contact.follow_ups.all()[0]
    client, place = as_person(cast.screener), address("finish_follow_up", contact, follow_up_id=owed.pk)
    assert "Write what came of it" in send(client, place, note="").content.decode()
    form = sent_from(client.get(place).content.decode(), note="The GP says no.")
    for _press in range(2):
        assert client.post(place, form)["Location"] == address("contact", contact)
    page = words_of(client.get(address("contact", contact)))
    assert "Done by Screener" in page and "The GP says no." in page
    assert client.get(place).status_code == 409
