"""One contact, whole."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openmash.apps.casework.queries.opened import work_from
from openmash.apps.concerns.queries.opened import known_of
from openmash.apps.keeping.kinds import RecordKind
from openmash.apps.keeping.queries import holds_on
from openmash.web.screening.acting import begin, frame_of
from openmash.web.screening.presenters.already_known import already_shown
from openmash.web.screening.presenters.chronology import chronology_shown
from openmash.web.screening.presenters.contact import contact_shown
from openmash.web.screening.presenters.decisions import decisions_shown
from openmash.web.screening.presenters.disagreements import disagreements_shown
from openmash.web.screening.presenters.follow_ups import follow_ups_shown


@require_GET
def contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Everything known, the threshold beside it, and what this person may do now."""
    begun = begin(request, contact_id)
    opened, now = begun.opened, begun.now
    known = known_of(opened.contact, by=begun.by, now=now)
    context = {
        **frame_of(begun),
        "record": opened.contact,
        "shown": contact_shown(opened, now),
        "chronology": chronology_shown(known.chronology),
        "already": already_shown(known.already),
        "decisions": decisions_shown(opened),
        "answers": opened.answers,
        "information": opened.information,
        "disagreements": disagreements_shown(opened, now),
        "follow_ups": follow_ups_shown(opened, now),
        "can": opened.can,
        "holds": holds_on(RecordKind.CONTACT, contact_id),
        "work": work_from(opened.contact, now=now),
    }
    return render(request, "screening/contact.html", context)
