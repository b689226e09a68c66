"""Restricting a record, opening it in an emergency, and looking into that, in a real browser."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.directory.models import Person
from tests.apps.journey import raised
from tests.cast import Cast
from tests.web.hearing_back.pages import SignedIn

CheckPage = Callable[[Page, str], None]
SignIn = Callable[[Person], None]


def test_a_record_is_restricted_opened_in_an_emergency_and_looked_into(
    page: Page, live_server: LiveServer, sign_in: SignIn, check_page: CheckPage, cast: Cast
) -> None:
    """Given a child of staff, when a manager restricts it, then others see nothing, unless a child cannot wait."""
    contact = raised(cast)
    sign_in(cast.manager)
    page.goto(f"{live_server.url}/screening/{contact.pk}/")
    page.get_by_role("link", name="Restrict it to a few").click()
    page.get_by_role("button", name="Restrict").click()
    check_page(page, "restrict-1-form")
    page.get_by_role("radio", name="The child or a relative of somebody who works here").check()
    page.get_by_label("Why may only some people see this?").fill("Her aunt works at this front door.")
    page.get_by_label("Who owns it?").select_option(label="Manager, Manager")
    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("1")
    page.get_by_label("Year").fill("2027")
    page.get_by_role("button", name="Restrict").click()
    expect(page.get_by_role("link", name=contact.reference, exact=True)).to_be_visible()
    check_page(page, "restrict-2-guarded")

    sign_in(cast.second_screener)
    page.goto(f"{live_server.url}/screening/")
    expect(page.get_by_text(contact.reference)).to_have_count(0)
    page.goto(f"{live_server.url}/screening/{contact.pk}/")
    check_page(page, "restrict-3-closed")
    page.get_by_role("link", name="A child cannot wait: open it in an emergency").click()
    page.get_by_label("Why can the child not wait?").fill("He is at the police station with nobody.")
    check_page(page, "restrict-4-emergency")
    page.get_by_role("button", name="Open it now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Alex Winter")

    sign_in(cast.manager)
    page.goto(f"{live_server.url}/oversight/restricted/")
    page.get_by_role("link", name="Look into it").click()
    page.get_by_role("radio", name="Yes, it was needed").check()
    page.get_by_label("What did you find?").fill("Nobody else was on duty.")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("it was needed")).to_be_visible()
    check_page(page, "restrict-5-reviewed")


def test_whoever_knows_the_family_keeps_out(cast: Cast, as_person: SignedIn) -> None:
    contact = raised(cast)
    screener: Client = as_person(cast.screener)
    place = f"/oversight/contacts/{contact.pk}/i-know-them/"
    assert "How do you know the family?" in screener.get(place).content.decode()
    assert "Give the reason" in screener.post(place, {"reason": " "}).content.decode()
    assert screener.post(place, {"reason": "My cousin."}).status_code == 302
    assert screener.get(f"/screening/{contact.pk}/").status_code == 403
    assert (
        screener.post(f"/oversight/contacts/{contact.pk}/emergency/", {"reason": "Now."}).status_code == 403
    )
    shown = as_person(cast.manager).get("/oversight/restricted/").content.decode()
    assert (
        "My cousin." in shown and "My cousin." not in screener.get("/oversight/restricted/").content.decode()
    )


@pytest.mark.parametrize(
    "place",
    ["contacts/00000000-0000-4000-8000-000000000000/restrict/", "restrictions/1/name/", "restrictions/1/lift/",
     "conflicts/1/end/", "emergencies/1/"],
)  # fmt: skip
def test_what_does_not_exist_is_said_so_and_ends_in_no_error(
    cast: Cast, as_person: SignedIn, place: str
) -> None:
    answers = {"reason": "Because.", "was_needed": "yes", "note": "Seen.", "person": "1"}
    assert as_person(cast.manager).post(f"/oversight/{place}", answers).status_code == 404
