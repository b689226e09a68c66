"""An agency disagrees with a decision, and the decision changes; something new about the child is decided on again."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.casework.actions import meetings
from openmash.apps.casework.standing import stages_of
from tests.apps import journey
from tests.apps.casework import working
from tests.cast import Cast
from tests.web.casework.driving import Browser, follow

SignIn = Callable[[Any], None]
Check = Callable[[Page, str], None]


def test_a_disagreement_that_changes_the_decision(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: Check
) -> None:
    browser = Browser(page, live_server.url, sign_in, check_page)
    work = f"{live_server.url}{reverse('casework:worklist')}"

    # Given a strategy discussion at which three agencies were
    case = working.led(cast)
    meeting = working.called(cast, case, "strategy_discussion", cast.social_worker)
    working.held(cast, meeting, cast.team_manager, working.THEN + 2 * working.HOUR)

    # When the manager decides lower than the published threshold says
    browser.enter(cast.team_manager, case)
    browser.to_meeting("Strategy discussion")
    page.get_by_role("button", name="Decide for Alex Winter").click()
    expect(page.get_by_role("heading", name="What the published threshold says")).to_be_visible()
    expect(page.get_by_text("Deciding lower needs a reason and a second person.")).to_be_visible()
    page.get_by_label("No enquiry: help goes on", exact=True).check()
    page.get_by_label("Family Help", exact=True).check()
    page.get_by_label("The reasons").fill("The mark is old.")
    browser.views()
    browser.press("Decide", "There is a problem")
    expect(page.get_by_role("alert")).to_contain_text("The published threshold says more than you decide.")
    check_page(page, "work-decide-lower-with-errors")
    page.get_by_label("If you decide lower than the published threshold says: why?").fill(
        "It is an old mark."
    )
    browser.press("Decide", "Decided for Alex Winter.")
    expect(page.get_by_text("Waiting for a second person.")).to_be_visible()

    # And a second person agrees, so that there is no enquiry
    decision = meetings.decision_standing(meeting, case)
    assert decision is not None
    meetings.say_second_word(
        meeting_id=meeting.pk,
        decision_id=decision.pk,
        agrees=True,
        reason="I agree.",
        by=working.another_manager(cast),
        now=decision.at,
    )
    meetings.end_meeting(meeting_id=meeting.pk, summary="", by=cast.team_manager, now=decision.at)
    assert stages_of(case) == {"family_help"}

    # Then the teacher disagrees, and the child stays at the higher level
    sign_in(cast.teacher)
    page.goto(work)
    browser.to_meeting("Strategy discussion")
    page.get_by_role("link", name="Disagree, and have it answered").click()
    browser.press("Send this", "There is a problem")
    check_page(page, "work-disagree-with-errors")
    page.get_by_label("No enquiry: help goes on").check()
    page.get_by_label("What should happen, and why?").fill("He told me again yesterday. Please enquire.")
    browser.press("Send this", "Your disagreement has been kept.")
    expect(page.get_by_text("no answer yet")).to_be_visible()
    check_page(page, "work-worklist-disagreed")
    assert stages_of(case) == {"family_help", "strategy_discussion"}

    # And whoever leads the work answers: it is decided again
    sign_in(cast.social_worker)
    page.goto(work)
    expect(page.get_by_text("disagrees; it is with the practitioner")).to_be_visible()
    check_page(page, "work-worklist-to-be-decided")
    page.get_by_role("link", name=case.reference).first.click()
    check_page(page, "work-case-disagreed")
    page.get_by_role("link", name="Answer").click()
    page.get_by_label("It is decided again").check()
    page.get_by_label("The reasons").fill("What he told you is new.")
    check_page(page, "work-answer-disagreement")
    browser.press("Record this", "Your answer has been kept.")
    sign_in(cast.teacher)
    page.goto(work)
    page.get_by_role("link", name="Alex Winter", exact=True).first.click()
    expect(page.get_by_text("What he told you is new.")).to_be_visible()
    check_page(page, "work-disagreement-answered")

    # And the discussion is held again, answers what the threshold asks, and an enquiry begins
    browser.enter(cast.social_worker, case)
    browser.call("Call a strategy discussion", "Police Officer", "Health Visitor", "Teacher")
    browser.enter(cast.team_manager, case)
    browser.to_meeting("Strategy discussion")
    browser.hold()
    page.get_by_role("button", name="Decide for Alex Winter").click()
    follow(page, "Answer what it asks")
    page.get_by_role("group", name="Does any agency at the discussion ask for an enquiry?").get_by_label(
        "Yes", exact=True
    ).check()
    check_page(page, "work-ask-threshold")
    browser.press("Record this", "Your answers have been kept.")
    browser.to_meeting("Strategy discussion")
    browser.decide("A section 47 enquiry begins")
    assert stages_of(case) == {"family_help", "section_47_enquiry"}


def test_something_new_about_a_child_is_decided_on_again(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: Check
) -> None:
    browser = Browser(page, live_server.url, sign_in, check_page)

    # Given work with a child, and another concern about the same child
    case = working.led(cast, "3", "family_help")
    contact = journey.screening(cast, working.SERIOUS, by=cast.gp)
    first = case.camefrom_set.first()
    assert first is not None
    journey.link(cast, contact, first.contact)

    # When the worker signs in, it waits to be decided on, with a clock
    browser.enter(cast.social_worker, case)
    browser.press("Bring this to the work", "What was told has reached the work.")
    expect(page.get_by_text("What is new about this child is decided on.").first).to_be_visible()
    page.get_by_role("link", name="Decide what follows").click()
    expect(page.get_by_text("Level 4: Protection")).to_be_visible()
    expect(page.get_by_text("under version 2026-11 of the threshold")).to_be_visible()
    check_page(page, "work-decide-on-information")

    # Then changing nothing waits for a second person
    page.get_by_label("What is being done is right, and goes on").check()
    page.get_by_label("The reasons").fill("It is what we know already.")
    browser.press("Record this", "What you decided has been kept.")
    expect(page.get_by_text("Waiting for a second person", exact=True)).to_be_visible()
    check_page(page, "work-case-proposed")
    browser.enter(cast.team_manager, case)
    page.get_by_role("link", name="Agree or return it").first.click()
    page.get_by_label("I do not agree").check()
    page.get_by_label("Your reason").fill("A belt is not what we knew.")
    check_page(page, "work-second-word-on-proposal")
    browser.press("Record this", "Your word has been kept.")

    # And the manager decides for a strategy discussion
    page.get_by_role("link", name="Decide what follows").click()
    page.get_by_label("A strategy discussion is to be held").check()
    page.get_by_label("The reasons").fill("He names who hits him and with what.")
    browser.press("Record this", "What you decided has been kept.")
    assert stages_of(case) == {"family_help", "strategy_discussion"}
