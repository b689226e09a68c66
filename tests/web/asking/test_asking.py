"""The pages of private asking without scripting: asking, what came back, limits, the log, and who may not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openmash.apps.audit.models import Event
from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person, RoleHeld
from openmash.apps.private_asking.actions import asking
from openmash.apps.private_asking.limits import Limits
from openmash.apps.private_asking.models import PrivateQuestion, Shielding
from tests.cast import Cast

Enter = Callable[[Person], Client]
AYESHA, TOM = 0, 1


def where(name: str, case: Contact | None = None, **more: Any) -> str:
    return reverse(f"asking:{name}", kwargs={**({"contact_id": case.pk} if case else {}), **more})


def sent(case: Contact, cast: Cast, child: int = AYESHA, **given: str) -> dict[str, str]:
    described = [part.description_id for part in case.parts.all()]
    return {
        "child": str(described[child]),
        "asked": str(cast.police_officer.agency_id),
        "purpose": "screening",
        **given,
    }


def text(response: Any) -> str:
    read: str = response.content.decode()
    return read


def test_a_practitioner_asks_and_reads_a_yes(cast: Cast, case: Contact, as_person: Enter) -> None:
    browser = as_person(cast.screener)
    page = browser.get(where("ask", case))
    assert "Chaudhry, Aisha, born 14 March 2016" in text(page) and "Northfield Police" in text(page)
    answered = browser.post(where("ask", case), sent(case, cast), follow=True)
    assert "Somebody at Northfield Police knows a child like this" in text(answered)
    assert "say why you ask" in text(answered)
    assert "has not named a safeguarding lead here" in text(answered)
    question = PrivateQuestion.objects.get()
    assert (question.case_id, question.said, question.by) == (case.pk, "hit", cast.screener)
    again = browser.get(where("ask", case))
    assert "Asked before about" in text(again) and "Asked by Screener" in text(again)


def test_a_no_says_that_it_is_no_proof(cast: Cast, case: Contact, as_person: Enter) -> None:
    browser = as_person(cast.screener)
    typed = {
        "name": "Jack Fairweather",
        "born_on_day": "2",
        "born_on_month": "5",
        "born_on_year": "2011",
        "asked": str(cast.police_officer.agency_id),
        "purpose": "visit",
    }
    answered = browser.post(where("ask_by_typing", case), typed, follow=True)
    assert "Nothing alike was found at Northfield Police" in text(answered)
    assert "This is not proof that they do not know the child." in text(answered)
    assert "Jack" not in text(answered)


def test_a_safeguarding_lead_may_ask_and_other_staff_may_not(
    cast: Cast, case: Contact, as_person: Enter
) -> None:
    lead = as_person(cast.safeguarding_lead)
    assert "knows a child like this" in text(lead.post(where("ask", case), sent(case, cast), follow=True))
    for person in (cast.teacher, cast.police_officer, cast.screener_elsewhere, cast.adviser):
        for name in ("ask", "ask_by_typing"):
            assert as_person(person).get(where(name, case)).status_code == 403
        assert as_person(person).post(where("ask", case), sent(case, cast)).status_code == 403
    refused = Event.objects.filter(verb="ask_privately", outcome="refused")
    assert refused.count() == 12
    assert PrivateQuestion.objects.count() == 1


def test_nobody_signed_out_gets_anywhere(case: Contact) -> None:
    for name in ("start", "what_it_protects", "log"):
        assert Client().get(where(name)).status_code == 302
    assert Client().get(where("ask", case)).status_code == 302


def test_too_little_is_said_beside_what_was_typed(cast: Cast, case: Contact, as_person: Enter) -> None:
    browser = as_person(cast.screener)
    page = browser.post(where("ask", case), sent(case, cast, TOM))
    assert "There is a problem" in text(page)
    assert "Give a date of birth, an age, a postcode or an NHS number beside the name." in text(page)
    typed = {"name": "Tom", "about_age": "old", "postcode": "NF", "nhs_number": "123", "purpose": "visit"}
    page = browser.post(where("ask_by_typing", case), typed)
    for sentence in (
        "Enter an age in whole years",
        "Enter a whole postcode",
        "An NHS number has 10 digits; this has 3.",
        "Choose an agency",
    ):
        assert sentence in text(page)
    assert 'value="Tom"' in text(page)
    assert not PrivateQuestion.objects.exists()


def test_the_limit_is_said_in_a_sentence_and_written_down(
    cast: Cast, case: Contact, as_person: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = as_person(cast.screener)
    limits = Limits(date(2026, 11, 1), 1, 40, 3, person_answers_one_in=2**255)
    monkeypatch.setattr(asking, "in_force", lambda on: limits)
    browser.post(where("ask", case), sent(case, cast))
    page = browser.post(where("ask", case), sent(case, cast))
    assert page.status_code == 403 and "as often as one person may" in text(page)
    refusal = Event.objects.get(verb="ask_privately", outcome="refused")
    assert refusal.by_id == cast.screener.pk and refusal.subject_kind == "private_answers"
    assert PrivateQuestion.objects.count() == 1


def test_a_reference_leads_to_the_case_and_says_nothing_of_others(
    cast: Cast, case: Contact, as_person: Enter
) -> None:
    found = as_person(cast.screener).post(where("start"), {"reference": case.reference.lower()})
    assert found["Location"] == where("ask", case)
    not_mine = as_person(cast.screener_elsewhere).post(where("start"), {"reference": case.reference})
    nowhere = as_person(cast.screener_elsewhere).post(where("start"), {"reference": "C-2222-2222"})
    sentence = "There is no concern of this reference on whose account you may ask."
    assert sentence in text(not_mine) and sentence in text(nowhere)


def test_the_agency_asked_sees_who_asked_and_not_what_came_back(
    cast: Cast, case: Contact, as_person: Enter
) -> None:
    as_person(cast.screener).post(where("ask", case), sent(case, cast))
    question = PrivateQuestion.objects.get()
    theirs = as_person(cast.second_partner).get(where("log"))  # a partner who works for the police
    assert case.reference in text(theirs) and "Screener" in text(theirs)  # a partner may open the concern
    assert "To screen a concern about the child" in text(theirs)
    assert "What came back" not in text(theirs) and "Chaudhry" not in text(theirs)
    ours = as_person(cast.manager).get(where("log"))
    assert "What came back: Yes" in text(ours)
    assert as_person(cast.screener).get(where("log")).status_code == 403
    answer = where("answer", case, question_id=question.pk)
    for person in (cast.second_partner, cast.police_officer):
        assert as_person(person).get(answer).status_code == 403
    assert as_person(cast.safeguarding_lead).get(answer).status_code == 404  # asked by another agency
    assert as_person(cast.manager).get(answer).status_code == 200


def test_a_lead_sees_no_reference_of_a_concern_they_may_not_open(
    cast: Cast, case: Contact, as_person: Enter
) -> None:
    as_person(cast.screener).post(where("ask", case), sent(case, cast))
    lead = cast.police_officer
    RoleHeld.objects.create(person=lead, role="safeguarding_lead", starts=date(2020, 1, 1))
    page = text(as_person(lead).get(where("log")))
    assert "Screener: a question was asked" in page and case.reference not in page


def test_pressing_twice_is_one_question_and_another_choice_is_another(
    cast: Cast, case: Contact, as_person: Enter
) -> None:
    browser, once = as_person(cast.screener), "0" * 32
    for purpose in ("screening", "screening", "visit"):
        browser.post(where("ask", case), sent(case, cast, purpose=purpose, once=once))
    assert sorted(PrivateQuestion.objects.values_list("purpose", flat=True)) == ["screening", "visit"]


def test_only_leads_reach_the_shields(cast: Cast, case: Contact, as_person: Enter) -> None:
    described = case.parts.all()[AYESHA].description_id
    addresses = [
        where("shields"),
        where("put_on", case),
        reverse("asking:end_shield", kwargs={"description_id": described}),
    ]
    for person in (cast.teacher, cast.screener, cast.police_officer):
        assert [as_person(person).get(each).status_code for each in addresses] == [403] * 3
    lead = as_person(cast.safeguarding_lead)
    assert [lead.get(each).status_code for each in addresses] == [200, 200, 404]
    page = lead.post(where("put_on", case), {"child": str(described), "reason": " "})
    assert "Say why a person should answer" in text(page)
    assert not Shielding.objects.exists()


def test_every_look_is_written_down(cast: Cast, case: Contact, as_person: Enter) -> None:
    browser = as_person(cast.screener)
    browser.post(where("ask", case), sent(case, cast), follow=True)
    verbs = set(Event.objects.filter(by_id=cast.screener.pk).values_list("verb", flat=True))
    assert {"see_to_ask_privately", "ask_privately", "be_asked_privately", "see_private_answer"} <= verbs


def test_what_it_protects_says_the_limits(cast: Cast, as_person: Enter) -> None:
    page = text(as_person(cast.teacher).get(where("what_it_protects")))
    assert "What it does not protect against" in page and "Whoever runs the server" in page
    assert "10 times a day" in page and "one question in 25" in page and "always 32 are sent" in page
