"""How long one record is kept, and what stops its removal."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record as note
from openmash.apps.casework.models import Case
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person
from openmash.apps.keeping.kinds import REASONS, REMOVE, RecordKind
from openmash.apps.keeping.models import Decision, Hold
from openmash.apps.keeping.permission import came_from, ground_to_keep
from openmash.apps.keeping.queries.due import kept_until
from openmash.apps.keeping.records import Record
from openmash.apps.keeping.schedules import schedule_in_force
from openmash.engines.keeping import Period


@dataclass(frozen=True)
class HoldShown:
    """That a record is held, as everybody who may open the record reads it; not the words of the reason."""

    why: str
    owner: Person
    review_on: date


@dataclass(frozen=True)
class Kept:
    """All that the page about one record's keeping shows.

    `record`, `period` and `until` are None while the record goes on, or something rests on it. `until` is the last day
    by the rule, `is_over` whether it has gone by; `decisions` latest first.
    """

    kind: RecordKind
    id: UUID
    reference: str
    record: Record | None
    period: Period | None
    until: date | None
    is_over: bool
    holds: tuple[Hold, ...]
    decisions: tuple[Decision, ...]

    @property
    def waits_for_second(self) -> bool:
        return bool(
            self.is_over and self.decisions and self.decisions[0].outcome == REMOVE and not self.holds
        )


@seeing_everything("the gate of keeping decides, and says why not")
@transaction.atomic
def look_to_keep(kind: RecordKind, record_id: UUID, *, by: Person, now: datetime) -> Kept:
    """The days, holds and decisions of one record.

    Raises:
        Contact.DoesNotExist, Case.DoesNotExist: there is no such record.
        Refused: `by` does not decide about it.
        NothingInForce: no version of the schedule is in force.
    """
    ground = ground_to_keep(kind, record_id, by, now)
    note(by=by, verb="see_keeping", subject_kind=kind, subject_id=record_id, ground=ground, now=now)
    return kept(kind, record_id, day_of(now))


@seeing_everything("the gate of keeping decides, and says why not")
def kept(kind: RecordKind, record_id: UUID, today: date) -> Kept:
    """The same, without asking who looks."""
    schedule = schedule_in_force(today)
    this, none = Q(pk=record_id), Q(pk__in=[])
    is_contact = kind is RecordKind.CONTACT
    ended = kept_until(schedule, this if is_contact else none, none if is_contact else this)
    record, until = ended[0] if ended else (None, None)
    found = Contact.objects.get(pk=record_id) if is_contact else Case.objects.get(pk=record_id)
    decisions = Decision.objects.filter(record_id=record_id).select_related("by").order_by("-id")
    return Kept(
        kind=kind,
        id=record_id,
        reference=found.reference,
        record=record,
        period=schedule.period(record.period) if record else None,
        until=until,
        is_over=until is not None and until < today,
        holds=tuple(holds_in_force(kind, record_id)),
        decisions=tuple(decisions),
    )


def holds_in_force(kind: RecordKind, record_id: UUID) -> list[Hold]:
    """Every hold that stops this record: its own, and for work those of the concerns it goes back to."""
    ids = [record_id, *(came_from(record_id) if kind is RecordKind.CASE else ())]
    in_force = Hold.objects.filter(record_id__in=ids, lifted__isnull=True)
    return list(in_force.select_related("owner", "by").order_by("id"))


@seeing_everything("the gate of keeping decides, and says why not")
def holds_on(kind: RecordKind, record_id: UUID) -> list[HoldShown]:
    """What the page of a record says of holds. Whoever may open the record may know that it is held, and by whom."""
    return [
        HoldShown(REASONS[each.why], each.owner, each.review_on) for each in holds_in_force(kind, record_id)
    ]


@dataclass(frozen=True)
class ToLift:
    """A hold in force, and the record it is on."""

    kind: RecordKind
    record_id: UUID
    reference: str


@seeing_everything("the gate of keeping decides, and says why not")
def hold_to_lift(hold_id: int, *, by: Person, now: datetime) -> ToLift:
    """Whether the page on which a hold is lifted is theirs.

    Raises:
        Hold.DoesNotExist: there is none in force.
        Refused: `by` does not decide about the record.
    """
    hold = Hold.objects.get(pk=hold_id, lifted__isnull=True)
    kind = RecordKind(hold.kind)
    ground_to_keep(kind, hold.record_id, by, now)
    about = Contact.objects if kind is RecordKind.CONTACT else Case.objects
    return ToLift(kind, hold.record_id, about.get(pk=hold.record_id).reference)
