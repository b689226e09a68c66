"""Reports, minutes and letters on their pages and as PDF: tagged, and with no word more than the page."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from openmash.apps.papers.models import Given, Letter, Paper
from openmash.web.layout import pdf as layout_pdf
from tests.apps.papers.writing import conference, ended
from tests.cast import Cast
from tests.pdf import needs_pango

AsPerson = Callable[[Any], Client]


def kept_minutes(chair: Client, meeting: Any) -> Paper:
    assert chair.post(reverse("papers:keep_paper", args=[meeting.pk, "minutes"])).status_code == 302
    return Paper.objects.get(kind="minutes")


def give(client: Client, paper: Paper, **given: Any) -> Any:
    return client.post(reverse("papers:give_paper", args=[paper.pk]), given)


@needs_pango
def test_the_family_is_handed_what_they_were_given_and_no_more(cast: Cast, as_person: AsPerson) -> None:
    case, meeting = ended(cast)
    chair = as_person(cast.chair)
    paper = kept_minutes(chair, meeting)
    answer = give(
        chair,
        paper,
        readers=["The parents or carers"],
        parts=["came", f"child:{case.pk}"],
        reason="It is their child.",
    )
    assert answer.status_code == 302
    given = Given.objects.get()
    made = chair.get(reverse("papers:given_pdf", args=[given.pk]))
    read = PdfReader(io.BytesIO(made.content))
    root: Any = read.trailer["/Root"]
    words = " ".join(page.extract_text() for page in read.pages)
    assert "I want the shouting to stop." in words
    assert "twice in June" not in words
    assert "For The parents or carers" in words
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert as_person(cast.teacher).get(reverse("papers:given_pdf", args=[given.pk])).status_code == 403


def test_what_is_lacking_is_said_and_nothing_chosen_is_lost(cast: Cast, as_person: AsPerson) -> None:
    _, meeting = ended(cast)
    chair = as_person(cast.chair)
    page = give(
        chair, kept_minutes(chair, meeting), readers=[str(cast.teacher.pk)], reason=""
    ).content.decode()
    assert "Choose which parts they need" in page
    assert "Write why they need to know" in page
    assert f'value="{cast.teacher.pk}" checked' in page
    assert not Given.objects.exists()


def test_minutes_before_the_end_are_not_possible_yet(cast: Cast, as_person: AsPerson) -> None:
    _, meeting = conference(cast)
    chair = as_person(cast.chair)
    assert chair.post(reverse("papers:keep_paper", args=[meeting.pk, "minutes"])).status_code == 409
    assert chair.post(reverse("papers:keep_paper", args=[meeting.pk, "poem"])).status_code == 404
    teacher = as_person(cast.teacher)
    assert teacher.post(reverse("papers:keep_paper", args=[meeting.pk, "reports"])).status_code == 403


@needs_pango
def test_a_letter_is_read_before_it_is_kept_and_printed_after(cast: Cast, as_person: AsPerson) -> None:
    case, meeting = conference(cast)
    worker = as_person(cast.social_worker)
    address = reverse("papers:write_letter", args=[case.pk, "conference_invitation", f"meeting:{meeting.pk}"])
    shown = worker.get(address, {"addressee": "child:"}).content.decode()
    assert "There is a meeting on" in shown
    assert not Letter.objects.exists()
    assert worker.post(address, {"addressee": "nobody"}).status_code == 200
    assert worker.post(address, {"addressee": "child:"}).status_code == 302
    letter = Letter.objects.get()
    made = worker.get(reverse("papers:letter_pdf", args=[letter.pk]))
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
    assert "Dear Alex Winter" in words
    assert as_person(cast.teacher).get(reverse("papers:letter", args=[letter.pk])).status_code == 403


def test_where_no_pdf_can_be_made_it_says_so(
    cast: Cast, as_person: AsPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, meeting = ended(cast)
    chair = as_person(cast.chair)
    paper = kept_minutes(chair, meeting)
    monkeypatch.setattr(layout_pdf, "_library", lambda: None)
    assert chair.get(reverse("papers:paper_pdf", args=[paper.pk])).status_code == 501


def test_addresses_that_lead_nowhere(cast: Cast, as_person: AsPerson) -> None:
    chair = as_person(cast.chair)
    nowhere = "00000000-0000-0000-0000-000000000000"
    for name, key in (
        ("case", nowhere),
        ("meeting", nowhere),
        ("letter", nowhere),
        ("document", nowhere),
        ("paper", 999_999),
        ("given", 999_999),
    ):
        assert chair.get(reverse(f"papers:{name}", args=[key])).status_code == 404
