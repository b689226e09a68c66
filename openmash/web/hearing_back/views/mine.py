"""Everything one person raised, or is still writing."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openmash.apps.concerns.queries.lists import unfinished_drafts
from openmash.apps.concerns.queries.mine import raised_by
from openmash.apps.policy.queries import phones
from openmash.web.hearing_back.presenters.mine import shown

ON_A_PAGE = 25


def mine(request: HttpRequest) -> HttpResponse:
    """Drafts first, then answers to read, what is waiting, and what has been answered."""
    now = timezone.now()
    by: Any = request.user  # nobody reaches this page without signing in
    page = shown(raised_by(by, now=now), unfinished_drafts(by=by), now)
    answered = Paginator(page.answered, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"mine": page, "answered": answered, "phones": phones(now)}
    return render(request, "hearing_back/mine.html", context)
