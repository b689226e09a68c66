"""Whole journeys in a real browser: with scripting, without it, and two people at once."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.concerns.models import Contact, Decision
from openmash.apps.directory.models import Person
from tests.cast import Cast
from tests.web.screening import stages
from tests.web.screening.pages import (
    PERSONAS,
    address,
    agree_through_browser,
    answer_facts_through_browser,
    answer_from_contact,
    decide_through_browser,
    fill_decision,
    record_sign_through_browser,
    screen_through_browser,
    take_through_browser,
)

SignIn = Callable[[Person], None]
CheckPage = Callable[[Page, str], None]
OpenAs = Callable[..., Page]


@pytest.fixture
def open_as(browser: Browser, live_server: LiveServer) -> Iterator[OpenAs]:
    """`open_as(person, scripting=False)`: a browser of that person's own."""
    contexts = []

    def enter(person: Person, *, scripting: bool = True) -> Page:
        client = Client()
        client.force_login(person, backend=PERSONAS)
        context = browser.new_context(
            java_script_enabled=scripting, locale="en-GB", timezone_id="Europe/London"
        )
        contexts.append(context)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return context.new_page()

    yield enter
    for context in contexts:
        context.close()


def state_of(contact: Contact) -> str:
    return Contact.objects.get(pk=contact.pk).state


def test_two_people_decide_at_once(
    page: Page, live_server: LiveServer, cast: Cast, open_as: OpenAs, check_page: CheckPage
) -> None:
    contact = stages.screening(cast)
    first, second = open_as(cast.screener), open_as(cast.second_screener)
    for browser_page in (first, second):
        browser_page.goto(f"{live_server.url}{address('contact', contact)}")
        browser_page.get_by_role("link", name="Add a sign", exact=True).wait_for()
    second.get_by_role("button", name="Decide", exact=True).click()
    fill_decision(second, "3", "Family Help with one lead practitioner", "What I, the second, think.")
    record_sign_through_browser(first, "A17", evidence="Reported by someone", note="Housing heard shouting.")

    second.get_by_role("button", name="Decide", exact=True).click()
    expect(second.get_by_role("heading", level=1)).to_have_text(
        "This was changed while you were working on it"
    )
    expect(second.get_by_text("Housing heard shouting.")).to_be_visible()
    expect(second.get_by_label("Your reasons for this level")).to_have_value("What I, the second, think.")
    check_page(second, "screening-conflict-may-send-again")

    decide_through_browser(first, "3", "Assessment under section 17", "What I, the first, think.")
    second.get_by_role("button", name="Decide", exact=True).click()
    expect(second.get_by_text("It cannot be sent now")).to_be_visible()
    expect(second.get_by_text("What I, the first, think.").first).to_be_visible()
    expect(second.get_by_text("What I, the second, think.")).to_be_visible()
    check_page(second, "screening-conflict-cannot-send")
    assert Decision.objects.get().rationale == "What I, the first, think."


def test_from_the_worklist_to_the_answer(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    contact, url = stages.raised(cast, "B10"), live_server.url
    sign_in(cast.screener)
    take_through_browser(page, url, contact.reference.lower().replace("-", " "))
    record_sign_through_browser(
        page, "D03", evidence="Said by the child", immediate="No", note="To his teacher."
    )
    answer_facts_through_browser(page, {"Is the child disabled or seriously ill?": "No"}, how="The GP")
    page.get_by_role("button", name="Decide", exact=True).click()
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Select the level you decide.")
    check_page(page, "screening-decide-with-errors")
    fill_decision(
        page,
        "3",
        "Family Help with one lead practitioner",
        "The mark has been explained by the hospital.",
        why_not_policy="Information checked with agencies changes the picture",
        children={"Bo Winter": ("Same decision as for this child", "She lives with him.")},
    )
    check_page(page, "screening-decide-filled-in")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text("Your decision waits for a second person.")).to_be_visible()

    sign_in(cast.manager)
    agree_through_browser(page, url, contact.reference, "I have read what the hospital wrote.")
    sign_in(cast.screener)
    answer_from_contact(page, url, contact.reference, "The hospital found another cause.")
    assert state_of(contact) == "answered"
    kept = Contact.objects.get(pk=contact.pk)
    assert kept.answer is not None and "The hospital found another cause." in kept.answer.text


def test_all_of_it_without_scripting(
    page: Page, live_server: LiveServer, cast: Cast, open_as: OpenAs
) -> None:
    contact, asked, url = stages.raised(cast), stages.asked(cast), live_server.url
    plain = open_as(cast.screener, scripting=False)
    take_through_browser(plain, url, contact.reference)
    record_sign_through_browser(plain, "B24", evidence="Confirmed", examples=("Found far from home",))
    answer_facts_through_browser(plain, {"Has the family said no to help?": "No"})
    screen_through_browser(
        plain,
        url,
        contact.reference,
        "4",
        "Strategy discussion",
        "More than the signs show.",
        why_not_policy="The concern is more serious than the signs show",
        response_not_available="No strategy meeting before tomorrow at nine.",
        children={"Bo Winter": ("Same decision as for this child", "She lives with him.")},
        reasons_told="You were right to worry.",
    )
    assert state_of(contact) == "answered"
    adviser = open_as(cast.adviser, scripting=False)
    answer_from_contact(adviser, url, asked.reference, "Ask her how she sleeps.")
    assert state_of(asked) == "advised"


def test_the_page_to_decide_asks_only_what_is_needed(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn
) -> None:
    contact = stages.screening(cast)
    sign_in(cast.screener)
    page.goto(f"{live_server.url}{address('decide', contact)}")
    why = page.get_by_role("group", name="If you decide another level")
    children = page.get_by_role("group", name="The other children of the household")
    expect(why).to_be_hidden()
    expect(children).to_be_hidden()
    page.get_by_label("Level 4: Protection").check()
    expect(why).to_be_visible()
    expect(children).to_be_visible()
    page.get_by_label("Level 3: Family Help").check()
    expect(why).to_be_hidden()
    expect(children).to_be_hidden()
