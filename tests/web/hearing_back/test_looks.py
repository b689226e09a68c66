"""Every page of hearing back once in a real browser: pictures at two widths, axe, and one whole story."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.concerns.actions.disagreeing import reply_to_disagreement
from openmash.apps.concerns.actions.drafts import start_draft
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.directory.models import Person
from tests.cast import Cast, account
from tests.web.hearing_back.pages import (
    add_information_through_browser,
    address,
    disagree_through_browser,
    find_through_browser,
    hear_back_through_browser,
)
from tests.web.hearing_back.stages import unsafe
from tests.web.screening import stages

CheckPage = Callable[[Page, str], None]
SignIn = Callable[[Person], None]


def test_a_teacher_hears_back_disagrees_and_goes_one_step_higher(
    page: Page, live_server: LiveServer, sign_in: SignIn, check_page: CheckPage, cast: Cast
) -> None:
    contact = stages.answered(cast)
    stages.raised(cast)
    stages.raised(cast, "D01")
    stages.advised(cast, by=cast.teacher)
    start_draft(kind="concern", by=cast.teacher, now=timezone.now())
    sign_in(cast.teacher)

    page.goto(f"{live_server.url}/hearing-back/")
    check_page(page, "hear-1-mine")
    hear_back_through_browser(
        page,
        live_server.url,
        contact.reference,
        answer="This is what we decided and why.",
        level="3",
        pathway="Family Help with one lead practitioner",
        acknowledge=False,
    )
    check_page(page, "hear-2-answer")
    page.get_by_role("link", name="I disagree").click()
    check_page(page, "hear-3-disagree")
    disagree_through_browser(page, live_server.url, contact.reference, "He is worse.\nMuch worse.", level="4")
    expect(page.get_by_text("level 4 (Protection)", exact=True)).to_be_visible()
    check_page(page, "hear-4-disagreed")

    contact.refresh_from_db()
    reply_to_disagreement(
        contact_id=contact.pk,
        seen_version=contact.version,
        outcome="stands",
        reason="We looked again and stand by it, because his aunt is with him.",
        by=cast.second_screener,
        now=timezone.now(),
    )
    page.goto(f"{live_server.url}{address('contact', contact)}")
    check_page(page, "hear-5-after-a-reply")
    page.get_by_role("link", name="I still disagree: take it to the managers").click()
    page.get_by_label("Why do you disagree?").fill("His aunt has left.")
    page.get_by_role("button", name="Send my disagreement").click()
    expect(page.get_by_role("heading", name="Your disagreement is with the managers")).to_be_visible()
    expect(page.get_by_text("This is what we decided and why.")).to_be_visible()  # every answer stays


def test_a_neighbour_hears_back_with_a_code(
    page: Page, live_server: LiveServer, check_page: CheckPage, cast: Cast
) -> None:
    raised = raise_concern(account=account(cast, "A10"), by=None, now=stages.ago(50))
    page.goto(f"{live_server.url}/hearing-back/find/")
    check_page(page, "hear-6-find")
    find_through_browser(page, live_server.url, raised.contact.reference, raised.code)
    check_page(page, "hear-7-with-a-code")
    add_information_through_browser(
        page, live_server.url, raised.contact.reference, "It is louder now.", code=raised.code
    )
    page.get_by_role("link", name="Add new information").click()
    check_page(page, "hear-8-add-information")
    page.get_by_role("button", name="Finish").click()
    page.goto(f"{live_server.url}{address('contact', raised.contact)}")
    expect(page.get_by_role("heading", name="Show that this is yours")).to_be_visible()
    check_page(page, "hear-9-show-that-it-is-yours")


def test_an_unsafe_answer_says_only_to_ring(
    page: Page, live_server: LiveServer, sign_in: SignIn, check_page: CheckPage, cast: Cast
) -> None:
    contact = unsafe(cast)
    sign_in(cast.teacher)
    page.goto(f"{live_server.url}{address('contact', contact)}")
    check_page(page, "hear-10-please-ring")
    expect(page.get_by_text("Alex")).to_have_count(0)
