"""Requests for somebody's own record."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmash.apps.subject_access import actions, queries
from openmash.web.layout.acting import somebody
from openmash.web.layout.doing import Act, respond
from openmash.web.layout.frame import page_frame
from openmash.web.layout.pdf import can_make_pdf, make_pdf
from openmash.web.subject_access.forms import ExtendForm, GiveForm, PieceForm, TakeInForm

Found = TypeVar("Found")
asking = require_http_methods(["GET", "HEAD", "POST"])
FOOT = '@page { @bottom-right { content: "Page " counter(page) " of " counter(pages); } }'


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Every request, soonest due first."""
    lines = queries.requests_of(somebody(request), now=timezone.now())
    return render(request, "subject_access/start.html", {"lines": lines})


@asking
def take_in(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Take in a request about somebody in one concern."""
    now, by = timezone.now(), somebody(request)
    contact, parts = _found(lambda: queries.look_to_open(contact_id, by=by, now=now))
    people = [(str(each.description_id), f"{each.description}, {each.get_role_display()}") for each in parts]
    form = TakeInForm(request.POST or None, people=people)

    def do() -> Any:
        given = {**form.cleaned_data, "subject": UUID(form.cleaned_data["subject"])}
        return actions.open_request(contact_id=contact_id, by=by, now=now, **given)

    return _act(
        request, form, do, f"Somebody asks for the record {contact.reference}", "Take it in",
        "Taken in, and the record is held until it is answered. Now decide piece by piece.",
        ("screening:contact", contact_id), then=lambda made: ("subject_access:request", made.pk),
    )  # fmt: skip


@require_safe
def request(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """One request with its pieces."""
    opened = _found(lambda: queries.look_at(access_id, by=somebody(request), now=timezone.now()))
    return render(request, "subject_access/request.html", {"opened": opened, "line": opened.line})


@asking
def longer(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """Take two months more."""
    now, by, form = timezone.now(), somebody(request), ExtendForm(request.POST or None)
    _found(lambda: queries.look_at(access_id, by=by, now=now))

    def do() -> Any:
        return actions.extend(request_id=access_id, reason=form.cleaned_data["reason"], by=by, now=now)

    done = "Extended. Tell whoever asked, and why."
    return _act(
        request, form, do, "Take two months more", "Extend it", done, ("subject_access:request", access_id)
    )


@asking
def piece(request: HttpRequest, access_id: UUID, number: int) -> HttpResponse:
    """Decide about one piece."""
    now, by = timezone.now(), somebody(request)
    opened = _found(lambda: queries.look_at(access_id, by=by, now=now))
    shown = next((each for each in opened.pieces if each.piece.number == number), None)
    if shown is None:
        raise Http404
    before = shown.decided
    initial = {
        "text": before.text if before and before.text else shown.words.redacted,
        "outcome": before.outcome if before else "",
        "ground": before.ground if before else "",
    }
    form = PieceForm(request.POST or None, initial=initial)

    def do() -> Any:
        return actions.decide_piece(request_id=access_id, number=number, by=by, now=now, **form.cleaned_data)

    nexts = [
        each.piece.number for each in opened.pieces if each.decided is None and each.piece.number > number
    ]
    back = ("subject_access:request", access_id)
    return _act(
        request, form, do, f"Piece {number} of {len(opened.pieces)}", "Decide", "Decided.", back,
        then=lambda _: ("subject_access:piece", access_id, nexts[0]) if nexts else back,
        template="subject_access/piece.html", shown=shown,
    )  # fmt: skip


@asking
def give(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """Give the answer."""
    now, by = timezone.now(), somebody(request)
    form = GiveForm({} if request.method == "POST" else None)
    opened = _found(lambda: queries.look_at(access_id, by=by, now=now))
    return _act(
        request, form, lambda: actions.give_answer(request_id=access_id, by=by, now=now), "Give the answer",
        "Give the answer", "It can be printed now, and handed over.", ("subject_access:request", access_id),
        then=lambda _: ("subject_access:answer", access_id), undecided=opened.undecided,
        about="From now on the answer can be printed and saved, and nothing in it changes.",
    )  # fmt: skip


@require_safe
def answer(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """The answer as it left, to be printed."""
    found = _found(lambda: queries.answer_of(access_id, by=somebody(request), now=timezone.now()))
    return render(request, "subject_access/answer.html", {"answer": found, "can_make_pdf": can_make_pdf()})


@require_safe
def answer_pdf(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """The same as a PDF, where one can be made."""
    found = _found(lambda: queries.answer_of(access_id, by=somebody(request), now=timezone.now()))
    if not can_make_pdf():
        raise Http404
    context = {"answer": found, "partnership_name": page_frame(request)["partnership_name"]}
    html = render_to_string("subject_access/print.html", context)
    made = make_pdf(html, ("papers/print.css",), FOOT, request.build_absolute_uri("/"))
    disposition = f'attachment; filename="record-{found.line.reference.lower()}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _found(look: Callable[[], Found]) -> Found:
    try:
        return look()
    except ObjectDoesNotExist:
        raise Http404 from None


def _act(
    request: HttpRequest,
    form: Any,
    do: Callable[[], Any],
    title: str,
    button: str,
    done: str,
    back: tuple[Any, ...],
    *,
    then: Callable[[Any], tuple[Any, ...]] | None = None,
    template: str = "subject_access/act.html",
    **context: Any,
) -> HttpResponse:
    return respond(
        Act(
            request, form, title=title, button=button, do=lambda: _found(do), done=done, back=back, then=then,
            template=template, context=context,
        )
    )  # fmt: skip
