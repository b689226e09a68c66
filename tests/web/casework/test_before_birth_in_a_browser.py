"""A child who is not yet born, from an accepted concern to the plan for the birth, and born, in a real browser."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.casework.models import Case
from openmash.apps.casework.standing import stages_of
from openmash.apps.concerns.account import PartTold
from openmash.apps.families.actions import PersonDescribed
from tests.apps.casework import working
from tests.cast import Cast
from tests.web.casework.driving import Browser, Check, SignIn, follow


def test_a_child_from_concern_to_the_plan_for_the_birth_and_the_birth(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: Check
) -> None:
    browser = Browser(page, live_server.url, sign_in, check_page)

    # Given a concern about a child who is not yet born, accepted for an assessment
    unborn = PartTold(role="subject", person=PersonDescribed(kind="unborn"))
    contact = working.accepted(cast, "3", "section_17_assessment", parts=(unborn,))
    sign_in(cast.screener)
    page.goto(f"{live_server.url}{reverse('screening:contact', args=[contact.pk])}")
    browser.press("Open the work with this child", "The work with Unborn child is open.")
    case = Case.objects.get()
    sign_in(cast.team_manager)
    page.goto(f"{live_server.url}{reverse('casework:allocate', args=[case.pk])}")
    page.get_by_label("Social Worker, Social worker", exact=False).first.check()
    browser.press("Record this", "Somebody was named to lead the work.")

    # When the social worker learns when the child is expected
    sign_in(cast.social_worker)
    page.goto(f"{live_server.url}{reverse('casework:case', args=[case.pk])}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("no expected date is known")
    expect(page.get_by_role("link", name="Record that the child was seen")).to_have_count(0)
    follow(page, "Record when the child is expected")
    browser.press("Record this", "There is a problem")
    expect(page.get_by_role("alert")).to_contain_text("Write how it is known")
    browser.day("When is the child expected?", 90)
    page.get_by_label("How is it known?").fill("The midwife, from the scan.")
    check_page(page, "work-expected-date")
    page.get_by_role("button", name="Record this", exact=True).click()
    told = page.locator(".govuk-notification-banner")
    expect(told).to_contain_text("The date on which the child is expected was recorded.")
    expect(page.get_by_text("The assessment before birth is finished")).to_be_visible()
    expect(page.get_by_text("Child and family assessment, before birth").first).to_be_visible()

    # And finishes the assessment, and plans for the birth; the form does not ask an unborn child
    follow(page, "Finish the assessment")
    expect(page.get_by_label("If nobody could ask the child: why not?")).to_have_value(
        "The child is not born yet."
    )
    page.get_by_label("A child in need plan follows").check()
    page.get_by_label("The reasons").fill("She drinks less since June, and asks for help.")
    page.get_by_label("What do the parents or carers say?").fill("We want this to go well.")
    browser.press("Record this", "What you decided has been kept.")
    follow(page, "Write the plan")
    page.get_by_label("What should be different?").fill("I come home to somebody sober.")
    page.get_by_label("What will be done so that it is?").fill("The midwife rings as soon as labour begins.")
    browser.day("When is the plan looked at again?", 60)
    page.get_by_label("What do the parents or carers say?").fill("We agree to it.")
    page.get_by_role("button", name="Keep this plan", exact=True).click()
    expect(told).to_contain_text("The plan was written.")
    assert stages_of(case) == {"child_in_need_plan"}

    # And the child is born, then the plan goes on for a child who has a name and can be seen
    follow(page, "Record the birth")
    browser.moment("When was the child born?", timezone.now() - timedelta(hours=2))
    page.get_by_label("What is the child’s name?").fill("Noor Winter")
    page.get_by_label("What is the child’s NHS number?").fill("943 476 5919")
    browser.press("Record this", "There is a problem")
    expect(page.get_by_label("What is the child’s name?")).to_have_value("Noor Winter")
    page.get_by_label("Where is the child now, and with whom?").fill("On the ward, with her mother.")
    check_page(page, "work-record-birth")
    page.get_by_role("button", name="Record this", exact=True).click()
    expect(told).to_contain_text("The child was born.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Noor Winter")
    expect(page.get_by_role("link", name="Record that the child was seen")).to_be_visible()
    expect(page.get_by_role("link", name="Record the birth")).to_have_count(0)
    check_page(page, "work-born")
    assert stages_of(case) == {"child_in_need_plan"}
