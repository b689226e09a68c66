"""The worklist: what is mine and my team's, whom nobody leads and how long, what is due, to what I am invited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from openmash.apps.access.grounds import localities_for
from openmash.apps.access.queries import kept_out_of
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.casework.absence import away_on, covered_by, covers_on
from openmash.apps.casework.missing import missing
from openmash.apps.casework.models import (
    Absence,
    Allocation,
    Awaited,
    CameFrom,
    Case,
    Clock,
    Escalation,
    Meeting,
    MeetingEnded,
    NewInformation,
    Notice,
    Proposal,
    StageOpen,
    Told,
    ToldOfLoss,
)
from openmash.apps.casework.queries.opened import ClockShown, clock_shown
from openmash.apps.casework.stages import CONFERENCE, LOST, OVER
from openmash.apps.directory.models import Person

TEAM = frozenset({"team_manager", "head_of_service"})
ANSWERS = TEAM | {"safeguarding_partner"}
CHAIRS = frozenset({"conference_chair"})


@dataclass(frozen=True)
class Line:
    """One case in a list: its open stages, who leads, since when nobody does, and its running clocks, next first."""

    case: Case
    stages: tuple[str, ...]
    worker: Person | None
    nobody_since: datetime | None
    clocks: tuple[ClockShown, ...]

    def overdue(self, now: datetime) -> bool:
        return any(clock.row.due_at < now for clock in self.clocks)


@dataclass(frozen=True)
class Away:
    """Work whose worker is away today, with the clocks that run out before they are back.

    `cover` is whoever really covers: nobody, when the one named is away, too, or may not open this record.
    """

    line: Line
    absence: Absence
    cover: Person | None
    due: tuple[ClockShown, ...]


@dataclass(frozen=True)
class Worklist:
    """What one person has to see. `team` is of the places they manage; `chairing` waits for a chair."""

    mine: tuple[Line, ...]
    team: tuple[Line, ...]
    chairing: tuple[Line, ...]
    invited: tuple[Meeting, ...]
    notices: tuple[Notice, ...]
    told: tuple[Told, ...]
    manages: bool
    new: tuple[NewInformation, ...]
    disagreements: tuple[Escalation, ...]
    proposals: tuple[Proposal, ...]
    mine_disagreed: tuple[Escalation, ...]
    not_brought: int
    """How many new things were told that have not reached the work yet."""
    covering: tuple[Line, ...]
    """The work of others who are away, for whom this person covers today."""
    away: tuple[Away, ...]
    awaited: tuple[Awaited, ...]
    lost: tuple[ToldOfLoss, ...]
    """Pregnancies that have ended, of which this person was told."""


@seeing_everything("opened with the work: the gate of the work decides")
def worklist(*, by: Person, now: datetime) -> Worklist:
    """Everything that waits for this person, longest waiting first. Lists show no more than the case's page would."""
    viewer = viewer_of(by, timezone.localtime(now).date())
    team = localities_for(viewer, TEAM)
    chairs = localities_for(viewer, CHAIRS)
    cases = open_cases()
    led = cases.filter(leader=by.pk)
    conference = StageOpen.objects.filter(case=OuterRef("pk"), ended__isnull=True, stage__in=CONFERENCE)
    here = in_places(cases, team)
    theirs = cases_answered_for(by=by, now=now)
    today = timezone.localtime(now).date()
    covered = cases.filter(pk__in=_covered_by(by, today).values("pk"))
    ours = Q(case__in=theirs.values("pk"))
    return Worklist(
        mine=tuple(_lines(led)),
        team=tuple(_lines(here)),
        chairing=tuple(_lines(in_places(cases, chairs).filter(Exists(conference)))),
        invited=_meetings_of(by),
        notices=tuple(
            Notice.objects.filter(
                Q(to=by) | Q(case__in=covered.values("pk")) | Q(case__in=here.values("pk")),
                clock__stopped_at__isnull=True,
            ).select_related("case__child", "clock__practice")
        ),
        told=tuple(Told.objects.filter(person=by).select_related("closure__by__agency", "case__child")),
        new=tuple(
            NewInformation.objects.filter(ours, decided__isnull=True).select_related("case__child", "contact")
        ),
        disagreements=tuple(
            Escalation.objects.filter(ours, answer__isnull=True)
            .exclude(by=by)
            .select_related("case__child", "by__agency")
        ),
        proposals=tuple(
            Proposal.objects.filter(ours, second_word__isnull=True)
            .exclude(by=by)
            .select_related("case__child", "by__agency")
        ),
        mine_disagreed=tuple(
            Escalation.objects.filter(by=by)
            .exclude(Exists(_lost("case")))
            .select_related("case__child", "answer")
        ),
        manages=team is None or bool(team),
        not_brought=sum(len(each) for each in missing(list(theirs)).values()),
        covering=tuple(_lines(covered)),
        away=tuple(_away(list(_lines(here)), today)),
        awaited=tuple(
            Awaited.objects.filter(ours, ended__isnull=True)
            .select_related("case__child", "case__birth")
            .order_by("since")
        ),
        lost=tuple(
            ToldOfLoss.objects.filter(person=by, loss__opened__ended__isnull=True)
            .select_related("loss", "case__child", "by__agency")
            .order_by("-id")
        ),
    )


