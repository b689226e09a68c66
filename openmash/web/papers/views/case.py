"""The papers beside the work with one child."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.documents.queries import is_scanner_set_up
from openmash.apps.papers.queries import of_a_case
from openmash.web.layout.acting import somebody
from openmash.web.papers.finding import found


@require_GET
def papers_of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Documents, letters, and where the minutes of the child's meetings are."""
    now = timezone.now()
    opened = found(lambda: of_a_case.papers_of_case(case_id, by=somebody(request), now=now))
    context = {"opened": opened, "case": opened.case, "scanner": is_scanner_set_up()}
    return render(request, "papers/case.html", context)
