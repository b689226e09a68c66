"""What the leads of each side can see: who asked, how often, about which case; never about whom."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet

from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Agency, Person
from openmash.apps.private_asking.between.installations import agencies_elsewhere
from openmash.apps.private_asking.limits import Limits, in_force
from openmash.apps.private_asking.models import HolderKey, OtherQuestion, Preparation, PrivateQuestion
from openmash.apps.private_asking.permission import permitted
from openmash.engines.clocks import LONDON

DAYS_COUNTED = 28
MOST_SHOWN = 200


@dataclass(frozen=True)
class Line:
    """A question as a lead of either side sees it. agency: the other side.

    case_reference, purpose: "" where the lead may not open the case. said: "" there too, and always for the agency
    that was asked: the answer is between asker and keeper.
    """

    by: str
    job_title: str
    agency: str
    at: datetime
    case_reference: str = ""
    purpose: str = ""
    said: str = ""


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
    asked_us: tuple[Line, ...]
    how_often: tuple[HowOften, ...]
    we_asked: tuple[Line, ...]
    prepared: Preparation | None


MayOpen = Callable[[Collection[UUID]], Collection[UUID]]
"""Of these cases, those that whoever looks may open; it writes down that they did."""


@dataclass(frozen=True)
class Left:
    """How many questions are left, and the limits they are counted by."""

    limits: Limits
    person: int
    agency: int


def agencies_to_ask(by: Person) -> QuerySet[Agency]:
    """Agencies that have prepared answers here, or that another installation answers for; not one's own."""
    prepared = HolderKey.objects.values("agency_id")
    return (
        Agency.objects.filter(Q(pk__in=prepared) | Q(name__in=agencies_elsewhere()))
        .exclude(pk=by.agency_id)
        .select_related("locality")
    )


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
def look_at_log(*, by: Person, now: datetime, may_open: MayOpen) -> Log:
    """Who asked one's own agency and whom it asked, for its leads. The look is written down.

    Of a case that `by` may not open it shows that a question was asked, and neither reference nor answer.

    Raises:
        Refused: this person leads nothing in their agency.
    """
    ground = permitted("see_private_log", by=by, now=now)
    questions = PrivateQuestion.objects.select_related("by", "asker", "asked")
    asked_us = questions.filter(asked_id=by.agency_id)
    to_us, from_us = asked_us[:MOST_SHOWN], questions.filter(asker_id=by.agency_id)[:MOST_SHOWN]
    opened = may_open({each.case_id for each in (*to_us, *from_us)})
    log = Log(
        agency=by.agency.name,
        asked_us=_newest((*_lines(to_us, opened, asked_us=True), *_lines_elsewhere(by.agency_id))),
        how_often=(*_how_often(asked_us, now), *_how_often_elsewhere(by.agency_id, now)),
        we_asked=_lines(from_us, opened, asked_us=False),
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


def _lines(
    questions: Iterable[PrivateQuestion], opened: Collection[UUID], *, asked_us: bool
) -> tuple[Line, ...]:
    return tuple(_line(each, opened=each.case_id in opened, asked_us=asked_us) for each in questions)


def _line(question: PrivateQuestion, *, opened: bool, asked_us: bool) -> Line:
    agency = question.asker if asked_us else question.asked
    line = Line(question.by.name, question.by.job_title, agency.name, question.at)
    if not opened:
        return line
    return replace(
        line,
        case_reference=question.case_reference,
        purpose=question.get_purpose_display(),
        said="" if asked_us else question.said,
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


def _lines_elsewhere(agency_id: int) -> list[Line]:
    """Questions from other installations: the case is theirs, so there is no reference to show."""
    questions = OtherQuestion.objects.filter(asked_id=agency_id)[:MOST_SHOWN]
    return [
        Line(each.by, each.job_title, f"{each.asker} ({each.installation})", each.at) for each in questions
    ]


def _newest(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True)[:MOST_SHOWN])


def _how_often_elsewhere(agency_id: int, now: datetime) -> tuple[HowOften, ...]:
    questions = OtherQuestion.objects.filter(asked_id=agency_id, at__gte=now - timedelta(days=DAYS_COUNTED))
    rows = questions.order_by().values("installation", "asker")
    counted = rows.annotate(
        questions=Count("pk"), people=Count("by_id", distinct=True), last=Max("at")
    ).order_by("-questions", "installation", "asker")
    return tuple(
        HowOften(f"{row['asker']} ({row['installation']})", row["questions"], row["people"], row["last"])
        for row in counted
    )


def questions_of_case(case_id: UUID, *, by: Person) -> tuple[PrivateQuestion, ...]:
    """What one's own agency has asked about a case, newest first. The caller has checked that the case is seen."""
    found = PrivateQuestion.objects.filter(case_id=case_id, asker_id=by.agency_id)
    return tuple(found.select_related("by", "asked"))
