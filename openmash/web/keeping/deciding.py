"""Holding a record, lifting a hold, keeping a record longer, and removing one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openmash.apps.keeping.actions import agree_to_removal, decide_removal, keep_longer, lift_hold, place_hold
from openmash.apps.keeping.queries import hold_to_lift, look_to_keep
from openmash.apps.keeping.schedules import NothingInForce
from openmash.web.keeping.forms import AgreeForm, HoldForm, LongerForm, ReasonForm
from openmash.web.keeping.views import found, kind_of
from openmash.web.layout.acting import somebody
from openmash.web.layout.doing import Act, respond
from openmash.web.layout.fields import QuestionForm

asking = require_http_methods(["GET", "HEAD", "POST"])
Doing = Callable[..., Any]


@asking
def hold(request: HttpRequest, record_kind: str, kept_id: UUID) -> HttpResponse:
    """Hold a record, so that it is not removed."""
    form = HoldForm(request.POST or None)
    about = "While it is held nobody can remove it, whatever its day. A hold never ends by itself: somebody lifts it."
    return _about_record(
        request, record_kind, kept_id, form, place_hold, "Hold {}", "Hold it", "It is held.", about
    )


@asking
def longer(request: HttpRequest, record_kind: str, kept_id: UUID) -> HttpResponse:
    """Keep a record whose time is over for longer."""
    form = LongerForm(request.POST or None)
    done = "It is kept, and will be proposed again after that day."
    return _about_record(request, record_kind, kept_id, form, keep_longer, "Keep {} longer", "Keep it", done)


@asking
def remove(request: HttpRequest, record_kind: str, kept_id: UUID) -> HttpResponse:
    """Decide that a record be removed."""
    form = ReasonForm(request.POST or None)
    about = "Nothing is removed yet. A second person reads this and agrees, or keeps it longer."
    done = "It now waits for a second person."
    return _about_record(
        request, record_kind, kept_id, form, decide_removal, "Remove {}", "Propose its removal", done, about
    )


@asking
def agree(request: HttpRequest, record_kind: str, kept_id: UUID) -> HttpResponse:
    """Agree as the second person."""
    form = AgreeForm({} if request.method == "POST" else None)
    about = (
        "It is removed at once with everything in it: what was told, the people described, letters, minutes and files. "
        "Nobody can bring it back. What stays says which kind of record it was, its days, the rule and who decided."
    )
    done = "The record has been removed. What is left of it stands at the end of this page."
    return _about_record(
        request,
        record_kind,
        kept_id,
        form,
        agree_to_removal,
        "Remove {} for good",
        "Remove it now",
        done,
        about,
        True,
    )


@asking
def lift(request: HttpRequest, hold_id: int) -> HttpResponse:
    """Lift a hold."""
    now, by = timezone.now(), somebody(request)
    about = found(lambda: hold_to_lift(hold_id, by=by, now=now))
    form = ReasonForm(request.POST or None)

    def do() -> None:
        found(lambda: lift_hold(hold_id=hold_id, reason=form.cleaned_data["reason"], by=by, now=now))

    return respond(
        Act(
            request,
            form,
            title=f"Lift the hold on {about.reference}",
            button="Lift it",
            do=do,
            done="The hold has been lifted.",
            back=("keeping:record", about.kind, about.record_id),
            template="keeping/act.html",
        )
    )


def _about_record(
    request: HttpRequest,
    record_kind: str,
    kept_id: UUID,
    form: QuestionForm,
    doing: Doing,
    title: str,
    button: str,
    done: str,
    about: str = "",
    is_gone: bool = False,
) -> HttpResponse:
    """The form; once it is filled in, what it asks for, with the fields of the form as they are called there."""
    now, by, kind = timezone.now(), somebody(request), kind_of(record_kind)
    try:
        kept = found(lambda: look_to_keep(kind, kept_id, by=by, now=now))
    except NothingInForce:
        return render(request, "keeping/nothing_in_force.html", status=503)

    def do() -> None:
        found(lambda: doing(kind=kind, record_id=kept_id, by=by, now=now, **form.cleaned_data))

    here = ("keeping:record", kind, kept_id)
    return respond(
        Act(
            request,
            form,
            title=title.format(kept.reference),
            button=button,
            do=do,
            done=done,
            back=here,
            then=(lambda _: ("keeping:start",)) if is_gone else None,
            template="keeping/act.html",
            context={"about": about, "kept": kept, "is_gone": is_gone},
        )
    )
