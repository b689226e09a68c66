"""Handing a document over, and opening one. A file is never shown by the browser: it is saved, and opened there."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET

from openmash.apps.documents.kinds import LARGEST
from openmash.apps.documents.queries import is_scanner_set_up
from openmash.apps.papers.actions import attaching
from openmash.apps.papers.errors import NotOpened, NotTaken
from openmash.apps.papers.queries import documents, of_a_case, of_a_meeting
from openmash.web.layout.acting import somebody
from openmash.web.papers.finding import found, not_possible
from openmash.web.papers.forms import ACCEPT, FileForm, MeetingFileForm

LARGEST_REQUEST = LARGEST + 100_000
SHUT = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Should a browser show a file after all, nothing in it runs, and it belongs to no site."""


def bearable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuses what is far too large before it is read, and says so when what was sent did not arrive whole.

    The form's own token is looked at after that, by the view inside.
    """
    inside = csrf_protect(view)

    @csrf_exempt
    def outside(request: HttpRequest, **asked: Any) -> HttpResponse:
        declared = request.META.get("CONTENT_LENGTH") or "0"
        if not declared.isdecimal() or int(declared) > LARGEST_REQUEST:
            return _not_received(request, f"The file is larger than {LARGEST // 1_000_000} MB.", 413)
        try:
            request.POST  # noqa: B018 -- reads what was sent: from here on it is on this machine or it is not
        except OSError:
            said = "The file did not arrive whole, or there is no room for it here. Nothing of it was kept."
            return _not_received(request, said, 503)
        response: HttpResponse = inside(request, **asked)
        return response

    return outside


def _not_received(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    return render(
        request, "papers/not_received.html", {"reason": reason, "back": request.path}, status=status
    )


@bearable
def attach_to_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put a document beside the work with a child."""
    by, now = somebody(request), timezone.now()
    opened = found(lambda: of_a_case.papers_of_case(case_id, by=by, now=now))
    back = reverse("papers:case", args=[case_id])
    if not opened.can_attach:
        return not_possible(request, "You cannot add documents for this child.", back)
    form = FileForm(*_sent(request))

    def keep(file: Any) -> None:
        attaching.attach_to_case(
            case_id=case_id,
            name=file.name,
            pieces=file.chunks(),
            what=form.cleaned_data["what"],
            by=by,
            now=now,
        )

    about = {
        "caption": f"{opened.child}, {opened.case.reference}",
        "only_for": "those who do the work with this child",
    }
    return _attach(request, form, keep, back, about)


@bearable
def attach_to_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Put a document beside a meeting."""
    by, now = somebody(request), timezone.now()
    opened = found(lambda: of_a_meeting.papers_of_meeting(meeting_id, by=by, now=now))
    back = reverse("papers:meeting", args=[meeting_id])
    if not opened.can_attach:
        return not_possible(request, "You cannot add documents to this meeting.", back)
    form = MeetingFileForm(*_sent(request))

    def keep(file: Any) -> None:
        attaching.attach_to_meeting(
            meeting_id=meeting_id,
            name=file.name,
            pieces=file.chunks(),
            what=form.cleaned_data["what"],
            for_the_table=form.for_the_table,
            by=by,
            now=now,
        )

    about = {"caption": f"{opened.meeting.get_kind_display()}: {opened.children}"}
    return _attach(request, form, keep, back, about)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _attach(
    request: HttpRequest, form: FileForm, keep: Callable[[Any], None], back: str, about: dict[str, str]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            keep(form.cleaned_data["file"])
        except NotTaken as refused:
            form.add_error("file", refused.reason)
        else:
            waits = " It can be opened once it has been scanned for viruses." if is_scanner_set_up() else ""
            messages.success(request, f"The document has been kept.{waits}")
            return redirect(back)
    context = {**about, "form": form, "back": back, "accept": ACCEPT, "scanner": is_scanner_set_up()}
    return render(request, "papers/attach.html", context)


@require_GET
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """A document, to be saved. Who opened it, and on what ground, is written down."""
    try:
        opened = found(lambda: documents.open_document(document_id, by=somebody(request), now=timezone.now()))
    except NotOpened as shut:
        return not_possible(request, shut.reason, reverse("casework:worklist"))
    plain = "".join(letter if letter.isascii() and letter not in '"\\' else "_" for letter in opened.name)
    response = HttpResponse(
        opened.data,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(opened.name, safe='')}",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
    response["Content-Security-Policy"] = SHUT
    return response
