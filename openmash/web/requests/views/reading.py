"""The lists, the requests of one contact or case, and one request with its log."""

from typing import Literal
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.sharing.queries.lists import Line, look_at_lists
from openmash.apps.sharing.queries.to_ask import OnRecord, look_to_ask
from openmash.web.layout.acting import somebody
from openmash.web.layout.times import due_in_words
from openmash.web.requests import presenters as shown
from openmash.web.requests.acting import begin

Kind = Literal["contact", "case"]


@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """What my agency has to answer, what we asked, and what has run out of time."""
    now = timezone.now()
    found = look_at_lists(by=somebody(request), now=now)
    context = {
        "found": found,
        "to_answer": shown.lines_to_us(found.to_answer, now),
        "answered": shown.lines_to_us(found.answered, now),
        "waiting": shown.lines_of_ours(found.waiting, now),
        "came_back": shown.lines_of_ours(found.came_back, now),
        "overdue": shown.lines_of_ours(found.overdue, now),
        "wanted": [(each, due_in_words(each.due_at, now)) for each in found.wanted],
    }
    return render(request, "requests/lists.html", context)


@require_GET
def of_record(request: HttpRequest, record_id: UUID, kind: Kind) -> HttpResponse:
    """What the threshold wants known of a contact, and every request on account of it."""
    now = timezone.now()
    try:
        found = look_to_ask(OnRecord(kind, record_id), by=somebody(request), now=now)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere
    lines = [
        Line(each, sum(not item.answers.all() for item in each.item_set.all())) for each in found.requests
    ]
    context = {
        "found": found,
        "kind": kind,
        "record_id": record_id,
        "reference": found.opened.reference,
        "wanted": [(each, due_in_words(each.due_at, now)) for each in found.wanted],
        "requests": shown.lines_of_ours(lines, now),
    }
    return render(request, "requests/of_record.html", context)


@require_GET
def request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: what was asked and told, what was said to it, and exactly what left."""
    begun = begin(request, request_id)
    opened = begun.opened
    context = {
        "opened": opened,
        "questions": [shown.question_shown(each) for each in opened.items],
        "seen_version": opened.version,
        **shown.standing(opened, begun.now),
    }
    return render(request, "requests/request.html", context)
