"""Keeping a page while it is being typed. Answers in JSON, for `drafts.js`."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from openmash.web.layout.templatetags.gds import clock_time
from openmash.web.raising.forms.person import PersonQuestions
from openmash.web.raising.journey import Journey
from openmash.web.raising.keeping import keep
from openmash.web.raising.opening import with_journey
from openmash.web.raising.typed import fingerprint, typed_in


@with_journey
@require_POST
def keep_while_typing(request: HttpRequest, journey: Journey, page: str) -> HttpResponse:
    """Keep the page as it stands, unless it has been changed elsewhere since it was opened here."""
    if not journey.has_page(page):
        raise Http404
    values, replaced = typed_in(request.POST)
    current = journey.values(page)
    based_on = request.POST.get("_based_on", "")
    changed = values != current
    if changed:
        if based_on and based_on != fingerprint(current):
            return JsonResponse({"changed_elsewhere": True}, status=409)
        journey = keep(request, journey, page, values)
    saved = {"saved": clock_time(journey.draft.saved_at), "replaced": replaced, "changed": changed}
    notices = cast(PersonQuestions, journey.form(page)).notices() if journey.is_about_a_person(page) else {}
    return JsonResponse({**saved, "based_on": fingerprint(journey.values(page)), "notices": notices})
