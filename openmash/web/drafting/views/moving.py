"""Sending a draft for adoption, sending it back, setting it aside."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from openmash.apps.policy.actions import drafting
from openmash.apps.policy.draft_states import DraftState
from openmash.apps.policy.errors import DraftChangedMeanwhile, DraftMoveNotPossible
from openmash.apps.policy.queries.drafts import moved_so
from openmash.web.drafting.forms.other import WordsForm
from openmash.web.drafting.opening import Begun, begin, not_possible, shown
from openmash.web.drafting.presenters.draft import check_shown
from openmash.web.layout.acting import answers_in


@dataclass(frozen=True)
class Move:
    """One way to move a draft on, in the words of its page."""

    verb: str
    do: Callable[..., Any]
    to: DraftState
    title: str
    label: str
    hint: str
    button: str
    done: str
    is_warning: bool = False


SEND = Move(
    "send_draft",
    drafting.send_draft,
    DraftState.SENT,
    "Send for adoption",
    "What is this version for?",
    "The safeguarding partners read this first.",
    "Send for adoption",
    "Sent. A safeguarding partner, other than you and whoever began it, can adopt it now.",
)
RETURN = Move(
    "return_draft",
    drafting.return_draft,
    DraftState.WRITTEN,
    "Send back to be written on",
    "What is wanted before it can be adopted?",
    "Whoever writes the draft reads this.",
    "Send back",
    "Sent back. It can be changed again.",
)
SET_ASIDE = Move(
    "set_draft_aside",
    drafting.set_draft_aside,
    DraftState.SET_ASIDE,
    "Set this draft aside",
    "Why do you go no further with it?",
    "The draft stays to be read, with this reason. It cannot be taken up again.",
    "Set aside",
    "Set aside. It stays to be read.",
    is_warning=True,
)


def send_draft(request: HttpRequest, pk: int) -> HttpResponse:
    return _respond(request, pk, SEND)


def return_draft(request: HttpRequest, pk: int) -> HttpResponse:
    return _respond(request, pk, RETURN)


def set_draft_aside(request: HttpRequest, pk: int) -> HttpResponse:
    return _respond(request, pk, SET_ASIDE)


def _respond(request: HttpRequest, pk: int, move: Move) -> HttpResponse:
    begun = begin(request, pk, to=move.verb)
    form = WordsForm(request.POST or None, label=move.label, hint=move.hint)
    if request.method != "POST" and move.verb not in begun.opened.may:
        return not_possible(
            begun, f"This draft is {begun.opened.state.label.lower()}, so this cannot be done."
        )
    if request.method != "POST" or not form.is_valid():
        return _page(begun, move, form)
    words = form.cleaned_data["words"]
    try:
        move.do(draft_id=pk, words=words, seen=begun.seen, by=begun.by, now=begun.now)
    except DraftChangedMeanwhile as changed:
        form.add_error(None, changed.reason)
        return _page(begun, move, form, status=409)
    except DraftMoveNotPossible as refused:
        if not moved_so(pk, move.to, words=words, by=begun.by):
            return not_possible(begun, refused.reason, answers_in(form))
    messages.success(request, move.done)
    return redirect("drafting:draft", pk)


def _page(begun: Begun, move: Move, form: WordsForm, *, status: int = 200) -> HttpResponse:
    context = {"move": move, "form": form, "check": check_shown(begun.opened) if move is SEND else None}
    return shown(begun, "move", context, status=status)
