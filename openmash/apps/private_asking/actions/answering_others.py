"""The holder's and the keeper's part in a question from another installation, with the limits and the log of here."""

from datetime import datetime, time, timedelta

from django.db import connection, transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Agency
from openmash.apps.private_asking.between.told import SIZE, Told
from openmash.apps.private_asking.errors import CannotBeAsked, LimitReached
from openmash.apps.private_asking.holder import evaluate_for
from openmash.apps.private_asking.keeper import answer_for
from openmash.apps.private_asking.limits import in_force
from openmash.apps.private_asking.models import CODE_OF, OtherQuestion
from openmash.apps.private_asking.queries.keys import key_in_use
from openmash.engines.clocks import LONDON
from openmash.engines.matching.private.messages import Answered, Finished, Question
from openmash.engines.matching.private.weighing import current

WAITS = timedelta(minutes=5)
"""How long the keeper waits for the second half of a question."""


@acting
@transaction.atomic
def evaluate_for_other(installation: str, body: bytes, *, now: datetime) -> bytes:
    """The holder's part. From here on the question counts, and stands in the log of the agency asked.

    Raises:
        MessageRefused: this is no question.
        CannotBeAsked: there is no such agency, it has prepared nothing, or this question was put before.
        LimitReached: that person, their agency or that case has asked as often as they may.
    """
    told = Told.from_bytes(body[:SIZE])
    message = Question.from_bytes(body[SIZE:])
    asked = Agency.objects.filter(pk=told.asked).first()
    key = key_in_use(asked.pk) if asked is not None else None
    if asked is None or key is None:
        raise CannotBeAsked("This agency cannot be asked here.")
    _one_at_a_time(installation)
    if OtherQuestion.objects.filter(pk=message.question).exists():
        raise CannotBeAsked("This question was put before. Nothing is answered twice.")
    _within_limits(installation, told, asked, now)
    OtherQuestion.objects.create(
        id=message.question,
        installation=installation,
        asked=asked,
        key=key,
        asker=told.asker,
        by=told.by,
        job_title=told.job_title,
        by_id=told.by_id,
        case_id=told.case_id,
        purpose=told.purpose,
        at=now,
    )
    _write_down("be_asked_privately", installation, asked.pk, message.question, now)
    return evaluate_for(key, body[SIZE:])


@acting
@transaction.atomic
def answer_other(installation: str, body: bytes, *, now: datetime) -> bytes:
    """The keeper's part: once for each question that the holder evaluated, and soon after.

    Raises:
        MessageRefused: this is no question.
        CannotBeAsked: nothing waits for an answer under this id, or the answers were made anew meanwhile.
    """
    finished = Finished.from_bytes(body)
    _one_at_a_time(installation)
    waiting = OtherQuestion.objects.select_related("key").filter(
        pk=finished.question, installation=installation, said="", at__gte=now - WAITS
    )
    question = waiting.first()
    if question is None:
        raise CannotBeAsked("No question waits for this answer, or it was answered before.")
    if key_in_use(question.asked_id) != question.key:
        raise CannotBeAsked("The answers were made ready anew just now. Ask once more.")
    of_case = OtherQuestion.objects.filter(
        installation=installation, case_id=question.case_id, asked_id=question.asked_id
    )
    answer = answer_for(
        question.key,
        body,
        person_before=of_case.filter(said="person").exists(),
        limits=in_force(now.astimezone(LONDON).date()),
        weights=current(),
        now=now,
    )
    question.said = CODE_OF[Answered.from_bytes(answer).said]
    question.save(update_fields=["said"])
    _write_down("answer_privately", installation, question.asked_id, question.pk, now)
    return answer


def _one_at_a_time(installation: str) -> None:
    """Or two copies of one request, or two questions at the limit, would both get through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [installation])


def _within_limits(installation: str, told: Told, asked: Agency, now: datetime) -> None:
    limits = in_force(now.astimezone(LONDON).date())
    midnight = datetime.combine(now.astimezone(LONDON).date(), time(), tzinfo=LONDON)
    of_installation = OtherQuestion.objects.filter(installation=installation)
    today = of_installation.filter(at__gte=midnight)
    counted = (
        (today.filter(by_id=told.by_id), limits.one_person_a_day, "one person may in a day"),
        (today.filter(asker=told.asker), limits.one_agency_a_day, "one agency may in a day"),
        (of_installation.filter(case_id=told.case_id, asked=asked), limits.one_case, "may be about one case"),
    )
    for questions, most, whose in counted:
        if questions.count() >= most:
            raise LimitReached(
                f"{most} questions were asked, and that is as often as {whose}.", asked_agency_id=asked.pk
            )


def _write_down(verb: str, installation: str, asked_id: int, question: object, now: datetime) -> None:
    record(
        by=None,
        verb=verb,
        subject_kind="private_answers",
        subject_id=asked_id,
        ground=f"signed by the installation {installation}",
        now=now,
        detail={"installation": installation, "question": str(question)},
    )
