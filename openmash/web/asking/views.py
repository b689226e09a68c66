"""Asking another agency whether it knows a child, what came back, and the log that both sides' leads see."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openmash.apps.concerns.actions.asking_privately import ask_privately
from openmash.apps.concerns.queries.private_log import look_at_private_log
from openmash.apps.concerns.queries.to_ask import ToAsk, contact_of_reference, look_to_ask
from openmash.apps.private_asking.errors import CannotBeAsked
from openmash.apps.private_asking.permission import leads_in_own_agency
from openmash.apps.private_asking.purposes import Purpose
from openmash.apps.private_asking.queries.answers import look_at_answer, whom_to_ring
from openmash.apps.private_asking.queries.log import agencies_to_ask, left_today
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.private.messages import POINTS
from openmash.web.asking import once
from openmash.web.asking.forms import AskForm, DescribedChildForm, FindCaseForm, TypedChildForm
from openmash.web.layout.acting import somebody

NOT_FOUND = "There is no concern of this reference on whose account you may ask. Check the reference."
SAID = {"hit": "Yes", "no_hit": "Nothing alike", "person": "A person must answer"}


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """What this is, and the way to a concern."""
    now, by = timezone.now(), somebody(request)
    form = FindCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = contact_of_reference(form.cleaned_data["reference"], verb="ask_privately", by=by, now=now)
        if found is not None:
            return redirect("asking:ask", found)
        form.add_error("reference", NOT_FOUND)
    context = {"form": form, "leads": leads_in_own_agency(by, now)}
    return render(request, "asking/start.html", context)


@require_GET
def what_it_protects(request: HttpRequest) -> HttpResponse:
    """What each side learns, and what nobody is protected against."""
    left = left_today(somebody(request), timezone.now())
    return render(request, "asking/what_it_protects.html", {"limits": left.limits, "points": POINTS})


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Ask about a child described on the concern."""
    now = timezone.now()
    case = _opened(request, contact_id, now)
    if not case.children:
        return redirect("asking:ask_by_typing", contact_id)
    agencies = agencies_to_ask(somebody(request))
    form = DescribedChildForm(request.POST or None, children=case.children, agencies=agencies)
    return _respond(
        request, case, form, now, lambda: UUID(form.cleaned_data["child"]), template="asking/ask.html"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask_by_typing(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Ask about a child whom the concern does not describe, or not well enough."""
    now = timezone.now()
    case = _opened(request, contact_id, now)
    form = TypedChildForm(
        request.POST or None,
        agencies=agencies_to_ask(somebody(request)),
        today=timezone.localtime(now).date(),
    )
    return _respond(request, case, form, now, form.described, template="asking/ask_by_typing.html")


def _opened(request: HttpRequest, contact_id: UUID, now: datetime) -> ToAsk:
    try:
        return look_to_ask(contact_id, by=somebody(request), now=now)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere


def _respond(
    request: HttpRequest,
    case: ToAsk,
    form: AskForm,
    now: datetime,
    child: Callable[[], UUID | DescribedPerson],
    *,
    template: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            question = ask_privately(
                question_id=once.question_id(request),
                contact_id=case.contact_id,
                child=child(),
                asked_id=int(form.cleaned_data["asked"]),
                purpose=Purpose(form.cleaned_data["purpose"]),
                by=somebody(request),
                now=now,
            )
        except CannotBeAsked as cannot:
            form.add_error(None, cannot.reason)
        else:
            return redirect("asking:answer", case.contact_id, question.pk)
    before = [(each, SAID[each.said]) for each in case.asked_before]
    left = left_today(somebody(request), now)
    context = {"case": case, "form": form, "before": before, "left": left, "once": once.fresh()}
    return render(request, template, context)


@require_GET
def answer(request: HttpRequest, contact_id: UUID, question_id: UUID) -> HttpResponse:
    """What came back to one question."""
    now = timezone.now()
    case = _opened(request, contact_id, now)
    if question_id not in {each.pk for each in case.asked_before}:
        raise Http404
    question = look_at_answer(question_id, by=somebody(request), now=now)
    context = {
        "case": case,
        "question": question,
        "to_ring": whom_to_ring(question.asked, now),
        "left": left_today(somebody(request), now),
    }
    return render(request, "asking/answer.html", context)


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Who asked one's own agency, how often, and whom it asked: for those who lead it."""
    kept = look_at_private_log(by=somebody(request), now=timezone.now())
    we_asked = [(each, SAID.get(each.said, "")) for each in kept.we_asked]
    return render(request, "asking/log.html", {"log": kept, "we_asked": we_asked})
