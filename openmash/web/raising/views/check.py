"""The list of parts, the last look, sending, deleting, and turning a question into a concern."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from openmash.apps.concerns.account import Account
from openmash.apps.concerns.actions.answering import become_concern
from openmash.apps.concerns.actions.drafts import discard_draft
from openmash.apps.concerns.actions.raising import Raised, ask_advice, raise_concern
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.policy.queries import in_force
from openmash.web.layout.wall import proved
from openmash.web.raising.check import sections_of
from openmash.web.raising.faults import Fault, faults_from, faults_in
from openmash.web.raising.holding import code_held, prove, show_code
from openmash.web.raising.journey import CHECK, LIST, NAMESPACES, Journey
from openmash.web.raising.keeping import frame_of
from openmash.web.raising.opening import with_journey
from openmash.web.raising.tasks import tasks_of
from openmash.web.raising.told import account_of


@with_journey
def task_list(request: HttpRequest, journey: Journey) -> HttpResponse:
    """The parts, how far each has come, and what is still needed before it can be sent."""
    shown = {**frame_of(journey, LIST), "tasks": tasks_of(journey), "faults": faults_in(journey)}
    return render(request, "raising/task_list.html", shown)


@with_journey
def check(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Every answer as it will be sent."""
    return _check_page(request, journey)


def _check_page(
    request: HttpRequest, journey: Journey, refused: list[Fault] | None = None, stopped: str = ""
) -> HttpResponse:
    now_in_force = in_force(journey.now)
    shown = {
        **frame_of(journey, CHECK),
        "sections": sections_of(journey),
        "faults": faults_in(journey),
        "refused": [{"text": fault.text, "href": fault.href} for fault in refused or []],
        "stopped": stopped,
        "newer_policy": now_in_force.policy.version if now_in_force.pk != journey.draft.policy_id else "",
    }
    return render(request, "raising/check.html", shown)


@with_journey
@require_POST
def send(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Send it. Whatever stops it is said, and the draft stays as it is."""
    faults = faults_in(journey)
    if faults:
        return _check_page(request, journey, refused=faults)
    try:
        raised = _send(request, journey, account_of(journey), journey.now)
    except Incomplete as refused:
        return _check_page(request, journey, refused=faults_from(refused, journey))
    except NotPossibleNow as refused:
        return _check_page(request, journey, stopped=refused.reason)
    if raised.code:
        prove(request, raised.contact.pk)
        show_code(request, raised.contact.pk, raised.code, journey.now)
    return redirect("raising:answer_at_once", raised.contact.pk)


def _send(request: HttpRequest, journey: Journey, account: Account, now: datetime) -> Raised:
    by = request.user if request.user.is_authenticated else None
    draft_id = journey.draft.pk
    code = code_held(request, draft_id)
    if account.arose_from is not None:
        return become_concern(
            account=account, by=by, now=now, draft_id=draft_id, draft_code=code, codes=proved(request)
        )
    if journey.is_advice:
        return ask_advice(account=account, by=by, now=now, draft_id=draft_id, draft_code=code)
    return raise_concern(account=account, by=by, now=now, draft_id=draft_id, draft_code=code)


@with_journey
def delete(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Throw the draft away, after asking once."""
    if request.method == "POST":
        by = request.user if request.user.is_authenticated else None
        draft_id = journey.draft.pk
        discard_draft(draft_id=draft_id, by=by, code=code_held(request, draft_id), now=journey.now)
        messages.success(request, "The draft was deleted. Nothing of it was sent.")
        return redirect(f"{NAMESPACES[journey.kind]}:start")
    return render(request, "raising/delete.html", frame_of(journey))
