"""A child with a plan in another area has moved here: held under that plan from the notice, until a conference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.actions.moves import Around, Taken, locked, take
from openmash.apps.casework.actions.opening import (
    case_about,
    join,
    new_case,
    one_opening_at_a_time,
    subjects_of,
)
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.meeting_kinds import CATEGORIES
from openmash.apps.casework.models import Awaited, Case, TransferIn
from openmash.apps.casework.pathway import move_for
from openmash.apps.casework.rules import Written, not_now
from openmash.apps.casework.stages import ENDED
from openmash.apps.casework.standing import stages_of
from openmash.apps.casework.table.transfer import TRANSFER_IN
from openmash.apps.casework.unborn import name_of
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import note_down
from openmash.apps.concerns.permission import permitted as permitted_on_contact
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Description


@dataclass(frozen=True)
class Notice:
    """What another area says of a child who has moved here. An empty category or date is "not known".

    `records` are what was asked of that area, each waited for by itself.
    """

    from_area: str
    key_worker: str
    plan: str
    category: str
    plan_since: date | None
    notice_at: datetime | None
    records: tuple[str, ...]


@dataclass(frozen=True)
class NotHeld:
    """A child of a notice who stays as they are, and why, in a sentence."""

    case: Case
    why: str


@dataclass(frozen=True)
class Received:
    """What became of the children of a notice. At least one is held."""

    held: tuple[Case, ...]
    not_held: tuple[NotHeld, ...]


@acting
@transaction.atomic
def receive_transfer(*, contact_id: UUID, notice: Notice, reason: str, by: Person, now: datetime) -> Received:
    """Hold the children of a notice here under the plan of the area they come from, from when the notice came.

    The notice itself is a contact of the front door, and is decided on and answered there like any other. One child
    who cannot be held stands in the way of no other.

    Raises:
        Refused: this person could not have accepted a concern here.
        Incomplete: what is lacking, by field.
        NotPossibleNow: no child is described on it, or none of them can be held: each with the reason.
    """
    contact = Contact.objects.select_for_update().get(pk=contact_id)
    ground = permitted_on_contact("decide", contact, by, now)
    lacking = list(_lacking(notice, reason, now))
    if lacking or notice.notice_at is None:
        raise Incomplete(lacking)
    one_opening_at_a_time()
    children = subjects_of(contact)
    if not children:
        raise NotPossibleNow("No child is described on this notice, so there is nobody to hold here yet.")
    held, not_held = [], []
    for case in _cases_of(children, contact, by, now):
        why = _why_not_held(case, contact)
        if why:
            not_held.append(NotHeld(case, why))
        else:
            held.append(_hold(case, contact, notice, reason, by, ground, now))
    if not held:
        raise NotPossibleNow(" ".join(f"{name_of(each.case)}: {each.why}" for each in not_held))
    detail = {
        "cases": [str(case.pk) for case in held],
        "not_held": [str(each.case.pk) for each in not_held],
    }
    note_down(contact, "receive_transfer", by=by, ground=ground, now=now, detail=detail)
    return Received(tuple(held), tuple(not_held))


def _cases_of(children: Sequence[Description], contact: Contact, by: Person, now: datetime) -> list[Case]:
    """One case for each child, locked or new, though a notice may describe the same child twice."""
    cases: dict[UUID, Case] = {}
    for child in children:
        found = case_about(child)
        case = locked(found.pk) if found is not None else new_case(child, contact, by, now)
        cases.setdefault(case.pk, case)
    return list(cases.values())


def _why_not_held(case: Case, contact: Contact) -> str:
    """Why this child cannot be held on this notice, in a sentence; empty if nothing is in the way."""
    stages = stages_of(case)
    if move_for("receive_transfer", "", stages) is None:
        return not_now(TRANSFER_IN[0], stages)
    if case.locality_id != contact.locality_id and stages != ENDED:
        return (
            f"{case.locality.name} works with this child. Ask its team manager to transfer the work to "
            f"{contact.locality.name}; until it is taken over, help goes on there."
        )
    return ""


def _lacking(notice: Notice, reason: str, now: datetime) -> list[Reason]:
    asked = {
        "from_area": (notice.from_area, "Write which area the plan is of."),
        "key_worker": (notice.key_worker, "Write who leads the work there, and how to reach them."),
        "plan": (notice.plan, "Write what their plan asks, as far as you know."),
        "records": (" ".join(notice.records), "Write which records were asked for: at least one."),
        "reason": (reason, "Write where the child lives now, and with whom."),
    }
    lacking = [Reason(name, words) for name, (text, words) in asked.items() if not text.strip()]
    if notice.notice_at is None or notice.notice_at > now:
        lacking.append(Reason("notice_on", "Give the day and time at which the notice came, up to now."))
    if notice.category and notice.category not in CATEGORIES:
        lacking.append(Reason("category", "Choose the category of their plan."))
    return lacking


def _hold(
    case: Case,
    contact: Contact,
    notice: Notice,
    reason: str,
    by: Person,
    ground: str,
    now: datetime,
) -> Case:
    assert notice.notice_at is not None  # noqa: S101 -- `receive_transfer` has refused
    move = move_for("receive_transfer", "", stages_of(case))
    assert move is not None  # noqa: S101 -- `_why_not_held` has said so
    join(case, contact, contact.decision, by, now)
    transfer = TransferIn.objects.create(
        case=case,
        from_area=notice.from_area,
        key_worker=notice.key_worker,
        plan=notice.plan,
        category=notice.category,
        plan_since=notice.plan_since,
        notice_at=notice.notice_at,
        by=by,
        at=now,
    )
    for record in notice.records:
        Awaited.objects.create(
            case=case, what=record, from_whom=notice.from_area, since=now, transfer=transfer, by=by, at=now
        )
    taken = Taken(case, move, Written(reason=reason), ground, by, now)
    detail: dict[str, Any] = {"contact": str(contact.pk)}
    if case.locality_id != contact.locality_id:
        detail["place"] = {"from": case.locality_id, "to": contact.locality_id}
    around = Around(moments={"received": notice.notice_at}, detail=detail)
    take(taken, around, locality=contact.locality)
    return case
