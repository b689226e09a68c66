"""Opening a draft for a page: only for whoever is writing it, and a plain word where that is not possible."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from openmash.apps.access.errors import Refused
from openmash.apps.audit.actions import record_refusal
from openmash.apps.concerns.actions.drafts import own_draft
from openmash.apps.concerns.queries.drafts import is_an_accounts
from openmash.apps.concerns.queries.heard import is_guarded
from openmash.apps.concerns.queries.looking import look_as_raiser
from openmash.web.layout.access import public
from openmash.web.layout.errors import signed_out, what_was_typed
from openmash.web.layout.wall import proved
from openmash.web.raising.holding import code_held
from openmash.web.raising.journey import Draft, Journey

SENT = "This has already been sent. You can add new information to it."
DELETED = "This draft was deleted."


def with_journey(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives a view the journey it is about. Open to everybody; whose draft it is, is checked here."""
    return public(with_journey_signed_in(view))


def with_journey_signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The same, for what is only there for somebody with an account. Nobody else reaches the view at all."""

    @wraps(view)
    def opened(request: HttpRequest, kind: str, draft_id: UUID, **rest: Any) -> HttpResponse:
        accounts = is_an_accounts(draft_id)
        if accounts is None:
            raise Http404
        if accounts and not request.user.is_authenticated:
            return ask_to_sign_in(request)
        by = request.user if request.user.is_authenticated else None
        draft = own_draft(draft_id, by, code_held(request, draft_id))
        if draft.kind != kind:
            raise Http404
        if draft.sent_as_id is not None or draft.discarded_at is not None:
            return finished(request, draft)
        now = timezone.now()
        journey = Journey(draft=draft, signed_in=by is not None, now=now, today=timezone.localdate(now))
        return view(request, journey, **rest)

    return opened


def for_whoever_raised_it(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives a view the contact it is about, and writes the look down. Needs an account, or a code.

    Somebody who has shown neither is told how to. Where an answer in writing would have been unsafe, the page
    may be in the wrong hands: it leads to the one that shows almost nothing.
    """

    @public
    @wraps(view)
    def opened(request: HttpRequest, contact_id: UUID) -> HttpResponse:
        try:
            contact = look_as_raiser(contact_id, **whose(request))
        except ObjectDoesNotExist:
            raise Http404 from None
        except Refused as refusal:
            if request.user.is_authenticated:
                raise
            record_refusal(by=None, refusal=refusal, now=timezone.now(), path=request.path)
            here = request.path if request.method == "GET" else ""
            shown = {"typed": what_was_typed(request), "here": here}
            return render(request, "raising/show_it_is_yours.html", shown, status=403)
        return redirect("hearing_back:contact", contact_id) if is_guarded(contact) else view(request, contact)

    return opened


def whose(request: HttpRequest) -> dict[str, Any]:
    """Who is asking, as actions and queries about a contact take it: `by`, `codes` and `now`."""
    by = request.user if request.user.is_authenticated else None
    return {"by": by, "codes": proved(request), "now": timezone.now()}


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The session has ended. Nothing typed is thrown away by it."""
    if wants_json(request):
        return JsonResponse({"signed_out": True}, status=401)
    return signed_out(request) if request.method == "POST" else redirect_to_login(request.get_full_path())


def finished(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A draft that is no longer one: sent, or deleted."""
    sent = draft.sent_as_id is not None
    if wants_json(request):
        return JsonResponse({"reason": SENT if sent else DELETED}, status=410)
    if sent:
        messages.info(request, "This has already been sent, once. Here is what you were told.")
        return redirect("raising:answer_at_once", draft.sent_as_id)
    return render(request, "raising/deleted.html", {"draft": draft}, status=410)
