"""The agency that was asked: begins to answer, answers question by question, or refuses with a reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.sharing.actions.keeping import ToWhom, guide_at, keep_not_shared, keep_shared
from openmash.apps.sharing.actions.moves import check, locked, move
from openmash.apps.sharing.errors import Incomplete
from openmash.apps.sharing.guides import grounds_for_agency
from openmash.apps.sharing.models import Answer, Item, ItemAnswer, Refusal, Request, Shared
from openmash.apps.sharing.rules import (
    OUTCOME_WORDS,
    Answered,
    Outcome,
    leaves,
    state_after,
    why_not_answer,
)
from openmash.apps.sharing.states import State


@acting
@transaction.atomic
def begin_answering(*, request_id: UUID, seen_version: int | None, by: Person, now: datetime) -> Request:
    """Say that somebody is at it, so that whoever asked knows.

    Raises:
        Refused, NotPossibleNow, ChangedMeanwhile: it is not begun.
    """
    request = locked(request_id, seen_version)
    ground = check(request, "begin_answering", by, now)
    move(request, "begin_answering", State.BEING_ANSWERED, by=by, ground=ground, now=now)
    return request


@acting
@transaction.atomic
def answer_request(
    *,
    request_id: UUID,
    seen_version: int | None,
    answered: Sequence[Answered],
    note: str,
    grounds: Sequence[str],
    by: Person,
    now: datetime,
) -> Request:
    """Answer some or all of the questions. One that is left out is still to come.

    Raises:
        Refused, Incomplete, NotPossibleNow, ChangedMeanwhile: nothing is answered.
    """
    request = locked(request_id, seen_version)
    ground = check(request, "answer_request", by, now)
    items = {item.pk: item for item in request.item_set.all()}
    lacking = why_not_answer(
        answered,
        items=items,
        chosen=grounds,
        grounds=[each.id for each in grounds_for_agency(by.agency, guide_at(now))],
        note=note,
    )
    if lacking:
        raise Incomplete(lacking)
    shared = None
    if leaves(answered, note):
        shared = _share(request, items, answered, note, grounds, by=by, ground=ground, now=now)
    answer = Answer.objects.create(request=request, note=note, shared=shared, by=by, at=now)
    for each in answered:
        ItemAnswer.objects.create(
            request=request, answer=answer, item=items[each.item_id], outcome=each.outcome, text=each.text
        )
        if each.outcome == Outcome.WITHHELD:
            question = items[each.item_id].question
            _withhold(request, question, each.text, by=by, ground=ground, now=now)
    after = state_after(latest_words(request), items)
    move(request, "answer_request", after, by=by, ground=ground, now=now, detail={"answer": answer.pk})
    return request


@acting
def latest_words(request: Request) -> dict[int, str]:
    """The latest word on each question that has one, by the question's id."""
    said = ItemAnswer.objects.filter(request=request).order_by("id")
    return dict(said.values_list("item_id", "outcome"))


def _share(
    request: Request,
    items: Mapping[int, Item],
    answered: Sequence[Answered],
    note: str,
    grounds: Sequence[str],
    *,
    by: Person,
    ground: str,
    now: datetime,
) -> Shared:
    fields = [
        (items[each.item_id].question, _in_words(each))
        for each in answered
        if each.outcome != Outcome.WITHHELD
    ]
    if note.strip():
        fields.append(("Besides", note))
    return keep_shared(
        request=request,
        to=ToWhom(f"{request.by.name}, {request.asking_agency.name}", request.asking_agency),
        about=request.about,
        fields=fields,
        grounds=grounds,
        by=by,
        ground=ground,
        now=now,
    )


def _in_words(each: Answered) -> str:
    if each.outcome == Outcome.ANSWERED:
        return each.text
    words = OUTCOME_WORDS[Outcome(each.outcome)]
    return f"{words}. {each.text}" if each.text.strip() else f"{words}."


def _withhold(request: Request, what: str, reason: str, *, by: Person, ground: str, now: datetime) -> None:
    keep_not_shared(
        request=request,
        with_whom=f"{request.by.name}, {request.asking_agency.name}",
        about=request.about,
        what=what,
        reason=reason,
        by=by,
        ground=ground,
        now=now,
    )


@acting
@transaction.atomic
def refuse_request(
    *, request_id: UUID, seen_version: int | None, reason: str, by: Person, now: datetime
) -> Request:
    """Share nothing, and say why.

    Raises:
        Refused, Incomplete, NotPossibleNow, ChangedMeanwhile: it is not refused.
    """
    request = locked(request_id, seen_version)
    ground = check(request, "refuse_request", by, now)
    if not reason.strip():
        raise Incomplete([Reason("reason", "Write why nothing is shared. Whoever asked reads it.")])
    Refusal.objects.create(request=request, reason=reason, by=by, at=now)
    for item in request.item_set.all():
        _withhold(request, item.question, reason, by=by, ground=ground, now=now)
    move(request, "refuse_request", State.REFUSED, by=by, ground=ground, now=now)
    return request
