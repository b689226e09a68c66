"""Where somebody begins: what can be tried, and with which versions."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.policy.permission import may
from openmash.apps.policy.queries.drafts import drafts_visible_to
from openmash.web.trying.versions import of_a_version, shown, somebody, version_in_force


@require_GET
@of_a_version
def start(request: HttpRequest) -> HttpResponse:
    """The version in force for everybody; drafts for those who lead on the threshold."""
    now, by = timezone.now(), somebody(request)
    drafts = drafts_visible_to(by, now) if may("see_drafts", by, now) else []
    return shown(request, "start", {"tried": version_in_force(now), "drafts": drafts})
