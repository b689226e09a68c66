"""Closing a record to all but a few, opening it in an emergency, and declaring a conflict of interest."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmash.apps.concerns.actions import restricting
from openmash.apps.concerns.errors import Incomplete
from openmash.apps.oversight.queries import oversees
from openmash.apps.oversight.restricted import (
    conflicts_under,
    could_be_named,
    guarded_by,
    look_to_restrict,
    may_declare_conflict,
    may_end_conflict,
    may_lift,
    may_open_in_emergency,
    may_review,
)
from openmash.web.layout.acting import somebody
from openmash.web.layout.fields import QuestionForm
from openmash.web.oversight.forms import NameForm, ReasonForm, RestrictForm, ReviewForm

Found = TypeVar("Found")
asking = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def restricted(request: HttpRequest) -> HttpResponse:
    """Restricted records that this person guards, emergencies to look into, and who is kept out where they lead."""
    now, by = timezone.now(), somebody(request)
    context = {
        "guarded": guarded_by(by, now=now),
        "conflicts": conflicts_under(by, now=now),
        "oversees": oversees(by, now),
        "me": by.pk,
    }
    return render(request, "oversight/restricted.html", context)


@asking
def restrict(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Close a contact to all but a few."""
    now, by = timezone.now(), somebody(request)
    found = _found(lambda: look_to_restrict(contact_id, by=by, now=now))
    form = RestrictForm(
        request.POST or None, kinds=found.kinds, could_own=found.could_own, could_see=found.could_see
    )
    people = {str(each.pk): each for each in (*found.could_own, *found.could_see)}

    def do() -> None:
        restricting.restrict(
            contact_id=contact_id,
            kind=form.cleaned_data["kind"],
            reason=form.cleaned_data["reason"],
            owner=people[form.cleaned_data["owner"]],
            named=[people[each] for each in form.cleaned_data["named"]],
            ends_on=form.cleaned_data["ends_on"],
            by=by,
            now=now,
        )

    about = (
        "From now on only the owner and those you name can open it, each still in their own role. Whoever raised it "
        "can read what they told. To everybody else it is in no list, and where it is found as a match they are told "
        "only that somebody must be asked. Name yourself if you must go on seeing it."
    )
    title = f"Restrict who may see {found.reference}"
    return _respond(request, form, do, title=title, button="Restrict", about=about, done="Restricted.")


@asking
def name(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """Let one more person see a restricted record."""
    now, by = timezone.now(), somebody(request)
    people = {str(each.pk): each for each in _found(lambda: could_be_named(restriction_id, by=by, now=now))}
    form = NameForm(request.POST or None, people=people.values())

    def do() -> None:
        person = people[form.cleaned_data["person"]]
        restricting.name_in_restriction(restriction_id=restriction_id, person=person, by=by, now=now)

    return _respond(
        request,
        form,
        do,
        title="Let one more person see it",
        button="Let them see it",
        done="They may see it now.",
    )


@asking
def lift(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """End a restriction before its day."""
    now, by = timezone.now(), somebody(request)
    _found(lambda: may_lift(restriction_id, by=by, now=now))
    form = ReasonForm(request.POST or None, label="Why may everybody who works with it see it again?")

    def do() -> None:
        restricting.lift_restriction(
            restriction_id=restriction_id, reason=form.cleaned_data["reason"], by=by, now=now
        )

    return _respond(
        request, form, do, title="End this restriction", button="End it", done="The restriction has ended."
    )


@asking
def conflict(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Say that one knows the family, and be kept out from then on."""
    now, by = timezone.now(), somebody(request)
    _found(lambda: may_declare_conflict(contact_id, by=by, now=now))
    form = ReasonForm(
        request.POST or None,
        label="How do you know the family?",
        hint="A few words. The front door manager reads them, and nobody else.",
    )

    def do() -> None:
        restricting.declare_conflict(
            contact_id=contact_id, reason=form.cleaned_data["reason"], by=by, now=now
        )

    about = (
        "You will not be able to open this record any more, and only a manager can change that. It says nothing "
        "against you: it protects the family, and you. If the work is allocated to you, tell your manager today."
    )
    return _respond(
        request,
        form,
        do,
        title="I know this family",
        button="Keep me out of this record",
        about=about,
        done="Thank you. You are kept out of this record from now on.",
        to="home",
    )


@asking
def end_conflict(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """Let somebody work with a contact again who had said that they know the family."""
    now, by = timezone.now(), somebody(request)
    _found(lambda: may_end_conflict(conflict_id, by=by, now=now))
    form = ReasonForm(request.POST or None, label="Why may they work with it again?")

    def do() -> None:
        restricting.end_conflict(conflict_id=conflict_id, reason=form.cleaned_data["reason"], by=by, now=now)

    return _respond(
        request,
        form,
        do,
        title="End a conflict of interest",
        button="End it",
        done="They are no longer kept out.",
    )


@asking
@reauthentication_required
def emergency(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Open a restricted record because a child cannot wait. Whoever has a password or passkey confirms it first."""
    now, by = timezone.now(), somebody(request)
    _found(lambda: may_open_in_emergency(contact_id, by=by, now=now))
    form = ReasonForm(request.POST or None, label="Why can the child not wait?")

    def do() -> None:
        restricting.open_in_emergency(
            contact_id=contact_id, reason=form.cleaned_data["reason"], by=by, now=now
        )

    about = (
        "Ring the owner first if there is time. The owner sees at once that you opened it and why, and looks into it. "
        "It is open to you until tonight; after six in the evening until tomorrow night."
    )
    return _respond(
        request,
        form,
        do,
        title="Open it in an emergency",
        button="Open it now",
        about=about,
        done="It is open to you now. The owner sees that, and why.",
        to="screening:contact",
        to_id=contact_id,
    )


@asking
def review(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """What the owner found when they looked into an emergency."""
    now, by = timezone.now(), somebody(request)
    _found(lambda: may_review(emergency_id, by=by, now=now))
    form = ReviewForm(request.POST or None)

    def do() -> None:
        restricting.review_emergency(
            emergency_id=emergency_id,
            was_needed=form.cleaned_data["was_needed"] == "yes",
            note=form.cleaned_data["note"],
            by=by,
            now=now,
        )

    return _respond(request, form, do, title="Look into this emergency", button="Record it", done="Recorded.")


def _found(look: Callable[[], Found]) -> Found:
    try:
        return look()
    except ObjectDoesNotExist:
        raise Http404 from None


def _respond(
    request: HttpRequest,
    form: QuestionForm,
    do: Callable[[], None],
    *,
    title: str,
    button: str,
    done: str,
    about: str = "",
    to: str = "oversight:restricted",
    to_id: UUID | None = None,
) -> HttpResponse:
    """The form; once it is filled in, what it asks for. A refusal in words leaves what was typed on the page."""
    if request.method == "POST" and form.is_valid():
        try:
            _found(do)
        except Incomplete as incomplete:
            for reason in incomplete.reasons:
                form.add_error(reason.field if reason.field in form.fields else None, reason.text)
        else:
            messages.success(request, done)
            return redirect(to, to_id) if to_id else redirect(to)
    context: dict[str, Any] = {"form": form, "title": title, "button": button, "about": about}
    return render(request, "oversight/act.html", context)
