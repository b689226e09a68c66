"""Taking in a request, extending its time, deciding piece by piece, and giving the answer."""

import hashlib
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.apps.keeping.actions import lift_hold, place_hold
from openmash.apps.keeping.kinds import RecordKind
from openmash.apps.subject_access.gathering import gathered, words_again
from openmash.apps.subject_access.models import AccessRequest, Answered, Extended, Piece, PieceDecided
from openmash.apps.subject_access.permission import enter, may
from openmash.apps.subject_access.rules import (
    CAPACITIES,
    DISCLOSE,
    GROUNDS,
    OUTCOMES,
    REDACT,
    WITHHOLD,
    only_takes_out,
)
from openmash.engines.clocks import LONDON, Clock, due, is_working_day, next_working_day

ONE_MONTH, THREE_MONTHS = Clock("calendar_months", 1), Clock("calendar_months", 3)
OLDEST = timedelta(days=92)
HELD_FOR = timedelta(days=180)


@acting
@transaction.atomic
def open_request(
    *,
    contact_id: UUID,
    subject: UUID,
    asked_by: str,
    capacity: str,
    identity: str,
    received_on: date,
    by: Person,
    now: datetime,
) -> AccessRequest:
    """Take in a request. The record is gathered, and held until the answer has left.

    Raises:
        Contact.DoesNotExist: there is no such concern.
        Refused: `by` does not answer such requests.
        Incomplete: who asks, how that was checked, about whom, or when it came is lacking.
    """
    enter(contact_id, "open_subject_access", by=by, now=now)
    if not asked_by.strip() or capacity not in CAPACITIES:
        raise _lacking("asked_by", "Write who asks, and choose for whom.")
    if not identity.strip():
        raise _lacking("identity", "Write how it was checked who they are and that they may ask.")
    if not day_of(now) - OLDEST <= received_on <= day_of(now):
        raise _lacking("received_on", "Give the day on which it came, of the last three months.")
    if not Part.objects.filter(contact=contact_id, description=subject).exists():
        raise _lacking("subject", "Choose whom it is about.")
    hold = place_hold(
        kind=RecordKind.CONTACT,
        record_id=contact_id,
        why="subject_access",
        reason="A request for the record has come and is not answered yet.",
        review_on=day_of(now) + HELD_FOR,
        by=by,
        now=now,
    )
    request = AccessRequest.objects.create(
        contact_id=contact_id, subject_id=subject, asked_by=asked_by, capacity=capacity, identity=identity,
        received_on=received_on, due_on=_later(received_on, ONE_MONTH), hold=hold, by=by, at=now,
    )  # fmt: skip
    for number, words in enumerate(gathered(contact_id, subject), start=1):
        Piece.objects.create(
            contact_id=contact_id, request=request, number=number, table=words.table, row=words.row,
            proposed=words.proposed, by=by, at=now,
        )  # fmt: skip
    return request


@acting
@transaction.atomic
def extend(*, request_id: UUID, reason: str, by: Person, now: datetime) -> Extended:
    """Take two months more because it is complex; whoever asked must be told within the first month.

    Raises:
        AccessRequest.DoesNotExist, Refused.
        NotPossibleNow: it was answered or extended, or the first month has gone by.
        Incomplete: there is no reason.
    """
    request = _locked(request_id)
    enter(request.contact_id, "extend_subject_access", by=by, now=now, request=str(request.pk))
    if hasattr(request, "answered") or hasattr(request, "extended") or request.due_on < day_of(now):
        raise NotPossibleNow("It can be extended once, within the first month, and before it is answered.")
    if not reason.strip():
        raise _lacking("reason", "Write why it is complex. Whoever asked is told this.")
    until = _later(request.received_on, THREE_MONTHS)
    return Extended.objects.create(
        contact_id=request.contact_id, request=request, until=until, reason=reason, by=by, at=now
    )