@seeing_everything("opened with the work: the gate of the work decides")
def cases_answered_for(*, by: Person, now: datetime) -> QuerySet[Case]:
    """Cases this person leads, led last or covers today, and those of the places where they answer for the work.

    Not those of a pregnancy that has ended: nobody is asked for anything there.
    """
    today = timezone.localtime(now).date()
    places = in_places(Case.objects.all(), localities_for(viewer_of(by, today), ANSWERS))
    covered = _covered_by(by, today)
    return Case.objects.exclude(Exists(_lost("pk"))).filter(
        Q(pk__in=_led_by(by)) | Q(pk__in=covered.values("pk")) | Q(pk__in=places.values("pk"))
    )


def _lost(case: str) -> QuerySet[Any]:
    return StageOpen.objects.filter(case=OuterRef(case), ended__isnull=True, stage__in=LOST)


def _away(lines: list[Line], today: date) -> Iterable[Away]:
    """Work whose clock runs out while whoever leads it is away, the soonest first."""
    absences = away_on({line.worker.pk for line in lines if line.worker is not None}, today)
    found = [
        Away(line, absences[line.worker.pk], covers_on(line.case, line.worker, today), due)
        for line in lines
        if line.worker is not None and line.worker.pk in absences
        if (due := _due_meanwhile(line, absences[line.worker.pk]))
    ]
    return sorted(found, key=lambda each: each.due[0].row.due_at)


def _due_meanwhile(line: Line, absence: Absence) -> tuple[ClockShown, ...]:
    return tuple(
        clock for clock in line.clocks if timezone.localtime(clock.row.due_at).date() <= absence.ends
    )


def _with_leader() -> QuerySet[Any]:
    """Every case, with the id of whoever leads it, or led it last, as `leader`: nobody who has left the service.

    `unled_since` is from when nobody has led it, where nobody does: since it began, or since it began again.
    """
    last = Allocation.objects.filter(case=OuterRef("pk")).order_by("-id")
    still_here = Person.objects.filter(pk=OuterRef("last_worker"), is_active=True)
    return Case.objects.annotate(
        last_worker=Subquery(last.values("worker_id")[:1]),
        leader=Subquery(still_here.values("pk")[:1]),
        # The greatest of a time and of none is the time.
        unled_since=Greatest(F("opened_at"), Subquery(last.values("at")[:1])),
    )


def open_cases() -> QuerySet[Any]:
    """Every case that is not over, with whoever leads it as `leader`, the longest open first."""
    active = StageOpen.objects.filter(case=OuterRef("pk"), ended__isnull=True).exclude(stage__in=OVER)
    return (
        _with_leader()
        .filter(Exists(active))
        .select_related("child", "locality", "birth")
        .order_by("opened_at")
    )


def _covered_by(by: Person, today: date) -> QuerySet[Any]:
    """Cases of others who are away today, for whom this person covers, but for those they are kept out of."""
    cases = _with_leader().filter(leader__in=covered_by(by, today))
    closed = CameFrom.objects.filter(case=OuterRef("pk"), contact__in=map(UUID, kept_out_of(by, today)))
    return cases.exclude(Exists(closed))


def _led_by(by: Person) -> QuerySet[Any]:
    """Ids of the cases this person leads, or led last, those that have ended included."""
    return _with_leader().filter(leader=by.pk).values("pk")


def in_places(cases: QuerySet[Any], places: frozenset[int] | None) -> QuerySet[Any]:
    """Those of these places, or on their way there; None is everywhere."""
    if places is None:
        return cases
    return cases.filter(Q(locality_id__in=places) | Q(moving_to_id__in=places))


def _lines(cases: QuerySet[Any]) -> Iterable[Line]:
    found = list(cases)
    ids = [case.pk for case in found]
    stages = StageOpen.objects.filter(case__in=ids, ended__isnull=True).order_by("id")
    clocks = Clock.objects.filter(case__in=ids, stopped_at__isnull=True).select_related("practice", "stage")
    leaders = Person.objects.in_bulk({case.leader for case in found if case.leader is not None})
    for case in found:
        worker = leaders.get(case.leader)
        yield Line(
            case=case,
            stages=tuple(each.stage for each in stages if each.case_id == case.pk),
            worker=worker,
            nobody_since=case.unled_since if worker is None else None,
            clocks=tuple(clock_shown(each) for each in clocks if each.case_id == case.pk),
        )


def _meetings_of(by: Person) -> tuple[Meeting, ...]:
    """Meetings this person is invited to that have not ended, and those that ended, newest last."""
    ended = MeetingEnded.objects.filter(meeting=OuterRef("pk"))
    found = Meeting.objects.filter(invitation__person=by).annotate(is_over=Exists(ended))
    return tuple(found.prefetch_related("meetingabout_set__case__child").order_by("is_over", "planned_for"))
