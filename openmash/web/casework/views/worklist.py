"""What waits for whoever signs in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.casework.queries import lists
from openmash.apps.casework.queries.opened import clock_shown
from openmash.apps.papers.queries.of_a_meeting import given_to
from openmash.web.casework.presenters import LineShown, child_name, clock_line, line_shown
from openmash.web.layout.acting import somebody
from openmash.web.layout.times import moment

SHOWS = ("all", "unallocated", "overdue")


@require_GET
def worklist(request: HttpRequest) -> HttpResponse:
    """Mine, my team's, whom nobody leads and how long, what is due: the longest waiting first."""
    now, by = timezone.now(), somebody(request)
    found = lists.worklist(by=by, now=now)
    team = [line_shown(line, now) for line in found.team]
    show = request.GET.get("show", "all")
    context = {
        "mine": [line_shown(line, now) for line in found.mine],
        "team": [line for line in team if _is_shown(line, show)],
        "filters": [
            ("all", "All", len(team)),
            ("unallocated", "Nobody leads yet", sum(bool(line.waited) for line in team)),
            ("overdue", "Something is overdue", sum(line.overdue > 0 for line in team)),
        ],
        "show": show if show in SHOWS else "all",
        "manages": found.manages,
        "chairing": [line_shown(line, now) for line in found.chairing],
        "meetings": [_meeting(each) for each in found.invited],
        "notices": [
            (child_name(each.case), each.case.pk, clock_line(clock_shown(each.clock), now))
            for each in found.notices
        ],
        "given": given_to(by),
        "told": [(child_name(each.case), each) for each in found.told],
    }
    return render(request, "casework/worklist.html", context)


def _is_shown(line: LineShown, show: str) -> bool:
    return {"unallocated": bool(line.waited), "overdue": line.overdue > 0}.get(show, True)


def _meeting(meeting: Any) -> dict[str, Any]:
    return {
        "id": meeting.pk,
        "label": meeting.get_kind_display(),
        "children": ", ".join(child_name(about.case) for about in meeting.meetingabout_set.all()),
        "when": moment(meeting.planned_for),
        "is_over": meeting.is_over,
    }
