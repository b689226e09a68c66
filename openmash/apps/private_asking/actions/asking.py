"""Asking one agency about one child, once. The three parts speak only through the engine's messages."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connection, transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Agency, Person
from openmash.apps.private_asking.between.calling import HOLDER, KEEPER, call
from openmash.apps.private_asking.between.installations import elsewhere, ours
from openmash.apps.private_asking.between.told import LONGEST, Told
from openmash.apps.private_asking.errors import CannotBeAsked, LimitReached
from openmash.apps.private_asking.holder import evaluate_for
from openmash.apps.private_asking.keeper import answer_for
from openmash.apps.private_asking.limits import Limits, in_force
from openmash.apps.private_asking.models import CODE_OF, PrivateQuestion
from openmash.apps.private_asking.purposes import Purpose
from openmash.apps.private_asking.queries.keys import key_in_use
from openmash.engines.clocks import LONDON
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.private import group
from openmash.engines.matching.private.asking import begin, finish
from openmash.engines.matching.private.errors import MessageRefused
from openmash.engines.matching.private.kinds import Kind
from openmash.engines.matching.private.messages import Answered, Evaluated, Said
from openmash.engines.matching.private.tokens import tokens_to_ask, why_too_little
from openmash.engines.matching.private.weighing import current


@dataclass(frozen=True)
class About:
    """The case on whose account somebody asks: a contact's id and the reference people know it by."""

    case_id: uuid.UUID
    case_reference: str


ELSEWHERE = "the other’s own"
"""In place of a version of the weights, where another installation answered."""

Part = Callable[[bytes], bytes]
"""A holder or a keeper: a message in, its answer out."""


@acting
@transaction.atomic
def ask(
    *,
    question_id: uuid.UUID,
    child: DescribedPerson,
    about: About,
    asked_id: int,
    purpose: Purpose,
    by: Person,
    ground: str,
    now: datetime,
) -> PrivateQuestion:
    """Ask an agency whether it knows this child, and keep the question, never the child.

    The caller has checked that `by` may ask on account of this case, on `ground`. The same question put twice
    under one id, as by pressing twice, is one question, and gives the answer that came back.

    Raises:
        CannotBeAsked: too little is known of the child, the agency is one's own, holds no answers or made
            them anew at this very moment, or the cryptographic library is not installed. It does not count.
        LimitReached: this person, their agency or this case has asked as often as they may.
    """
    asked = _may_be_asked(asked_id, by)
    tokens = _tokens(child, now)
    limits = in_force(now.astimezone(LONDON).date())
    _one_at_a_time(about, asked, by=by)
    before = PrivateQuestion.objects.filter(pk=question_id, by=by, case_id=about.case_id, asked=asked).first()
    if before is not None:
        return before
    _within_limits(limits, about, asked, by=by, now=now)
    put = _put_elsewhere if elsewhere(asked.name) else _put_here
    said, weights = put(question_id, tokens, about=about, asked=asked, purpose=purpose, by=by, now=now)
    question = PrivateQuestion.objects.create(
        id=question_id,
        by=by,
        asker_id=by.agency_id,
        asked=asked,
        case_id=about.case_id,
        case_reference=about.case_reference,
        purpose=purpose,
        ground=ground,
        at=now,
        said=CODE_OF[said],
        weights=weights,
    )
    _write_down(question, by=by, now=now)
    return question


def _may_be_asked(asked_id: int, by: Person) -> Agency:
    if asked_id == by.agency_id:
        raise CannotBeAsked("This is your own agency. Look in its own records.")
    asked = Agency.objects.filter(pk=asked_id).first()
    if asked is None:
        raise CannotBeAsked("There is no such agency.")
    return asked


def _tokens(child: DescribedPerson, now: datetime) -> list[tuple[Kind, bytes]]:
    if not group.is_installed():
        raise CannotBeAsked("Asking this way is not set up on this service. Ring the agency instead.")
    today = now.astimezone(LONDON).date()
    too_little = why_too_little(child, on=today)
    if too_little:
        raise CannotBeAsked(too_little)
    return tokens_to_ask(child, on=today)


def _put(question_id: uuid.UUID, tokens: list[tuple[Kind, bytes]], holder: Part, keeper: Part) -> Said:
    """Asker to holder and back, asker to keeper and back: bytes each time, wherever the two are."""
    begun = begin(question_id, tokens)
    evaluated = Evaluated.from_bytes(holder(begun.message.as_bytes()))
    answer = Answered.from_bytes(keeper(finish(begun, evaluated).as_bytes()))
    if answer.question != question_id:
        raise MessageRefused("This answers another question.")
    return answer.said


