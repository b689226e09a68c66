"""Files to keep: the document as PDF, and the very texts that run."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from openmash.web.layout.frame import page_frame
from openmash.web.thresholds.archive import zipped
from openmash.web.thresholds.pdf import can_make_pdf, pdf_of
from openmash.web.thresholds.presenters.stamp import stamp_style
from openmash.web.thresholds.views import pages
from openmash.web.thresholds.views.finding import Shown, about_a_version, where_to_check


@about_a_version
def document_pdf(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The whole document."""
    return _pdf(request, shown, pages.whole_document(shown), "document")


@about_a_version
def audience_pdf(request: HttpRequest, shown: Shown, audience: str) -> HttpResponse:
    """One audience's sheet."""
    return _pdf(request, shown, pages.sheet(shown, audience), audience)


@about_a_version
def easy_read_pdf(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The easy-read page."""
    return _pdf(request, shown, pages.easy_read(shown), "easy-read")


@about_a_version
def texts(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The files of the version, byte for byte, for another authority to read, check or run."""
    return _file(zipped(shown.policy), "application/zip", f"{_name(shown)}-texts.zip")


def _pdf(request: HttpRequest, shown: Shown, page: pages.PageShown, what: str) -> HttpResponse:
    if not can_make_pdf():
        return render(request, "thresholds/no_pdf.html", {"shown": shown, "policy": shown.policy}, status=501)
    # No request: what is signed in, or in a session, can have no place in a file that is kept for others.
    frame = {"frame": "thresholds/sheet.html", "partnership_name": page_frame(request)["partnership_name"]}
    html = render_to_string(page.template, {**page.context, **frame})
    style = stamp_style(shown.policy, shown.this.in_force_from, where_to_check(request))
    made = pdf_of(html, style, request.build_absolute_uri("/"))
    return _file(made, "application/pdf", f"{_name(shown)}-{what}.pdf")


def _name(shown: Shown) -> str:
    """Without anything that a version's name may hold and a file's name may not."""
    kept = "".join(
        letter if letter.isalnum() and letter.isascii() else "-" for letter in shown.policy.version
    )
    return f"thresholds-{kept}"


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
