"""Reading and acknowledging the version in force, and who has."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.policy.actions import acknowledging
from openmash.apps.policy.errors import NoPolicyInForce, VersionNotInForce
from openmash.apps.policy.permission import may
from openmash.apps.policy.queries import in_force, versions
from openmash.apps.policy.queries.acknowledgements import (
    acknowledged_at,
    acknowledged_by_agency,
    yet_to_acknowledge,
)
from openmash.web.understanding.asking import shown, somebody
from openmash.web.understanding.presenters.acknowledging import all_together, changes_shown, level_words


def acknowledge(request: HttpRequest) -> HttpResponse:
    """The version in force in short, and one button."""
    now, by = timezone.now(), somebody(request)
    try:
        found = in_force(now)
    except NoPolicyInForce:
        return shown(request, "nothing_in_force", {}, now=now, status=404)
    if request.method == "POST":
        return _acknowledge(request)
    every = versions()
    before = next((each for each in every if each.in_force_from < found.in_force_from), None)
    context = {
        "policy": found.policy,
        "policy_id": found.pk,
        "in_force_from": found.in_force_from,
        "before": before,
        "changes": changes_shown(found.policy),
        "levels": [(level_words(each, found.policy), each.summary) for each in reversed(found.policy.levels)],
        "phones": found.policy.contacts,
        "acknowledged_at": acknowledged_at(by=by, policy_id=found.pk),
    }
    return shown(request, "acknowledge", context, now=now)


def _acknowledge(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("policy", "")
    policy_id = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    try:
        acknowledging.acknowledge(policy_id=policy_id, by=somebody(request), now=timezone.now())
    except VersionNotInForce as changed:
        messages.error(request, changed.reason)
    else:
        messages.success(request, "Thank you. It is written down that you have read this version.")
    return redirect("understanding:acknowledge")


@require_GET
def acknowledged(request: HttpRequest) -> HttpResponse:
    """Who has acknowledged: the agencies for those who lead, one's own colleagues for a safeguarding lead."""
    now, by = timezone.now(), somebody(request)
    leads = may("see_acknowledgements", by, now)
    own = may("see_own_agency", by, now)
    try:
        # Somebody who is neither is refused by the first of these, and the refusal is recorded.
        agencies = acknowledged_by_agency(by=by, now=now) if leads or not own else []
        context = {
            "policy": in_force(now).policy,
            "agencies": agencies,
            "total": all_together(agencies),
            "own": yet_to_acknowledge(by=by, now=now) if own else None,
        }
    except NoPolicyInForce:
        return shown(request, "nothing_in_force", {}, now=now, status=404)
    return shown(request, "acknowledged", context, now=now)
