"""The looks worth a question, and who opened one record."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openmash.apps.oversight.queries import (
    BACK,
    Asked,
    WhoAndWhat,
    contact_of,
    looks_to_ask_about,
    who_looked,
)
from openmash.apps.oversight.rules import Why
from openmash.web.layout.acting import somebody

LOOKED = {
    "see_as_hub": "Opened it",
    "see_advice": "Opened the request for advice",
    "see_as_raiser": "Read again what they had told",
    "see_chronology": "Read the chronology",
    "see_genogram": "Looked at the genogram",
    "see_sampled": "Read it for blind audit, as it was when it was decided",
    "see_who_looked": "Looked at who had looked",
    "prove_by_code": "Gave the right code",
}


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The looks worth a question, and the way to one record."""
    now, by = timezone.now(), somebody(request)
    typed = request.GET.get("reference", "")
    found = contact_of(typed, by=by, now=now) if typed else None
    if found is not None:
        return redirect("oversight:contact", found)
    asked = looks_to_ask_about(by=by, now=now)
    sections = [(why, [each for each in asked if each.question.why is why]) for why in Why]
    context = {
        "sections": [(why.value, _shown(listed, by.pk)) for why, listed in sections if listed],
        "weeks": BACK.days // 7,
        "typed": typed,
    }
    return render(request, "oversight/start.html", context, status=404 if typed else 200)


@require_safe
def contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Everybody who opened one record, did something with it, or was refused it."""
    try:
        looked = who_looked(contact_id, by=somebody(request), now=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    people = len(
        {line.by.pk for line in looked.lines if line.by is not None and line.looked and not line.refused}
    )
    context = {"looked": looked, "lines": _in_words(looked.lines), "people": people}
    return render(request, "oversight/contact.html", context)


def _shown(listed: list[Asked], me: int) -> list[dict[str, Any]]:
    return [
        {
            "by": each.by,
            "is_me": each.by.pk == me,
            "question": each.question,
            "references": each.references,
            "one_moment": each.question.first == each.question.last,
        }
        for each in listed
    ]


def _in_words(lines: tuple[WhoAndWhat, ...]) -> list[dict[str, Any]]:
    """The lines, of which several of the same person, act and hour are one."""
    shown = []
    for (by, verb, refused, ground, _), same in groupby(lines, key=_alike):
        times = [line.at for line in same]
        did = LOOKED.get(verb, verb.replace("_", " ").capitalize())
        shown.append(
            {"by": by, "did": did, "refused": refused, "ground": ground, "at": times[0], "times": len(times)}
        )
    return shown


def _alike(line: WhoAndWhat) -> tuple[Any, ...]:
    return line.by, line.verb, line.refused, line.ground, line.at.replace(minute=0, second=0, microsecond=0)
