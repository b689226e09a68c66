"""The review of an area beside the country, as a lead or a neighbour reads it."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from tests.browser import SCREENSHOTS
from tests.cast import Cast

CheckPage = Callable[[Page, str], None]


def test_a_lead_looks_at_bristol_beside_the_country(
    page: Page, live_server: LiveServer, check_page: CheckPage, cast: Cast
) -> None:
    page.goto(f"{live_server.url}/review/")
    check_page(page, "review-1-start")
    page.get_by_label("Council").select_option(label="Bristol, City of")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bristol, City of")
    expect(page.get_by_role("img", name="Re-referrals within 12 months: councils by size")).to_be_visible()
    page.locator("#rereferrals summary").click()
    expect(page.locator("#rereferrals").get_by_role("rowheader", name="Portsmouth")).to_be_visible()
    check_page(page, "review-2-bristol")
    printed = PdfReader(BytesIO(page.pdf(path=SCREENSHOTS / "review-2-bristol.pdf", format="A4")))
    assert len(printed.pages) <= 15


def test_breaks_and_missing_figures_are_said(
    page: Page, live_server: LiveServer, check_page: CheckPage, cast: Cast
) -> None:
    page.goto(f"{live_server.url}/review/?area=Hackney&year=2022")
    expect(page.get_by_text("Hackney lost its records").first).to_be_visible()
    expect(page.locator("#referrals")).to_contain_text("No figure for 2022: not available")
    check_page(page, "review-3-hackney")
    page.goto(f"{live_server.url}/review/?area=Cumberland")
    expect(page.get_by_text("These are the ones of Cumbria, of which it was a part.")).to_be_visible()
    expect(page.get_by_text("too few years yet to compare it with itself")).to_be_visible()
    page.set_viewport_size({"width": 375, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    check_page(page, "review-4-cumberland")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("area=Wakefeild", "Did you mean “Wakefield”?"),
        ("area=%00", "There is no council called"),
        ("area=<script>alert(1)</script>", "There is no council called"),
        ("area=Cumbria&year=2025", "Cumberland, 2025"),
        ("area=Leeds&year=1850", "none for 1850"),
        ("area=Leeds&year=last", "“last” is not a year"),
        ("area=Leeds&year=٢٠٢٥", "is not a year"),
        ("area=" + "x" * 5000, "There is no council called"),
    ],
)
def test_what_cannot_be_shown_is_said_and_leads_on(client: Client, cast: Cast, query: str, said: str) -> None:
    answered = client.get(f"/review/?{query}")
    assert answered.status_code == 404 and said in answered.content.decode()
    assert "<script>alert" not in answered.content.decode()
    assert client.get(f"/review/workbook/?{query}").status_code == 404


def test_every_table_behind_the_page_can_be_kept(client: Client, cast: Cast) -> None:
    page = client.get("/review/?area=Bristol%2C+City+of&year=2025").content.decode()
    links = [unescape(each) for each in re.findall(r'href="(/review/(?:tables|workbook)/[^"]*)"', page)]
    assert len(links) == 8
    for link in links:
        kept = client.get(link)
        assert kept.status_code == 200 and len(kept.content) > 200
        assert kept["Content-Disposition"].startswith('attachment; filename="review-bristol-city-of-2025')
    assert client.get("/review/tables/nothing/?area=Leeds").status_code == 404


def test_every_drawing_has_words_and_the_page_holds_no_style_or_script_of_its_own(
    client: Client, cast: Cast
) -> None:
    page = client.get("/review/?area=Leeds").content.decode()
    drawings = re.findall(r"<svg[^>]*role=\"img\".*?</svg>", page, re.S)
    assert len(drawings) == 14 * 3 + 2
    assert all(
        re.search(r"<title id=.*?>[^<]{10,}</title>\s*<desc id=.*?>[^<]{20,}</desc>", each)
        for each in drawings
    )
    assert " style=" not in page and "<style" not in page
