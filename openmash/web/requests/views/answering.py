"""The agency that was asked: beginning, answering question by question, refusing with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from openmash.apps.sharing.actions import answering
from openmash.apps.sharing.actions.keeping import guide_at
from openmash.apps.sharing.errors import ChangedMeanwhile, NotPossibleNow
from openmash.apps.sharing.guides import grounds_for_agency
from openmash.apps.sharing.queries.opened import ItemShown
from openmash.apps.sharing.rules import Outcome
from openmash.web.layout.doing import CHANGED
from openmash.web.requests import presenters as shown
from openmash.web.requests.acting import Act, not_possible, respond_on
from openmash.web.requests.acting import begin as opened_for
from openmash.web.requests.forms import AnswerForm, ReasonForm


@require_POST
def begin(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say that somebody is at it."""
    begun = opened_for(request, request_id, to="begin_answering")
    try:
        answering.begin_answering(
            request_id=request_id, seen_version=begun.seen_version, by=begun.by, now=begun.now
        )
    except ChangedMeanwhile:
        return not_possible(request, CHANGED, begun.back)
    except NotPossibleNow as refused:
        return not_possible(request, refused.reason, begun.back)
    messages.success(request, "They can see now that somebody is answering.")
    return redirect(*begun.back)


def _is_answered(each: ItemShown) -> bool:
    return each.latest is not None and each.latest.outcome == Outcome.ANSWERED


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Answer some or all of the questions."""
    begun = opened_for(request, request_id, to="answer_request")
    opened = begun.opened
    # What somebody typed stays on the page, even where a colleague has answered the same question meanwhile.
    open_items = [
        each for each in opened.items if not _is_answered(each) or f"text_{each.item.pk}" in request.POST
    ]
    grounds = grounds_for_agency(begun.by.agency, guide_at(begun.now))
    form = AnswerForm(request.POST or None, items=open_items, grounds=grounds)
    return respond_on(
        begun,
        "answer_request",
        Act(
            request=request,
            form=form,
            title="Answer this request",
            button="Send this answer",
            do=lambda: answering.answer_request(
                request_id=request_id,
                seen_version=begun.seen_version,
                answered=form.answered(),
                note=form.cleaned_data["note"],
                grounds=tuple(form.cleaned_data["grounds"]),
                by=begun.by,
                now=begun.now,
            ),
            done="Your answer was sent, and what left was written down.",
            back=begun.back,
            template="requests/answer.html",
            context={"opened": opened, **shown.standing(opened, begun.now)},
            version=opened.version,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Share nothing, with a reason."""
    begun = opened_for(request, request_id, to="refuse_request")
    form = ReasonForm(
        request.POST or None,
        label="Why is nothing shared?",
        hint="Whoever asked reads this. Where you may share some of it, answer that and give a reason for the rest.",
    )
    return respond_on(
        begun,
        "refuse_request",
        Act(
            request=request,
            form=form,
            title="Share nothing",
            button="Send this reason",
            do=lambda: answering.refuse_request(
                request_id=request_id,
                seen_version=begun.seen_version,
                reason=form.cleaned_data["reason"],
                by=begun.by,
                now=begun.now,
            ),
            done="Your reason was sent. You can still answer later.",
            back=begun.back,
            context={"caption": begun.opened.reference},
            version=begun.opened.version,
        ),
    )
