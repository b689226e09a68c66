"""Asking one agency about one child, once. The three parts speak only through the engine's messages."""

import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Agency, Person
from openmash.apps.private_asking.errors import CannotBeAsked, LimitReached
from openmash.apps.private_asking.holder import evaluate_for
from openmash.apps.private_asking.keeper import answer_for
from openmash.apps.private_asking.limits import Limits, in_force
from openmash.apps.private_asking.models import CODE_OF, HolderKey, PrivateQuestion
from openmash.apps.private_asking.purposes import Purpose
from openmash.apps.private_asking.queries.keys import key_in_use
from openmash.engines.clocks import LONDON
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.private import group
from openmash.engines.matching.private.asking import begin, finish
from openmash.engines.matching.private.kinds import Kind
from openmash.engines.matching.private.messages import Answered, Evaluated, Said
from openmash.engines.matching.private.tokens import tokens_to_ask, why_too_little
from openmash.engines.matching.private.weighing import HitWeights, current


@dataclass(frozen=True)
class About:
    """The case on whose account somebody asks: a contact's id and the reference people know it by."""

    case_id: uuid.UUID
    case_reference: str


@transaction.atomic
def ask(
    *,
    child: DescribedPerson,
    about: About,
    asked_id: int,
    purpose: Purpose,
    by: Person,
    ground: str,
    now: datetime,
) -> PrivateQuestion:
    """Ask an agency whether it knows this child, and keep the question, never the child.

    The caller has checked that `by` may ask on account of this case, on `ground`.

    Raises:
        CannotBeAsked: too little is known of the child, the agency is one's own, holds no answers or made
            them anew at this very moment, or the cryptographic library is not installed. It does not count.
        LimitReached: this person, their agency or this case has asked as often as they may.
    """
    asked = _may_be_asked(asked_id, by)
    tokens = _tokens(child, now)
    key = key_in_use(asked.pk)
    if key is None:
        raise CannotBeAsked(
            f"{asked} has not prepared any answers yet, so it cannot be asked this way. Ring it."
        )
    limits = in_force(now.astimezone(LONDON).date())
    _within_limits(limits, about, asked, by=by, now=now)
    weights = current()
    question_id = uuid.uuid4()
    said = _put(key, question_id, tokens, person_before=_person(about, asked), limits=limits, weights=weights)
    if key_in_use(asked.pk) != key:
        raise CannotBeAsked(f"{asked} made its answers ready anew just now. Ask once more.")
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
        weights=weights.name,
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


def _put(
    key: HolderKey,
    question_id: uuid.UUID,
    tokens: list[tuple[Kind, bytes]],
    *,
    person_before: bool,
    limits: Limits,
    weights: HitWeights,
) -> Said:
    """Asker to holder and back, asker to keeper and back: bytes each time, as between two machines."""
    begun = begin(question_id, tokens)
    evaluated = Evaluated.from_bytes(evaluate_for(key, begun.message.as_bytes()))
    finished = finish(begun, evaluated).as_bytes()
    answer = answer_for(key, finished, person_before=person_before, limits=limits, weights=weights)
    return Answered.from_bytes(answer).said


def _person(about: About, asked: Agency) -> bool:
    """Whether this agency has once answered about this case, to anybody, that a person must answer."""
    return PrivateQuestion.objects.filter(case_id=about.case_id, asked=asked, said="person").exists()


def _within_limits(limits: Limits, about: About, asked: Agency, *, by: Person, now: datetime) -> None:
    """Raises LimitReached. Questions of one agency wait for one another here, so that none slips through."""
    Agency.objects.select_for_update(no_key=True).get(pk=by.agency_id)
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
