"""Blind audit: the samples, drawing one, judging concern by concern, and the outcome once it is opened."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openmash.apps.case_audit.actions import judging
from openmash.apps.case_audit.actions.drawing import draw_sample
from openmash.apps.case_audit.errors import NotNow, SampleIncomplete
from openmash.apps.case_audit.queries.blind import as_known
from openmash.apps.case_audit.queries.opened import sample_opened
from openmash.apps.case_audit.queries.standing import next_position, progress, samples
from openmash.apps.policy.permission import may, permitted
from openmash.web.layout.acting import somebody
from openmash.web.reviewing.audit_forms import DiscussForm, DrawForm, OpenForm, VerdictForm, with_reasons
from openmash.web.reviewing.presenters.auditing import outcome_of


@require_safe
def audits(request: HttpRequest) -> HttpResponse:
    """The samples one is asked to judge; for whoever leads on the threshold all of them."""
    now, by = timezone.now(), somebody(request)
    context = {"samples": samples(by=by, now=now), "may_draw": may("draw_sample", by, now)}
    return render(request, "reviewing/audits.html", context)


def draw(request: HttpRequest) -> HttpResponse:
    """Say which sample is wanted, and draw it."""
    now, by = timezone.now(), somebody(request)
    permitted("draw_sample", "case_audit", "", by=by, now=now)
    form = DrawForm(request.POST or None, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            made = draw_sample(form.asked(), by=by, now=now)
        except SampleIncomplete as lacking:
            with_reasons(form, lacking)
        else:
            messages.success(request, "The sample is drawn. Tell those you asked that it is there.")
            return redirect("reviewing:audit", made.pk)
    return render(request, "reviewing/audit_draw.html", {"form": form})


@require_safe
def audit_next(request: HttpRequest, sample_id: int) -> HttpResponse:
    """On to the next concern, or back to the list when none is left."""
    now, by = timezone.now(), somebody(request)
    own = next((each for each in samples(by=by, now=now) if each.pk == sample_id and each.mine), None)
    if own is None:
        raise Http404
    position = next_position(sample_id, by, now)
    if position is None:
        messages.success(request, "You have judged everything that was put before you. Thank you.")
        return redirect("reviewing:audits")
    return redirect("reviewing:audit_judge", sample_id, position)


def audit_judge(request: HttpRequest, sample_id: int, position: int) -> HttpResponse:
    """One concern as it was known at its decision, and the levels to choose from."""
    now, by = timezone.now(), somebody(request)
    try:
        shown = as_known(sample_id, position, by=by, now=now)
        form = VerdictForm(request.POST or None, policy=shown.policy)
        if request.method == "POST" and form.is_valid():
            judging.judge(sample_id=sample_id, position=position, by=by, now=now, **form.cleaned_data)
            return redirect("reviewing:audit_next", sample_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    except NotNow as refused:
        messages.info(request, refused.reason)
        return redirect("reviewing:audit_next", sample_id)
    return render(request, "reviewing/audit_judge.html", {"form": form, "shown": shown})


def audit(request: HttpRequest, sample_id: int) -> HttpResponse:
    """How far a sample is, and, once somebody has opened it, its outcome."""
    now, by = timezone.now(), somebody(request)
    permitted("see_sample_opened", "case_audit", sample_id, by=by, now=now)
    opening, discussing = OpenForm(request.POST or None), DiscussForm(request.POST or None)
    try:
        if "why_early" in request.POST and opening.is_valid():
            judging.open_outcome(sample_id=sample_id, by=by, now=now, **opening.cleaned_data)
            return redirect("reviewing:audit", sample_id)
        if "text" in request.POST and discussing.is_valid():
            judging.discuss(sample_id=sample_id, by=by, now=now, **discussing.cleaned_data)
            return redirect("reviewing:audit", sample_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    except SampleIncomplete as lacking:
        with_reasons(discussing if "text" in request.POST else opening, lacking)
    except NotNow as refused:
        messages.info(request, refused.reason)
        return redirect("reviewing:audit", sample_id)
    try:
        found = sample_opened(sample_id, by=by, now=now)
    except ObjectDoesNotExist:
        raise Http404 from None
    except NotNow:
        context = {"form": opening, "progress": progress(sample_id, now)}
        return render(request, "reviewing/audit_waiting.html", context)
    form = discussing if "text" in request.POST else DiscussForm()
    return render(
        request, "reviewing/audit_opened.html", {"found": found, "shown": outcome_of(found), "form": form}
    )
