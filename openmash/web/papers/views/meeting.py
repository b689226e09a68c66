"""The papers of one meeting."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openmash.apps.documents.queries import is_scanner_set_up
from openmash.apps.papers.actions import giving
from openmash.apps.papers.errors import NotPossibleNow
from openmash.apps.papers.queries import of_a_meeting
from openmash.web.layout.acting import somebody
from openmash.web.papers.finding import found, not_possible

KINDS = ("reports", "minutes")


@require_GET
def papers_of_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Who has written, what lies beside the meeting, its reports and minutes, and what went to whom."""
    now = timezone.now()
    opened = found(lambda: of_a_meeting.papers_of_meeting(meeting_id, by=somebody(request), now=now))
    labels = {
        paper.pk: {part["key"]: part["label"] for part in paper.content["parts"]} for paper in opened.papers
    }
    given = [
        (each, [labels.get(each.paper_id, {}).get(key, "") for key in each.parts], told)
        for each, told in opened.given
    ]
    context = {"opened": opened, "meeting": opened.meeting, "given": given, "scanner": is_scanner_set_up()}
    return render(request, "papers/meeting.html", context)


@require_POST
def keep_paper(request: HttpRequest, meeting_id: UUID, kind: str) -> HttpResponse:
    """Keep the reports, or the minutes, as the record stands now."""
    if kind not in KINDS:
        raise Http404
    try:
        paper = found(
            lambda: giving.keep_paper(
                meeting_id=meeting_id, kind=kind, by=somebody(request), now=timezone.now()
            )
        )
    except NotPossibleNow as refused:
        return not_possible(request, refused.reason, reverse("papers:meeting", args=[meeting_id]))
    messages.success(
        request, f"{paper} kept as the record stands now. Say next who needs to know which part."
    )
    return redirect("papers:paper", paper.pk)
