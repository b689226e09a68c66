"""One child from an accepted concern to closure, each step by the person whose step it is, in a real browser."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.audit.models import Event
from openmash.apps.casework.models import Case, Told
from openmash.apps.casework.pathway import VERBS
from openmash.apps.casework.standing import stages_of
from tests.apps.casework import working
from tests.cast import Cast
from tests.web.casework import with_papers as papers
from tests.web.casework.driving import Browser, Check, SignIn, follow


def test_a_child_from_concern_to_closure(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: Check
) -> None:
    browser = Browser(page, live_server.url, sign_in, check_page)

    # Given a concern that the front door accepted for an assessment
    contact = working.accepted(cast, "3", "section_17_assessment")
    sign_in(cast.screener)
    page.goto(f"{live_server.url}{reverse('screening:contact', args=[contact.pk])}")
    browser.press("Open the work with this child", "The work with Alex Winter is open.")
    case = Case.objects.get()

    # When the team manager names who leads the work
    sign_in(cast.team_manager)
    page.goto(f"{live_server.url}{reverse('casework:worklist')}?show=unallocated")
    expect(page.get_by_text("Nobody yet")).to_be_visible()
    check_page(page, "work-worklist-manager")
    page.get_by_role("link", name=case.reference).click()
    follow(page, "Name who leads the work")
    page.get_by_role("button", name="Record this").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose who leads the work with this child.")
    check_page(page, "work-allocate-with-errors")
    page.get_by_label("Social Worker, Social worker", exact=False).first.check()
    browser.press("Record this", "Somebody was named to lead the work.")

    # And the social worker calls a strategy discussion, to which three agencies bring what they know
    browser.enter(cast.social_worker, case)
    browser.call("Call a strategy discussion", "Police Officer", "Health Visitor", "Teacher")
    for person, known in (
        (cast.police_officer, "Called to the house twice in June."),
        (cast.health_visitor, "His sister was weighed last week: well."),
        (cast.teacher, "He told me about the belt on Monday."),
    ):
        sign_in(person)
        page.goto(f"{live_server.url}{reverse('casework:worklist')}")
        browser.to_meeting("Strategy discussion")
        follow(page, "Write what your agency knows")
        page.get_by_label("What does your agency know?").fill(known)
        browser.press("Keep this entry", "Your entry has been kept.")
        expect(page.get_by_text(known)).to_be_visible()
    expect(page.get_by_text("Called to the house twice in June.")).to_be_hidden()
    check_page(page, "work-meeting-invited")

    # And the manager holds it, and decides that an enquiry begins
    browser.enter(cast.team_manager, case)
    browser.to_meeting("Strategy discussion")
    expect(page.get_by_text("Called to the house twice in June.")).to_be_visible()
    browser.hold()
    check_page(page, "work-meeting-held")
    page.get_by_role("button", name="Decide for Alex Winter").click()
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what is decided.")
    check_page(page, "work-decide-with-errors")
    follow(page, "Leave it as it is")
    browser.decide("A section 47 enquiry begins")
    assert stages_of(case) == {"assessment", "section_47_enquiry"}

    # And the enquiry finds that a conference is needed, after the child was seen
    browser.enter(cast.social_worker, case)
    follow(page, "Record that the child was seen")
    browser.moment("When was the child seen?", timezone.now() - timedelta(minutes=5))
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("What was seen and heard?").fill("“I don’t want to go home when he is drunk.”")
    browser.press("Record this", "The child was seen.")
    check_page(page, "work-case")
    browser.enter(cast.team_manager, case)
    follow(page, "Finish the enquiry")
    page.get_by_label("A child protection conference is needed", exact=True).check()
    page.get_by_label("The reasons").fill("Two injuries, and fear of the next.")
    browser.views()
    check_page(page, "work-finish-enquiry")
    browser.press("Record this", "What you decided has been kept.")

    # And the conference makes a child protection plan
    browser.enter(cast.social_worker, case)
    browser.call("Call the initial conference", *papers.SIX_AGENCIES)
    papers.invite_the_family(browser, cast, case)
    papers.reports_before(browser, cast, case)
    browser.enter(cast.chair, case)
    browser.to_meeting("Initial child protection conference")
    browser.hold()
    browser.decide("A child protection plan begins", "Physical abuse")
    assert "protection_plan" in stages_of(case)
    papers.minutes_after(browser, cast, case)

    # And the plan is written in the child's words, and the core group meets
    browser.enter(cast.social_worker, case)
    follow(page, "Finish the assessment")
    page.get_by_label("Other help, an enquiry or a plan goes on").check()
    page.get_by_label("Child protection plan", exact=True).check()
    page.get_by_label("The reasons").fill("The assessment informed the conference.")
    browser.views()
    browser.press("Record this", "What you decided has been kept.")
    follow(page, "Write the plan")
    page.get_by_label("What should be different?").fill("Nobody hits me and nobody shouts at night.")
    page.get_by_label("What will be done so that it is?").fill(
        "Dad lives with his brother; school meets Mum."
    )
    page.get_by_label("Action 1: what is to be done?").fill("Meet Mum every Friday")
    page.get_by_label("Who does it?").first.fill("Millbrook Primary School")
    browser.day("By when?", 7)
    browser.day("When is the plan looked at again?", 40)
    browser.views()
    check_page(page, "work-write-plan")
    browser.press("Keep this plan", "The plan was written.")
    browser.call("Call the core group", "Teacher")
    browser.to_meeting("Core group")
    browser.hold()
    browser.decide("The plan is working, and goes on")
    browser.enter(cast.social_worker, case)
    page.get_by_role("link", name="Record as done").click()
    page.get_by_label("What came of it?").fill("She came each week.")
    browser.press("Record this", "An action was done.")

    # And the review conference ends it: a child in need plan goes on
    browser.enter(cast.chair, case)
    browser.call("Call a review conference", "Health Visitor", "Teacher")
    browser.to_meeting("Review conference")
    browser.hold()
    browser.decide("The child protection plan ends, and help goes on", "Child in need plan")
    assert stages_of(case) == {"child_in_need_plan"}

    # Then the work ends with a reason, an offer and a way back, and the agencies are told
    browser.enter(cast.team_manager, case)
    follow(page, "End the work")
    page.get_by_label("The reasons").fill("Nothing since the summer, and he says that he is well.")
    browser.press("Record this", "There is a problem")
    expect(page.get_by_role("alert")).to_contain_text("at least one")
    expect(page.get_by_label("The reasons")).to_have_value(
        "Nothing since the summer, and he says that he is well."
    )
    check_page(page, "work-close-with-errors")
    browser.views()
    page.get_by_label("What help is the family offered from now on").fill("The school’s family worker.")
    page.get_by_label("How can the family, and whoever is worried, come back?").fill("Ring the front door.")
    page.get_by_label("The family", exact=True).check()
    page.get_by_label("Teacher, Teacher, Millbrook Primary School").check()
    browser.press("Record this", "The work with this child ended.")
    check_page(page, "work-case-closed")
    papers.letter_at_the_end(browser, cast, case)
    assert stages_of(case) == {"closed"}
    assert Told.objects.filter(person=cast.teacher).exists()
    sign_in(cast.teacher)
    page.goto(f"{live_server.url}{reverse('casework:worklist')}")
    expect(page.get_by_text("The school’s family worker.")).to_be_visible()
    check_page(page, "work-worklist-told")

    done = set(Event.objects.filter(subject_id=str(case.pk)).values_list("verb", flat=True))
    assert {"open_case", "allocate", "finish_enquiry", "decide_on_plan", "write_plan", "close"} <= done
    assert {verb for verb in done if not verb.startswith("see_")} <= set(VERBS)
