"""What the work waits for from another agency: asked for, and come or not."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.moves import Around, check_move, locked, take
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import Awaited, AwaitedEnded
from openmash.apps.casework.models.awaited import CAME, WILL_NOT_COME
from openmash.apps.casework.rules import Written
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person


@acting
@transaction.atomic
def wait_for_agency(
    *,
    case_id: UUID,
    seen_version: int | None,
    what: str,
    from_whom: str,
    since: datetime | None,
    by: Person,
    now: datetime,
) -> Awaited:
    """Write down what another agency is to send. `since`: when it was asked for, now if it is left out.

    Raises:
        Incomplete: what is lacking, by field.
    """
    case = locked(case_id, seen_version)
    taken = check_move(case, "wait_for_agency", "", Written(reason=what), by=by, now=now)
    lacking = []
    if not from_whom.strip():
        lacking.append(Reason("from_whom", "Write from whom it is to come."))
    if since is not None and since > now:
        lacking.append(Reason("since_on", "It cannot have been asked for in the future."))
    if lacking:
        raise Incomplete(lacking)
    awaited = Awaited.objects.create(
        case=case, what=what, from_whom=from_whom, since=since or now, by=by, at=now
    )
    take(taken, Around(detail={"awaited": awaited.pk}))
    return awaited


@acting
@transaction.atomic
def end_waiting(
    *, case_id: UUID, awaited_id: int, outcome: str, words: str, by: Person, now: datetime
) -> AwaitedEnded:
    """Record that it came, or that it will not come and why.

    Raises:
        Incomplete: what is lacking, by field.
        NotPossibleNow: this has been recorded.
    """
    case = locked(case_id)
    awaited = Awaited.objects.get(pk=awaited_id, case=case)
    taken = check_move(case, "end_waiting", "", Written(reason=words), by=by, now=now)
    if outcome not in (CAME, WILL_NOT_COME):
        raise Incomplete([Reason("outcome", "Choose whether it came.")])
    if AwaitedEnded.objects.filter(awaited=awaited).exists():
        raise NotPossibleNow("It has been recorded already whether this came.")
    ended = AwaitedEnded.objects.create(
        case=case, awaited=awaited, outcome=outcome, words=words, by=by, at=now
    )
    take(taken, Around(detail={"awaited": awaited.pk, "came": outcome}))
    return ended
