"""What is due: each clock that ran out is claimed once, and its notice written in the same transaction.

No queue server: one conditional update claims rows that nobody else holds. A worker that dies takes its claim with
it, because claim and notice are kept together or not at all; the next worker finds the clock again.
"""

from datetime import datetime

from django.db import connection, transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.absence import covers_on
from openmash.apps.casework.actions.moves import note
from openmash.apps.casework.actions.timing import today
from openmash.apps.casework.models import Case, Clock, Notice
from openmash.apps.casework.standing import worker_of
from openmash.apps.directory.models import Person
from openmash.apps.directory.queries import people_with

CLAIM = """
    UPDATE casework_clock SET noticed_at = %(now)s
    WHERE id IN (
        SELECT id FROM casework_clock
        WHERE stopped_at IS NULL AND noticed_at IS NULL AND due_at <= %(now)s
        ORDER BY due_at, id
        LIMIT %(batch)s
        FOR UPDATE SKIP LOCKED
    )
    RETURNING id
"""


@acting
@transaction.atomic
def send_what_is_due(*, now: datetime, batch: int = 50) -> list[Notice]:
    """Claim up to `batch` clocks that have run out, and write a notice of each. Empty when none is left."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now, "batch": batch})
        claimed = [row[0] for row in cursor.fetchall()]
    clocks = Clock.objects.filter(pk__in=claimed).select_related("case")
    return [_give_notice(clock, now) for clock in clocks.order_by("due_at", "id")]


def _give_notice(clock: Clock, now: datetime) -> Notice:
    notice = Notice.objects.create(case=clock.case, clock=clock, to=_for_whom(clock.case, now), at=now)
    detail = {"clock": clock.pk, "definition": clock.definition, "due_at": clock.due_at.isoformat()}
    note(clock.case, "send_what_is_due", by=None, ground="a clock ran out", now=now, detail=detail)
    return notice


def _for_whom(case: Case, now: datetime) -> Person | None:
    """Whoever covers today, else whoever leads the work; where nobody does, a manager of the team."""
    day, worker = today(now), worker_of(case)
    managers = people_with("team_manager", case.locality_id, day).order_by("name", "pk")
    return covers_on(case, worker, day) or worker or managers.first()
