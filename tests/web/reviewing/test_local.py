"""The review of the hub's own records, in a browser and as files."""

from collections.abc import Callable

from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.directory.models import Person
from tests.apps.review.test_local import decided_in_october
from tests.cast import Cast
from tests.web.hearing_back.pages import PERSONAS

CheckPage = Callable[[Page, str], None]
SignIn = Callable[[Person], None]


def test_a_manager_reads_the_review_of_their_own_records(
    page: Page, live_server: LiveServer, sign_in: SignIn, check_page: CheckPage, cast: Cast
) -> None:
    """Given a few decisions, when the manager opens the review, then no count of a few is on it."""
    for day in range(7):
        decided_in_october(cast, "A13", level="2", path="early_help", days=day)
    decided_in_october(cast, "A13", by=cast.gp, level="2", path="early_help")
    sign_in(cast.manager)
    page.goto(f"{live_server.url}/review/local/")
    expect(page.get_by_role("heading", name="Is the bar in the right place here?")).to_be_visible()
    expect(page.get_by_text("10 concerns, each about one child.")).to_be_visible()
    outcome = page.locator("#outcome-by-agency")
    expect(outcome.get_by_role("row", name="GP practices 1 to 5")).to_be_visible()
    expect(outcome.get_by_role("row", name="Independent schools 0")).to_be_visible()
    check_page(page, "own-review")


def test_files_hold_the_same_as_the_page_and_strangers_to_the_threshold_get_none(cast: Cast) -> None:
    decided_in_october(cast, "A13", by=cast.gp, level="2", path="early_help")
    manager, teacher = Client(), Client()
    manager.force_login(cast.manager, backend=PERSONAS)
    teacher.force_login(cast.teacher, backend=PERSONAS)
    table = manager.get("/review/local/tables/outcome-by-agency/").content.decode("utf-8-sig")
    assert "GP practices,1 to 5,0,0,1 to 5," in table
    assert manager.get("/review/local/workbook/").content[:2] == b"PK"
    assert manager.get("/review/local/tables/nothing/").status_code == 404
    for address in ("/review/local/", "/review/local/workbook/", "/review/local/tables/outcome-by-agency/"):
        assert teacher.get(address).status_code == 403
