"""A family of three siblings: each has a decision of its own at every meeting, in a real browser (rule C12)."""

from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.casework.actions.opening import open_case
from openmash.apps.casework.models import Case, MeetingDecision
from openmash.apps.casework.standing import stages_of
from openmash.apps.concerns.actions.deciding import decide
from tests.apps import journey
from tests.apps.casework import working
from tests.cast import Cast
from tests.web.casework.driving import Browser, Check, SignIn, follow

AGENCIES = ("Police Officer", "Health Visitor", "Teacher")
DISCUSSION, CONFERENCE = "Strategy discussion", "Initial child protection conference"


def accepted(cast: Cast) -> Case:
    """One concern about the eldest, with a brother and a sister in the same home."""
    working.adopted()
    parts = (
        working.child("Alex Winter", about_age=8),
        working.sibling("Bo Winter", about_age=5),
        working.sibling("Cy Winter", about_age=1),
    )
    contact = journey.screening(cast, working.SERIOUS, parts=parts)
    others = contact.parts.filter(role="other_child")
    chosen = journey.choice(
        "4", "strategy_discussion", children={part.pk: ("same_decision", "Lives there.") for part in others}
    )
    decide(
        contact_id=contact.pk,
        seen_version=contact.version,
        choice=chosen,
        by=cast.screener,
        now=working.THEN - working.HOUR,
    )
    return open_case(contact_id=contact.pk, by=cast.screener, now=working.THEN)[0]


def stages() -> dict[str, set[str]]:
    return {case.child.name: set(stages_of(case)) for case in Case.objects.all()}


def test_a_family_of_three_siblings(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: Check
) -> None:
    browser = Browser(page, live_server.url, sign_in, check_page)
    worklist = f"{live_server.url}{reverse('casework:worklist')}"

    # Given a concern about the eldest of three, accepted for all of them, and a worker for each
    first = accepted(cast)
    for case in Case.objects.all():
        sign_in(cast.team_manager)
        page.goto(f"{live_server.url}{reverse('casework:case', args=[case.pk])}")
        follow(page, "Name who leads the work")
        page.get_by_label("Social Worker, Social worker", exact=False).first.check()
        browser.press("Record this", "Somebody was named to lead the work.")

    # When one strategy discussion is called from the work with the eldest, it is about all three
    browser.enter(cast.social_worker, first)
    browser.call("Call a strategy discussion", *AGENCIES)
    browser.enter(cast.team_manager, first)
    browser.to_meeting(DISCUSSION)
    for name in ("Alex Winter", "Bo Winter", "Cy Winter"):
        expect(page.get_by_role("heading", level=3, name=name)).to_be_visible()
    browser.hold()
    browser.decide_for("Alex Winter", "A section 47 enquiry begins")
    browser.decide_for("Bo Winter", "A section 47 enquiry begins")

    # Then it cannot end while one of them is without a decision, or waits for a second person
    expect(page.get_by_role("button", name="End the meeting")).to_have_count(0)
    expect(page.get_by_text("Still without one: Cy Winter.")).to_be_visible()
    check_page(page, "work-siblings-one-undecided")
    lower = "He was with his grandmother all month."
    browser.decide_for("Cy Winter", "No enquiry: help goes on", "Family Help", lower_because=lower)
    expect(page.get_by_text("Waiting for a second person.")).to_be_visible()
    expect(page.get_by_role("button", name="End the meeting")).to_have_count(0)
    sign_in(cast.head)
    page.goto(worklist)
    page.get_by_role("link", name=first.reference).first.click()
    browser.to_meeting(DISCUSSION)
    browser.agree("Cy Winter")
    browser.enter(cast.team_manager, first)
    browser.to_meeting(DISCUSSION)
    browser.end()
    assert stages() == {
        "Alex Winter": {"section_47_enquiry"},
        "Bo Winter": {"section_47_enquiry"},
        "Cy Winter": {"family_help"},
    }

    # And the conference is about the two whose enquiry asked for one
    for case in Case.objects.exclude(child__name="Cy Winter"):
        working.go(case, "finish_enquiry", "conference", cast.team_manager, working.THEN + 5 * working.HOUR)
    browser.enter(cast.social_worker, first)
    browser.call("Call the initial conference", *AGENCIES)
    browser.enter(cast.chair, first)
    browser.to_meeting(CONFERENCE)
    expect(page.get_by_role("heading", level=3, name="Cy Winter")).to_have_count(0)

    # The police do not come: the page says so, and nothing is decided without a reason and a second person
    browser.hold("Police Officer")
    expect(page.get_by_text("This meeting lacked: Police.")).to_be_visible()
    page.get_by_role("button", name="Decide for Alex Winter").click()
    page.get_by_label("A child protection plan begins", exact=True).check()
    page.get_by_label("Neglect", exact=True).check()
    page.get_by_label("The reasons").fill("Two injuries.")
    browser.views()
    browser.press("Decide", "There is a problem")
    expect(page.get_by_role("alert")).to_contain_text("Write why it decides all the same.")
    check_page(page, "work-siblings-not-quorate")
    follow(page, "Leave it as it is")
    because = "The police wrote to us this morning, and a week is too long."
    browser.decide_for(
        "Alex Winter", "A child protection plan begins", "Neglect", not_quorate_because=because
    )
    browser.decide_for(
        "Bo Winter",
        "No child protection plan: help goes on",
        "Child in need plan",
        not_quorate_because=because,
    )
    assert stages()["Alex Winter"] == {"initial_conference"}
    sign_in(cast.team_manager)
    for decision in MeetingDecision.objects.filter(meeting__kind="initial_conference"):
        page.goto(f"{live_server.url}{reverse('casework:meeting', args=[decision.meeting_id])}")
        browser.agree(decision.case.child.name)
    expect(page.get_by_text("Goes on: Child in need plan")).to_be_visible()
    check_page(page, "work-siblings-decided")
    browser.enter(cast.chair, first)
    browser.to_meeting(CONFERENCE)
    browser.end()
    assert stages() == {
        "Alex Winter": {"protection_plan"},
        "Bo Winter": {"child_in_need_plan"},
        "Cy Winter": {"family_help"},
    }
