"""What waits for whoever signs in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openmash.apps.casework.actions.bringing import bring_what_is_new
from openmash.apps.casework.queries import lists
from openmash.apps.casework.queries.opened import clock_shown
from openmash.apps.casework.queries.waits import waits_of_team
from openmash.apps.concerns.steps import STEP_NAMES
from openmash.apps.papers.queries.of_a_meeting import given_to
from openmash.apps.sharing.queries.in_work import waiting_in_work
from openmash.web.casework.presenters import LineShown, child_name, clock_line, line_shown, outcome_words
from openmash.web.layout.acting import somebody
from openmash.web.layout.times import due_in_words, moment, span

SHOWS = ("all", "unallocated", "due_soon", "overdue")


@require_GET
def worklist(request: HttpRequest) -> HttpResponse:
    """Mine, my team's, whom nobody leads and how long, what is due: the longest waiting first."""
    now, by = timezone.now(), somebody(request)
    found = lists.worklist(by=by, now=now)
    team = [line_shown(line, now) for line in found.team]
    asked = waiting_in_work(by=by, now=now)
    show = request.GET.get("show", "all")
    context = {
        "mine": [line_shown(line, now) for line in found.mine],
        "team": [line for line in team if _is_shown(line, show)],
        "filters": [
            ("all", "All", len(team)),
            ("unallocated", "Nobody leads yet", sum(bool(line.waited) for line in team)),
            ("due_soon", "Something is due within a week", sum(line.due_soon > 0 for line in team)),
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
        "not_brought": found.not_brought,
        "covering": [line_shown(line, now) for line in found.covering],
        "away": [_away(each, now) for each in found.away],
        "awaited": _awaited(found, asked, now),
        "waits": [
            (
                name,
                each.count,
                each.bands,
                [(child_name(w.whom), w.whom, span(now - w.since)) for w in each.longest],
            )
            for name, each in waits_of_team(
                by=by, now=now, also_awaited=[(each.case_id, each.at) for each in asked if each.case_id]
            ).items()
        ],
        "again": _again(found),
        "disagreed": [
            (child_name(each.case), each.case.pk, hasattr(each, "answer")) for each in found.mine_disagreed
        ],
        "lost": [(child_name(each.case), each) for each in found.lost],
        "told": [(child_name(each.case), each) for each in found.told],
    }
    return render(request, "casework/worklist.html", context)


@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Bring to the work what was told and has not reached it yet, of every child this person answers for."""
    now, by = timezone.now(), somebody(request)
    brought = bring_what_is_new(now=now, cases=lists.cases_answered_for(by=by, now=now))
    things = "1 new thing has" if len(brought) == 1 else f"{len(brought)} new things have"
    messages.success(request, f"{things} reached the work.")
    return redirect("casework:worklist")


def _again(found: lists.Worklist) -> list[tuple[str, str, str, Any]]:
    """What waits to be decided, the longest first: something new, disagreements, a second person's word."""
    lines = [
        *(
            (each.case, "something new was told, and is to be decided on", each.received_at)
            for each in found.new
        ),
        *(
            (each.case, f"{each.by.agency} disagrees; it is with {STEP_NAMES[each.step]}", each.at)
            for each in found.disagreements
        ),
        *(
            (each.case, f"waits for a second person: {outcome_words(each.verb, each.outcome)}", each.at)
            for each in found.proposals
        ),
    ]
    lines.sort(key=lambda line: line[2])
    return [
        (child_name(case), reverse("casework:case", args=[case.pk]), words, at) for case, words, at in lines
    ]


def _awaited(found: lists.Worklist, asked: Iterable[Any], now: datetime) -> list[dict[str, Any]]:
    """What other agencies are to send, and what they were asked and have not answered: the longest wait first."""
    lines = [
        *(
            (
                each.since,
                each.case,
                each.what,
                each.from_whom,
                None,
                reverse("casework:case", args=[each.case.pk]),
            )
            for each in found.awaited
        ),
        *(
            (
                each.at,
                each.case,
                f"an answer to request {each.reference}",
                str(each.asked_person or each.asked_agency),
                due_in_words(each.due_at, now),
                reverse("requests:request", args=[each.pk]),
            )
            for each in asked
        ),
    ]
    return [
        {
            "child": child_name(case),
            "href": href,
            "what": what,
            "from": whom,
            "since": since,
            "due": due,
            "waited": span(now - since),
        }
        for since, case, what, whom, due, href in sorted(lines, key=lambda line: line[0])
    ]


def _away(away: lists.Away, now: datetime) -> dict[str, Any]:
    first, line = away.due[0], away.line
    return {
        "child": child_name(line.case),
        "id": line.case.pk,
        "worker": line.worker.name if line.worker else "",
        "until": away.absence.ends,
        "cover": away.cover,
        "clock": clock_line(first, now),
        "more": len(away.due) - 1,
    }


def _is_shown(line: LineShown, show: str) -> bool:
    shown = {"unallocated": bool(line.waited), "due_soon": line.due_soon > 0, "overdue": line.overdue > 0}
    return shown.get(show, True)


def _meeting(meeting: Any) -> dict[str, Any]:
    return {
        "id": meeting.pk,
        "label": meeting.get_kind_display(),
        "children": ", ".join(child_name(about.case) for about in meeting.meetingabout_set.all()),
        "when": moment(meeting.planned_for),
        "is_over": meeting.is_over,
    }
