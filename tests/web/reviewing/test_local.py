"""The review of the hub's own records, in a browser and as files."""

import io
from collections.abc import Callable
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from benchmarks.review import write_concerns
from openmash.apps.audit.queries import events_about
from openmash.apps.directory.models import Person
from tests.apps.review.test_local import decided_in_october
from tests.cast import Cast
from tests.engines.review.local.census_file import assessed, census, child, referral, written
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


def test_the_whole_review_is_one_tagged_pdf_with_no_count_of_few(cast: Cast) -> None:
    """Beside the country, the own concerns and the team, with every drawing styled, and nobody's name."""
    decided_in_october(cast, "A13", by=cast.gp, level="2", path="early_help")
    manager, teacher = Client(), Client()
    manager.force_login(cast.manager, backend=PERSONAS)
    teacher.force_login(cast.teacher, backend=PERSONAS)
    assert teacher.get("/review/whole/").status_code == 403
    made = manager.get("/review/whole/?area=Leeds")
    assert made["Content-Type"] == "application/pdf"
    book = PdfReader(io.BytesIO(made.content))
    text = " ".join(page.extract_text() for page in book.pages)
    for words in ("Leeds beside the country", "Our own concerns", "Can we cope?", "Page 1 of", "1 to 5"):
        assert words in " ".join(text.split()), words
    assert cast.manager.name not in text
    assert "/MarkInfo" in book.root_object
    alone = PdfReader(io.BytesIO(manager.get("/review/whole/").content))
    assert len(alone.pages) < len(book.pages)


def test_a_census_is_reviewed_from_the_page_and_what_is_wrong_is_listed(
    page: Page, live_server: LiveServer, sign_in: SignIn, check_page: CheckPage, cast: Cast, tmp_path: Path
) -> None:
    """Given two years, one with a broken child, when both are sent, then the rest is reviewed together."""
    bad = child("BAD", referral("2024-02-30"))
    files = [
        written(
            tmp_path, census(*_children(year), *([bad] if year == 2025 else []), year=year), f"{year}.xml"
        )
        for year in (2024, 2025)
    ]
    sign_in(cast.manager)
    page.goto(f"{live_server.url}/review/local/file/")
    check_page(page, "own-review-file")
    page.get_by_role("button", name="Show the review").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file")
    page.get_by_label("The files").set_input_files(files)
    page.get_by_role("button", name="Show the review").click()
    expect(page.get_by_text("120 concerns, each about one child.")).to_be_visible()
    expect(page.get_by_text("nothing of levels, signs")).to_be_visible()
    expect(page.locator("#mend")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="2025.xml, line")).to_have_count(2)
    expect(page.get_by_role("heading", name="How far it went, for whom")).to_be_visible()
    check_page(page, "own-review-census")


def test_a_list_of_concerns_large_enough_for_every_table_can_be_read_on_a_page(
    page: Page, live_server: LiveServer, sign_in: SignIn, check_page: CheckPage, cast: Cast, tmp_path: Path
) -> None:
    """Given some thousands of concerns, when they are sent, then long tables are folded and every figure is there."""
    write_concerns(tmp_path / "concerns.csv", 4_000)
    sign_in(cast.manager)
    page.goto(f"{live_server.url}/review/local/file/")
    page.get_by_label("The files").set_input_files(tmp_path / "concerns.csv")
    page.get_by_role("button", name="Show the review").click()
    expect(page.get_by_role("img", name="After the door closed: another concern")).to_be_visible()
    long = page.locator("#after-again-sign")
    expect(long.get_by_role("table")).to_be_hidden()
    long.get_by_text("rows").first.click()
    expect(long.get_by_role("table")).to_be_visible()
    long.get_by_text("rows").first.click()
    expect(page.locator("#fairness")).to_be_visible()
    check_page(page, "own-review-of-thousands")


def _children(year: int) -> list[str]:
    made = []
    for number in range(60):
        work = assessed(f"{year - 1}-06-10") if number % 2 else ""
        on = referral(f"{year - 1}-06-03", work, nfa="0" if number % 2 else "1")
        made.append(child(f"A{number}", on, sex="FM"[number // 7 % 2]))
    return made


def test_a_file_is_reviewed_only_by_whoever_leads_and_only_that_it_was_is_kept(cast: Cast) -> None:
    manager, teacher = Client(), Client()
    manager.force_login(cast.manager, backend=PERSONAS)
    teacher.force_login(cast.teacher, backend=PERSONAS)
    sent = SimpleUploadedFile("census.xml", census(*_children(2025)).encode())
    assert teacher.post("/review/local/file/", {"file": sent}).status_code == 403
    sent.seek(0)
    book = manager.post("/review/local/file/", {"file": sent, "keep": "workbook"})
    assert book.content[:2] == b"PK"
    (event,) = events_about("policy", "review_of_a_file").filter(outcome="done")
    assert event.detail == {"concerns": 60}
    for wrong, says in (
        ([SimpleUploadedFile("a.xml", b"no")], "a.xml is no XML file"),
        ([SimpleUploadedFile("a.doc", b"no")], "end in .xml"),
        ([SimpleUploadedFile("a.csv", b"a,b\n"), SimpleUploadedFile("b.xml", b"<a/>")], "Choose either"),
        ([SimpleUploadedFile("a.csv", b"a,b\n1,2\n")], "has no column contact"),
    ):
        answer = manager.post("/review/local/file/", {"file": wrong})
        assert answer.status_code == 200 and says in answer.content.decode()
    assert events_about("policy", "review_of_a_file").filter(outcome="done").count() == 1
