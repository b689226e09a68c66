"""One request opened: for the side that asks with the way back to its record, for the side asked without.

What the agency asked may read is by construction what left: the fields of the log, the questions, and what both sides
said since. Nothing of the contact or case is put in for it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.request_grounds import ALLOWED_ON_REQUEST, ANSWERING, grounds_on_request
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.directory.models import Agency, Person
from openmash.apps.sharing.models import (
    Answer,
    Item,
    ItemAnswer,
    NotShared,
    Refusal,
    Request,
    Shared,
    Withdrawal,
)
from openmash.apps.sharing.permission import facts_of_request, note_down, permitted, viewer_at
from openmash.apps.sharing.queries.to_ask import OnRecord
from openmash.apps.sharing.rules import is_overdue, waits
from openmash.apps.sharing.states import State, verbs_from


@dataclass(frozen=True)
class ItemShown:
    """A question with every word on it, oldest first. The last one counts."""

    item: Item
    said: tuple[ItemAnswer, ...]

    @property
    def latest(self) -> ItemAnswer | None:
        return self.said[-1] if self.said else None


@dataclass(frozen=True)
class OnlyForAskers:
    """What stays with the side that asks."""

    on: OnRecord
    reference: str
    family_said: str
    asks_for_not_known: tuple[int, ...]
    """The numbers of the questions that rule C16 raised."""


@dataclass(frozen=True)
class OpenedRequest:
    """A request as one person may see it. `ours` is there for the side that asks, and never for the side asked."""

    id: UUID
    reference: str
    state: State
    version: int
    about: str
    why: str
    family: str
    family_words: str
    asked_by: Person
    asking_agency: Agency
    asked_agency: Agency
    asked_person: Person | None
    at: datetime
    due_at: datetime
    overdue: bool
    waits: bool
    told: Shared
    items: tuple[ItemShown, ...]
    answers: tuple[Answer, ...]
    refusals: tuple[Refusal, ...]
    withdrawals: tuple[Withdrawal, ...]
    shared: tuple[Shared, ...]
    not_shared: tuple[NotShared, ...]
    can: frozenset[str]
    ours: OnlyForAskers | None


@seeing_everything("a request opens by its own gate")
@transaction.atomic
def open_request(request_id: UUID, *, by: Person, now: datetime, to: str = "") -> OpenedRequest:
    """Open a request, to look at it or `to` do something, by its verb. The look is written down.

    Raises:
        Request.DoesNotExist: there is none.
        Refused: this person has no part in it, or not the one that the verb takes.
    """
    found = Request.objects.select_related(
        "contact", "case__child", "by__agency", "asking_agency", "asked_agency", "asked_person"
    )
    request = found.get(pk=request_id)
    ground = permitted("see_request", request, by, now)
    if to:
        permitted(to, request, by, now)
    note_down(request, "see_request", by=by, ground=ground, now=now)
    items = tuple(
        ItemShown(item, tuple(item.answers.all()))
        for item in request.item_set.order_by("number").prefetch_related("answers")
    )
    to_come = sum(not each.said for each in items)
    shared = request.shared_set.select_related("by__agency", "from_agency").prefetch_related("fields")
    log = tuple(shared.order_by("id"))
    return OpenedRequest(
        id=request.pk,
        reference=request.reference,
        state=State(request.state),
        version=request.version,
        about=request.about,
        why=request.why,
        family=request.family,
        family_words=request.family_words,
        asked_by=request.by,
        asking_agency=request.asking_agency,
        asked_agency=request.asked_agency,
        asked_person=request.asked_person,
        at=request.at,
        due_at=request.due_at,
        overdue=is_overdue(request.state, to_come, request.due_at, now),
        waits=waits(request.state, to_come),
        told=log[0],
        items=items,
        answers=tuple(request.answer_set.select_related("by__agency")),
        refusals=tuple(request.refusal_set.select_related("by__agency")),
        withdrawals=tuple(request.withdrawal_set.select_related("by__agency")),
        shared=log,
        not_shared=tuple(request.not_shared_set.select_related("by__agency", "agency")),
        can=_can(request, by, now),
        ours=None if ground in ANSWERING else _only_for_askers(request),
    )


def _can(request: Request, by: Person, now: datetime) -> frozenset[str]:
    viewer = viewer_at(by, now)
    grounds = grounds_on_request(viewer, facts_of_request(request, viewer, now))
    return frozenset(verb for verb in verbs_from(request.state) if grounds & ALLOWED_ON_REQUEST[verb])


def _only_for_askers(request: Request) -> OnlyForAskers:
    raised = tuple(request.item_set.filter(follow_up__isnull=False).values_list("number", flat=True))
    if request.contact is not None:
        on = OnRecord("contact", request.contact.pk)
        return OnlyForAskers(on, request.contact.reference, request.family_said, raised)
    assert request.case is not None  # noqa: S101 -- constraint `request_has_one_record`
    on = OnRecord("case", request.case.pk)
    return OnlyForAskers(on, request.case.reference, request.family_said, raised)
