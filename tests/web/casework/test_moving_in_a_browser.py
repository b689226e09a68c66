"""A child moves here with a plan of another area, and later to an area outside; somebody is away meanwhile."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.casework.models import Case
from openmash.apps.casework.standing import stages_of
from tests.apps import journey
from tests.cast import Cast
from tests.web.casework.driving import Browser, Check, SignIn, follow


def test_a_child_with_a_plan_elsewhere_moves_here_and_away_again(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: Check
) -> None:
    browser = Browser(page, live_server.url, sign_in, check_page)

    # Given a notice of another area at the front door
    contact = journey.screening(cast, "A06")
    sign_in(cast.screener)
    page.goto(f"{live_server.url}{reverse('screening:contact', args=[contact.pk])}")

    # When the front door holds the child here under that plan
    follow(page, "A child with a plan in another area has moved here")
    browser.press("Hold here", "There is a problem")
    check_page(page, "work-receive-transfer-with-errors")
    page.get_by_label("Which area is the plan of?").fill("Eastvale")
    page.get_by_label("Who leads the work there?").fill("Noor Haddad, 01632 960 001")
    browser.moment("When did the notice come?", timezone.now() - timedelta(hours=2))
    page.get_by_label("What does their plan ask?").fill("Father does not stay at the flat.")
    page.get_by_label("Where does the child live now, and with whom?").fill("With his aunt, 4 Elm Street.")
    check_page(page, "work-receive-transfer")
    browser.press("Hold here", "Alex Winter: held here under the plan of Eastvale.")
    case = Case.objects.get()
    assert stages_of(case) == {"transfer_in"}

    # Then the manager sees what is waited for from another agency, and how long children wait
    sign_in(cast.team_manager)
    page.goto(f"{live_server.url}{reverse('casework:worklist')}")
    expect(page.get_by_role("heading", name="Waiting on another agency")).to_be_visible()
    expect(page.get_by_text("For another agency: 1")).to_be_visible()
    check_page(page, "work-worklist-waits")
    page.goto(f"{live_server.url}{reverse('casework:allocate', args=[case.pk])}")
    page.get_by_label("Social Worker, Social worker", exact=False).first.check()
    browser.press("Record this", "Somebody was named to lead the work.")

    # And whoever leads is away: the manager is told, and names who covers
    page.goto(f"{live_server.url}{reverse('casework:absences')}")
    page.get_by_label("Who is away?").select_option(str(cast.social_worker.pk))
    browser.day("First day away", 0)
    browser.day("Last day away", 30)
    browser.press("Write this down", "The absence has been written down.")
    check_page(page, "work-absences")
    page.goto(f"{live_server.url}{reverse('casework:worklist')}")
    expect(page.get_by_role("heading", name="Whoever leads is away, and something falls due")).to_be_visible()
    expect(page.get_by_text("Nobody covers.")).to_be_visible()
    check_page(page, "work-worklist-away")
    follow(page, "Name who covers for Social Worker")
    page.get_by_role("link", name="Change the absence of Social Worker").click()
    page.get_by_label("Who covers?").select_option(str(cast.second_social_worker.pk))
    check_page(page, "work-change-absence")
    browser.press("Keep this", "The absence has been written down.")
    sign_in(cast.second_social_worker)
    page.goto(f"{live_server.url}{reverse('casework:worklist')}")
    expect(page.get_by_role("heading", name="Children for whom you cover")).to_be_visible()

    # And cover records what came, and writes down one more thing that is to come
    page.get_by_role("link", name=case.reference).first.click()
    page.get_by_role("link", name=re.compile(r"Record that it came, or will not\s*: Chronology")).click()
    page.get_by_label("It came", exact=True).check()
    page.get_by_label("What came, or why will it not come?").fill("Twelve pages, read.")
    browser.press("Record this", "What another agency was to send came, or will not come.")
    follow(page, "Write down what another agency is to send")
    page.get_by_label("What is to come?").fill("The report of the paediatrician")
    page.get_by_label("From whom?").fill("Northfield Hospital")
    check_page(page, "work-wait-for-agency")
    browser.press("Record this", "Something was asked of another agency.")
    check_page(page, "work-transfer-in")

    # And the transfer-in conference makes a plan here
    browser.enter(cast.chair, case)
    browser.call("Call the transfer-in conference", "Police Officer", "Health Visitor", "Teacher")
    browser.to_meeting("Transfer-in conference")
    browser.hold()
    browser.decide("A child protection plan here", "Neglect")
    assert stages_of(case) == {"protection_plan"}

    # When the child moves to an area outside, the plan goes on until that area has said that it took over
    browser.enter(cast.team_manager, case)
    follow(page, "Transfer to another area")
    page.get_by_label("Or to which area outside it?").fill("Westmere")
    page.get_by_label("The reasons").fill("The family moved on Saturday.")
    check_page(page, "work-transfer-out")
    browser.press("Record this", "Notice was given to another area.")
    assert stages_of(case) == {"protection_plan", "transfer"}
    follow(page, "Record that an area outside has taken over")
    page.get_by_label("Who there said that they have taken over?").fill("Sam Osei, team manager")
    page.get_by_label("What did the other area decide for the child?").fill("A plan was made there.")
    page.get_by_label("The reasons").fill("Their conference met on Monday.")
    browser.views()
    page.get_by_label("What help is the family offered from now on").fill("The plan of Westmere.")
    page.get_by_label("How can the family, and whoever is worried, come back?").fill("Ring the front door.")
    page.get_by_label("The family", exact=True).check()
    check_page(page, "work-hand-over")
    browser.press("Record this", "An area outside has taken over, and the work here ended.")
    assert stages_of(case) == {"closed"}
