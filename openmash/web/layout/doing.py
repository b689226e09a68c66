"""A page on which somebody does one thing: the form, the act, and what may go wrong. Nothing typed is lost.

What is lacking is said beside its field; when somebody else was first, the answers come back to be sent again against
what stands now; what cannot be done any more is said, with what was typed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openmash.apps.concerns.errors import ChangedMeanwhile, Incomplete, NotPossibleNow
from openmash.apps.concerns.rules import Reason
from openmash.web.layout.acting import answers_in
from openmash.web.layout.fields import QuestionForm

CHANGED = (
    "Somebody else changed this record while you were working on it. What you sent has not taken effect, and "
    "nothing you typed is lost. Look at the record, then send this again if it still holds."
)


NOT_POSSIBLE = "layout/not_possible.html"
"""Says that it cannot be done; parts whose pages have a frame of their own have one of their own."""


@dataclass(frozen=True)
class Act:
    """One form that does one thing, and where to go then (`then`, or `back`), saying `done`.

    `template` shows the form, `refused` says that it cannot be done. `ready` may find more to ask once the form itself
    is valid; `field_of` is the field beside which a reason of the rules belongs.
    """

    request: HttpRequest
    form: QuestionForm
    title: str
    button: str
    do: Callable[[], Any]
    done: str
    back: tuple[Any, ...]
    template: str = ""
    refused: str = NOT_POSSIBLE
    context: dict[str, Any] = field(default_factory=dict)
    field_of: Callable[[Reason], str] = lambda reason: reason.field
    ready: Callable[[], bool] = lambda: True
    then: Callable[[Any], tuple[Any, ...]] | None = None
    version: int | None = None


def respond(act: Act) -> HttpResponse:
    """Show the form, or do what was sent and go on."""
    if act.request.method != "POST" or not act.form.is_valid() or not act.ready() or act.form.errors:
        return _page(act)
    try:
        result = act.do()
    except Incomplete as lacking:
        for reason in lacking.reasons:
            name = act.field_of(reason)
            act.form.add_error(name if name in act.form.fields else None, reason.text)
        return _page(act)
    except ChangedMeanwhile:
        act.form.add_error(None, CHANGED)
        return _page(act, status=409)
    except NotPossibleNow as refused:
        return not_possible_on(act.refused, act.request, refused.reason, act.back, act.form)
    messages.success(act.request, act.done)
    return redirect(*(act.then(result) if act.then is not None else act.back))


def _page(act: Act, status: int = 200) -> HttpResponse:
    context = {
        **act.context,
        "form": act.form,
        "title": act.title,
        "button": act.button,
        "back": redirect(*act.back)["Location"],
        # After somebody else's change the page is sent again as one that has seen it.
        "seen_version": act.version,
    }
    if act.request.method == "POST" and status != 409:
        context["seen_version"] = act.request.POST.get("seen_version", act.version)
    return render(act.request, act.template, context, status=status)


def not_possible_on(
    template: str,
    request: HttpRequest,
    reason: str,
    back: tuple[Any, ...],
    form: QuestionForm | None = None,
) -> HttpResponse:
    """It cannot be done now. What was typed, if anything, is shown to be copied."""
    typed = answers_in(form) if form is not None and form.is_bound else []
    context = {"reason": reason, "typed": typed, "back": redirect(*back)["Location"]}
    return render(request, template, context, status=409)
