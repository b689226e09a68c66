"""Rounds of calibration for those who lead on the threshold: beginning, closing, results. And the list of all."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.policy.actions import calibrating
from openmash.apps.policy.errors import NoPolicyInForce, RoundNotOpen
from openmash.apps.policy.permission import may, permitted
from openmash.apps.policy.queries import calibration, in_force
from openmash.web.understanding.asking import shown, somebody
from openmash.web.understanding.beginning import begun
from openmash.web.understanding.presenters.beginning import vignette_to_check
from openmash.web.understanding.presenters.results import results_shown

NOT_AGAIN = ("csrfmiddlewaretoken", "go")


@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, and how far one is oneself."""
    now, by = timezone.now(), somebody(request)
    context = {
        "rounds": calibration.rounds(by=by, now=now),
        "may_begin": may("begin_round", by, now),
    }
    return shown(request, "rounds", context, now=now)


def begin_round(request: HttpRequest) -> HttpResponse:
    """Choose vignettes, check what the threshold says of them, begin."""
    now, by = timezone.localtime(timezone.now()), somebody(request)
    permitted("begin_round", "calibration_round", "", by=by, now=now)
    try:
        policy = in_force(now).policy
    except NoPolicyInForce:
        return shown(request, "nothing_in_force", {}, now=now, status=404)
    typed = begun(request, policy, now)
    step = request.POST.get("go")
    if step not in ("check", "begin") or not typed.is_valid():
        return shown(request, "begin_round", {"typed": typed, "policy": policy}, now=now)
    if step == "check":
        vignettes = [vignette_to_check(told, policy) for told in typed.vignettes()]
        again = [
            (name, value) for name, sent in request.POST.lists() for value in sent if name not in NOT_AGAIN
        ]
        return shown(
            request, "check_round", {"typed": typed, "vignettes": vignettes, "again": again}, now=now
        )
    opens_at, closes_at = typed.form.moments(now)
    calibrating.begin_round(
        title=typed.form.cleaned_data["title"],
        opens_at=opens_at,
        closes_at=closes_at,
        vignettes=typed.vignettes(),
        by=by,
        now=now,
    )
    messages.success(request, "The round has been kept. Tell people that it is there.")
    return redirect("understanding:rounds")


def close_round(request: HttpRequest, pk: int) -> HttpResponse:
    """End a round before its last day."""
    now, by = timezone.now(), somebody(request)
    permitted("close_round", "calibration_round", pk, by=by, now=now)
    try:
        seen = calibration.round_seen(pk, by=by, now=now)
        if request.method == "POST":
            calibrating.close_round(round_id=pk, by=by, now=now)
            messages.success(request, "The round is closed.")
            return redirect("understanding:results", pk)
    except ObjectDoesNotExist:
        raise Http404 from None
    except RoundNotOpen as refused:
        return shown(request, "not_open", {"reason": refused.reason}, now=now, status=409)
    taking_part = calibration.taking_part(pk, by=by, now=now)
    return shown(request, "close_round", {"round": seen, "taking_part": taking_part}, now=now)


@require_GET
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """How far people agree, and where the document is misread."""
    now = timezone.now()
    try:
        found = calibration.round_results(pk, by=somebody(request), now=now)
    except ObjectDoesNotExist:
        raise Http404 from None
    except RoundNotOpen as refused:
        return shown(request, "not_open", {"reason": refused.reason}, now=now, status=409)
    return shown(request, "results", {"round": found.round, "shown": results_shown(found)}, now=now)
