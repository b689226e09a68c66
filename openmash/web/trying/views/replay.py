"""A draft over the partnership's own past decisions: replayed as it is, and with its numbers moved."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.queries.history import decided_cases
from openmash.apps.review.aftermath import aftermath
from openmash.engines.thresholds.replay import knobs
from openmash.web.trying.forms.sweep import MOST_STEPS_OF_TWO, SweepForm
from openmash.web.trying.presenters.aftermath import aftermath_shown
from openmash.web.trying.presenters.replayed import FEWEST_CASES, replay_shown
from openmash.web.trying.presenters.surface import surface_shown
from openmash.web.trying.presenters.swept import all_shown, sweep_shown
from openmash.web.trying.versions import draft_tried, moved, of_a_version, shown, somebody, version_in_force


@require_GET
@of_a_version
def replay(request: HttpRequest, draft: int) -> HttpResponse:
    """What the version in force and the draft say of every past decision."""
    now = timezone.now()
    tried, in_force = moved(request, draft_tried(request, draft, now)), version_in_force(now)
    decided = decided_cases(by=somebody(request), now=now)
    context: dict[str, Any] = {"tried": tried, "in_force": in_force}
    if not decided:
        return shown(request, "no_history", context, draft=draft)
    found = replay_shown(decided, in_force.policy, tried.policy, today=day_of(now))
    if found.tables:
        came = aftermath(decided, by=somebody(request), now=now)
        context["after"] = aftermath_shown(decided, in_force.policy, tried.policy, came)
    return shown(request, "replay", {**context, "replay": found}, draft=draft)


@require_GET
@of_a_version
def sweep(request: HttpRequest, draft: int) -> HttpResponse:
    """One number of the draft, over a range of values; or two, over every pair of theirs."""
    now = timezone.now()
    tried = draft_tried(request, draft, now)
    form = SweepForm(request.GET or None, knobs(tried.policy), tried.policy)
    context = {"tried": tried, "form": form}
    if not form.is_valid():
        return shown(request, "sweep", context, draft=draft)
    decided = decided_cases(by=somebody(request), now=now)
    if len(decided) < FEWEST_CASES:
        return shown(request, "no_history", context, draft=draft)
    second = form.second()
    if second:
        first = (form.chosen(), form.values(MOST_STEPS_OF_TWO))
        pairs = surface_shown(decided, tried.policy, first, (second, form.second_values(MOST_STEPS_OF_TWO)))
        return shown(request, "sweep", {**context, "surface": pairs}, draft=draft)
    found = sweep_shown(decided, tried.policy, form.chosen(), form.values())
    return shown(request, "sweep", {**context, "swept": found}, draft=draft)


@require_GET
@of_a_version
def all_numbers(request: HttpRequest, draft: int) -> HttpResponse:
    """Every number of the draft, one step either way."""
    now = timezone.now()
    tried = draft_tried(request, draft, now)
    decided = decided_cases(by=somebody(request), now=now)
    if len(decided) < FEWEST_CASES:
        return shown(request, "no_history", {"tried": tried}, draft=draft)
    return shown(
        request, "all_numbers", {"tried": tried, "all": all_shown(decided, tried.policy)}, draft=draft
    )
