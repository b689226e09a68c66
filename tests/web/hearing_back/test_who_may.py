"""Who may hear back, on what ground, and that every look and every refusal is written down."""

import pytest
from django.test import Client
from django.urls import reverse

from openmash.apps.audit.models import Event
from openmash.apps.concerns.actions.raising import Raised, raise_concern
from openmash.apps.concerns.models import Answer, Contact, Disagreement, Information
from openmash.apps.directory.models import Person
from tests.cast import Cast, account
from tests.web.hearing_back.pages import SignedIn, address
from tests.web.hearing_back.stages import screen_again
from tests.web.screening import stages

PAGES = ("contact", "disagree", "add_information")
OTHERS = (
    "boarding_lead",
    "gp",
    "screener",
    "screener_elsewhere",
    "manager",
    "adviser",
    "partner",
    "police_officer",
)
TYPED = {"reason": "Words I typed", "text": "Words I typed", "answer": "1", "level": ""}


@pytest.fixture
def contact(cast: Cast) -> Contact:
    return stages.answered(cast)


@pytest.fixture
def raised(cast: Cast) -> Raised:
    return raise_concern(account=account(cast, "B10"), by=None, now=stages.ago(50))


def events(contact: Contact, outcome: str = "done", since: int = 0) -> list[Event]:
    about = Event.objects.filter(subject_kind="contact", subject_id=str(contact.pk), outcome=outcome)
    return list(about.filter(pk__gt=since))


def last_event() -> int:
    return Event.objects.order_by("-id").values_list("pk", flat=True).first() or 0


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["teacher", "safeguarding_lead"])
def test_every_look_is_written_down_with_its_ground(
    cast: Cast, contact: Contact, as_person: SignedIn, who: str, page: str
) -> None:
    before = last_event()
    assert as_person(cast.people[who]).get(address(page, contact)).status_code == 200
    looks = [event for event in events(contact, since=before) if event.verb == "see_as_raiser"]
    grounds = {"teacher": "raised it", "safeguarding_lead": "leads safeguarding in the agency that raised it"}
    assert [(look.by_id, look.ground) for look in looks] == [(cast.people[who].pk, grounds[who])]


@pytest.mark.parametrize("page", [*PAGES, "acknowledge"])
def test_nobody_else_sees_or_does_anything(
    cast: Cast, contact: Contact, as_person: SignedIn, page: str
) -> None:
    colleague = colleague_of_the_teacher(cast)
    for person in [colleague, *(cast.people[name] for name in OTHERS)]:
        client = as_person(person)
        tries = [client.post(address(page, contact), TYPED)]
        tries += [client.get(address(page, contact))] if page != "acknowledge" else []
        for answer in tries:
            assert answer.status_code == 403
            assert "Winter" not in answer.content.decode()
        refused = [event for event in events(contact, "refused") if event.by_id == person.pk]
        assert len(refused) == len(tries)
    assert (Disagreement.objects.count(), Information.objects.count(), Answer.objects.count()) == (0, 0, 1)


def colleague_of_the_teacher(cast: Cast) -> Person:
    """Another teacher of the same school, who leads nothing."""
    return Person.objects.create_user(
        email="colleague@example.org",
        name="Colleague",
        job_title="Teacher",
        agency=cast.teacher.agency,
        is_persona=True,
    )


@pytest.mark.parametrize("page", [*PAGES, "acknowledge"])
def test_without_account_or_code_nothing_opens_and_nothing_typed_is_lost(
    client: Client, contact: Contact, page: str
) -> None:
    answer = client.post(address(page, contact), TYPED)
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "Words I typed" in text
    assert "use them to open it" in text
    assert "Winter" not in text
    assert [(event.by_id, event.verb) for event in events(contact, "refused")] == [(None, "see_as_raiser")]


def test_unknown_addresses_are_unknown_to_everybody(cast: Cast, client: Client, as_person: SignedIn) -> None:
    nowhere = reverse("hearing_back:contact", args=["00000000-0000-0000-0000-000000000000"])
    assert client.get(nowhere).status_code == 404
    assert as_person(cast.teacher).get(nowhere).status_code == 404


def test_the_list_is_for_accounts_and_shows_ones_own(
    cast: Cast, contact: Contact, client: Client, as_person: SignedIn
) -> None:
    mine = reverse("hearing_back:mine")
    assert client.get(mine).status_code == 302
    for who in ("gp", "boarding_lead", "screener"):
        assert contact.reference not in as_person(cast.people[who]).get(mine).content.decode()
    before = last_event()
    lead = as_person(cast.safeguarding_lead).get(mine).content.decode()
    assert contact.reference in lead
    assert "Teacher" in lead
    seen = Event.objects.get(pk__gt=before, verb="see_mine")
    assert seen.detail == {"contacts": [str(contact.pk)]}