def _put_here(
    question_id: uuid.UUID,
    tokens: list[tuple[Kind, bytes]],
    *,
    about: About,
    asked: Agency,
    now: datetime,
    **_told: object,
) -> tuple[Said, str]:
    """To an agency of this installation: the answer, and the version of the weights it was worked out by."""
    key = key_in_use(asked.pk)
    if key is None:
        raise CannotBeAsked(
            f"{asked} has not prepared any answers yet, so it cannot be asked this way. Ring it."
        )
    limits, weights, person_before = in_force(now.astimezone(LONDON).date()), current(), _person(about, asked)

    def keeper(message: bytes) -> bytes:
        return answer_for(key, message, person_before=person_before, limits=limits, weights=weights, now=now)

    said = _put(question_id, tokens, lambda message: evaluate_for(key, message), keeper)
    if key_in_use(asked.pk) != key:
        raise CannotBeAsked(f"{asked} made its answers ready anew just now. Ask once more.")
    return said, weights.name


def _put_elsewhere(
    question_id: uuid.UUID,
    tokens: list[tuple[Kind, bytes]],
    *,
    about: About,
    asked: Agency,
    purpose: Purpose,
    by: Person,
    **_told: object,
) -> tuple[Said, str]:
    """To an agency that another installation answers for, with limits and a log of its own."""
    other, us = elsewhere(asked.name), ours()
    if other is None or us is None:
        raise CannotBeAsked(f"{asked} cannot be asked this way. Ring it.")
    told = Told(
        asked=other.agencies[asked.name],
        asker=by.agency.name[:LONGEST],
        by=by.name[:LONGEST],
        job_title=by.job_title[:LONGEST],
        by_id=str(by.pk),
        case_id=str(about.case_id),
        purpose=purpose.value,
    )
    try:
        said = _put(
            question_id,
            tokens,
            lambda message: call(other, HOLDER, told.as_bytes() + message, by=us),
            lambda message: call(other, KEEPER, message, by=us),
        )
    except MessageRefused:
        raise CannotBeAsked(f"What came back from {asked} is no answer. Ring it.") from None
    return said, ELSEWHERE


def _person(about: About, asked: Agency) -> bool:
    """Whether this agency has once answered about this case, to anybody, that a person must answer."""
    return PrivateQuestion.objects.filter(case_id=about.case_id, asked=asked, said="person").exists()


def _one_at_a_time(about: About, asked: Agency, *, by: Person) -> None:
    """Questions of one agency wait for one another, so that none slips through its limits; and so do those of
    everybody to one agency about one case, so that all hear "a person must answer" once one has.
    """
    Agency.objects.select_for_update(no_key=True).get(pk=by.agency_id)
    with connection.cursor() as cursor:
        case = f"private question about {about.case_id} to {asked.pk}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [case])


def _within_limits(limits: Limits, about: About, asked: Agency, *, by: Person, now: datetime) -> None:
    """Raises LimitReached."""
    midnight = datetime.combine(now.astimezone(LONDON).date(), time(), tzinfo=LONDON)
    today = PrivateQuestion.objects.filter(at__gte=midnight, at__lt=midnight + timedelta(days=1))
    if today.filter(by=by).count() >= limits.one_person_a_day:
        raise LimitReached(
            f"You have asked {limits.one_person_a_day} times today, and that is as often as one person may. "
            "Ring the agency, or ask again tomorrow.",
            asked_agency_id=asked.pk,
        )
    if today.filter(asker_id=by.agency_id).count() >= limits.one_agency_a_day:
        raise LimitReached(
            f"Your agency has asked {limits.one_agency_a_day} times today, and that is as often as one agency "
            "may. Ring the agency you want to ask, or ask again tomorrow.",
            asked_agency_id=asked.pk,
        )
    of_case = PrivateQuestion.objects.filter(case_id=about.case_id, asked=asked, asker_id=by.agency_id)
    if of_case.count() >= limits.one_case:
        raise LimitReached(
            f"{asked} has been asked {limits.one_case} times about {about.case_reference}, and that is as often "
            "as may be asked about one case. Ring it.",
            asked_agency_id=asked.pk,
        )


def _write_down(question: PrivateQuestion, *, by: Person, now: datetime) -> None:
    """Once for each side. The holder's line does not say what came back."""
    record(
        by=by,
        verb="ask_privately",
        subject_kind="private_question",
        subject_id=question.pk,
        ground=question.ground,
        now=now,
        detail={"case": question.case_reference, "asked": question.asked_id, "said": question.said},
    )
    record(
        by=by,
        verb="be_asked_privately",
        subject_kind="private_answers",
        subject_id=question.asked_id,
        ground=question.ground,
        now=now,
        detail={"case": question.case_reference, "asker": question.asker_id, "question": str(question.pk)},
    )
