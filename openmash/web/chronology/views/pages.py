"""The chronology and the genogram of a family. Both are only read, and every look is written down."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.concerns.queries.kinship import open_kinship
from openmash.apps.concerns.queries.whole_chronology import Start, WholeChronology, open_chronology
from openmash.web.chronology.presenters.chronology import chronology_shown
from openmash.web.chronology.presenters.genogram import genogram_shown
from openmash.web.chronology.reading import GROUPS, ORDERS, PERIODS, Asked, Story, asked
from openmash.web.layout.times import moment


@require_GET
def of_person(request: HttpRequest, known_person: UUID) -> HttpResponse:
    """The chronology of a known child and the household."""
    return _chronology(request, Start(known_person=known_person))


@require_GET
def of_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """The chronology of the children a contact is about, whether or not somebody has linked them yet."""
    return _chronology(request, Start(contact=contact_id))


@require_GET
def genogram_of_person(request: HttpRequest, known_person: UUID) -> HttpResponse:
    """The genogram of a known child's family."""
    return _genogram(request, Start(known_person=known_person))


@require_GET
def genogram_of_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """The genogram of the family a contact is about."""
    return _genogram(request, Start(contact=contact_id))


def _chronology(request: HttpRequest, start: Start) -> HttpResponse:
    now, wanted = timezone.now(), asked(request)
    by: Any = request.user
    try:
        whole = open_chronology(start, wanted.wanted(now), by=by, now=now)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere
    context = {
        "story": Story(start),
        "shown": chronology_shown(whole, newest_first=wanted.newest_first),
        "asked": wanted,
        "choices": _choices(whole, wanted),
        "opened_by": by,
        "opened_at": moment(now),
    }
    return render(request, "chronology/chronology.html", context)


def _choices(whole: WholeChronology, wanted: Asked) -> list[dict[str, Any]]:
    """The questions of the form that chooses what is shown, for the design system's select."""
    children = [("", "The whole family"), *((str(key), f"Only {name}") for key, name in whole.children)]
    agencies = [("", "Every agency"), *whole.agencies]
    return [
        _select("child", "Who", children, wanted.child),
        _select("agency", "By whom", agencies, wanted.agency),
        _select("group", "What", GROUPS, wanted.group),
        _select("period", "When", PERIODS, wanted.period),
        _select("order", "Order", ORDERS, wanted.order),
    ]


def _select(name: str, label: str, offered: Any, chosen: str) -> dict[str, Any]:
    items = [{"value": value, "text": text, "selected": value == chosen} for value, text in offered]
    return {"name": name, "id": f"choose-{name}", "label": {"text": label}, "items": items}


def _genogram(request: HttpRequest, start: Start) -> HttpResponse:
    now = timezone.now()
    by: Any = request.user
    try:
        kinship = open_kinship(start, by=by, now=now)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere
    shown = genogram_shown(kinship)
    context = {
        "story": Story(start),
        "shown": shown,
        "genogram": shown.genogram,
        "opened_by": by,
        "opened_at": moment(now),
    }
    return render(request, "chronology/genogram.html", context)
