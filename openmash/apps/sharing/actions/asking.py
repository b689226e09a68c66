"""Asking another agency on account of a contact or a case, and needing it no longer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.actions.follow_ups import settle_wanted
from openmash.apps.concerns.codes import new_reference
from openmash.apps.concerns.models import FollowUp
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Agency, Person
from openmash.apps.sharing.actions.keeping import ToWhom, guide_at, keep_shared
from openmash.apps.sharing.actions.moves import check, locked, move
from openmash.apps.sharing.by_when import BY_WHEN
from openmash.apps.sharing.errors import Incomplete
from openmash.apps.sharing.guides import family_choices, grounds_for_agency
from openmash.apps.sharing.models import Item, Request, Withdrawal
from openmash.apps.sharing.permission import note_down
from openmash.apps.sharing.queries.to_ask import OnRecord, RecordOpened, details_of, opened_to_ask
from openmash.apps.sharing.queries.whom import agencies_with_leads
from openmash.apps.sharing.rules import Asking, why_not_ask
from openmash.apps.sharing.states import State
from openmash.engines.clocks import due


@dataclass(frozen=True)
class Ask:
    """What somebody asks, as they chose and typed it.

    `told` are the keys of the details that go with it (`queries.to_ask`); `wanted` those of what is not known, matters
    and is asked for (rule C16), besides the `questions`.
    """

    asked_agency_id: int | None
    asked_person_id: int | None
    told: tuple[str, ...]
    questions: tuple[str, ...]
    why: str
    grounds: tuple[str, ...]
    family: str
    family_said: str
    by_when: str
    wanted: tuple[str, ...] = ()


@acting
@transaction.atomic
def ask_information(*, request_id: UUID, on: OnRecord, ask: Ask, by: Person, now: datetime) -> Request:
    """Ask an agency, or somebody there by name. `request_id` is chosen by the page, so that sending twice asks once.

    Raises:
        Refused: this person may not ask on account of this contact or case.
        Incomplete: what is lacking, by field.
        NotPossibleNow: something it is to ask for has been settled already.
    """
    _one_sending_at_a_time(request_id)
    opened = opened_to_ask(on, by=by, now=now)
    sent = Request.objects.filter(pk=request_id, by=by).first()
    if sent is not None:
        return sent
    asked, person = _whom(ask, now)
    details = {each.key: each for each in details_of(opened)}
    told = [details[key] for key in details if key in ask.told]
    _check(ask, asked, person, names=sum(each.names_a_child for each in told), by=by, now=now)
    assert asked is not None  # noqa: S101 -- `_check` has refused
    about = "; ".join(each.text for each in told if each.names_a_child)
    reference = new_reference("request")
    settled = _settle(opened, ask, f"{asked.name} was asked: {reference}.", by=by, now=now)
    request = Request.objects.create(
        id=request_id,
        reference=reference,
        contact=opened.contact,
        case=opened.case,
        by=by,
        asking_agency=by.agency,
        asked_agency=asked,
        asked_person=person,
        about=about,
        why=ask.why,
        family=ask.family,
        family_words=family_choices(guide_at(now))[ask.family],
        family_said=ask.family_said,
        due_at=due(now, BY_WHEN[ask.by_when][1]),
        at=now,
    )
    questions = [*((each.text, each) for each in settled), *((each, None) for each in ask.questions)]
    for number, (question, follow_up) in enumerate(questions, 1):
        Item.objects.create(request=request, number=number, question=question, follow_up=follow_up)
    ground = opened.ground
    keep_shared(
        request=request,
        to=ToWhom(f"{person.name}, {asked.name}" if person else asked.name, asked),
        about=about,
        fields=[
            *((each.label, each.text) for each in told),
            *_also_said(request),
        ],
        grounds=ask.grounds,
        by=by,
        ground=ground,
        now=now,
    )
    note_down(request, "ask_information", by=by, ground=ground, now=now, detail={"asked": asked.pk})
    opened.note("ask_information", by=by, now=now, detail={"request": str(request.pk)})
    return request


def _one_sending_at_a_time(request_id: UUID) -> None:
    """Whoever sends the same request at the same moment waits, and then finds it sent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"openmash.sharing.ask.{request_id}"])


def _whom(ask: Ask, now: datetime) -> tuple[Agency | None, Person | None]:
    if ask.asked_person_id is not None:
        people = Person.objects.filter(pk=ask.asked_person_id, is_active=True).select_related("agency")
        person = people.first()
        return (person.agency, person) if person is not None else (None, None)
    if ask.asked_agency_id is None:
        return None, None
    return Agency.objects.filter(pk=ask.asked_agency_id).first(), None


def _check(
    ask: Ask, asked: Agency | None, person: Person | None, *, names: int, by: Person, now: datetime
) -> None:
    guide = guide_at(now)
    reasons = why_not_ask(
        Asking(
            asked_agency_id=asked.pk if asked is not None else None,
            own_agency_id=by.agency_id,
            asked_leads=asked is not None and asked.pk in agencies_with_leads(now),
            asked_person=person is not None,
            names=names,
            questions=len(ask.questions) + len(ask.wanted),
            why=ask.why,
            grounds=ask.grounds,
            family=ask.family,
            family_said=ask.family_said,
        ),
        grounds=[each.id for each in grounds_for_agency(by.agency, guide)],
        family=family_choices(guide),
    )
    if ask.by_when not in BY_WHEN:
        reasons.append(Reason("by_when", "Choose by when you need an answer."))
    if reasons:
        raise Incomplete(reasons)


def _settle(opened: RecordOpened, ask: Ask, note: str, *, by: Person, now: datetime) -> list[FollowUp]:
    if opened.contact is None:
        return []
    contact_id = opened.contact.pk
    return [settle_wanted(contact_id=contact_id, key=key, note=note, by=by, now=now) for key in ask.wanted]


def _also_said(request: Request) -> list[tuple[str, str]]:
    return [
        ("Why it is asked", request.why),
        ("What the family says to it", request.family_words),
        *((f"Question {item.number}", item.question) for item in request.item_set.all()),
    ]


@acting
@transaction.atomic
def withdraw_request(
    *, request_id: UUID, seen_version: int | None, reason: str, by: Person, now: datetime
) -> Request:
    """Say that it is needed no longer, and why.

    Raises:
        Refused, Incomplete, NotPossibleNow, ChangedMeanwhile: it is not withdrawn.
    """
    request = locked(request_id, seen_version)
    ground = check(request, "withdraw_request", by, now)
    if not reason.strip():
        raise Incomplete([Reason("reason", "Write why it is needed no longer.")])
    Withdrawal.objects.create(request=request, reason=reason, by=by, at=now)
    move(request, "withdraw_request", State.WITHDRAWN, by=by, ground=ground, now=now)
    return request
