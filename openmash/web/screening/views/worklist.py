"""The worklist, what has ended, and finding a contact by its reference."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.concerns.queries import lists
from openmash.web.layout.acting import somebody
from openmash.web.screening.presenters import worklist as shown


@require_GET
def worklist(request: HttpRequest) -> HttpResponse:
    """What waits, soonest due first."""
    now, by = timezone.now(), somebody(request)
    found = lists.worklist(by=by, now=now)
    wanted = shown.worklist_shown(found, show=request.GET.get("show", "all"), me=by.pk, now=now)
    return render(request, "screening/worklist.html", {"list": wanted, "now": now})


@require_GET
def recently_ended(request: HttpRequest) -> HttpResponse:
    """The last contacts that ended, newest first."""
    now = timezone.now()
    found = lists.recently_ended(by=somebody(request), now=now)
    return render(request, "screening/recently_ended.html", {"rows": shown.rows(found, now)})


@require_GET
def find_reference(request: HttpRequest) -> HttpResponse:
    """Go to the contact with this reference. One in another locality is not said to exist."""
    typed = request.GET.get("reference", "")
    found = lists.find_reference(typed, by=somebody(request), now=timezone.now())
    if found is not None:
        return redirect("screening:contact", found)
    return render(request, "screening/no_such_reference.html", {"typed": typed}, status=404)
