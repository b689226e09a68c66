"""“Can we cope” in a real browser and without one."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from openmash.apps.review.coping import CHILDREN_AT_MOST, beginning, cope, scenario_of, season_of
from openmash.engines.review.areas import ENGLAND
from openmash.engines.review.tables import published
from openmash.web.reviewing import coping as coping_page
from tests.browser import SCREENSHOTS
from tests.cast import Cast

CheckPage = Callable[[Page, str], None]
TYPED = {
    "posts": "6",
    "empty": "0",
    "caseload": "10",
    "away": "4",
    "weekly": "6",
    "stay": "60",
    "varied": "1.25",
    "returns": "20",
    "waiting": "3",
    "weeks": "52",
}


@pytest.fixture
def lead(client: Client, cast: Cast) -> Client:
    client.force_login(cast.manager, backend="openmash.web.accounts.personas.PersonaBackend")
    return client


def test_a_manager_finds_out_what_a_team_can_do(
    page: Page, live_server: LiveServer, check_page: CheckPage, sign_in: Callable[[Any], None], cast: Cast
) -> None:
    sign_in(cast.manager)
    page.goto(f"{live_server.url}/review/cope/")
    expect(page.get_by_text("these are England’s figures of 2025", exact=False)).to_be_visible()
    check_page(page, "cope-1-england")
    page.get_by_label("Begin with the figures of").select_option(label="Leeds")
    page.get_by_role("button", name="Fill in").click()
    expect(page.get_by_text("These are Leeds’s figures of 2025", exact=False)).to_be_visible()
    page.get_by_label("Children accepted in a week").fill("many")
    page.get_by_role("button", name="Simulate").click()
    expect(page.get_by_role("alert")).to_contain_text("is a number from 0.1 to 150")
    page.get_by_label("Children accepted in a week").fill("7,5")
    page.get_by_role("button", name="Simulate").click(no_wait_after=True, timeout=60_000)
    expect(page.get_by_role("heading", name="What it comes to, over one year")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("More comes than can be held")).to_be_visible()
    expect(page.get_by_role("img", name="How the wait grows with the load")).to_be_visible()
    expect(page.get_by_text("never a reason for a level")).to_be_visible()
    check_page(page, "cope-2-leeds")
    printed = PdfReader(BytesIO(page.pdf(path=SCREENSHOTS / "cope-2-leeds.pdf", format="A4")))
    assert len(printed.pages) <= 5
    page.goto(f"{live_server.url}/review/cope/?{urlencode({**TYPED, 'weekly': '60'})}")
    expect(page.get_by_text("More than twice as much comes as can be held").first).to_be_visible()
    check_page(page, "cope-3-with-errors")


def test_the_same_numbers_make_the_same_page(lead: Client) -> None:
    address = f"/review/cope/?{urlencode(TYPED)}"
    first, again = (lead.get(address).content.decode().split("<main")[1] for _ in range(2))
    assert "What it comes to" in first and first == again


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"posts": "1e9"}, "is a number from 0.5 to 200"),
        ({"posts": "NaN"}, "is a number from 0.5 to 200"),
        ({"caseload": "17.5"}, "is a whole number from 1 to 100"),
        ({"weekly": "100000"}, "is a number from 0.1 to 150"),
        ({"stay": ""}, "Answer this question"),
        ({"held": "61"}, "Nobody can hold more than 60 children at the beginning"),
        ({"weekly": "60"}, "More than twice as much comes as can be held"),
        ({"posts": "50", "caseload": "18", "stay": "2"}, "too many to simulate while you wait"),
        ({"posts": "50", "caseload": "20", "stay": "1"}, "too many to simulate while you wait"),
        ({"weeks": "5200"}, "Choose one of the answers on this page"),
        ({"varied": "x<script>"}, "Choose one of the answers on this page"),
    ],
)
def test_what_no_team_can_have_is_said(lead: Client, changed: dict[str, str], said: str) -> None:
    answered = lead.get(f"/review/cope/?{urlencode({**TYPED, **changed})}")
    content = answered.content.decode()
    assert answered.status_code == 200 and said in content
    assert "What it comes to" not in content and "<script>" not in content.split("<main")[1]


def test_whoever_comes_while_another_simulation_runs_is_told_and_loses_nothing(
    lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coping_page, "SECONDS_IN_LINE", 0.01)
    address = f"/review/cope/?{urlencode({**TYPED, 'weekly': '5.375'})}"
    with coping_page._one_at_a_time:
        answered = lead.get(address)
    assert answered.status_code == 503
    assert (
        "simulation is running" in answered.content.decode() and 'value="5.375"' in answered.content.decode()
    )
    assert lead.get(address).status_code == 200


def test_a_council_that_is_not_known_or_published_too_little_gives_way_to_england(lead: Client) -> None:
    assert "Did you mean “Leeds”" in lead.get("/review/cope/?area=Leedz").content.decode()
    scilly = lead.get("/review/cope/?area=Isles+of+Scilly").content.decode()
    assert "Isles of Scilly has not published all that is needed, so these are England’s" in scilly


def test_a_number_carried_from_the_replay_says_what_it_is_of(lead: Client) -> None:
    carried = lead.get("/review/cope/?weekly=12.5").content.decode()
    assert 'value="12.5"' in carried and "Put in the posts of all the teams" in carried
    odd = lead.get("/review/cope/?weekly=<b>1</b>").content.decode()
    assert "<b>1" not in odd
    assert "Put in the posts" not in lead.get("/review/cope/").content.decode()


def test_what_a_team_begins_with_is_what_was_published() -> None:
    """England 2025: 321,661 cases held by 21,105.4 people; 632,830 referrals, 41,340 of them closed at once."""
    tables = published()
    begin = beginning(tables, tables.areas[ENGLAND])
    started = 632_830 - 41_340
    assert begin.stay == int(321_661 / started * 365.25)
    empty = (5_965.4 - 4_390.8) / (36_186.3 + 5_965.4)
    assert float(begin.empty) == pytest.approx(100 * empty, abs=0.05)
    assert float(begin.weekly) == pytest.approx(started / 52 / 21_105.4 * 10 * (1 - empty), abs=0.05)
    assert (str(begin.average), str(begin.away), str(begin.returns)) == ("15.2", "3.5", "22.6")


def test_work_for_one_page_is_bounded_whatever_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The largest team the form takes, over three years, is not simulated more often than the fewest runs."""
    tables = published()
    area = tables.areas[ENGLAND]
    scenario = scenario_of(beginning(tables, area), season_of(tables, area), first_month=1)
    coping = cope(scenario, most=CHILDREN_AT_MOST)
    simulated = sum(each.children.mean * each.runs for each in {*coping.cliff.in_order, *coping.people})
    assert simulated < 1.2 * CHILDREN_AT_MOST
