"""The whole review as one PDF: beside the country, on the hub's own records, and whether a team could cope."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from openmash.apps.review.coping import beginning
from openmash.apps.review.local.records import own_review
from openmash.apps.review.national import NoFigures
from openmash.engines.review.areas import Area, NoSuchArea, find
from openmash.engines.review.tables import published
from openmash.web.layout.acting import somebody
from openmash.web.layout.frame import page_frame
from openmash.web.layout.pdf import can_make_pdf, make_pdf
from openmash.web.reviewing.coping import Busy, simulated
from openmash.web.reviewing.presenters.local import page_of as own_page
from openmash.web.reviewing.views import file, national_page

STYLES = ("reviewing/reviewing.css", "reviewing/print.css")
FOOT = """@page {{
  @bottom-left {{ content: "Threshold review, own concerns to {to}"; }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); }}
}}
"""


@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """Everything in one file; of an area without figures, or of none, what is beside the country is left out."""
    review = own_review(by=somebody(request), now=timezone.now())
    if not can_make_pdf():
        return render(request, "reviewing/no_pdf.html", status=501)
    area = _area(request.GET.get("area", "").strip()[:100])
    context: dict[str, object] = {
        "own": own_page(review),
        "partnership_name": page_frame(request)["partnership_name"],
        "made_on": timezone.localdate(),
    }
    if area:
        context |= _beside_the_country(area)
    # No request: what is signed in, or in a session, can have no place in a file that is kept for others.
    html = with_styles(render_to_string("reviewing/whole.html", context))
    foot = FOOT.format(to=review.followed_to)
    made = make_pdf(html, STYLES, foot, request.build_absolute_uri("/"))
    return file(made, "application/pdf", f"threshold-review-{review.followed_to}.pdf")


def _area(name: str) -> Area | None:
    try:
        return find(list(published().areas.values()), name) if name else None
    except NoSuchArea:
        return None


def _beside_the_country(area: Area) -> dict[str, object]:
    found: dict[str, object] = {}
    try:
        found["national"] = national_page(area)
    except NoFigures as none:
        found["no_national"] = str(none)
    begin = beginning(published(), area)
    try:
        found |= {"begin": begin, "cope": simulated(begin, area, timezone.localdate().month)}
    except Busy:
        found["busy"] = True
    return found


def with_styles(html: str) -> str:
    """The page with the style of drawings inside each of them: in print none reaches into a drawing from outside."""
    return re.sub(r"(<svg\b[^>]*>)", lambda svg: f"{svg[0]}<style>{_of_drawings()}</style>", html)


@cache
def _of_drawings() -> str:
    found = finders.find("reviewing/reviewing.css") or staticfiles_storage.path("reviewing/reviewing.css")
    text = (
        Path(str(found))
        .read_text(encoding="utf-8")
        .partition("/* What is drawn */")[2]
        .partition("@media print")[0]
    )
    return re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)
