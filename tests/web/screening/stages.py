"""Contacts brought to a stage by the real actions, at times near the present: the pages ask the clock."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from openmash.apps.concerns.account import PartTold, SignTold
from openmash.apps.concerns.actions.answering import answer, give_advice
from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.actions.disagreeing import disagree
from openmash.apps.concerns.actions.screening import start_screening
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.rules import Choice
from openmash.apps.directory.models import Person
from openmash.apps.families.actions import PersonDescribed
from tests.apps import journey
from tests.cast import Cast, child

MINUTE = timedelta(minutes=1)
HOME: dict[str, Any] = {"address": "12 Canal Row", "postcode": "NF1 2AB"}
ALEX = child("Alex Winter", about_age=8, school="Millbrook Primary School", **HOME)
SISTER = PartTold(
    role="other_child", person=PersonDescribed(kind="child", name="Bo Winter", about_age=5, **HOME)
)
MOTHER = PartTold(role="parent", person=PersonDescribed(kind="adult", name="Kim Winter", **HOME))
SIGN = SignTold("B10", "seen", when="most Mondays", note="Came in a wet coat again.")


def ago(minutes: int) -> datetime:
    return timezone.now() - minutes * MINUTE


def raised(cast: Cast, *signs: SignTold | str, by: Person | None = None, **given: Any) -> Contact:
    told = {"parts": (ALEX, SISTER, MOTHER), "seen": "yes", **given}
    return journey.raised(cast, *(signs or (SIGN,)), by=by, now=ago(50), **told)


def asked(cast: Cast, **given: Any) -> Contact:
    told = {"question": "A pupil is tired every day. What should I do?", "parts": (ALEX,), **given}
    return journey.asked(cast, now=ago(50), **told)


def screening(cast: Cast, *signs: SignTold | str, by: Person | None = None, **given: Any) -> Contact:
    contact = raised(cast, *signs, **given)
    return start_screening(
        contact_id=contact.pk, seen_version=contact.version, by=by or cast.screener, now=ago(45)
    )


def decided(cast: Cast, *signs: SignTold | str, chosen: Choice | None = None, **given: Any) -> Contact:
    contact = screening(cast, *signs, **given)
    choice = chosen or journey.choice("3", "family_help")
    decide(contact_id=contact.pk, seen_version=contact.version, choice=choice, by=cast.screener, now=ago(40))
    contact.refresh_from_db()
    return contact


def proposed(cast: Cast, **given: Any) -> Contact:
    """Level 4 as raised, decided lower: it waits for a second person."""
    contact = screening(cast, "D03", **given)
    part = contact.parts.get(role="other_child")
    chosen = journey.choice(
        "3",
        "family_help",
        why_not_policy="sign_misread",
        children={part.pk: ("same_decision", "Lives in the same home.")},
    )
    decide(contact_id=contact.pk, seen_version=contact.version, choice=chosen, by=cast.screener, now=ago(40))
    contact.refresh_from_db()
    return contact


def answered(cast: Cast, *signs: SignTold | str, **given: Any) -> Contact:
    contact = decided(cast, *signs, **given)
    answer(
        contact_id=contact.pk,
        seen_version=contact.version,
        text="Thank you. This is what we decided and why.",
        by=cast.screener,
        now=ago(35),
    )
    contact.refresh_from_db()
    return contact


def disagreed(cast: Cast, *signs: SignTold | str, **given: Any) -> Contact:
    contact = answered(cast, *signs, **given)
    disagree(
        contact_id=contact.pk,
        reason="It is getting worse every week.",
        level_asked="4",
        by=cast.teacher,
        now=ago(30),
    )
    contact.refresh_from_db()
    return contact


def advised(cast: Cast, **given: Any) -> Contact:
    contact = asked(cast, **given)
    give_advice(
        contact_id=contact.pk, seen_version=contact.version, text="Talk to her.", by=cast.adviser, now=ago(40)
    )
    contact.refresh_from_db()
    return contact


def disagree_again(contact: Contact, cast: Cast) -> None:
    disagree(contact_id=contact.pk, reason="I still disagree.", by=cast.teacher, now=timezone.now())
