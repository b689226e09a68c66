"""A paper or a letter as a PDF: tagged, with nothing on it that is not on its page."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from openmash.web.layout.frame import page_frame
from openmash.web.layout.pdf import can_make_pdf, make_pdf

STYLES = ("papers/print.css",)
FOOT = """@page {{
  @bottom-left {{ content: {words}; }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); }}
}}
"""


def pdf(
    request: HttpRequest, template: str, context: dict[str, Any], *, foot: str, name: str
) -> HttpResponse:
    """The page of `template` as a file to keep. Where none can be made, a page that says how to print."""
    if not can_make_pdf():
        return render(request, "papers/no_pdf.html", {"back": request.path.removesuffix("pdf/")}, status=501)
    # No request: what is signed in, or in a session, can have no place in a file that is kept for others.
    partnership = page_frame(request)["partnership_name"]
    html = render_to_string(template, {**context, "partnership_name": partnership})
    made = make_pdf(html, STYLES, FOOT.format(words=_css_string(foot)), request.build_absolute_uri("/"))
    safe = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    disposition = f'attachment; filename="{safe}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _css_string(text: str) -> str:
    """A string of CSS that cannot end early, whatever it holds: all but plain letters become numbers."""
    return '"' + re.sub(r"[^A-Za-z0-9 ,.]", lambda found: f"\\{ord(found[0]):x} ", text) + '"'
