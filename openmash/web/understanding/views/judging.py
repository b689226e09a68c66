"""Judging one vignette at a time, and seeing one's own answers afterwards."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.policy.actions import calibrating
from openmash.apps.policy.errors import AlreadyJudged, RoundNotOpen
from openmash.apps.policy.queries import calibration
from openmash.web.understanding.asking import shown, somebody
from openmash.web.understanding.forms import JudgeForm
from openmash.web.understanding.presenters.own import own_shown

ANSWERED_BEFORE = "You have answered that one already. An answer cannot be changed, so here is the next."


@require_GET
def judge_next(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the next vignette, or to one's own answers when there is none left."""
    now = timezone.now()
    try:
        next_one = calibration.to_judge(pk, None, by=somebody(request), now=now)
    except ObjectDoesNotExist:
        raise Http404 from None
    except RoundNotOpen as refused:
        return shown(request, "not_open", {"reason": refused.reason}, now=now, status=409)
    if next_one is None:
        return redirect("understanding:own_answers", pk)
    return redirect("understanding:judge", pk, next_one.place.position)


def judge(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """One vignette: its story, and the levels to choose from. Nothing says what anybody else makes of it."""
    now, by = timezone.now(), somebody(request)
    try:
        to_judge = calibration.to_judge(pk, position, by=by, now=now)
        if to_judge is None or to_judge.place.position != position:
            return redirect("understanding:judge_next", pk)
        form = JudgeForm(request.POST or None, shown=to_judge)
        if request.method == "POST" and form.is_valid():
            calibrating.judge(round_id=pk, position=position, by=by, now=now, **form.cleaned_data)
            return redirect("understanding:judge_next", pk)
    except ObjectDoesNotExist:
        raise Http404 from None
    except AlreadyJudged:
        messages.info(request, ANSWERED_BEFORE)
        return redirect("understanding:judge_next", pk)
    except RoundNotOpen as refused:
        return shown(request, "not_open", {"reason": refused.reason}, now=now, status=409)
    seen = calibration.round_seen(pk, by=by, now=now)
    return shown(request, "judge", {"form": form, "shown": to_judge, "round": seen}, now=now)


@require_GET
def own_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own answers beside the threshold's, for oneself only."""
    now, by = timezone.now(), somebody(request)
    try:
        seen = calibration.round_seen(pk, by=by, now=now)
        answers = calibration.own_answers(pk, by=by, now=now)
    except ObjectDoesNotExist:
        raise Http404 from None
    except RoundNotOpen as refused:
        return shown(request, "not_open", {"reason": refused.reason}, now=now, status=409)
    policy = calibration.policy_of(pk)
    return shown(request, "own_answers", {"round": seen, "own": own_shown(answers, policy)}, now=now)
