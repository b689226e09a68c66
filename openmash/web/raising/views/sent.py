"""The answer at once, and disagreeing with it before anybody has decided."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from openmash.apps.concerns.actions.screening import add_information
from openmash.apps.concerns.errors import NotPossibleNow
from openmash.apps.concerns.states import verbs_from
from openmash.web.layout.fields import LongTextField, QuestionForm
from openmash.web.raising.at_once import answer_at_once as what_it_says
from openmash.web.raising.holding import code_to_show
from openmash.web.raising.opening import for_whoever_raised_it, whose

MORE_SERIOUS = "I think that this is more serious than the published threshold says."


@for_whoever_raised_it
def answer_at_once(request: HttpRequest, contact: Any) -> HttpResponse:
    """What the published threshold says about what was sent, as it was kept that day."""
    now = timezone.now()
    shown = {
        "answer": what_it_says(contact, now),
        "code": code_to_show(request, contact.pk, now),
        "is_public": contact.raised_by_id is None,
        "can_become": "become_concern" in verbs_from(contact.kind, contact.state),
        "forget": draft_of(contact),
    }
    return render(request, "raising/answer_at_once.html", shown)


def draft_of(contact: Any) -> str:
    """The draft whose words a browser may still keep, locked: they are in the record now."""
    draft = getattr(contact, "draft", None)
    return str(draft.pk) if draft is not None else ""


class DisagreeForm(QuestionForm):
    """Why the person thinks that it is more serious."""

    why = LongTextField(
        label="Why do you think this is more serious?",
        help_text="Your words are added to what you sent, and are read by the person who decides.",
        rows=6,
        when_empty="Write why you think this is more serious",
    )


@for_whoever_raised_it
def disagree(request: HttpRequest, contact: Any) -> HttpResponse:
    """Disagree with the threshold before anybody decides. A decision is disagreed with where it is read."""
    if "disagree" in verbs_from(contact.kind, contact.state):
        return redirect("hearing_back:disagree", contact.pk)
    back = reverse("raising:answer_at_once", args=[contact.pk])
    form = DisagreeForm(request.POST or None)
    stopped = ""
    if request.method == "POST" and form.is_valid():
        text = f"{MORE_SERIOUS}\n\n{form.cleaned_data['why']}"
        try:
            add_information(contact_id=contact.pk, text=text, **whose(request))
        except NotPossibleNow as refused:
            stopped = refused.reason
        else:
            messages.success(request, "Your disagreement was added. The person who decides will read it.")
            return redirect(back)
    shown = {"form": form, "contact": contact, "stopped": stopped, "back_url": back}
    return render(request, "raising/disagree.html", shown)
