"""A blind audit as it is seen: drawn, judged by two people, opened, talked about; and what is lacking, on each page."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.case_audit.models import Discussed, Verdict
from openmash.apps.directory.models import Person
from tests.apps.case_audit.samples import answered_in_october, drawn
from tests.cast import Cast

CheckPage = Callable[[Page, str], None]
SignIn = Callable[[Person], None]


def test_two_people_judge_and_the_outcome_is_opened(
    page: Page, live_server: LiveServer, sign_in: SignIn, check_page: CheckPage, cast: Cast
) -> None:
    for each in range(6):
        answered_in_october(cast, days=each)
    sample = drawn(cast)
    audits = f"{live_server.url}/review/audit/"
    sign_in(cast.manager)
    page.goto(f"{audits}draw/")
    page.get_by_role("button", name="Draw").click()
    for lacking in ("Give the sample a title", "Give the first day", "Write who judges them"):
        expect(page.get_by_role("link", name=lacking)).to_be_visible()
    check_page(page, "audit-1-draw-with-errors")
    page.goto(f"{audits}{sample.pk}/")
    check_page(page, "audit-2-waiting")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    for person in (cast.health_visitor, cast.police_officer):
        sign_in(person)
        page.goto(live_server.url)
        page.get_by_role("link", name="Blind audit").first.click()
        check_page(page, "audit-3-mine")
        page.goto(f"{audits}{sample.pk}/judge/")
        page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        check_page(page, "audit-4-judge-with-errors")
        page.get_by_role("radio").nth(1).check()
        page.get_by_label("What decided it for you?").fill("Help is asked for, and nobody is hurt.")
        page.get_by_role("button", name="Save and go on").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Concern ")
    assert Verdict.objects.count() == 2
    sign_in(cast.manager)
    page.goto(f"{audits}{sample.pk}/")
    page.get_by_label("do you not wait").fill("The board meets tomorrow.")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="How far people agree")).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check_page(page, "audit-5-opened-with-errors")
    page.get_by_label("Number of the concern").fill("2")
    page.get_by_label("What was said").fill("We read it as the same.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("We read it as the same.")).to_be_visible()
    assert Discussed.objects.count() == 1
