"""Files to keep, and the mark by which every page and every sheet can be checked."""

import hashlib
import io
import zipfile
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from pytest_django.live_server_helper import LiveServer

from openmash.apps.policy.models import AdoptedPolicy
from openmash.engines.thresholds import parse
from openmash.web.layout import pdf as layout_pdf
from openmash.web.thresholds import pdf
from openmash.web.thresholds.presenters.stamp import css_string
from tests.cast import LONDON
from tests.pdf import needs_pango
from tests.web.thresholds.versions import adopted_from, named, read

PAGES = ("", "for/gps/", "easy-read/", "changes/")


def unpacked(archive: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def test_the_very_files_come_back_and_parse_to_the_same_digest(
    client: Client, in_force: AdoptedPolicy
) -> None:
    address = reverse("thresholds:texts", args=[in_force.pk])
    answer = client.get(address)
    assert answer["Content-Type"] == "application/zip"
    assert 'filename="thresholds-2026-11-texts.zip"' in answer["Content-Disposition"]
    texts = unpacked(answer.content)
    said = texts.pop("DIGEST.txt")
    assert texts == in_force.texts
    assert parse(texts).digest == in_force.digest
    assert said.startswith(f"{in_force.digest}\n")
    assert client.get(address).content == answer.content


def test_the_digest_can_be_worked_out_as_the_archive_says(client: Client, in_force: AdoptedPolicy) -> None:
    texts = unpacked(client.get(reverse("thresholds:texts", args=[in_force.pk])).content)
    names = texts["DIGEST.txt"].split("order:\n")[1].split("\nEach")[0].split("\n")
    total = hashlib.sha256()
    for name in names:
        data = texts[name].encode()
        total.update(name.encode() + b"\0" + str(len(data)).encode() + b"\0" + data)
    assert total.hexdigest() == in_force.digest


def test_every_page_says_which_version_it_is(client: Client, in_force: AdoptedPolicy) -> None:
    mark = " ".join(in_force.digest[start : start + 4] for start in (0, 4, 8))
    for page in PAGES:
        said = read(client, f"/thresholds/{page}")
        assert f"Version 2026-11, from 1 June 2024. Fingerprint {mark}" in said
        assert in_force.digest in said


def test_every_page_of_a_version_has_an_address_of_its_own(client: Client, in_force: AdoptedPolicy) -> None:
    for page in PAGES:
        assert "2026-11" in read(client, f"/thresholds/versions/{in_force.pk}/{page}")
        assert client.get(f"/thresholds/versions/0/{page}").status_code == 404


def test_every_printed_sheet_of_the_document_says_which_version_it_is(
    page: Page, live_server: LiveServer, in_force: AdoptedPolicy
) -> None:
    page.set_default_timeout(60_000)
    page.goto(f"{live_server.url}/thresholds/")
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    mark = " ".join(in_force.digest[start : start + 4] for start in (0, 4, 8))
    last = len(printed)
    assert last > 20
    unmarked = [
        number
        for number, sheet in enumerate(printed, start=1)
        if f"Fingerprint {mark}" not in (said := sheet.extract_text())
        or f"Page {number} of {last}" not in said
    ]
    assert unmarked == []
    whole = " ".join(sheet.extract_text() for sheet in printed)
    assert "Looks at no sign" in whole  # what the screen folds away is printed


@needs_pango
def test_the_sheets_come_as_tagged_pdf(client: Client, in_force: AdoptedPolicy) -> None:
    answer = client.get(reverse("thresholds:audience_pdf", args=["schools"]))
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="thresholds-2026-11-schools.pdf"' in answer["Content-Disposition"]
    made = PdfReader(io.BytesIO(answer.content))
    assert len(made.pages) == 1
    root = made.root_object
    assert isinstance(marks := root["/MarkInfo"].get_object(), DictionaryObject)
    assert marks["/Marked"]
    assert str(root["/Lang"]) == "en-GB"
    assert "Schools and colleges" in str(made.metadata.title if made.metadata else "")
    assert in_force.digest[:4] in made.pages[0].extract_text()


@needs_pango
def test_a_file_is_made_once(client: Client, in_force: AdoptedPolicy) -> None:
    address = reverse("thresholds:easy_read_pdf")
    first = client.get(address).content
    made = pdf.pdf_of.cache_info().misses
    assert client.get(reverse("thresholds:easy_read_pdf", args=[in_force.pk])).content == first
    assert pdf.pdf_of.cache_info().misses == made


def test_where_no_pdf_can_be_made_it_says_so(
    client: Client, in_force: AdoptedPolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout_pdf, "_library", lambda: None)
    assert "No PDF can be made on this server" in read(client)
    answer = client.get(reverse("thresholds:document_pdf"))
    assert answer.status_code == 501
    assert "your browser can save it as a PDF" in answer.content.decode()
    with pytest.raises(RuntimeError):
        pdf.pdf_of.__wrapped__("", "", "")


def test_a_hostile_version_cannot_break_out_of_the_foot(client: Client, db: None) -> None:
    texts = named('x\\"; } body { display: none } /*')
    hostile = adopted_from(texts, datetime(2024, 6, 1, tzinfo=LONDON))
    style = client.get(reverse("thresholds:stamp", args=[hostile.pk]))
    assert style["Content-Type"] == "text/css"
    assert style.content.decode().count("{") == 3
    name = client.get(reverse("thresholds:texts", args=[hostile.pk]))["Content-Disposition"]
    assert '"' not in name.removeprefix('attachment; filename="').removesuffix('"')
    assert css_string('"}\n\\é') == '"\\22 \\7d \\a \\5c \\e9 "'
