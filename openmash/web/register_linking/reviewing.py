"""Clerical review: one pair after the other, each with somebody alone, and every word can be taken back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmash.apps.registers import queries
from openmash.apps.registers.actions import reviewing
from openmash.apps.registers.errors import RegisterRefused
from openmash.web.register_linking.forms import SayForm, TakeBackForm
from openmash.web.register_linking.handing_over import sent, somebody
from openmash.web.register_linking.linking import opened as opened_run
from openmash.web.register_linking.presenters import name_of, pair_shown, shown_of


def next_pair(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next pair for this person, or that none is left for them."""
    run, by, now = opened_run(request, pk), somebody(request), timezone.localtime()
    if run.progress.state != "done":
        return redirect("register_linking:run", pk)
    pair = reviewing.take_next(run=run, by=by, now=now)
    if pair is None:
        return render(
            request, "register_linking/none_left.html", {"run": run, "reviewed": queries.reviewed(run)}
        )
    return _page(request, run, pair, SayForm(), now)


@require_POST
def say_of_pair(request: HttpRequest, pk: UUID, pair: int) -> HttpResponse:
    """Say whether the two are the same person, and go on to the next pair."""
    run, by, now = opened_run(request, pk), somebody(request), timezone.localtime()
    found = queries.pair_of(run, pair, by, now=now)
    if found is None:
        raise Http404
    form = SayForm(request.POST)
    if not form.is_valid():
        return _page(request, run, found, form, now)
    opened = queries.opened(found, on=_day_of(run))
    try:
        reviewing.say(
            pair=found,
            verdict=form.cleaned_data["verdict"],
            reason=form.cleaned_data["reason"],
            shown=shown_of(opened),
            by=by,
            now=now,
        )
    except RegisterRefused as refused:
        if refused.field:
            form.add_error(refused.field, refused.reason)
            return _page(request, run, found, form, now)
        messages.warning(request, refused.reason)
    else:
        messages.success(
            request, f"Kept, about {name_of(opened.one)}. You can take it back under “What you have said”."
        )
    return redirect("register_linking:review", pk)


def said(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What this person has said of a run's pairs, to be taken back where it was wrong."""
    run, by = opened_run(request, pk), somebody(request)
    listed = [
        {
            "said": each,
            "one": name_of(queries.person_of(each.pair.one)),
            "other": name_of(queries.person_of(each.pair.other)),
        }
        for each in queries.said_by(run, by, now=timezone.localtime())
    ]
    return render(request, "register_linking/said.html", {"run": run, "listed": listed})


def take_back(request: HttpRequest, pk: UUID, said: int) -> HttpResponse:
    """Say that a word was wrong: the pair comes again."""
    run, by, now = opened_run(request, pk), somebody(request), timezone.localtime()
    word = queries.said_if_any(run, said, by, now=now)
    if word is None:
        raise Http404
    form = TakeBackForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.take_back(said=word, reason=form.cleaned_data["reason"], by=by, now=now)
        except RegisterRefused as refused:
            form.add_error(refused.field or None, refused.reason)
        else:
            messages.success(request, "Taken back. The pair will be looked at again.")
            return redirect("register_linking:said", pk)
    names = [name_of(queries.person_of(each)) for each in (word.pair.one, word.pair.other)]
    return render(
        request, "register_linking/take_back.html", {"run": run, "said": word, "names": names, "form": form}
    )


def _page(request: HttpRequest, run: Any, pair: Any, form: SayForm, now: datetime) -> HttpResponse:
    opened = queries.opened(pair, on=_day_of(run))
    context = {
        "run": run,
        "pair": pair,
        "shown": pair_shown(opened),
        "reviewed": queries.reviewed(run),
        "form": form,
    }
    return render(request, "register_linking/review.html", context, status=200)


def _day_of(run: Any) -> Any:
    """Ages are reckoned on the day the run was asked for, so that two who look see the same evidence."""
    return timezone.localtime(run.at).date()
