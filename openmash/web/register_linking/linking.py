"""Registers and runs on one page, asking for a run, and following it."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from openmash.apps.registers import queries
from openmash.apps.registers.actions.running import ask_for_run
from openmash.apps.registers.errors import RegisterRefused
from openmash.apps.registers.starting import start_linking
from openmash.web.layout.fields import Choice
from openmash.web.layout.templatetags.gds import day
from openmash.web.register_linking.forms import LinkForm
from openmash.web.register_linking.handing_over import sent, somebody
from openmash.web.register_linking.presenters import result_shown


def registers(request: HttpRequest) -> HttpResponse:
    """What this person may see of registers, and what they may do."""
    by, now = somebody(request), timezone.localtime()
    found = queries.registers_visible_to(by, now=now)
    context = {
        "registers": found,
        "runs": queries.runs_visible_to(by, now=now),
        "may_hand_over": queries.may_hand_over(by, now=now),
        "may_link": queries.may_link(by, now=now),
    }
    return render(request, "register_linking/registers.html", context)


def link_registers(request: HttpRequest) -> HttpResponse:
    """Ask for two registers of this locality to be linked."""
    by, now = somebody(request), timezone.localtime()
    offered = queries.registers_to_link(by, now=now)
    choices = [
        Choice(str(each.pk), f"{each}, handed over {day(each.at)}, {each.people:,} people")
        for each in offered
    ]
    form = LinkForm(*sent(request), offered=choices)
    if request.method == "POST" and form.is_valid():
        by_id = {str(each.pk): each for each in offered}
        one, other = by_id[form.cleaned_data["one"]], by_id[form.cleaned_data["other"]]
        try:
            asked = ask_for_run(one=one, other=other, purpose=form.cleaned_data["purpose"], by=by, now=now)
        except RegisterRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            transaction.on_commit(start_linking)
            return redirect("register_linking:run", asked.pk)
    return render(request, "register_linking/link.html", {"form": form, "offered": offered})


def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a run is, what it came to, and how far people are with its pairs."""
    found = opened(request, pk)
    return render(request, "register_linking/run.html", {"run": found, **result_shown(found)})


def opened(request: HttpRequest, pk: UUID) -> Any:
    """A run this person may see.

    Raises:
        Http404: there is none. Refused: they may not.
    """
    found = queries.run_if_any(pk, somebody(request), now=timezone.localtime())
    if found is None:
        raise Http404
    return found
