"""Whether somebody may see or do something with a request, and the note that they did."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from openmash.apps.access.grounds import HUB, Ground, Viewer, grounds_of
from openmash.apps.access.request_grounds import SEES_A_CASE, RequestFacts, ground_on_request
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.access.work_grounds import grounds_on_case
from openmash.apps.audit.actions import record
from openmash.apps.casework.standing import facts_of
from openmash.apps.concerns.permission import facts_for_access
from openmash.apps.directory.models import Person
from openmash.apps.sharing.models import Request


def viewer_at(by: Person, now: datetime) -> Viewer:
    """Somebody with the roles they hold at this moment."""
    return viewer_of(by, timezone.localtime(now).date())


@seeing_everything("a request opens by its own gate")
def facts_of_request(request: Request, viewer: Viewer, now: datetime) -> RequestFacts:
    """All that access needs to know of a request, with this viewer's grounds on what it was asked on account of."""
    return RequestFacts(
        id=str(request.pk),
        asked_by_id=request.by_id,
        asking_agency_id=request.asking_agency_id,
        asked_agency_id=request.asked_agency_id,
        asked_person_id=request.asked_person_id,
        on_record=_on_record(request, viewer, now),
        is_kept_out=str(request.contact_id) in viewer.kept_out,
    )


def _on_record(request: Request, viewer: Viewer, now: datetime) -> frozenset[Ground]:
    if request.contact is not None:
        return grounds_of(viewer, facts_for_access(request.contact)) & HUB
    assert request.case is not None  # noqa: S101 -- constraint `request_has_one_record`
    return grounds_on_case(viewer, facts_of(request.case, now)) & SEES_A_CASE


def permitted(verb: str, request: Request, by: Person, now: datetime) -> Ground:
    """The ground on which `by` may do this.

    Raises:
        Refused: there is none.
    """
    viewer = viewer_at(by, now)
    return ground_on_request(viewer, verb, facts_of_request(request, viewer, now))


def note_down(
    request: Request,
    verb: str,
    *,
    by: Person,
    ground: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write an event about this request."""
    record(
        by=by,
        verb=verb,
        subject_kind="information_request",
        subject_id=request.pk,
        ground=ground,
        now=now,
        detail=detail,
    )
