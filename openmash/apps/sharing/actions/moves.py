"""What every action on a request shares: lock it, check the right and the state, move it, write it down."""

from datetime import datetime
from typing import Any
from uuid import UUID

from openmash.apps.access.wall.passing import acting
from openmash.apps.directory.models import Person
from openmash.apps.sharing.errors import ChangedMeanwhile, NotPossibleNow
from openmash.apps.sharing.models import Request
from openmash.apps.sharing.permission import note_down, permitted
from openmash.apps.sharing.states import MEANINGS, State, may_become


@acting
def locked(request_id: UUID, seen_version: int | None) -> Request:
    """The request, locked until the transaction ends.

    Raises:
        Request.DoesNotExist: there is none.
        ChangedMeanwhile: it has moved on since the version the person saw.
    """
    request = Request.objects.select_for_update(of=("self",)).get(pk=request_id)
    if seen_version is not None and request.version != seen_version:
        raise ChangedMeanwhile(seen_version, request.version)
    return request


@acting
def check(request: Request, verb: str, by: Person, now: datetime) -> str:
    """The ground on which `by` may do this now.

    Raises:
        Refused: there is none.
        NotPossibleNow: the state does not allow it.
    """
    ground = permitted(verb, request, by, now)
    if not may_become(verb, request.state):
        label = MEANINGS[State(request.state)].label.lower()
        raise NotPossibleNow(f"This cannot be done now: {request.reference} is at “{label}”.")
    return ground


@acting
def move(
    request: Request,
    verb: str,
    after: State,
    *,
    by: Person,
    ground: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Take the request along one transition of the table, and write it down."""
    before = request.state
    if after not in may_become(verb, before):
        raise NotPossibleNow(f"This cannot be done now: {request.reference} has moved on.")
    request.state = after
    request.version += 1
    request.save(update_fields=["state", "version"])
    note_down(
        request,
        verb,
        by=by,
        ground=ground,
        now=now,
        detail={"before": before, "after": after.value, **(detail or {})},
    )
