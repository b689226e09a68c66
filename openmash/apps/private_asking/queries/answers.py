"""One question with its answer, for the agency that asked, and whom to ring about it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Agency, Person, RoleHeld
from openmash.apps.private_asking.models import PrivateQuestion
from openmash.engines.clocks import LONDON

ASKED_IT = "asked this, or works with those who did"


@dataclass(frozen=True)
class ToRing:
    """Somebody who leads safeguarding in the agency asked."""

    name: str
    job_title: str
    email: str


@transaction.atomic
def look_at_answer(question_id: UUID, *, by: Person, now: datetime) -> PrivateQuestion:
    """One question that one's own agency asked, with its answer. The look is written down.

    The caller has checked that `by` may ask on account of the same case.

    Raises:
        PrivateQuestion.DoesNotExist: there is no such question.
        Refused: another agency asked it, though it be one's own that was asked.
    """
    question = PrivateQuestion.objects.select_related("by", "asked").get(pk=question_id)
    if question.asker_id != by.agency_id:
        raise Refused(
            "Only the agency that asked is shown what came back.",
            verb="see_private_answer",
            subject_kind="private_question",
            subject_id=question.pk,
        )
    record(
        by=by,
        verb="see_private_answer",
        subject_kind="private_question",
        subject_id=question.pk,
        ground=ASKED_IT,
        now=now,
    )
    return question


def whom_to_ring(agency: Agency, now: datetime) -> tuple[ToRing, ...]:
    """Who leads safeguarding in an agency today, by name; nobody when it has named nobody."""
    today = now.astimezone(LONDON).date()
    held = RoleHeld.objects.filter(
        person__agency=agency, person__is_active=True, role="safeguarding_lead", starts__lte=today
    ).exclude(ends__lt=today)
    people = {each.person_id: each.person for each in held.select_related("person").order_by("person__name")}
    return tuple(ToRing(each.name, each.job_title, each.email) for each in people.values())
