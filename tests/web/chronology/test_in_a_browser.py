"""The chronology and the genogram as people see them: at a desk, on a phone, and on paper."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from tests.apps.told_family import told_family
from tests.browser import SCREENSHOTS
from tests.cast import make_cast

Check = Callable[[Page, str], None]


def printed(page: Page, name: str) -> str:
    """What comes out on paper, as text. Kept beside the pictures."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    paper = page.pdf(format="A4", path=SCREENSHOTS / f"{name}.pdf", print_background=False)
    return "\n".join(each.extract_text() for each in PdfReader(BytesIO(paper)).pages)


def test_a_family_is_read_before_a_visit(
    page: Page, live_server: LiveServer, sign_in: Callable[[Any], None], check_page: Check
) -> None:
    cast = make_cast()
    family = told_family(cast)
    sign_in(cast.screener)
    page.goto(f"{live_server.url}/children/{family.alex.pk}/")
    check_page(page, "chronology")
    page.get_by_text("Choose what is shown").click()
    page.get_by_label("By whom").select_option(label="Northfield Police")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("This is not all of it")).to_be_visible()
    page.get_by_role("link", name="Show everything").click()
    expect(page.get_by_text("This is not all of it")).to_have_count(0)
    page.wait_for_load_state("load")
    paper = printed(page, "chronology")
    assert "Opened by Screener" in paper and "screens concerns in this locality" in paper
    assert "Show everything" not in paper
    page.get_by_role("link", name="Genogram").click()
    page.get_by_role("img", name="Genogram").wait_for()
    check_page(page, "genogram")
    paper = printed(page, "genogram")
    assert "Amina Winter is the mother of Alex Winter" in paper
    page.goto(f"{live_server.url}/screening/{family.third.pk}/")
    check_page(page, "contact-with-chronology")
