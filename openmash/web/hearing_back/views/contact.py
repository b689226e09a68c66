"""One concern or request for advice, and everything the person who raised it can say to us about it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.apps.concerns.actions import answering, disagreeing, screening
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.queries.heard import HeardBack
from openmash.web.hearing_back.forms import AddForm, DisagreeForm
from openmash.web.hearing_back.presenters.page import page_of
from openmash.web.hearing_back.presenters.steps import steps_of
from openmash.web.hearing_back.views.opening import for_whoever_raised_it, opened, whose
from openmash.web.layout.fields import QuestionForm
from openmash.web.layout.times import by_when


@for_whoever_raised_it
def contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Where it stands, the answers, and what they told us."""
    heard = opened(request, contact_id)
    return _back_to_page(request, heard)


def _back_to_page(request: HttpRequest, heard: HeardBack) -> HttpResponse:
    page = page_of(heard, now=timezone.now(), viewer=request.user)
    template = "guarded" if heard.is_guarded else "contact"
    return render(request, f"hearing_back/{template}.html", {"heard": heard, "page": page})


@for_whoever_raised_it
@require_POST
def acknowledge(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """They have read the answer that was on their page."""
    typed = request.POST.get("answer", "")
    opened(request, contact_id)
    try:
        answering.acknowledge(
            contact_id=contact_id, answer_id=int(typed) if typed.isdecimal() else 0, **whose(request)
        )
    except NotPossibleNow as why:
        messages.error(request, why.reason)
    else:
        messages.success(request, "Thank you. We have recorded that you have read the answer.")
    return redirect("hearing_back:contact", contact_id)


@for_whoever_raised_it
def disagree(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Say why they disagree with the answer."""
    heard = opened(request, contact_id)
    if heard.is_guarded or (request.method == "GET" and "disagree" not in heard.can):
        return redirect("hearing_back:contact", contact_id)
    form = DisagreeForm(request.POST or None, policy=heard.policy)
    if request.method == "POST" and form.is_valid() and _has_disagreed(request, contact_id, form):
        return redirect("hearing_back:contact", contact_id)
    if form.errors:
        heard = opened(request, contact_id)  # there may be a newer answer to show
    context = {"heard": heard, "form": form, "steps": steps_of(heard, now=timezone.now())}
    return render(request, "hearing_back/disagree.html", context, status=422 if form.errors else 200)


def _has_disagreed(request: HttpRequest, contact_id: UUID, form: DisagreeForm) -> bool:
    typed, reason = request.POST.get("answer", ""), form.cleaned_data["reason"]
    who = whose(request)
    try:
        disagreement = disagreeing.disagree(
            contact_id=contact_id,
            reason=reason,
            level_asked=form.level_asked,
            answer_id=int(typed) if typed.isdecimal() else 0,
            **who,
        )
    except Incomplete as missing:
        for each in missing.reasons:
            form.add_error({"reason": "reason", "level_asked": "level"}.get(each.field), each.text)
        return False
    except NotPossibleNow as why:
        open_one = opened(request, contact_id).open_disagreement
        if open_one is None or open_one.reason != reason:
            form.add_error(None, why.reason)
            return False
        messages.success(request, "Your disagreement has already been sent.")  # a second press of the button
        return True
    when = by_when(disagreement.due_at, who["now"])
    messages.success(request, f"Your disagreement has been sent. You will have an answer {when}.")
    _say_what_was_replaced(request, form)
    return True


@for_whoever_raised_it
def add_information(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Add something new, which opens it again if it had been decided."""
    heard = opened(request, contact_id)
    if request.method == "GET" and "add_information" not in heard.can:
        return redirect("hearing_back:contact", contact_id)
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _has_added(request, contact_id, form):
        return redirect("hearing_back:contact", contact_id)
    context = {"heard": heard, "form": form, "page": page_of(heard, now=timezone.now(), viewer=request.user)}
    return render(request, "hearing_back/add_information.html", context, status=422 if form.errors else 200)


def _has_added(request: HttpRequest, contact_id: UUID, form: AddForm) -> bool:
    text = form.cleaned_data["text"]
    try:
        screening.add_information(contact_id=contact_id, text=text, **whose(request))
    except Incomplete as missing:
        for each in missing.reasons:
            form.add_error("text", each.text)
        return False
    except NotPossibleNow as why:
        told = opened(request, contact_id).told
        if told is None or not any(each.text == text for each in told.added):
            form.add_error(None, why.reason)
            return False
    messages.success(request, "Thank you. What you added has been received.")
    _say_what_was_replaced(request, form)
    return True


def _say_what_was_replaced(request: HttpRequest, form: QuestionForm) -> None:
    if form.with_replaced_characters():
        messages.info(
            request, "One or more characters could not be kept and are shown as ␀. Everything else was kept."
        )
