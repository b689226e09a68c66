"""A pregnancy that ended without a birth, written down, read by whoever must know, and taken back, in a browser."""

from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.casework.standing import stages_of
from tests.apps.casework.test_birth import with_plan
from tests.cast import Cast
from tests.web.casework.driving import Browser, Check, SignIn, follow


def test_a_pregnancy_that_has_ended_is_written_down_once_and_nobody_is_asked_for_more(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: Check
) -> None:
    browser = Browser(page, live_server.url, sign_in, check_page)

    # Given a plan for a child who is not born yet, which the social worker leads
    case = with_plan(cast)
    sign_in(cast.team_manager)
    page.goto(f"{live_server.url}{reverse('casework:case', args=[case.pk])}")

    # When the manager writes down that the pregnancy has ended, and forgets what is needed most
    follow(page, "The pregnancy has ended")
    expect(page.get_by_text("Nothing is sent to the parents.").first).to_be_visible()
    page.get_by_label("What do you know, and from whom?").fill("The midwife rang this morning.")
    browser.press("Record this", "There is a problem")
    expect(page.get_by_role("alert")).to_contain_text("Write who is with the family, or who finds out.")
    expect(page.get_by_label("What do you know, and from whom?")).to_have_value(
        "The midwife rang this morning."
    )
    check_page(page, "work-loss-with-errors")
    page.get_by_label("Who is with the family now").fill("The bereavement midwife, on Thursday.")
    page.get_by_label("Who speaks with the parents from now on").fill("Only the midwife, by telephone.")
    expect(page.get_by_label("Social Worker, Social worker", exact=False)).to_have_count(
        0
    )  # told in any case
    page.get_by_label("Health Visitor", exact=False).check()
    page.get_by_role("button", name="Record this", exact=True).click()

    # Then the page says so, asks for nothing more, and the social worker is told how to speak with the parents
    expect(page.get_by_role("heading", level=2, name="The pregnancy has ended")).to_be_visible()
    expect(page.get_by_text("Only the midwife, by telephone.")).to_be_visible()
    expect(page.get_by_role("link", name="Record the birth")).to_have_count(0)
    expect(page.get_by_role("link", name="Ask another agency for information")).to_have_count(0)
    check_page(page, "work-loss")
    assert stages_of(case) == {"pregnancy_ended"}
    sign_in(cast.social_worker)
    page.goto(f"{live_server.url}{reverse('casework:worklist')}")
    expect(page.get_by_role("heading", name="A pregnancy that has ended")).to_be_visible()
    expect(page.get_by_text("Please do not ask the family after the baby.")).to_be_visible()
    check_page(page, "work-loss-told")
