"""Requests to be answered, one with its pieces, and the answer as it leaves."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import localities_for
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.models import Event
from openmash.apps.casework.models import CameFrom
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.directory.models import Person
from openmash.apps.subject_access.actions import latest_decisions
from openmash.apps.subject_access.gathering import Words, words_again
from openmash.apps.subject_access.models import AccessRequest, Piece, PieceDecided
from openmash.apps.subject_access.permission import ROLES, enter, list_request


@dataclass(frozen=True)
class Line:
    """One request in the list. `due_on` counts the extension."""

    request: AccessRequest
    reference: str
    due_on: date
    is_late: bool
    is_answered: bool


@dataclass(frozen=True)
class PieceShown:
    """One piece with its words and what was last decided."""

    piece: Piece
    words: Words
    decided: PieceDecided | None


@dataclass(frozen=True)
class Opened:
    """One request, whole."""

    line: Line
    pieces: tuple[PieceShown, ...]

    @property
    def undecided(self) -> int:
        return sum(each.decided is None for each in self.pieces)


@dataclass(frozen=True)
class Look:
    """Somebody who opened the record: on which day, in which post, and of which agency."""

    on: date
    job_title: str
    agency: str


@dataclass(frozen=True)
class Answer:
    """What leaves: the pieces that are given, on which grounds others are not, and who looked."""

    line: Line
    given: tuple[PieceDecided, ...]
    grounds: tuple[str, ...]
    withheld: int
    looks: tuple[Look, ...]


@seeing_everything("the gate of subject access decides, and says why not")
@transaction.atomic
def requests_of(by: Person, *, now: datetime) -> list[Line]:
    """Every request of the places that somebody answers for, those not answered and soonest due first.

    Raises:
        Refused: no role of this person answers such requests.
    """
    viewer = viewer_of(by, day_of(now))
    where = localities_for(viewer, ROLES)
    if where == frozenset():
        raise Refused(
            "Whoever heads the service, or a safeguarding partner, answers requests for somebody’s own record.",
            verb="see_subject_access",
            subject_kind="locality",
            subject_id="",
        )
    mine = Contact.objects.filter(Q() if where is None else Q(locality_id__in=where)).exclude(
        pk__in=viewer.kept_out
    )
    found = AccessRequest.objects.filter(contact_id__in=mine.values("pk"))
    lines = [_line(each, now) for each in found.select_related("extended", "answered")]
    for each in lines:
        list_request(each.request.contact_id, by=by, now=now)
    return sorted(lines, key=lambda each: (each.is_answered, each.due_on))


@seeing_everything("the gate of subject access decides, and says why not")
@transaction.atomic
def look_to_open(contact_id: UUID, *, by: Person, now: datetime) -> tuple[Contact, list[Part]]:
    """The concern and who is described in it, for the page on which a request is taken in.

    Raises:
        Contact.DoesNotExist, Refused.
    """
    contact = enter(contact_id, "see_subject_access", by=by, now=now)
    return contact, list(Part.objects.filter(contact=contact).select_related("description"))


@seeing_everything("the gate of subject access decides, and says why not")
@transaction.atomic
def look_at(request_id: UUID, *, by: Person, now: datetime) -> Opened:
    """One request with every piece.

    Raises:
        AccessRequest.DoesNotExist, Refused.
    """
    request = AccessRequest.objects.select_related("subject", "by").get(pk=request_id)
    enter(request.contact_id, "see_subject_access", by=by, now=now, request=str(request.pk))
    latest = latest_decisions(request)
    pieces = tuple(
        PieceShown(
            each,
            words_again(each.table, each.row, request.contact_id, request.subject_id),
            latest.get(each.number),
        )
        for each in request.pieces.all()
    )
    return Opened(_line(request, now), pieces)


@seeing_everything("the gate of subject access decides, and says why not")
@transaction.atomic
def answer_of(request_id: UUID, *, by: Person, now: datetime) -> Answer:
    """The answer as it left.

    Raises:
        AccessRequest.DoesNotExist: there is no such request, or it has not been answered: nothing leaves before.
        Refused.
    """
    request = AccessRequest.objects.select_related("subject").get(pk=request_id, answered__isnull=False)
    enter(request.contact_id, "see_subject_access_answer", by=by, now=now, request=str(request.pk))
    latest = latest_decisions(request).values()
    return Answer(
        line=_line(request, now),
        given=tuple(each for each in latest if each.text),
        grounds=tuple(dict.fromkeys(each.get_ground_display() for each in latest if each.ground)),
        withheld=sum(not each.text for each in latest),
        looks=_looks(request),
    )


def _looks(request: AccessRequest) -> tuple[Look, ...]:
    cases = map(str, CameFrom.objects.filter(contact=request.contact_id).values_list("case_id", flat=True))
    about = Q(subject_kind="contact", subject_id=str(request.contact_id))
    seen = Event.objects.filter(
        about | Q(subject_kind="case", subject_id__in=list(cases)),
        verb__startswith="see_", outcome="done", by_id__isnull=False, at__lte=request.answered.at,
    )  # fmt: skip
    rows = list(seen.order_by("id").values_list("at", "by_id"))
    people = Person.objects.select_related("agency").in_bulk({by for _, by in rows if by is not None})
    found = [
        Look(day_of(at), people[by].job_title, people[by].agency.name) for at, by in rows if by in people
    ]
    return tuple(dict.fromkeys(found))


def _line(request: AccessRequest, now: datetime) -> Line:
    due_on = request.extended.until if hasattr(request, "extended") else request.due_on
    answered = hasattr(request, "answered")
    reference = Contact.objects.values_list("reference", flat=True).get(pk=request.contact_id)
    return Line(request, reference, due_on, not answered and due_on < day_of(now), answered)