@acting
@transaction.atomic
def decide_piece(
    *, request_id: UUID, number: int, outcome: str, ground: str, text: str, by: Person, now: datetime
) -> PieceDecided:
    """Decide whether one piece is given, given with parts taken out (`text`), or kept back.

    Raises:
        AccessRequest.DoesNotExist, Piece.DoesNotExist, Refused.
        NotPossibleNow: the answer has left.
        Incomplete: there is no ground for keeping something back, or the text says what the record does not.
    """
    request = _locked(request_id)
    enter(
        request.contact_id, "decide_piece", by=by, now=now, request=str(request.pk), piece=number, as_=outcome
    )
    piece = Piece.objects.get(request=request, number=number)
    if hasattr(request, "answered"):
        raise NotPossibleNow("The answer has left. What left is not decided again.")
    if outcome not in OUTCOMES:
        raise _lacking("outcome", "Choose what happens with this piece.")
    if outcome != DISCLOSE and ground not in GROUNDS:
        raise _lacking("ground", "Choose the ground on which it is kept back.")
    whole = words_again(piece.table, piece.row, request.contact_id, request.subject_id).text
    if outcome == REDACT and (not text.strip() or not only_takes_out(whole, text)):
        raise _lacking(
            "text", "Only take words out, and write [taken out] in their place. Add and change nothing."
        )
    leaves = {DISCLOSE: whole, REDACT: text, WITHHOLD: ""}[outcome]
    return PieceDecided.objects.create(
        contact_id=request.contact_id, piece=piece, outcome=outcome, text=leaves, by=by, at=now,
        ground="" if outcome == DISCLOSE else ground,
    )  # fmt: skip


@acting
@transaction.atomic
def give_answer(*, request_id: UUID, by: Person, now: datetime) -> Answered:
    """Say that the answer is complete and leaves: from now on it can be printed, and nothing of it changes.

    Raises:
        AccessRequest.DoesNotExist, Refused.
        NotPossibleNow: a piece is not decided yet, something new stands in the record, or it has left already.
    """
    request = _locked(request_id)
    may(Contact.objects.get(pk=request.contact_id), by, now)  # before anything is said of how it stands
    latest = latest_decisions(request)
    if hasattr(request, "answered"):
        raise NotPossibleNow("It has been answered already.")
    left = request.pieces.count() - len(latest)
    if left or not latest:
        raise NotPossibleNow(f"{left} of the pieces are not decided yet. Nothing leaves before all are.")
    known = {(each.table, each.row) for each in request.pieces.all()}
    if any((each.table, each.row) not in known for each in gathered(request.contact_id, request.subject_id)):
        raise NotPossibleNow(
            "Something was added to the record since it was gathered. Take the request in anew."
        )
    digest = hashlib.sha256("\0".join(each.text for each in latest.values()).encode()).hexdigest()
    counts = {outcome: sum(each.outcome == outcome for each in latest.values()) for outcome in OUTCOMES}
    enter(
        request.contact_id,
        "give_subject_access",
        by=by,
        now=now,
        request=str(request.pk),
        digest=digest,
        **counts,
    )
    answered = Answered.objects.create(
        contact_id=request.contact_id, request=request, digest=digest, by=by, at=now,
        disclosed=counts[DISCLOSE], redacted=counts[REDACT], withheld=counts[WITHHOLD],
    )  # fmt: skip
    if request.hold_id is not None and not hasattr(request.hold, "lifted"):
        lift_hold(hold_id=request.hold_id, reason="The request has been answered.", by=by, now=now)
    return answered


@acting
def latest_decisions(request: AccessRequest) -> dict[int, PieceDecided]:
    """What was last decided of each piece, by its number, in order."""
    found = PieceDecided.objects.filter(piece__request=request).select_related("piece", "by").order_by("id")
    latest = {each.piece.number: each for each in found}
    return {number: latest[number] for number in sorted(latest)}


def _locked(request_id: UUID) -> AccessRequest:
    return AccessRequest.objects.select_for_update().get(pk=request_id)


def _later(day: date, clock: Clock) -> date:
    """A day that is no working day runs to the next one (Regulation 1182/71, article 3(4); the ICO's guidance)."""
    found = due(datetime.combine(day, time(12), tzinfo=LONDON), clock).date()
    return found if is_working_day(found) else next_working_day(found)


def _lacking(field: str, text: str) -> Incomplete:
    return Incomplete([Reason(field, text)])
