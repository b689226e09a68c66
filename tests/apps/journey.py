"""Short ways for tests to bring a contact to where a test begins. Each goes through the real actions."""

from datetime import datetime, timedelta
from typing import Any

from openmash.apps.concerns.account import SignTold
from openmash.apps.concerns.actions.answering import answer
from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.actions.linking import say_same_person
from openmash.apps.concerns.actions.raising import ask_advice, raise_concern
from openmash.apps.concerns.actions.screening import start_screening
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.rules import Choice
from openmash.apps.directory.models import Person
from tests.cast import LONDON, MONDAY, Cast, account

HOUR = timedelta(hours=1)
NOW = MONDAY + 5 * HOUR


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=LONDON)  # type: ignore[arg-type, misc]


def raised(
    cast: Cast, *signs: SignTold | str, by: Person | None = None, now: datetime = MONDAY, **given: Any
) -> Contact:
    return raise_concern(account=account(cast, *signs, **given), by=by or cast.teacher, now=now).contact


def asked(cast: Cast, *, by: Person | None = None, now: datetime = MONDAY, **given: Any) -> Contact:
    told = account(cast, **{"question": "What should I do?", "account": "", "parts": (), **given})
    return ask_advice(account=told, by=by or cast.gp, now=now).contact


def screening(cast: Cast, *signs: SignTold | str, by: Person | None = None, **given: Any) -> Contact:
    contact = raised(cast, *signs, by=by, **given)
    return start_screening(
        contact_id=contact.pk, seen_version=contact.version, by=cast.screener, now=MONDAY + HOUR
    )


def choice(level: str = "2", pathway: str = "early_help", **given: Any) -> Choice:
    return Choice(**{"level": level, "pathway": pathway, "rationale": "The reasons in full.", **given})


def decided(cast: Cast, *signs: SignTold | str, chosen: Choice | None = None, **given: Any) -> Contact:
    contact = screening(cast, *signs, **given)
    decide(
        contact_id=contact.pk,
        seen_version=contact.version,
        choice=chosen or choice(),
        by=cast.screener,
        now=MONDAY + 2 * HOUR,
    )
    contact.refresh_from_db()
    return contact


def answered(cast: Cast, *signs: SignTold | str, chosen: Choice | None = None, **given: Any) -> Contact:
    contact = decided(cast, *signs, chosen=chosen, **given)
    answer(
        contact_id=contact.pk,
        seen_version=contact.version,
        text="Thank you. This is what we decided and why.",
        by=cast.screener,
        now=MONDAY + 3 * HOUR,
    )
    contact.refresh_from_db()
    return contact


def link(cast: Cast, later: Contact, earlier: Contact) -> None:
    """The screener says that the children of two contacts are the same."""
    say_same_person(
        contact_id=later.pk,
        description_id=later.parts.get(role="subject").description_id,
        earlier_id=earlier.parts.get(role="subject").description_id,
        reason="Same child.",
        by=cast.screener,
        now=NOW,
    )
