"""Requests for information about the eldest of the three siblings: one open, one answered in part, one refused; and
something a school decided not to share. All by the same actions as the pages.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from openmash.apps.casework.models import Case
from openmash.apps.directory.models import Person
from openmash.apps.sharing.actions.answering import answer_request, begin_answering, refuse_request
from openmash.apps.sharing.actions.asking import Ask, ask_information
from openmash.apps.sharing.actions.deciding import write_down_not_shared
from openmash.apps.sharing.models import Request
from openmash.apps.sharing.queries.to_ask import OnRecord
from openmash.apps.sharing.rules import Answered
from openmash.demo.stories.work.steps import named
from openmash.demo.world import invented

WHY = "We enquire into whether Callum and Skye are safe at home, and decide next week what must change."
TO_SCHOOL = (
    "How often has Callum been late or away this term, and on which days?",
    "Who has collected Callum and Skye from school since September?",
    "Has either child said anything about home to a member of staff that is not yet in our record?",
)
TO_GP = (
    "Has either child been seen for an injury since the summer?",
    "Is Ms Verity treated for anything that bears on her care of the children?",
)
TO_HOUSING = (
    "Who is named on the tenancy, and since when?",
    "Have neighbours complained of noise this year?",
)


def requests_about(case: Case, worker: Person, at: datetime, then: datetime) -> Iterator[datetime]:
    """The worker asks a school, which answers some of it, and a GP, who refuses; `then` a landlord, who has not yet."""
    yield at
    school, gp = named("Bernadette Croke"), named("Dr Olumide Fasanya")
    to_school = _asked(case, worker, school, TO_SCHOOL, at)
    to_gp = _asked(case, worker, gp, TO_GP, at)
    at += timedelta(hours=3)
    yield at
    _answered_in_part(to_school, school, at)
    refuse_request(
        request_id=to_gp.pk,
        seen_version=None,
        reason="I was told on the telephone that this is for the housing file. Please say in writing that it is for "
        "the section 47 enquiry, and I will answer the same day.",
        by=gp,
        now=at,
    )
    write_down_not_shared(
        about="Callum Verity, Year 4",
        with_whom="The parent of a classmate",
        what="Why a social worker had been at school",
        reason="She asked out of kindness, but has no part in keeping him safe.",
        by=named("Grace Adeyinka"),
        now=at,
    )
    yield then
    _asked(case, worker, named("Chantelle Brody"), TO_HOUSING, then)


def _asked(case: Case, worker: Person, asked: Person, questions: tuple[str, ...], at: datetime) -> Request:
    child = case.child_id
    ask = Ask(
        asked_agency_id=None,
        asked_person_id=asked.pk,
        told=(f"{child}:name", f"{child}:about_age", f"{child}:address"),
        questions=questions,
        why=WHY,
        grounds=("public_task", "s47", "s16la"),
        family="not_safe",
        family_said="Ms Verity knows of the enquiry. Her partner must not hear whom we ask.",
        by_when="days_3",
    )
    number = uuid.UUID(int=invented(f"verity/{asked.name}").getrandbits(128), version=4)
    return ask_information(request_id=number, on=OnRecord("case", case.pk), ask=ask, by=worker, now=at)


def _answered_in_part(request: Request, lead: Person, at: datetime) -> None:
    begin_answering(request_id=request.pk, seen_version=None, by=lead, now=at)
    late, collected, said = request.item_set.all()
    words: list[Any] = [
        Answered(late.pk, "answered", "Late nine times and away twice, eight of the eleven on Mondays."),
        Answered(
            collected.pk, "not_known", "Our gate is open at the end of the day, and nobody writes it down."
        ),
        Answered(
            said.pk,
            "withheld",
            "Skye told one member of staff something in confidence. I will ask her first, and ring you tomorrow.",
        ),
    ]
    answer_request(
        request_id=request.pk,
        seen_version=None,
        answered=words,
        note="",
        grounds=("public_task", "s16la"),
        by=lead,
        now=at,
    )
