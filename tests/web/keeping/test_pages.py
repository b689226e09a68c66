"""A record is held, let go, and removed by two people, in a real browser; and who may open the pages."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person
from openmash.apps.keeping.models import Removed
from tests.apps import journey
from tests.apps.keeping.long_ago import a_hundred_years_ago
from tests.cast import Cast
from tests.web.hearing_back.pages import SignedIn

CheckPage = Callable[[Page, str], None]
SignIn = Callable[[Person], None]


def test_a_record_is_held_let_go_and_removed_by_two(
    page: Page, live_server: LiveServer, sign_in: SignIn, check_page: CheckPage, cast: Cast
) -> None:
    """Given a record past its day, when it is held nothing can go; when two people decide, it goes and is told."""
    contact = journey.answered(cast, "A06")
    a_hundred_years_ago()
    start = f"{live_server.url}/keeping/"
    sign_in(cast.manager)
    page.goto(start)
    check_page(page, "keeping-1-due")
    page.get_by_role("link", name=contact.reference).click()
    page.get_by_role("link", name="Hold it, so that it is not removed").click()
    page.get_by_role("button", name="Hold it").click()
    check_page(page, "keeping-2-hold")
    page.get_by_role("radio", name="An inquiry or inquest").check()
    page.get_by_label("Which one?").fill("The inquiry into Northfield House. Ask the council’s solicitor.")
    page.get_by_label("Day").fill("1")
    page.get_by_label("Month").fill("3")
    page.get_by_label("Year").fill("2027")
    page.get_by_role("button", name="Hold it").click()
    expect(page.get_by_role("link", name="Decide that it be removed")).to_have_count(0)
    check_page(page, "keeping-3-held")

    sign_in(cast.screener)
    page.goto(f"{live_server.url}/screening/{contact.pk}/")
    expect(page.get_by_text("This record is held and cannot be removed")).to_be_visible()
    expect(page.get_by_text("Northfield House")).to_have_count(0)
    check_page(page, "keeping-4-held-on-the-record")

    sign_in(cast.manager)
    page.goto(f"{start}contact/{contact.pk}/")
    page.get_by_role("link", name="Lift this hold").click()
    page.get_by_label("Why?").fill("The inquiry has ended.")
    page.get_by_role("button", name="Lift it").click()
    page.get_by_role("link", name="Decide that it be removed").click()
    page.get_by_label("Why?").fill("Nobody needs it any more.")
    page.get_by_role("button", name="Propose its removal").click()
    expect(page.get_by_text("Somebody else has to agree")).to_be_visible()

    sign_in(cast.head)
    page.goto(start)
    page.get_by_role("link", name=contact.reference).click()
    page.get_by_role("link", name="Agree, and remove it for good").click()
    check_page(page, "keeping-5-agree")
    page.get_by_role("button", name="Remove it now").click()
    expect(page.get_by_text("The record has been removed")).to_be_visible()
    check_page(page, "keeping-6-removed")
    assert not Contact.objects.exists() and Removed.objects.count() == 1


def test_how_long_is_for_anybody(
    page: Page, live_server: LiveServer, check_page: CheckPage, db: None
) -> None:
    page.goto(f"{live_server.url}/keeping/how-long/")
    expect(page.get_by_text("Until the youngest child in it is 75")).to_be_visible()
    check_page(page, "keeping-7-how-long")


@pytest.mark.parametrize("who", ["teacher", "screener", "policy_lead", "social_worker"])
def test_the_pages_are_closed_to_others(cast: Cast, as_person: SignedIn, who: str) -> None:
    contact, browser = journey.answered(cast, "A06"), as_person(cast.people[who])
    assert browser.get(reverse("keeping:start")).status_code == 403
    for name in ("record", "hold", "longer", "remove", "agree"):
        assert browser.get(reverse(f"keeping:{name}", args=["contact", contact.pk])).status_code == 403


def test_what_is_not_possible_is_said_and_nothing_typed_is_lost(cast: Cast, as_person: SignedIn) -> None:
    contact = journey.answered(cast, "A06")
    answer = as_person(cast.manager).post(
        reverse("keeping:remove", args=["contact", contact.pk]), {"reason": "It is old."}
    )
    assert answer.status_code == 409
    assert "is not over" in answer.content.decode() and "It is old." in answer.content.decode()
    gone = as_person(cast.manager).get(reverse("keeping:record", args=["drawer", contact.pk]))
    assert gone.status_code == 404
