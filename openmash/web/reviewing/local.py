"""The review of the hub's own records, and its tables as files. For whoever leads on the threshold."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openmash.apps.review.local.records import own_review
from openmash.apps.review.sheets import as_csv, as_workbook
from openmash.engines.review.tables import published
from openmash.web.layout.acting import somebody
from openmash.web.reviewing.presenters.choosing import choices
from openmash.web.reviewing.presenters.local import page_of
from openmash.web.reviewing.views import XLSX, file


@require_safe
def local(request: HttpRequest) -> HttpResponse:
    """The whole review on one page."""
    review = own_review(by=somebody(request), now=timezone.now())
    tables = [(each.title, reverse("reviewing:local_table", args=[each.name])) for each in review.sheets]
    files = [("Everything as one workbook (Excel)", reverse("reviewing:local_workbook")), *tables]
    return render(
        request,
        "reviewing/local.html",
        {"page": page_of(review), "files": files, "areas": choices(published(), "")},
    )


@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One table as CSV."""
    review = own_review(by=somebody(request), now=timezone.now())
    found = next((each for each in review.sheets if each.name == name), None)
    if found is None:
        raise Http404("There is no such table.")
    return file(as_csv(found), "text/csv; charset=utf-8", f"own-review-{review.followed_to}-{name}.csv")


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """Every table in one workbook."""
    review = own_review(by=somebody(request), now=timezone.now())
    made = as_workbook(review.sheets, f"Own review to {review.followed_to}")
    return file(made, XLSX, f"own-review-{review.followed_to}.xlsx")
