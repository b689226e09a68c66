"""The pages in a real browser: from handing over to what was said of a pair, at two widths, and axe."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.directory.models import Person
from openmash.apps.registers.models import LinkingRun
from tests.cast import Cast

SignIn = Callable[[Person], None]
CheckPage = Callable[[Page, str], None]


def test_a_run_and_its_pairs(
    page: Page, live_server: LiveServer, cast: Cast, run: LinkingRun, sign_in: SignIn, check_page: CheckPage
) -> None:
    sign_in(cast.safeguarding_lead)
    page.goto(f"{live_server.url}{reverse('register_linking:registers')}")
    check_page(page, "registers-lead")
    page.get_by_role("button", name="Hand over a register").click()
    check_page(page, "registers-hand-over")

    sign_in(cast.manager)
    page.goto(f"{live_server.url}{reverse('register_linking:registers')}")
    page.get_by_role("link", name="School roll of Millbrook Primary School with", exact=False).click()
    check_page(page, "registers-run")
    page.get_by_role("button", name="Look at the next pair").click()
    expect(page.get_by_role("heading", name="Are these the same person?")).to_be_visible()
    check_page(page, "registers-review")
    page.get_by_label("The same person", exact=True).check()
    page.get_by_label("What does your answer rest on?").fill("Same name, birthday and house.")
    page.get_by_role("button", name="Keep, and show the next pair").click()
    expect(page.get_by_text("Kept, about")).to_be_visible()
    page.goto(f"{live_server.url}{reverse('register_linking:said', args=[run.pk])}")
    check_page(page, "registers-said")
