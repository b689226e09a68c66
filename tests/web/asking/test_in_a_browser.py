"""The whole way in a real browser: from a reference to each of the three answers, and the log of both sides."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person
from openmash.apps.private_asking.actions import asking
from tests.cast import Cast
from tests.web.asking.conftest import NO_LOTS
from tests.web.asking.test_asking import where

SignIn = Callable[[Person], None]
CheckPage = Callable[[Page, str], None]


def test_ask_and_read_each_answer(
    page: Page,
    live_server: LiveServer,
    cast: Cast,
    case: Contact,
    sign_in: SignIn,
    check_page: CheckPage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in(cast.screener)
    page.goto(live_server.url + where("start"))
    check_page(page, "asking-start")
    page.get_by_label("Which concern do you ask about?").fill(case.reference)
    page.get_by_role("button", name="Continue").click()
    check_page(page, "asking-a-child")
    page.get_by_label("Chaudhry, Aisha").check()
    page.get_by_label("Which agency do you want to ask?").select_option(
        label="Northfield Police (Northfield)"
    )
    page.get_by_label("To screen a concern").check()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("knows a child like this")
    check_page(page, "asking-yes")

    page.get_by_role("link", name="Ask another agency about").click()
    page.get_by_role("link", name="Ask about another child").click()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check_page(page, "asking-typing")
    page.get_by_label("Name of the child").fill("Jack Fairweather")
    page.get_by_label("Otherwise: about how old, in years?").fill("9")
    page.get_by_label("Which agency do you want to ask?").select_option(
        label="Northfield Police (Northfield)"
    )
    page.get_by_label("To prepare a visit").check()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nothing alike")
    check_page(page, "asking-no")

    monkeypatch.setattr(asking, "in_force", lambda on: replace(NO_LOTS, person_answers_one_in=1))
    page.goto(live_server.url + where("ask", case))
    page.get_by_label("Chaudhry, Aisha").check()
    page.get_by_label("Which agency do you want to ask?").select_option(
        label="Northfield Police (Northfield)"
    )
    page.get_by_label("We are worried").check()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A person at Northfield Police must answer")
    check_page(page, "asking-a-person")

    page.get_by_role("link", name="What this protects against").click()
    check_page(page, "asking-what-it-protects")
    sign_in(cast.second_partner)
    page.goto(live_server.url + where("log"))
    check_page(page, "asking-log-of-the-one-asked")
    sign_in(cast.manager)
    page.goto(live_server.url + where("log"))
    check_page(page, "asking-log-of-the-asker")


def test_shield_a_child_and_end_it(
    page: Page,
    live_server: LiveServer,
    cast: Cast,
    case: Contact,
    sign_in: SignIn,
    check_page: CheckPage,
) -> None:
    sign_in(cast.safeguarding_lead)
    page.goto(live_server.url + where("start"))
    page.get_by_role("link", name="Children about whom a person answers").click()
    page.get_by_label("On which concern is the child described?").fill("C-2222-2222")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("On which concern is the child described?").fill(case.reference)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Chaudhry, Aisha").check()
    page.get_by_role("button", name="Shield this child").click()
    expect(page.get_by_role("link", name="Say why a person should answer")).to_be_visible()
    check_page(page, "asking-shield-a-child")
    page.get_by_label("Why?").fill("Mother and children are in a refuge.")
    page.get_by_role("button", name="Shield this child").click()
    expect(page.get_by_role("heading", name="Chaudhry, Aisha, born 14 March 2016")).to_be_visible()
    check_page(page, "asking-shields")

    sign_in(cast.screener)
    page.goto(live_server.url + where("ask", case))
    page.get_by_label("Chaudhry, Aisha").check()
    page.get_by_label("Which agency do you want to ask?").select_option(
        label="Northfield Police (Northfield)"
    )
    page.get_by_label("To screen a concern").check()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A person at Northfield Police must answer")

    sign_in(cast.safeguarding_lead)
    page.goto(live_server.url + where("shields"))
    page.get_by_role("link", name="End this").click()
    check_page(page, "asking-end-a-shield")
    page.get_by_label("Why is it no longer needed?").fill("They have moved on.")
    page.get_by_role("button", name="End the shield").click()
    expect(page.get_by_text("shields no child that you may see here")).to_be_visible()
