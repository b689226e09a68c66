"""A request for somebody's own record, from taking it in to the answer, in a real browser; and who may open it."""

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from openmash.apps.directory.models import Person
from openmash.apps.subject_access.models import AccessRequest
from tests.apps.test_subject_access import WORDS, asked, decide_all, told
from tests.cast import Cast
from tests.pdf import needs_pango
from tests.web.hearing_back.pages import SignedIn

CheckPage = Callable[[Page, str], None]
SignIn = Callable[[Person], None]
PAGES = ("request", "extend", "give", "answer", "answer_pdf")


def test_a_request_is_taken_in_reviewed_and_answered(
    page: Page, live_server: LiveServer, sign_in: SignIn, check_page: CheckPage, cast: Cast
) -> None:
    """Given a concern, when the person asks for it, then it is reviewed piece by piece, and only then given."""
    contact = told(cast)
    sign_in(cast.head)
    page.goto(f"{live_server.url}/screening/{contact.pk}/")
    page.get_by_role("link", name="Somebody asks for this record").click()
    page.get_by_role("button", name="Take it in").click()
    check_page(page, "access-1-take-in")
    page.get_by_role("radio", name="Alex Winter, Child the concern is about").check()
    page.get_by_label("Who asks?").fill("Alex Winter, by letter")
    page.get_by_role("radio", name="The person themselves").check()
    page.get_by_label("How was it checked").fill("Passport seen at the front desk.")
    page.get_by_label("Day").fill("20")
    page.get_by_label("Month").fill("11")
    page.get_by_label("Year").fill("2026")
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("still to decide")).to_be_visible()
    check_page(page, "access-2-pieces")
    page.get_by_role("link", name="1.", exact=False).first.click()
    check_page(page, "access-3-piece")
    page.get_by_role("radio", name="Keep it back").check()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("alert")).to_contain_text("ground")
    request = AccessRequest.objects.get()
    page.goto(f"{live_server.url}/subject-access/{request.pk}/answer/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("not found")
    decide_all(request, cast)
    page.goto(f"{live_server.url}/subject-access/{request.pk}/")
    page.get_by_role("link", name="Give the answer").click()
    page.get_by_role("button", name="Give the answer").click()
    check_page(page, "access-4-answer")
    expect(page.get_by_role("main")).not_to_contain_text("Roxana")
    expect(page.get_by_role("main")).to_contain_text("[taken out] shouted")
    page.goto(f"{live_server.url}/subject-access/")
    check_page(page, "access-5-list")


def test_the_pages_are_closed_to_others_and_to_whoever_asks_too_early(
    cast: Cast, as_person: SignedIn
) -> None:
    request = asked(told(cast), cast)
    for who in ("teacher", "screener", "manager", "social_worker"):
        browser = as_person(cast.people[who])
        assert browser.get(reverse("subject_access:start")).status_code == 403
        assert browser.get(reverse("subject_access:take_in", args=[request.contact_id])).status_code == 403
        assert browser.get(reverse("subject_access:piece", args=[request.pk, 1])).status_code == 403
        for name in PAGES:
            answer = browser.get(reverse(f"subject_access:{name}", args=[request.pk]))
            assert answer.status_code in (403, 404) and WORDS[:10] not in answer.content.decode()
    head = as_person(cast.head)
    for name in ("answer", "answer_pdf"):
        assert head.get(reverse(f"subject_access:{name}", args=[request.pk])).status_code == 404


@needs_pango
def test_the_pdf_holds_what_was_given_and_nothing_else(cast: Cast, as_person: SignedIn) -> None:
    request = asked(told(cast), cast)
    decide_all(request, cast)
    head = as_person(cast.head)
    assert head.post(reverse("subject_access:give", args=[request.pk])).status_code == 302
    answer = head.get(reverse("subject_access:answer_pdf", args=[request.pk]))
    words = " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.content)).pages
    )
    assert "[taken out] shouted" in words and "Roxana" not in words


def test_a_number_that_is_none_is_no_page(cast: Cast, as_person: SignedIn) -> None:
    head = as_person(cast.head)
    missing = UUID(int=0)
    assert head.get(reverse("subject_access:request", args=[missing])).status_code == 404
    assert head.get(reverse("subject_access:take_in", args=[missing])).status_code == 404
