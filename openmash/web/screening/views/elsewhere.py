"""Another front door asks about somebody this one may know: who is shown this front door's own record, and rings."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from openmash.apps.concerns.actions.asking_elsewhere import answer_elsewhere as answer
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.queries.asked import open_asked
from openmash.web.layout.acting import somebody
from openmash.web.screening.acting import beside_fields
from openmash.web.screening.forms.linking import AnswerElsewhereForm
from openmash.web.screening.presenters.elsewhere import asked_shown

KEPT = "Your answer has been kept. The front door that asked has been told."


def answer_elsewhere(request: HttpRequest, asked_id: int) -> HttpResponse:
    """Say whether the person asked about is the one on this front door's own record."""
    now, by = timezone.now(), somebody(request)
    try:
        asked, own = open_asked(asked_id, by=by, now=now)
    except ObjectDoesNotExist as nothing:
        raise Http404 from nothing
    form = AnswerElsewhereForm(request.POST or None)
    context: dict[str, Any] = {"asked": asked_shown(asked, own, now), "form": form}
    if hasattr(asked, "answered"):
        return render(request, "screening/asked_settled.html", context, status=409)
    if request.method == "POST" and form.is_valid():
        try:
            answer(asked_id=asked_id, by=by, now=now, **form.cleaned_data)
        except Incomplete as lacking:
            beside_fields(form, lacking.reasons, lambda reason: reason.field)
        except NotPossibleNow:
            return render(request, "screening/asked_settled.html", context, status=409)
        else:
            messages.success(request, KEPT)
            return redirect("screening:worklist")
    return render(request, "screening/answer_elsewhere.html", context)
