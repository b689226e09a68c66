"""A whole journey in a real browser, and every page looked at: pictures at two widths, and axe."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.directory.models import Person
from openmash.apps.policy.models import AdoptedPolicy
from tests.cast import Cast
from tests.web.drafting.pages import FOUR, WHY, address, begun, broken, changed, sent, with_four

SignIn = Callable[[Person], None]
CheckPage = Callable[[Page, str], None]
See = Callable[[str, str], None]


@pytest.fixture
def see(page: Page, live_server: LiveServer, check_page: CheckPage) -> See:
    """`see(path, name)`: open a page and look at it."""

    def look(path: str, name: str) -> None:
        page.goto(f"{live_server.url}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        check_page(page, f"drafting-{name}")

    return look


def test_from_a_new_version_to_the_public_page(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    sign_in(cast.policy_lead)
    page.goto(live_server.url)
    page.get_by_role("main").get_by_role("link", name="Threshold drafts").click()
    page.get_by_role("button", name="Begin a new version").click()
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a name for the version")
    page.get_by_label("What is the new version called?").fill("2027-04")
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.get_by_text("Begun. Version 2027-04")).to_be_visible()

    page.get_by_role("button", name="Change the rules").click()
    page.get_by_label("Words or codes").fill("several serious")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Change rule C3", exact=True).click()
    page.get_by_label("Find a name by its words").fill("expl")
    expect(page.get_by_text("names found")).to_be_visible()
    page.get_by_label("When", exact=True).fill("4 or more serious signs")
    page.get_by_role("button", name="Keep this change").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why this changes")
    page.get_by_label("Why does this change?").fill(WHY)
    page.get_by_role("button", name="Keep this change").click()
    expect(page.get_by_role("alert")).to_contain_text("no set of signs “serious”")
    check_page(page, "drafting-row-with-an-error")
    page.get_by_label("When", exact=True).fill(FOUR)
    page.get_by_role("button", name="Keep this change").click()
    expect(page.get_by_text("Changed: rule C3.")).to_be_visible()

    page.get_by_role("link", name="Back to the draft").click()
    expect(page.get_by_text("As it stands, this version cannot be adopted.")).to_be_visible()
    page.get_by_role("link", name="three_serious").click()
    page.get_by_label("Signs", exact=True).fill("B04 seen; B13 said; B20 confirmed; B01 seen")
    page.get_by_label("Why does this change?").fill("With four signs it shows what the rule now asks.")
    page.get_by_role("button", name="Keep this change").click()
    page.get_by_role("link", name="Back to the draft").click()
    page.get_by_role("button", name="Prove it for every possible case").click()
    expect(page.get_by_text("Proved for every possible case.", exact=True)).to_be_visible(timeout=120_000)
    page.get_by_role("button", name="Send for adoption").click()
    page.get_by_label("What is this version for?").fill("What the board asked for in October.")
    page.get_by_role("button", name="Send for adoption").click()
    expect(page.get_by_text("Sent. A safeguarding partner")).to_be_visible()

    sign_in(cast.second_partner)
    page.reload()
    page.get_by_role("button", name="Read and adopt").click()
    expect(page.get_by_text(WHY)).to_be_visible()
    page.get_by_role("button", name="Adopt this version").click()
    check_page(page, "drafting-adopt-with-errors")
    applies = timezone.localtime() + timedelta(days=40)
    first = page.get_by_role("group", name="From which day does it apply?")
    met = page.get_by_role("group", name="When was it decided?")
    for group, moment in ((first, applies), (met, timezone.localtime())):
        group.get_by_label("Day").fill(str(moment.day))
        group.get_by_label("Month").fill(str(moment.month))
        group.get_by_label("Year").fill(str(moment.year))
    page.get_by_label("Who decided?").fill("The three partners, at their autumn meeting")
    page.get_by_label("Why?", exact=True).fill(
        "Three signs brought too many children to a manager to no use."
    )
    page.get_by_role("button", name="Adopt this version").click()
    expect(page.get_by_text("Adopted. This version applies from")).to_be_visible(timeout=120_000)
    day = f"{applies.day} {applies:%B %Y}"
    expect(page.get_by_text(f"Version 2027-04, applies from {day}")).to_be_visible()
    made = AdoptedPolicy.objects.get(version="2027-04")
    assert made.adopted_by_id == cast.second_partner.pk and "by The three partners" in made.decision


def test_drafts_and_tables_look(cast: Cast, sign_in: SignIn, see: See) -> None:
    draft, other = broken(cast), begun(cast, "2028-01")
    sign_in(cast.policy_lead)
    see(address("versions"), "versions")
    see(address("begin_draft"), "begin-draft")
    see(address("draft", draft.pk), "draft-broken")
    see(address("draft", other.pk), "draft-new")
    for slug in ("rules", "signs", "groups", "advice", "examples"):
        see(address("table", draft.pk, slug), f"table-{slug}")
    see(f"{address('table', draft.pk, 'rules')}?words=nothing+of+the+kind", "table-found-nothing")


def test_forms_look(cast: Cast, sign_in: SignIn, see: See) -> None:
    draft = broken(cast)
    sign_in(cast.policy_lead)
    see(address("edit_row", draft.pk, "rules", "C3"), "row-rule")
    see(address("edit_row", draft.pk, "signs", "D01"), "row-sign")
    see(address("edit_row", draft.pk, "routing", "R1"), "row-route")
    see(address("add_row", draft.pk, "examples"), "row-add-example")
    see(address("remove_row", draft.pk, "duties", "hold_level"), "row-remove")
    see(address("edit_header", draft.pk), "header")
    see(address("upload_workbook", draft.pk), "upload")
    see(address("send_draft", draft.pk), "send")
    see(address("set_draft_aside", draft.pk), "set-aside")


def test_adoption_looks(cast: Cast, sign_in: SignIn, see: See) -> None:
    draft = sent(cast)
    sign_in(cast.partner)
    see(address("draft", draft.pk), "draft-sent")
    see(address("adopt_draft", draft.pk), "adopt")
    sign_in(cast.policy_lead)
    see(address("edit_row", draft.pk, "rules", "C3"), "not-possible")
    see(address("adopt_draft", draft.pk), "adopt-refused")


def test_two_at_once_and_a_workbook_look(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    draft = with_four(cast)
    sign_in(cast.policy_lead)
    page.goto(f"{live_server.url}{address('edit_row', draft.pk, 'rules', 'C3')}")
    page.get_by_label("Note", exact=True).fill("Numbers of the board, not of the draft.")
    changed(
        draft,
        "rules.csv",
        "C3",
        cast.head,
        "Said more plainly.",
        because="Four serious signs stand together.",
    )
    page.get_by_label("Why does this change?").fill("So that nobody takes them for settled.")
    page.get_by_role("button", name="Keep this change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Somebody else changed this draft")
    expect(page.get_by_label("Note", exact=True)).to_have_value("Numbers of the board, not of the draft.")
    expect(page.get_by_text("Said more plainly.").first).to_be_visible()
    check_page(page, "drafting-conflict")

    page.goto(f"{live_server.url}{address('upload_workbook', draft.pk)}")
    page.get_by_label("The changed workbook").set_input_files(
        {"name": "policy.xlsx", "mimeType": "application/zip", "buffer": b"PK not a workbook"}
    )
    page.get_by_label("Why does this change?").fill("From the board’s afternoon.")
    page.get_by_role("button", name="Look at what it would change").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_page(page, "drafting-upload-refused")
