"""A whole concern on the real pages: with scripts, without them, with nobody signed in; and a question."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.directory.models import Person
from tests.cast import Cast
from tests.web.raising.pages import (
    ChildTyped,
    ConcernTyped,
    PersonTyped,
    SignTyped,
    ask_through_browser,
    choose,
    go_on,
    raise_through_browser,
)

SignIn = Callable[[Person], None]
CheckPage = Callable[[Page, str], None]


EXPLOITED = ConcernTyped(
    account="He came back on Sunday night with a new phone.\nHe would not say where he had been.",
    child=ChildTyped(
        "Daniel Osei", "15", other={"school": "Ashdown House School", "address": "Boarding House 2\nNF1 2AB"}
    ),
    others=(
        PersonTyped("parent", "Grace Osei", "44", "elsewhere"),
        PersonTyped("other", "A man called Tee", "", "not_known"),
    ),
    signs=(
        SignTyped("B24", "seen", examples=("a new phone or several phones", "unexplained travel or tickets")),
        SignTyped("D24", "suspected", immediate="not_known", when="Since the autumn half-term"),
        SignTyped("U03", "said"),
    ),
    facts={"disabled": "no", "not_mobile": "no", "help_refused": "not_known"},
    happening={"seen": "yes", "spoken_to": "yes", "parents_know": "no", "where_now": "In his boarding house"},
)


def test_a_concern_from_the_first_page_to_the_answer(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    sign_in(cast.boarding_lead)
    raise_through_browser(page, live_server.url, EXPLOITED, look=check_page)
    expect(page.get_by_role("alert")).to_contain_text("020 7946 0112")
    expect(page.get_by_text("Level I: Immediate.")).to_be_visible()
    expect(
        page.get_by_text("This is guidance from the published threshold. A person decides.")
    ).to_be_visible()


SMALL = ConcernTyped(
    account="The baby next door cries all night.",
    child=ChildTyped(age="6 months"),
    who="neighbour",
    area="Northfield",
)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_neighbour_without_an_account_and_without_scripts(
    page: Page, live_server: LiveServer, cast: Cast
) -> None:
    raise_through_browser(page, live_server.url, SMALL)
    expect(page.get_by_role("heading", name="Write these down, or print this page")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Thank you for telling us. A person will read what you wrote."
    )


def test_asking_for_advice_takes_a_question_alone(
    page: Page, live_server: LiveServer, cast: Cast, check_page: CheckPage
) -> None:
    ask_through_browser(
        page,
        live_server.url,
        "She seems sad. What can I do?",
        look=check_page,
        who="family",
        area="Northfield",
    )
    expect(page.get_by_text("An adviser reads your question and answers you")).to_be_visible()


def test_the_pages_beside_the_way_are_fit_to_be_seen(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    """Faults, danger now, several children, taking away, a child told about before, disagreeing, deleting."""
    sign_in(cast.teacher)
    raise_through_browser(
        page, live_server.url, ConcernTyped(account="First.", child=ChildTyped("Zoya Hart", "7"))
    )
    page.get_by_role("button", name="Disagree").click()
    check_page(page, "raise-disagree")
    page.goto(f"{live_server.url}/concerns/")
    choose(page, "in_danger", "yes")
    check_page(page, "raise-start-danger")
    go_on(page, "Continue")
    check_page(page, "raise-ring-first")
    page.get_by_role("button", name="I have rung: continue to the form").click()
    page.get_by_role("link", name="Is this a child you have told us about before?").click()
    check_page(page, "raise-which-child")
    page.get_by_label("Zoya Hart").check()
    go_on(page, "Continue")
    check_page(page, "raise-child-told-before")
    choose(page, "how_old", "born")
    page.locator('input[name="born_on_day"]').fill("40")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    check_page(page, "raise-child-faults")
    page.get_by_role("button", name="Save and go to the list").click()
    page.get_by_role("link", name="The child", exact=True).click()
    check_page(page, "raise-children")
    page.get_by_role("link", name="Remove Zoya Hart").click()
    check_page(page, "raise-remove")
    page.get_by_role("link", name="Keep").click()
    page.get_by_role("link", name="Back to the list of parts").click()
    page.get_by_role("button", name="Check what you have written").click()
    page.get_by_role("button", name="Send this concern").click()
    expect(page.get_by_text("It was not sent.")).to_be_visible()
    check_page(page, "raise-check-faults")
    page.goto(page.url.replace("send/", "delete/"))
    check_page(page, "raise-delete")
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("The draft was deleted. Nothing of it was sent.")).to_be_visible()
    page.go_back()
    page.goto(page.url)
    check_page(page, "raise-deleted")


def test_advice_that_becomes_a_concern_and_coming_back_without_a_code(
    page: Page, live_server: LiveServer, cast: Cast, check_page: CheckPage
) -> None:
    where = ask_through_browser(page, live_server.url, "He has a bruise.", who="neighbour", area="Northfield")
    page.get_by_role("link", name="Make this a concern").click()
    check_page(page, "raise-from-advice")
    page.get_by_role("button", name="Make this a concern").click()
    expect(page.get_by_role("heading", level=1, name="Your concern")).to_be_visible()
    page.goto(f"{live_server.url}/concerns/")
    expect(page.get_by_role("heading", name="Unfinished")).to_be_visible()
    check_page(page, "raise-start-public")
    page.context.clear_cookies()
    page.goto(where)
    check_page(page, "raise-show-it-is-yours")