def test_the_right_code_opens_it_until_one_finishes(client: Client, raised: Raised) -> None:
    found = client.post(
        reverse("hearing_back:find"),
        {"reference": raised.contact.reference.lower().replace("-", " "), "code": raised.code.lower()},
    )
    assert found["Location"] == address("contact", raised.contact)
    assert raised.code not in found["Location"]
    assert client.get(found["Location"]).status_code == 200
    assert events(raised.contact)[-1].ground == (
        "holds the reference and code given to the person who raised it"
    )
    client.post(reverse("hearing_back:finish"))
    assert client.get(found["Location"]).status_code == 403


def test_leaving_forgets_the_code_too(client: Client, raised: Raised) -> None:
    client.post(reverse("hearing_back:find"), {"reference": raised.contact.reference, "code": raised.code})
    assert client.get(reverse("hearing_back:leave")).status_code == 302
    assert client.get(address("contact", raised.contact)).status_code == 403


def test_a_code_opens_nothing_else(client: Client, raised: Raised, contact: Contact) -> None:
    client.post(reverse("hearing_back:find"), {"reference": raised.contact.reference, "code": raised.code})
    assert client.get(address("contact", contact)).status_code == 403


def test_a_code_does_not_help_somebody_who_is_signed_in(
    cast: Cast, raised: Raised, as_person: SignedIn
) -> None:
    client = as_person(cast.gp)
    page = client.post(
        reverse("hearing_back:find"), {"reference": raised.contact.reference, "code": raised.code}
    )
    assert "sign out first" in page.content.decode()
    assert client.get(address("contact", raised.contact)).status_code == 403


def test_a_wrong_code_and_an_unknown_reference_look_the_same(client: Client, raised: Raised) -> None:
    said = []
    for reference in (raised.contact.reference, "C-2222-2222", "nonsense"):
        page = client.post(reverse("hearing_back:find"), {"reference": reference, "code": "AAAA-BBBB-CCCC"})
        assert page.status_code == 422
        text = page.content.decode()
        assert "This reference and this code do not go together." in text
        said.append(text.replace(reference, "").partition("csrfmiddlewaretoken")[0])
    assert len(set(said)) == 1
    refused = Event.objects.filter(verb="prove_by_code", outcome="refused")
    assert [(event.subject_kind, event.subject_id) for event in refused] == [
        ("contact", str(raised.contact.pk)),
        ("reference", ""),
        ("reference", ""),
    ]


def test_an_account_cannot_be_opened_with_an_empty_code(client: Client, contact: Contact) -> None:
    for code in ("", " ", "-"):
        page = client.post(reverse("hearing_back:find"), {"reference": contact.reference, "code": code})
        assert page.status_code == 422


def test_ten_wrong_tries_close_a_reference_for_an_hour(client: Client, raised: Raised) -> None:
    find, right = reverse("hearing_back:find"), {"reference": raised.contact.reference, "code": raised.code}
    for number in range(10):
        wrong = {**right, "code": f"AAAA-BBBB-CC{number:02}"}
        assert client.post(find, wrong, REMOTE_ADDR=f"10.0.0.{number}").status_code == 422
    closed = client.post(find, right, REMOTE_ADDR="10.0.1.1")
    assert closed.status_code == 429
    assert "Wait an hour and try again, or ring 020 7946 0112" in closed.content.decode()
    assert client.get(address("contact", raised.contact)).status_code == 403


def test_ten_wrong_tries_close_an_address_for_every_reference(client: Client, raised: Raised) -> None:
    find, right = reverse("hearing_back:find"), {"reference": raised.contact.reference, "code": raised.code}
    for number in range(10):
        client.post(find, {"reference": f"C-2222-22{number:02}", "code": "AAAA-BBBB-CCCC"})
    assert client.post(find, right).status_code == 429
    assert client.post(find, right, REMOTE_ADDR="10.0.1.1").status_code == 302


def test_right_tries_are_never_counted(client: Client, raised: Raised) -> None:
    find, right = reverse("hearing_back:find"), {"reference": raised.contact.reference, "code": raised.code}
    for _ in range(12):
        assert client.post(find, right).status_code == 302


def test_somebody_without_an_account_can_do_everything_the_answer_allows(
    cast: Cast, client: Client, raised: Raised
) -> None:
    from_code = raised.contact
    client.post(reverse("hearing_back:find"), {"reference": from_code.reference, "code": raised.code})
    screen_again(cast, from_code)
    client.post(address("acknowledge", from_code), {"answer": from_code.answer_id})
    client.post(address("disagree", from_code), {"reason": "No.", "answer": from_code.answer_id, "level": ""})
    client.post(address("add_information", from_code), {"text": "More."})
    from_code.refresh_from_db()
    assert from_code.answer is not None
    assert from_code.answer.acknowledged.by is None
    assert (Disagreement.objects.get().by, Information.objects.get().by) == (None, None)
    page = client.get(address("contact", from_code)).content.decode()
    assert "More." in page
