"""The answer at once, and disagreeing with it before anybody has decided."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from openmash.apps.concerns.actions.screening import add_information
from openmash.apps.concerns.errors import NotPossibleNow
from openmash.apps.concerns.queries.looking import look_as_raiser
from openmash.apps.concerns.states import ENDS
from openmash.web.layout.access import public
from openmash.web.layout.fields import LongTextField, QuestionForm
from openmash.web.raising.at_once import answer_at_once as what_it_says
from openmash.web.raising.holding import code_to_show, proved

MORE_SERIOUS = "I think that this is more serious than the published threshold says."


def _open(request: HttpRequest, contact_id: UUID) -> Any:
    """The contact, or the page that says how to see it again."""
    by = request.user if request.user.is_authenticated else None
    codes = proved(request)
    if by is None and str(contact_id) not in codes:
        return render(request, "raising/see_again.html", {"next": request.path}, status=401)
    try:
        return look_as_raiser(contact_id, by=by, now=timezone.now(), codes=codes)
    except ObjectDoesNotExist:
        raise Http404 from None


@public
def answer_at_once(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """What the published threshold says about what was sent, as it was kept that day."""
    contact = _open(request, contact_id)
    if isinstance(contact, HttpResponse):
        return contact
    now = timezone.now()
    shown = {
        "answer": what_it_says(contact, now),
        "code": code_to_show(request, contact_id, now),
        "is_public": contact.raised_by_id is None,
        "hearing_back": hearing_back(contact),
        "come_back": address_of("hearing_back:find"),
    }
    return render(request, "raising/answer_at_once.html", shown)


def hearing_back(contact: Any) -> str:
    """Where the person reads what was decided; empty where no such page is installed."""
    return address_of("hearing_back:contact", contact.pk)


def address_of(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


class DisagreeForm(QuestionForm):
    """Why the person thinks that it is more serious."""

    why = LongTextField(
        label="Why do you think this is more serious?",
        help_text="Your words are added to what you sent, and are read by the person who decides.",
        rows=6,
        when_empty="Write why you think this is more serious",
    )


@public
def disagree(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Disagree with the threshold before anybody has decided. A decision is disagreed with where it is read."""
    contact = _open(request, contact_id)
    if isinstance(contact, HttpResponse):
        return contact
    decided = hearing_back(contact)
    if contact.state in ENDS and decided:
        return redirect(decided)
    form = DisagreeForm(request.POST or None)
    stopped = ""
    if request.method == "POST" and form.is_valid():
        try:
            add_information(
                contact_id=contact.pk,
                text=f"{MORE_SERIOUS}\n\n{form.cleaned_data['why']}",
                by=request.user if request.user.is_authenticated else None,
                now=timezone.now(),
                codes=proved(request),
            )
        except NotPossibleNow as refused:
            stopped = refused.reason
        else:
            messages.success(request, "Your disagreement was added. The person who decides will read it.")
            return redirect("raising:answer_at_once", contact.pk)
    return render(request, "raising/disagree.html", {"form": form, "contact": contact, "stopped": stopped})
