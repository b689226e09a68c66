from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from openmash.apps.audit.models import Event
from openmash.apps.directory.models import Agency, Locality, Person
from openmash.web.accounts.checks import PERSONA_BACKEND
from tests.web.pages_that_fail import WHY

CheckPage = Callable[[Page, str], None]
STORY = "She said: “it hurts”.\nقالت لي\n<b>not bold</b>"
pytestmark = [pytest.mark.urls("tests.web.pages_that_fail"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(transactional_db: None) -> Person:
    locality = Locality.objects.create(name="Northvale", code="northvale")
    agency = Agency.objects.create(name="Northvale Police", kind="police", locality=locality)
    return Person.objects.create_user(
        "pc@example.org", name="Sam Okoro", job_title="Constable", agency=agency
    )


@pytest.fixture
def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person, backend=PERSONA_BACKEND)
    client.raise_request_exception = False
    return client


def test_a_refusal_undoes_the_work_is_written_down_and_gives_its_reason(
    signed_in: Client, person: Person
) -> None:
    answer = signed_in.get("/test/refuse/")
    assert answer.status_code == 403 and WHY in answer.content.decode()
    event = Event.objects.get()
    assert (event.by_id, event.verb, event.subject_id, event.outcome) == (person.pk, "open", "42", "refused")
    assert event.detail == {"path": "/test/refuse/"}


def test_a_fault_undoes_the_work_and_shows_nothing_of_it(signed_in: Client) -> None:
    answer = signed_in.get("/test/crash/")
    assert answer.status_code == 500 and "The fault is ours" in answer.content.decode()
    assert "Zoya" not in answer.content.decode()
    assert Event.objects.count() == 0


def test_nothing_is_kept_by_the_browser(signed_in: Client) -> None:
    assert "no-store" in signed_in.get("/test/closed/")["Cache-Control"]
    assert "no-store" in signed_in.get("/test/refuse/")["Cache-Control"]


def test_strangers_are_asked_to_sign_in_and_come_back(client: Client) -> None:
    assert client.get("/test/closed/?page=2")["Location"] == "/sign-in/?next=/test/closed/%3Fpage%3D2"


def test_a_long_narrative_arrives_and_an_endless_one_is_refused_plainly(client: Client) -> None:
    ten_thousand_words = "слово " * 10_000
    assert client.post("/test/listen/", {"story": ten_thousand_words}).content.decode() == "60000"
    answer = client.post(
        "/test/listen/", "story=" + "x" * 6_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413 and "more than one page can take" in answer.content.decode()


def test_secrets_are_not_shown_back(client: Client) -> None:
    answer = client.post("/test/closed/", {"story": "what I saw", "password": "hush", "code": "123456"})
    assert "what I saw" in answer.content.decode()
    assert "hush" not in answer.content.decode() and "123456" not in answer.content.decode()


def send_form(page: Page, live_server: LiveServer, *, with_token: bool) -> None:
    """Send what somebody typed to a closed page, from a page that was opened a while ago."""
    page.goto(f"{live_server.url}/sign-in/")
    page.evaluate(
        """([story, withToken]) => {
            const form = document.createElement("form");
            form.method = "post";
            form.action = "/test/closed/";
            const box = document.createElement("textarea");
            box.name = "what_you_saw";
            box.value = story;
            form.append(box);
            if (withToken) form.append(document.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
            document.body.append(form);
            form.submit();
        }""",
        [STORY, with_token],
    )


@pytest.mark.parametrize(
    ("with_token", "title", "name"),
    [
        (True, "You have been signed out", "error-signed-out"),
        (False, "This page was out of date", "error-out-of-date"),
    ],
)
def test_what_was_typed_comes_back_when_it_could_not_be_taken(
    page: Page, live_server: LiveServer, check_page: CheckPage, with_token: bool, title: str, name: str
) -> None:
    send_form(page, live_server, with_token=with_token)
    page.get_by_role("heading", name=title).wait_for()
    assert page.get_by_text("She said").inner_text() == STORY
    check_page(page, name)


@pytest.mark.parametrize(
    ("address", "title", "name"),
    [
        ("/test/refuse/", "You cannot do this", "error-403"),
        ("/test/suspect/", "Sorry, this could not be read", "error-400"),
        ("/test/crash/", "Sorry, something went wrong", "error-500"),
    ],
)
def test_error_pages_are_plain_and_usable(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[Person], None],
    person: Person,
    check_page: CheckPage,
    address: str,
    title: str,
    name: str,
) -> None:
    sign_in(person)
    page.goto(f"{live_server.url}{address}")
    assert page.get_by_role("heading", level=1).inner_text() == title
    check_page(page, name)
