"""What is proposed for removal, how long each kind of record is kept, and the keeping of one record."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openmash.apps.keeping.kinds import REASONS, RecordKind
from openmash.apps.keeping.queries import look_to_keep, worklist
from openmash.apps.keeping.schedules import NothingInForce, schedule_in_force
from openmash.web.layout.access import public
from openmash.web.layout.acting import somebody

Found = TypeVar("Found")
NAMES = {RecordKind.CONTACT: "Concern or advice", RecordKind.CASE: "Work with a child"}


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Records whose time is over, holds, and what was removed."""
    by = somebody(request)
    try:
        found = worklist(by=by, now=timezone.now())
    except NothingInForce:
        return render(request, "keeping/nothing_in_force.html", status=503)
    second = [each for each in found.due if each.waits_for_second]
    context = {
        "found": found,
        "second": second,
        "due": [each for each in found.due if each not in second],
        "names": NAMES,
        "reasons": REASONS,
        "me": by.pk,
    }
    return render(request, "keeping/start.html", context)


@public
@require_safe
def how_long(request: HttpRequest) -> HttpResponse:
    """How long each kind of record is kept, with the source: for anybody."""
    try:
        schedule = schedule_in_force(timezone.localdate())
    except NothingInForce:
        return render(request, "keeping/nothing_in_force.html", status=503)
    return render(request, "keeping/how_long.html", {"schedule": schedule})


@require_safe
def record(request: HttpRequest, record_kind: str, kept_id: UUID) -> HttpResponse:
    """The days of one record, what holds it, and what was decided."""
    kind, by = kind_of(record_kind), somebody(request)
    try:
        kept = found(lambda: look_to_keep(kind, kept_id, by=by, now=timezone.now()))
    except NothingInForce:
        return render(request, "keeping/nothing_in_force.html", status=503)
    context = {
        "kept": kept,
        "name": NAMES[kind],
        "reasons": REASONS,
        "mine": bool(kept.decisions) and kept.decisions[0].by_id == by.pk,
    }
    return render(request, "keeping/record.html", context)


def kind_of(word: str) -> RecordKind:
    """The kind in an address."""
    try:
        return RecordKind(word)
    except ValueError:
        raise Http404 from None


def found(look: Callable[[], Found]) -> Found:
    """What is looked for; no such record is no such page."""
    try:
        return look()
    except ObjectDoesNotExist:
        raise Http404 from None
