"""Comparing two versions: a draft with the version in force, or any two that were adopted."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.policy.permission import permitted
from openmash.apps.policy.queries import versions
from openmash.web.trying.forms.compare import TwoVersions
from openmash.web.trying.presenters.compared import compared
from openmash.web.trying.versions import (
    Tried,
    draft_tried,
    of_a_version,
    shown,
    somebody,
    version_adopted,
    version_in_force,
)


@require_GET
@of_a_version
def compare(request: HttpRequest, draft: int) -> HttpResponse:
    """A draft with the version in force."""
    now = timezone.now()
    tried = draft_tried(request, draft, now)
    return _compared(request, version_in_force(now), tried)


@require_GET
@of_a_version
def compare_versions(request: HttpRequest) -> HttpResponse:
    """Any two versions that were adopted."""
    permitted("see_drafts", "policy", "compare", by=somebody(request), now=timezone.now())
    every = versions()
    form = TwoVersions(request.GET or None, every)
    if not form.is_valid():
        return shown(request, "choose_versions", {"form": form, "enough": len(every) > 1})
    before, after = (version_adopted(int(form.cleaned_data[name])) for name in ("before", "after"))
    return _compared(request, before, after)


def _compared(request: HttpRequest, before: Tried, after: Tried) -> HttpResponse:
    context = {"before": before, "after": after, "compared": compared(before.policy, after.policy)}
    return shown(request, "compare", context, draft=after.draft)
