"""The pages of requests without scripting: what is typed, what is refused, and what nobody else is shown."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.wanted import wanted_on
from openmash.apps.directory.models import Person
from openmash.apps.sharing.models import NotShared, Request, Shared
from openmash.apps.sharing.states import State
from tests.apps.casework import working
from tests.apps.journey import NOW
from tests.cast import Cast
from tests.web.requests.conftest import SECRET

Enter = Callable[[Person], Client]


def text(response: Any) -> str:
    read: str = response.content.decode()
    return read


def sent(contact: Contact, cast: Cast, **given: Any) -> dict[str, Any]:
    return {
        "request_id": str(uuid.uuid4()),
        "asked": f"a{cast.safeguarding_lead.agency_id}",
        "questions": "How has attendance been?\n\nWho collects her?",
        "why": "To know who belongs in the picture.",
        "told": [f"{contact.parts.get().description_id}:name"],
        "grounds": ["public_task"],
        "family": "not_safe",
        "family_said": f"Watched. {SECRET}",
        "by_when": "days_3",
        **given,
    }


@pytest.fixture
def request_sent(contact: Contact, cast: Cast, as_person: Enter) -> Request:
    as_person(cast.screener).post(reverse("requests:ask_on_contact", args=[contact.pk]), sent(contact, cast))
    return Request.objects.get()


def where(name: str, request: Request) -> str:
    return reverse(f"requests:{name}", args=[request.pk])


def test_nothing_of_the_record_is_on_a_page_of_the_agency_asked(
    contact: Contact, request_sent: Request, cast: Cast, as_person: Enter
) -> None:
    lead = as_person(cast.safeguarding_lead)
    pages = [reverse("requests:lists"), reverse("requests:log")]
    pages += [where(name, request_sent) for name in ("request", "answer", "refuse")]
    for page in pages:
        shown = text(lead.get(page))
        assert SECRET not in shown and contact.reference not in shown and str(contact.pk) not in shown
        assert "1 Mill Lane" not in shown
    assert "Ayesha Chowdhury" in text(lead.get(pages[2])) and "How has attendance been?" in text(
        lead.get(pages[2])
    )
    assert "Do not speak to the family" in text(lead.get(where("answer", request_sent)))
    assert "Do not speak to the family" not in text(
        as_person(cast.screener).get(where("request", request_sent))
    )
    for page in ("of_contact", "ask_on_contact"):
        assert lead.get(reverse(f"requests:{page}", args=[contact.pk])).status_code == 403


def test_who_is_refused(contact: Contact, request_sent: Request, cast: Cast, as_person: Enter) -> None:
    for stranger in ("teacher", "gp", "screener_elsewhere"):
        assert as_person(cast.people[stranger]).get(where("request", request_sent)).status_code == 403
        assert as_person(cast.people[stranger]).post(where("answer", request_sent), {}).status_code == 403
    for page in ("answer", "refuse"):
        for reader in ("screener", "manager"):
            browser = as_person(cast.people[reader])
            assert browser.get(where(page, request_sent)).status_code == 403
            assert browser.post(where(page, request_sent), {"reason": "No."}).status_code == 403
    assert as_person(cast.safeguarding_lead).get(where("withdraw", request_sent)).status_code == 403


def test_what_is_lacking_stands_beside_what_was_typed(contact: Contact, cast: Cast, as_person: Enter) -> None:
    page = as_person(cast.screener).post(
        reverse("requests:ask_on_contact", args=[contact.pk]),
        {"questions": "How is she?", "family": "not_safe"},
    )
    for sentence in (
        "Choose whom you ask.",
        "Choose at least the name of one child",
        "Write why you need it.",
        "Choose at least one legal ground.",
        "Write why asking could be unsafe.",
        "Choose by when you need an answer.",
    ):
        assert sentence in text(page)
    assert "How is she?" in text(page) and not Request.objects.exists()


def test_the_same_page_sent_twice_asks_once(contact: Contact, cast: Cast, as_person: Enter) -> None:
    page, given = reverse("requests:ask_on_contact", args=[contact.pk]), sent(contact, cast)
    for _ in range(2):
        as_person(cast.screener).post(page, given)
    assert Request.objects.count() == 1


def test_a_proposal_is_chosen_beforehand_and_is_gone_once_sent_or_declined(
    contact: Contact, cast: Cast, as_person: Enter
) -> None:
    browser, record = as_person(cast.screener), reverse("requests:of_contact", args=[contact.pk])
    first, *others = wanted_on(contact, now=NOW)
    assert first.question in text(browser.get(record))
    ask = reverse("requests:ask_on_contact", args=[contact.pk])
    assert len(re.findall("checked", text(browser.get(ask)))) == 0
    chosen = re.findall(r'value="(\w+)" checked', text(browser.get(f"{ask}?wanted={first.key}")))
    assert chosen == [first.key]
    browser.post(ask, sent(contact, cast, wanted=[first.key], questions=""))
    assert first.key not in text(browser.get(record))
    for other in others:
        decline = reverse("requests:not_to_ask", args=[contact.pk, other.key])
        assert "Write why nobody is asked." in text(browser.post(decline, {"reason": " "}))
        browser.post(decline, {"reason": "Her mother told us."})
        assert browser.get(decline).status_code == 409
    assert "Not known, and it matters" not in text(browser.get(record))


def test_an_answer_without_a_choice_loses_nothing(
    request_sent: Request, cast: Cast, as_person: Enter
) -> None:
    lead, (first, second) = as_person(cast.safeguarding_lead), request_sent.item_set.all()
    page = lead.post(where("answer", request_sent), {f"text_{first.pk}": "82 per cent.", "seen_version": "1"})
    assert "Choose whether this is your answer" in text(page) and "82 per cent." in text(page)
    given = {
        f"text_{first.pk}": "82 per cent.",
        f"outcome_{first.pk}": "answered",
        f"outcome_{second.pk}": "not_held",
        "grounds": ["s16la"],
        "seen_version": "1",
    }
    shown = text(lead.post(where("answer", request_sent), given, follow=True))
    assert "Answered in full" in shown and "Not held: we have no records that would say" in shown
    assert lead.get(where("answer", request_sent)).status_code == 409
    late = lead.post(where("answer", request_sent), given)
    assert late.status_code == 409 and "82 per cent." in text(late)
    assert "82 per cent." in text(as_person(cast.manager).get(where("request", request_sent)))


def test_two_answers_on_the_same_page_are_both_kept(
    request_sent: Request, cast: Cast, as_person: Enter
) -> None:
    lead, (first, second) = as_person(cast.safeguarding_lead), request_sent.item_set.all()
    for item, status in ((first, 302), (second, 409)):
        given = {
            f"text_{item.pk}": "Yes.",
            f"outcome_{item.pk}": "answered",
            "grounds": ["s16la"],
            "seen_version": 1,
        }
        page = lead.post(where("answer", request_sent), given)
        assert page.status_code == status
    assert "nothing you typed is lost" in text(page) and "Yes." in text(page)


def test_refused_then_withdrawn_is_not_possible(request_sent: Request, cast: Cast, as_person: Enter) -> None:
    lead = as_person(cast.safeguarding_lead)
    lead.post(where("begin_answering", request_sent), {"seen_version": "1"})
    lead.post(where("refuse", request_sent), {"reason": "Not ours to tell.", "seen_version": "2"})
    request_sent.refresh_from_db()
    assert request_sent.state == State.REFUSED
    page = as_person(cast.screener).post(
        where("withdraw", request_sent), {"reason": "Late.", "seen_version": "3"}
    )
    assert page.status_code == 409 and "Late." in text(page)


@pytest.mark.parametrize("decided", ["shared", "not_shared"])
def test_writing_down_either_takes_one_page(cast: Cast, as_person: Enter, decided: str) -> None:
    teacher = as_person(cast.teacher)
    given: dict[str, Any] = {
        "about": "A boy in Year 4",
        "with_whom": "His club",
        "what": "His name",
        "decided": decided,
    }
    page = teacher.post(reverse("requests:write_down"), given)
    assert ("Choose at least one legal ground." if decided == "shared" else "Write why you did not") in text(
        page
    )
    given |= {"grounds": ["public_task"], "reason": "They do not need it."}
    page = teacher.post(reverse("requests:write_down"), given, follow=True)
    assert "A boy in Year 4" in text(page)
    assert (Shared.objects.count(), NotShared.objects.count()) == ((1, 0) if decided == "shared" else (0, 1))
    assert "A boy in Year 4" in text(as_person(cast.safeguarding_lead).get(reverse("requests:log")))
    assert "A boy in Year 4" not in text(as_person(cast.gp).get(reverse("requests:log")))


def test_on_a_case(cast: Cast, as_person: Enter) -> None:
    case = working.led(cast)
    worker = as_person(cast.social_worker)
    assert reverse("requests:of_case", args=[case.pk]) in text(
        worker.get(reverse("casework:case", args=[case.pk]))
    )
    given = sent(case.camefrom_set.get().contact, cast)
    page = worker.post(reverse("requests:ask_on_case", args=[case.pk]), given, follow=True)
    assert case.reference in text(page) and "Alex Winter" in text(page)
    other = as_person(cast.second_social_worker)
    assert other.get(reverse("requests:of_case", args=[case.pk])).status_code == 403
