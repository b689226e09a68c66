"""The published threshold on the screen. Every page prints well, and says which version it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openmash.web.thresholds.pdf import can_make_pdf
from openmash.web.thresholds.presenters.stamp import stamp_style
from openmash.web.thresholds.views import pages
from openmash.web.thresholds.views.finding import Shown, about_a_version, where_to_check


@about_a_version
def document(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Everything, as one document."""
    return _page(request, pages.whole_document(shown))


@about_a_version
def audience(request: HttpRequest, shown: Shown, audience: str) -> HttpResponse:
    """One sheet of paper for one audience."""
    return _page(request, pages.sheet(shown, audience))


@about_a_version
def easy_read(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Short sentences, large letters."""
    return _page(request, pages.easy_read(shown))


@about_a_version
def changes(request: HttpRequest, shown: Shown) -> HttpResponse:
    """What changed from the version before, with the reasons."""
    return _page(request, pages.list_of_changes(shown))


@about_a_version
def stamp(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The style sheet that puts the version at the foot of every printed sheet."""
    return HttpResponse(
        stamp_style(shown.policy, shown.this.in_force_from, where_to_check(request)), content_type="text/css"
    )


def _page(request: HttpRequest, page: pages.PageShown) -> HttpResponse:
    extra: dict[str, Any] = {"frame": "base.html", "can_make_pdf": can_make_pdf()}
    return render(request, page.template, {**page.context, **extra})
