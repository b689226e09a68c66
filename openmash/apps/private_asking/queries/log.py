"""What the leads of each side can see: who asked, how often, about which case; never about whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet

from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Agency, Person
from openmash.apps.private_asking.limits import Limits, in_force
from openmash.apps.private_asking.models import HolderKey, Preparation, PrivateQuestion
from openmash.apps.private_asking.permission import permitted
from openmash.engines.clocks import LONDON

DAYS_COUNTED = 28
MOST_SHOWN = 200


@dataclass(frozen=True)
class Asked:
    """A question as the agency that was asked sees it: without the answer, which is between asker and keeper."""

    by: str
    job_title: str
    asker: str
    case_reference: str
    purpose: str
    at: datetime


@dataclass(frozen=True)
class HowOften:
    """One agency's questions to one's own over the last four weeks."""

    agency: str
    questions: int
    people: int
    last: datetime


@dataclass(frozen=True)
class Log:
    """Both directions, newest first."""

    agency: str
    asked_us: tuple[Asked, ...]
    how_often: tuple[HowOften, ...]
    we_asked: tuple[PrivateQuestion, ...]
    prepared: Preparation | None


@dataclass(frozen=True)
class Left:
    """How many questions are left, and the limits they are counted by."""

    limits: Limits
    person: int
    agency: int


def agencies_to_ask(by: Person) -> QuerySet[Agency]:
    """Agencies that have prepared answers, other than one's own."""
    prepared = HolderKey.objects.values("agency_id")
    return Agency.objects.filter(pk__in=prepared).exclude(pk=by.agency_id).select_related("locality")


def left_today(by: Person, now: datetime) -> Left:
    """What a person, and everybody of their agency, may still ask today."""
    day = now.astimezone(LONDON).date()
    limits = in_force(day)
    midnight = datetime.combine(day, time(), tzinfo=LONDON)
    counted = PrivateQuestion.objects.filter(at__gte=midnight, asker_id=by.agency_id).aggregate(
        agency=Count("pk"), person=Count("pk", filter=Q(by=by))
    )
    return Left(
        limits=limits,
        person=max(0, limits.one_person_a_day - counted["person"]),
        agency=max(0, limits.one_agency_a_day - counted["agency"]),
    )


@transaction.atomic
def look_at_log(*, by: Person, now: datetime) -> Log:
    """Who asked one's own agency and whom it asked, for its leads. The look is written down.

    Raises:
        Refused: this person leads nothing in their agency.
    """
    ground = permitted("see_private_log", by=by, now=now)
    questions = PrivateQuestion.objects.select_related("by", "asker", "asked")
    asked_us = questions.filter(asked_id=by.agency_id)
    log = Log(
        agency=by.agency.name,
        asked_us=_without_answers(asked_us[:MOST_SHOWN]),
        how_often=_how_often(asked_us, now),
        we_asked=tuple(questions.filter(asker_id=by.agency_id)[:MOST_SHOWN]),
        prepared=Preparation.objects.filter(agency_id=by.agency_id).last(),
    )
    record(
        by=by,
        verb="see_private_log",
        subject_kind="private_answers",
        subject_id=by.agency_id,
        ground=ground,
        now=now,
    )
    return log


def _without_answers(questions: Iterable[PrivateQuestion]) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            by=each.by.name,
            job_title=each.by.job_title,
            asker=each.asker.name,
            case_reference=each.case_reference,
            purpose=each.get_purpose_display(),
            at=each.at,
        )
        for each in questions
    )


def _how_often(questions: QuerySet[PrivateQuestion], now: datetime) -> tuple[HowOften, ...]:
    recent = questions.filter(at__gte=now - timedelta(days=DAYS_COUNTED)).order_by()
    rows = recent.values("asker__name").annotate(
        questions=Count("pk"), people=Count("by", distinct=True), last=Max("at")
    )
    return tuple(
        HowOften(row["asker__name"], row["questions"], row["people"], row["last"])
        for row in rows.order_by("-questions", "asker__name")
    )


def questions_of_case(case_id: UUID, *, by: Person) -> tuple[PrivateQuestion, ...]:
    """What one's own agency has asked about a case, newest first. The caller has checked that the case is seen."""
    found = PrivateQuestion.objects.filter(case_id=case_id, asker_id=by.agency_id)
    return tuple(found.select_related("by", "asked"))
