"""Taking a concern, deciding it, and the second person's word."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from openmash.apps.concerns.actions import deciding, screening
from openmash.apps.concerns.errors import ChangedMeanwhile, NotPossibleNow
from openmash.apps.concerns.queries import sent_twice
from openmash.apps.concerns.queries.opened import Opened, standing_for
from openmash.apps.concerns.states import State
from openmash.web.screening.acting import Act, Begun, begin, conflict, not_possible, respond
from openmash.web.screening.forms.deciding import DecideForm, SecondWordForm
from openmash.web.screening.presenters.decisions import decision_shown
from openmash.web.screening.presenters.findings import finding_now
from openmash.web.screening.presenters.people import OTHER_CHILDREN, name_of


def start_screening(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Take a concern, to screen it."""
    begun = begin(request, contact_id, to="start_screening")
    if request.method != "POST":
        return redirect("screening:contact", contact_id)
    try:
        screening.start_screening(
            contact_id=begun.id, seen_version=begun.seen_version, by=begun.by, now=begun.now
        )
    except ChangedMeanwhile:
        contact = begin(request, contact_id).opened.contact
        if contact.state != State.SCREENING or contact.screener_id != begun.by.pk:
            return conflict(begun)
    except NotPossibleNow as refused:
        return not_possible(begun, refused.reason)
    else:
        messages.success(request, "This is with you now.")
    return redirect("screening:contact", contact_id)


def decide(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Decide a concern, or propose the decision when it takes two people."""
    begun = begin(request, contact_id, to="decide")
    opened = begun.opened
    standing = standing_for(opened, by=begun.by, now=begun.now)
    form = DecideForm(request.POST or None, standing=standing, children=_other_children(opened))

    def do(version: int) -> Any:
        return deciding.decide(
            contact_id=begun.id, seen_version=version, choice=form.choice(), by=begun.by, now=begun.now
        )

    return respond(
        Act(
            begun=begun,
            verb="decide",
            form=form,
            title="Decide",
            button="Decide",
            do=do,
            sent_before=lambda: sent_twice.decided_so(begun.id, form.choice(), by=begun.by),
            done="Your decision has been kept.",
            finish=_after_deciding,
            template="screening/decide.html",
            fields="screening/decide_fields.html",
            context={
                "finding": finding_now(opened),
                "version": opened.policy.version,
                "version_in_force": opened.in_force.policy.version
                if opened.in_force.pk != opened.under.pk
                else "",
                "held_level": standing.policy_rank,
            },
            field_of=form.field_of,
        )
    )


def _after_deciding(begun: Begun, decision: Any) -> HttpResponse:
    if decision.needs_second:
        reasons = " ".join(decision.second_person_reasons)
        messages.info(begun.request, f"Your decision waits for a second person. {reasons}")
        return redirect("screening:contact", begun.id)
    messages.success(begun.request, "Decided. Now write the answer to the person who raised it.")
    return redirect("screening:answer", begun.id)


def _other_children(opened: Opened) -> list[tuple[int, str]]:
    return [(part.pk, name_of(part.description)) for part in opened.people if part.role == OTHER_CHILDREN]


def second_word(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """A second person agrees to a proposed decision, or returns it."""
    begun = begin(request, contact_id, to="agree")
    proposed = begun.opened.proposed
    form = SecondWordForm(request.POST or None)
    if proposed is None:
        return not_possible(begun, "Nobody has proposed a decision yet.", form)

    def do(version: int) -> Any:
        agrees = form.cleaned_data["word"] == "agree"
        say = deciding.agree if agrees else deciding.return_decision
        reason = form.cleaned_data["reason"]
        return say(contact_id=begun.id, seen_version=version, reason=reason, by=begun.by, now=begun.now)

    def sent_before() -> bool:
        agrees = form.cleaned_data["word"] == "agree"
        return sent_twice.said_so(begun.id, agrees=agrees, reason=form.cleaned_data["reason"], by=begun.by)

    return respond(
        Act(
            begun=begun,
            verb="second_word",
            form=form,
            title="Agree to this decision, or return it",
            button="Send my word",
            do=do,
            sent_before=sent_before,
            done="Your word has been kept.",
            template="screening/second_word.html",
            context={
                "decision": decision_shown(proposed, begun.opened),
                "finding": finding_now(begun.opened),
            },
        )
    )
