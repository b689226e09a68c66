"""The pages in a real browser: one way through all of them, pictures at two widths, and axe."""

from collections.abc import Callable
from io import BytesIO

from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from openmash.apps.directory.models import Person
from tests.cast import Cast
from tests.web.trying.stages import changed, lower_bar, some_history

SignIn = Callable[[Person], None]
CheckPage = Callable[[Page, str], None]


def test_from_a_case_to_a_comparison(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    some_history(cast)
    lower_bar(cast)
    sign_in(cast.policy_lead)
    page.goto(f"{live_server.url}{reverse('trying:start')}")
    check_page(page, "trying-start")
    try_a_case(page, check_page)

    page.get_by_role("link", name="Replay past decisions").click()
    expect(page.get_by_role("heading", name="How cases would move")).to_be_visible()
    expect(page.get_by_role("img", name="Level 3: Family Help")).to_be_visible()
    check_page(page, "trying-replay")

    page.get_by_role("link", name="Move one number").click()
    check_page(page, "trying-sweep-begin")
    page.get_by_label("Which number?").select_option(label="Rule C3: how many level 3 signs: 3")
    page.get_by_label("From", exact=True).fill("1")
    page.get_by_label("To", exact=True).fill("6")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("rowheader", name="3 (in the draft)").first).to_be_visible()
    expect(page.get_by_role("img", name="1 working day")).to_be_visible()
    check_page(page, "trying-sweep")

    page.get_by_label("Which number?").select_option(label="Rule C4a: how many level 2 signs: 4")
    page.get_by_label("And a second number?").select_option(label="Rule C2b: how many level 3 signs: 1")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("heading", name="Every pair of values")).to_be_visible()
    expect(page.get_by_role("rowheader", name="4 (in the draft)").first).to_be_visible()
    check_page(page, "trying-surface")

    page.get_by_role("link", name="All numbers", exact=True).click()
    check_page(page, "trying-all-numbers")

    page.get_by_role("link", name="Compare").click()
    expect(page.get_by_text("level 2 (Early help) → level 3 (Family Help)").first).to_be_visible()
    check_page(page, "trying-compare")


def try_a_case(page: Page, check_page: CheckPage) -> None:
    page.get_by_role("link", name="Try a case with draft 2027-01").click()
    page.get_by_label("Find a sign").fill("short-tempered")
    expect(page.get_by_text("1 sign has these words.")).to_be_visible()
    check_page(page, "trying-choose")
    page.get_by_role("checkbox", name="A13").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Show what the threshold says").click()
    expect(page.get_by_role("alert")).to_contain_text("Say how A13 is known")
    check_page(page, "trying-about-with-errors")
    page.get_by_label("The age is known").check()
    page.get_by_label("Age", exact=True).fill("18 months")
    page.get_by_label("Said by the child").check()
    page.get_by_label("Earlier contacts").fill("3 months ago from school about neglect")
    page.get_by_label("Earlier contacts").press("Control+Home")
    page.get_by_label("Age", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Level 3: Family Help")
    check_page(page, "trying-explained")
    page.get_by_role("button", name="the version in force").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Level 2: Early help")
    page.get_by_role("link", name="What can be tried").click()
    page.get_by_role("link", name="Try a case with draft 2027-01").click()


def test_what_is_folded_on_the_screen_is_there_on_paper(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn
) -> None:
    """The page to choose signs folds every list away: paper cannot be clicked."""
    sign_in(cast.manager)
    page.goto(f"{live_server.url}{reverse('trying:case')}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Try a case: the signs")
    expect(page.get_by_text("short-tempered")).to_be_hidden()
    paper = " ".join(each.extract_text() for each in PdfReader(BytesIO(page.pdf(format="A4"))).pages)
    assert "short-tempered" in paper


def test_the_pages_with_little_on_them(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    draft = changed(cast, [("C3", "name", "Several serious signs at once")])
    sign_in(cast.manager)
    page.goto(f"{live_server.url}{reverse('trying:replay', args=[draft.pk])}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not enough decisions yet")
    check_page(page, "trying-no-history")
    page.goto(f"{live_server.url}{reverse('trying:compare_versions')}")
    check_page(page, "trying-choose-versions")
    page.goto(f"{live_server.url}{reverse('trying:compare', args=[draft.pk])}")
    expect(page.get_by_text("Proved: every possible case is answered the same.")).to_have_count(3)
    check_page(page, "trying-compare-same")
