from collections.abc import Callable

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

CheckPage = Callable[[Page, str], None]


def test_the_front_page_opens_for_everybody(
    page: Page, live_server: LiveServer, check_page: CheckPage
) -> None:
    page.goto(live_server.url)
    assert page.get_by_role("heading", level=1).inner_text() == "Worried about a child?"
    check_page(page, "front-page")


def test_an_unknown_page_says_so_plainly(page: Page, live_server: LiveServer, check_page: CheckPage) -> None:
    answer = page.goto(f"{live_server.url}/no-such-page/")
    assert answer and answer.status == 404
    assert page.title() == "Page not found – OpenMASH"
    check_page(page, "error-404")
