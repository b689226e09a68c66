"""Writing down that somebody is away, and who covers for them."""

from datetime import date, datetime

from django.db import transaction

from openmash.apps.access.absence_grounds import ground_for_absence
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.casework.absence import works_in
from openmash.apps.casework.actions.timing import today
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import Absence
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person


@acting
@transaction.atomic
def record_absence(
    *,
    person: Person,
    starts: date | None,
    ends: date | None,
    cover: Person | None,
    by: Person,
    now: datetime,
    replaces_id: int | None = None,
    withdrawn: bool = False,
) -> Absence:
    """Write down an absence, or a later word on one (`replaces_id`): other days, other cover, or that it is not.

    Raises:
        Refused: it is neither one's own nor of somebody of one's team.
        Incomplete: days that cannot be, or cover who is away themselves.
        NotPossibleNow: a later word has been said already.
    """
    viewer = viewer_of(by, today(now))
    ground = ground_for_absence(viewer, person.pk, works_in(person, today(now)))
    before = _before(replaces_id, person)
    lacking = _lacking(person, starts, ends, None if withdrawn else cover)
    if lacking or starts is None or ends is None:
        raise Incomplete(lacking)
    absence = Absence.objects.create(
        person=person,
        starts=starts,
        ends=ends,
        cover=cover,
        replaces=before,
        withdrawn=withdrawn,
        by=by,
        at=now,
    )
    record(
        by=by,
        verb="record_absence",
        subject_kind="absence",
        subject_id=absence.pk,
        ground=ground,
        now=now,
        detail={"person": person.pk, "cover": cover.pk if cover else None, "withdrawn": withdrawn},
    )
    return absence


def _before(replaces_id: int | None, person: Person) -> Absence | None:
    if replaces_id is None:
        return None
    before = Absence.objects.select_for_update().get(pk=replaces_id, person=person)
    if before.withdrawn or Absence.objects.filter(replaces=before).exists():
        raise NotPossibleNow("This absence has been changed meanwhile. Look at the list again.")
    return before


def _lacking(person: Person, starts: date | None, ends: date | None, cover: Person | None) -> list[Reason]:
    lacking = []
    if starts is None:
        lacking.append(Reason("starts", "Give the first day away."))
    if ends is None or (starts is not None and ends < starts):
        lacking.append(Reason("ends", "Give the last day away: not before the first."))
    if cover is not None and cover.pk == person.pk:
        lacking.append(Reason("cover", "Somebody else must cover."))
    elif cover is not None and starts is not None and not works_in(cover, starts):
        lacking.append(Reason("cover", f"{cover.name} is not a social worker then. Choose somebody else."))
    elif cover is not None and starts is not None and ends is not None:
        away = Absence.objects.filter(person=cover, replaced_by__isnull=True, withdrawn=False)
        if away.filter(starts__lte=ends, ends__gte=starts).exists():
            lacking.append(Reason("cover", f"{cover.name} is away then too. Choose somebody else."))
    return lacking
