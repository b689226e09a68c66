"""Who is away, and who covers for them."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from openmash.apps.casework.actions.absence import record_absence
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.queries import absences as shown
from openmash.web.casework.acting import not_possible
from openmash.web.casework.forms.receiving import AbsenceForm
from openmash.web.casework.presenters import person_words
from openmash.web.layout.acting import somebody

BACK = ("casework:absences",)


def absences(request: HttpRequest) -> HttpResponse:
    """The absences this person may see, and writing one down."""
    by, now = somebody(request), timezone.now()
    found = shown.absences_of_team(by=by, now=now)
    form = AbsenceForm(request.POST or None, people=_choices(found.people), covers=_choices(found.covers))
    return _respond(request, form, found, None, "absences.html", "Write this down")


def change_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    """A later word on an absence: other days, other cover, or that it is not."""
    by, now = somebody(request), timezone.now()
    found = shown.absences_of_team(by=by, now=now)
    absence = next((each for each in found.absences if each.pk == absence_id), None)
    if absence is None:
        raise Http404
    # Whoever covers now can be kept, also by somebody who could not have chosen them.
    found = replace(found, covers=tuple(dict.fromkeys((*found.covers, *filter(None, [absence.cover])))))
    initial = {
        "withdrawn": "holds",
        "starts": absence.starts,
        "ends": absence.ends,
        "cover": str(absence.cover_id or ""),
    }
    form = AbsenceForm(
        request.POST or None, people=(), covers=_choices(found.covers), change=True, initial=initial
    )
    return _respond(request, form, found, absence, "change_absence.html", "Keep this")


def _respond(
    request: HttpRequest,
    form: AbsenceForm,
    found: shown.Absences,
    absence: Any,
    template: str,
    button: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        given, by_id = form.cleaned_data, {str(each.pk): each for each in (*found.people, *found.covers)}
        try:
            record_absence(
                person=absence.person if absence else by_id[given["person"]],
                starts=given["starts"],
                ends=given["ends"],
                cover=by_id.get(given["cover"]),
                replaces_id=absence.pk if absence else None,
                withdrawn=given.get("withdrawn") == "yes",
                by=somebody(request),
                now=timezone.now(),
            )
        except Incomplete as lacking:
            for reason in lacking.reasons:
                form.add_error(reason.field, reason.text)
        except NotPossibleNow as refused:
            return not_possible(request, refused.reason, BACK, form)
        else:
            messages.success(request, "The absence has been written down.")
            return redirect(*BACK)
    context = {
        "form": form,
        "absences": found.absences,
        "absence": absence,
        "button": button,
        "back": redirect(*BACK if absence else ("casework:worklist",))["Location"],
    }
    return render(request, f"casework/{template}", context)


def _choices(people: Any) -> list[tuple[str, str]]:
    return [(str(each.pk), person_words(each)) for each in people]
