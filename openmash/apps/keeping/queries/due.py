"""Records whose time is over, for those who decide about them. They are proposed; nothing happens by itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import localities_for
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record
from openmash.apps.casework.models import CameFrom, Case
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person
from openmash.apps.keeping.kinds import KEEP, REMOVE, RecordKind
from openmash.apps.keeping.models import Decision, Hold, Removed
from openmash.apps.keeping.permission import KEEPERS, cases_of, contacts_of
from openmash.apps.keeping.records import Record, at_one_table, ended_cases, ended_contacts
from openmash.apps.keeping.schedules import schedule_in_force
from openmash.engines.keeping import Period, Schedule

SHOWN_REMOVED = 50


@dataclass(frozen=True)
class Due:
    """One record whose time is over. `holds` stop its removal; `decided` is the latest word about it."""

    record: Record
    period: Period
    kept_until: date
    holds: tuple[Hold, ...]
    decided: Decision | None

    @property
    def waits_for_second(self) -> bool:
        return self.decided is not None and self.decided.outcome == REMOVE and not self.holds


@dataclass(frozen=True)
class HeldRecord:
    """A hold in force, with the record's reference; `ask` when its day to be looked at has come."""

    hold: Hold
    reference: str
    ask: bool


@dataclass(frozen=True)
class Worklist:
    """What somebody who decides how long records are kept has before them."""

    schedule: Schedule
    due: tuple[Due, ...]
    held: tuple[HeldRecord, ...]
    removed: tuple[Removed, ...]


@seeing_everything("the gate of keeping decides, and says why not")
@transaction.atomic
def worklist(*, by: Person, now: datetime) -> Worklist:
    """Records whose time is over, longest first; holds; and what was removed lately.

    Raises:
        Refused: no role of this person decides about records.
        NothingInForce: no version of the schedule is in force.
    """
    today = day_of(now)
    viewer = viewer_of(by, today)
    where = localities_for(viewer, KEEPERS)
    if where == frozenset():
        raise Refused(
            "Those who manage a front door or a team, head the service or are a safeguarding partner decide how long "
            "records are kept.",
            verb="see_keeping",
            subject_kind="locality",
            subject_id="",
        )
    schedule = schedule_in_force(today)
    contacts, cases = contacts_of(viewer), cases_of(viewer)
    removed = Removed.objects.select_related("decided_by", "by", "locality")
    found = due_on(today, schedule, contacts, cases)
    held = _held(contacts, cases, today)
    record(
        by=by,
        verb="see_keeping",
        subject_kind="locality",
        subject_id=",".join(map(str, sorted(where))) if where is not None else "all",
        ground="decides how long records are kept",
        now=now,
        detail={
            "shown": [str(each.record.id) for each in found] + [str(each.hold.record_id) for each in held]
        },
    )
    return Worklist(
        schedule=schedule,
        due=tuple(found),
        held=tuple(held),
        removed=tuple((removed if where is None else removed.filter(locality_id__in=where))[:SHOWN_REMOVED]),
    )


def due_anywhere(now: datetime) -> list[Due]:
    """The same of every place, for whoever runs the service: no name and no word of any record.

    Raises:
        NothingInForce: no version of the schedule is in force.
    """
    today = day_of(now)
    return due_on(today, schedule_in_force(today), Q(), Q())


def due_on(today: date, schedule: Schedule, contacts: Q, cases: Q) -> list[Due]:
    """Of these contacts and cases those whose last day has gone by, and which nobody has decided to keep longer."""
    over = [(each, until) for each, until in kept_until(schedule, contacts, cases) if until < today]
    decided, holds = latest_decisions(each.id for each, _ in over), holds_of(each for each, _ in over)
    found = [
        Due(each, schedule.period(each.period), until, holds[each.id], decided.get(each.id))
        for each, until in over
        if not _kept_longer(decided.get(each.id), today)
    ]
    return sorted(found, key=lambda due: (due.kept_until, due.record.reference))


def kept_until(schedule: Schedule, contacts: Q, cases: Q) -> list[tuple[Record, date]]:
    """Each record that has ended, and its last day; work goes no earlier than what shared a meeting with it."""
    found = [(each, each.kept_until(schedule)) for each in ended_contacts(contacts)]
    work = ended_cases(cases)
    together = at_one_table([each.id for each in work])
    others = ended_cases(Q(pk__in={other for each in together.values() for other in each}))
    days = {each.id: each.kept_until(schedule) for each in (*others, *work)}
    for each in work:
        if together[each.id] <= days.keys():  # else work of which the same minutes tell goes on
            found.append((each, max(days[one] for one in {each.id, *together[each.id]})))
    return found


def latest_decisions(ids: Iterable[UUID]) -> dict[UUID, Decision]:
    """The latest word about each record, where there is one."""
    found = Decision.objects.filter(record_id__in=list(ids)).select_related("by").order_by("id")
    return {each.record_id: each for each in found}


def holds_of(records: Iterable[Record]) -> dict[UUID, tuple[Hold, ...]]:
    """Every hold that stops each record: its own, and for work those of the concerns it goes back to."""
    holding: dict[UUID, list[UUID]] = {each.id: [each.id] for each in records}
    for case, contact in CameFrom.objects.filter(case__in=list(holding)).values_list("case", "contact"):
        holding[case].append(contact)
    in_force = defaultdict(list)
    wanted = {one for each in holding.values() for one in each}
    for hold in Hold.objects.filter(record_id__in=wanted, lifted__isnull=True).select_related("owner", "by"):
        in_force[hold.record_id].append(hold)
    return {
        each: tuple(hold for one in dict.fromkeys(ids) for hold in in_force[one])
        for each, ids in holding.items()
    }


def _kept_longer(decided: Decision | None, today: date) -> bool:
    return (
        decided is not None
        and decided.outcome == KEEP
        and decided.keep_until is not None
        and decided.keep_until >= today
    )


def _held(contacts: Q, cases: Q, today: date) -> list[HeldRecord]:
    in_force = list(
        Hold.objects.filter(lifted__isnull=True).select_related("owner").order_by("review_on", "id")
    )
    ids = {kind: [each.record_id for each in in_force if each.kind == kind] for kind in RecordKind}
    mine = Contact.objects.filter(contacts, pk__in=ids[RecordKind.CONTACT]).values_list("pk", "reference")
    work = Case.objects.filter(cases, pk__in=ids[RecordKind.CASE]).values_list("pk", "reference")
    references = dict([*mine, *work])
    return [
        HeldRecord(each, references[each.record_id], each.review_on <= today)
        for each in in_force
        if each.record_id in references
    ]
