"""The lists of requests: to answer, asked, and out of time; those that wait longest first."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from openmash.apps.access.grounds import Viewer, localities_for
from openmash.apps.access.request_grounds import leads_agency
from openmash.apps.audit.actions import record
from openmash.apps.concerns.models import FollowUp
from openmash.apps.concerns.queries.wanted import INFORMATION_REQUEST
from openmash.apps.directory.models import Person
from openmash.apps.sharing.models import Item, Request
from openmash.apps.sharing.permission import viewer_at
from openmash.apps.sharing.rules import WAITING

SCREENS = frozenset({"screening_practitioner", "manager", "head_of_service"})
MANAGES_CONTACTS = SCREENS - {"screening_practitioner"}
MANAGES_CASES = frozenset({"team_manager", "head_of_service"})
MOST_SHOWN = 200


@dataclass(frozen=True)
class Line:
    """One request in a list, as either side may see it there."""

    request: Request
    still_to_come: int

    def overdue(self, now: datetime) -> bool:
        return self.still_to_come > 0 and self.request.due_at < now


@dataclass(frozen=True)
class Lists:
    """What one person has to see.

    `waiting` and `came_back` were asked by them, or from the places where they screen or manage. `overdue` is of the
    places they manage, and no longer among `waiting`; `wanted` is what rule C16 proposes at their front doors.
    """

    to_answer: tuple[Line, ...]
    answered: tuple[Line, ...]
    waiting: tuple[Line, ...]
    came_back: tuple[Line, ...]
    overdue: tuple[Line, ...]
    wanted: tuple[FollowUp, ...]
    answers: bool


@transaction.atomic
def look_at_lists(*, by: Person, now: datetime) -> Lists:
    """The lists of this person. That they were shown is written down, with which requests were on them."""
    viewer = viewer_at(by, now)
    every = Request.objects.select_related("asked_agency", "asked_person", "asking_agency", "by")
    every = every.prefetch_related("item_set__answers").annotate(
        to_come=Exists(Item.objects.filter(request=OuterRef("pk"), answers__isnull=True))
    )
    to_us = every.filter(_to_answer(viewer))
    from_here = every.filter(_asked_from_here(viewer)).exclude(asked_agency_id=viewer.agency_id)
    open_now = Q(state__in=list(WAITING), to_come=True)
    overdue = from_here.filter(open_now, _of_places(viewer, MANAGES_CONTACTS, MANAGES_CASES), due_at__lt=now)
    lists = Lists(
        to_answer=_lines(to_us.filter(open_now)),
        answered=_lines(to_us.exclude(open_now).order_by("-at")),
        waiting=_lines(from_here.filter(open_now).exclude(pk__in=overdue.values("pk"))),
        came_back=_lines(from_here.exclude(open_now).order_by("-at")),
        overdue=_lines(overdue),
        wanted=tuple(_wanted(viewer)[:MOST_SHOWN]),
        answers=leads_agency(viewer),
    )
    shown = [*lists.to_answer, *lists.answered, *lists.waiting, *lists.came_back, *lists.overdue]
    record(
        by=by,
        verb="see_request_lists",
        subject_kind="list",
        subject_id="requests",
        ground="requests to and from their agency, and of places they manage",
        now=now,
        detail={"shown": [str(line.request.pk) for line in shown]},
    )
    return lists


def _to_answer(viewer: Viewer) -> Q:
    """Those that this person may answer: all to an agency they lead in, otherwise those that name them."""
    to_agency = Q(asked_agency_id=viewer.agency_id)
    return to_agency if leads_agency(viewer) else to_agency & Q(asked_person_id=viewer.id)


def _asked_from_here(viewer: Viewer) -> Q:
    """Asked by this person, or on account of a record of a place where they screen or manage."""
    own = Q(by_id=viewer.id, asking_agency_id=viewer.agency_id)
    if viewer.kept_out:
        own &= Q(contact__isnull=True) | ~Q(contact_id__in=viewer.kept_out)
    return own | _of_places(viewer, SCREENS, MANAGES_CASES)


def _of_places(viewer: Viewer, on_contacts: frozenset[str], on_cases: frozenset[str]) -> Q:
    """On account of contacts where this person holds one of the first roles, and of cases of the second."""
    contacts, cases = localities_for(viewer, on_contacts), localities_for(viewer, on_cases)
    of_contacts = Q(contact__isnull=False) if contacts is None else Q(contact__locality_id__in=contacts)
    if viewer.kept_out:
        of_contacts &= ~Q(contact_id__in=viewer.kept_out)
    of_cases = Q(case__isnull=False) if cases is None else Q(case__locality_id__in=cases)
    return of_contacts | of_cases


def _wanted(viewer: Viewer) -> QuerySet[FollowUp]:
    """What decisions at this person's front doors have left to be asked for (rule C16), soonest due first."""
    places = localities_for(viewer, SCREENS)
    here = Q() if places is None else Q(contact__locality_id__in=places)
    owed = FollowUp.objects.filter(here, duty=INFORMATION_REQUEST, done__isnull=True)
    owed = owed.exclude(contact_id__in=viewer.kept_out)
    return (
        owed.select_related("contact")
        .prefetch_related("contact__parts__description")
        .order_by("due_at", "id")
    )


def _lines(requests: QuerySet[Request]) -> tuple[Line, ...]:
    return tuple(
        Line(request, sum(not item.answers.all() for item in request.item_set.all()))
        for request in requests[:MOST_SHOWN]
    )
