"""The first page, one question after another, the answer, and the list of grounds."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openmash.apps.policy.queries import phones
from openmash.apps.sharing.guides import NothingInForce, guide_in_force
from openmash.engines.sharing import Guide, answer, next_question, sensible
from openmash.web.layout.access import public
from openmash.web.sharing.forms import OneQuestion
from openmash.web.sharing.presenters import answered, back_to

ASKED = "asked_now"
"""Sent with a question's form, so that pressing the button without an answer is told from only opening the page."""


def from_the_guide(
    view: Callable[[HttpRequest, Guide], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A page for anybody, made from the version in force today."""

    @public
    @require_safe
    @wraps(view)
    def page(request: HttpRequest) -> HttpResponse:
        try:
            return view(request, guide_in_force(timezone.localdate()))
        except NothingInForce:
            return _shown(request, "nothing_in_force", {}, status=503)

    return page


@from_the_guide
def start(request: HttpRequest, guide: Guide) -> HttpResponse:
    """What this is, and what it is not."""
    return _shown(request, "start", {"guide": guide})


@from_the_guide
def questions(request: HttpRequest, guide: Guide) -> HttpResponse:
    """The next question, or the answer once there is none left."""
    known = guide.questions_by_id
    given = {name: str(request.GET[name]) for name in known if name in request.GET}
    context: dict[str, Any] = {
        "guide": guide,
        "answered": answered(guide, given),
        "back": back_to(guide, given),
    }
    question = next_question(guide, given)
    if question is None:
        return _shown(request, "answer", {**context, "answer": answer(guide, given), "now": timezone.now()})
    pressed = request.GET.get(ASKED) == question.id
    form = OneQuestion(request.GET if pressed or question.id in given else None, question=question)
    # What is answered further on is sent along: whoever changes one answer is not asked the rest again.
    carried = {name: value for name, value in given.items() if name != question.id}
    kept = sensible(guide, given)
    number = len(kept) + 1
    more = {"form": form, "question": question, "carried": carried, "number": number, "asked": ASKED}
    return _shown(request, "question", {**context, **more})


@from_the_guide
def all_grounds(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Every ground there is, what is promised, and which version says so."""
    return _shown(request, "grounds", {"guide": guide})


def _shown(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    template = f"sharing/{name}.html"
    return render(request, template, {**context, "phones": phones(timezone.now())}, status=status)
