"""A whole concern on the real pages: with scripts, without them, with nobody signed in; and a question."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.directory.models import Person
from tests.cast import Cast, make_cast
from tests.web.raising.pages import (
    ChildTyped,
    ConcernTyped,
    PersonTyped,
    SignTyped,
    ask_through_browser,
    raise_through_browser,
)

SignIn = Callable[[Person], None]
CheckPage = Callable[[Page, str], None]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


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
