"""Handing a register over, and what its agency sees of it afterwards."""

import io
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET

from openmash.apps.registers import queries
from openmash.apps.registers.actions.handing_over import LARGEST_FILE, HandedOver, hand_over
from openmash.apps.registers.errors import RegisterRefused
from openmash.apps.registers.permission import permitted
from openmash.spreadsheets import writer
from openmash.web.register_linking.forms import HandOverForm

LARGEST_REQUEST = LARGEST_FILE + 100_000


def somebody(request: HttpRequest) -> Any:
    """The person asking: nobody reaches these pages without having signed in."""
    return request.user


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was sent, for a form: an empty form that was sent is one with everything missing."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@csrf_exempt  # the form's own token is looked at below, once the size is known to be bearable
def hand_over_register(request: HttpRequest) -> HttpResponse:
    """Hand over a register of one's own agency. What is far too large is refused before it is read."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not declared.isdecimal() or int(declared) > LARGEST_REQUEST:
        return render(request, "register_linking/too_large.html", status=413)
    return _hand_over(request)


@csrf_protect
def _hand_over(request: HttpRequest) -> HttpResponse:
    by, now = somebody(request), timezone.localtime()
    permitted("hand_over", by.agency, by=by, now=now, subject=("agency", by.agency_id))
    form = HandOverForm(*sent(request), today=now.date())
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        said = HandedOver(answers["kind"], answers["purpose"], answers["legal_ground"], answers["keep_until"])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register"
            path.write_bytes(answers["file"].read())
            try:
                made = hand_over(file=path, file_name=answers["file"].name, said=said, by=by, now=now)
            except RegisterRefused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
            else:
                messages.success(request, f"Handed over: {made.people:,} people.")
                return redirect("register_linking:register", made.pk)
    return render(request, "register_linking/hand_over.html", {"form": form, "agency": by.agency})


def register(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One register: what was read of it, and for its agency the rows to mend."""
    by, now = somebody(request), timezone.localtime()
    found = _found(pk, by, now)
    return render(
        request,
        "register_linking/register.html",
        {"register": found, "is_own": queries.may_mend(found, by, now=now)},
    )


@require_GET
def rows_to_mend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rows to mend as a file, for the agency whose register it is."""
    by, now = somebody(request), timezone.localtime()
    found = _found(pk, by, now)
    text = io.StringIO()
    table = writer(text)
    table.row(["Line", "What is wrong", "What became of the row", "The row as it was"])
    for row in queries.rows_to_mend(found, by, now=now):
        table.row([row.line, row.wrong, row.became, *row.cells])
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="to-mend.csv"'},
    )


def _found(pk: UUID, by: Any, now: Any) -> Any:
    found = queries.register_if_any(pk, by, now=now)
    if found is None:
        raise Http404
    return found
