"""Past decisions and drafts, made by the real actions."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from openmash.apps.concerns.account import SignTold
from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.actions.screening import start_screening
from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person
from openmash.apps.policy.actions.drafting import begin_draft, revise_draft
from openmash.apps.policy.models import Draft
from openmash.engines.thresholds.text.editing import table_of, with_row
from tests.apps.journey import choice
from tests.cast import Cast, account, child

PERSONAS = "openmash.web.accounts.personas.PersonaBackend"
SignedIn = Callable[[Person], Client]
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)

TWO = ("2", "early_help")
THREE = ("3", "family_help")


def decided(
    cast: Cast,
    *signs: str,
    when: datetime,
    as_: tuple[str, str] = TWO,
    by: Person | None = None,
    **given: Any,
) -> Contact:
    """A concern raised, screened and decided within two hours."""
    told = tuple(SignTold(sign, "seen") for sign in signs)
    contact = raise_concern(account=account(cast, *told, **given), by=by or cast.teacher, now=when).contact
    contact = start_screening(
        contact_id=contact.pk, seen_version=contact.version, by=cast.screener, now=when + HOUR
    )
    decide(
        contact_id=contact.pk,
        seen_version=contact.version,
        choice=choice(*as_),
        by=cast.screener,
        now=when + 2 * HOUR,
    )
    contact.refresh_from_db()
    return contact


def some_history(cast: Cast) -> None:
    """Fourteen decisions in eight weeks: seven at level 2 and seven at level 3."""
    now = timezone.now()
    for number in range(7):
        week = now - (1 + number) * WEEK
        decided(cast, "A13", when=week, parts=(child(f"Child {number}", about_age=3 + number, sex="male"),))
        parts = (child(f"Other {number}", about_age=8, sex="female"),)
        decided(cast, "B10", when=week + HOUR, as_=THREE, by=cast.gp, parts=parts)


def changed(cast: Cast, rows: Iterable[tuple[str, str, str]], *, version: str = "2027-01") -> Draft:
    """A draft with cells of its rules changed: (rule, column, what it says now)."""
    now = timezone.now()
    draft = begin_draft(based_on_id=cast.policy.pk, version=version, by=cast.policy_lead, now=now)
    texts = draft.revisions.get(number=1).texts
    for rule, column, cell in rows:
        table = table_of(texts, "rules.csv")
        place = table.place(rule)
        assert place is not None
        texts = with_row(texts, "rules.csv", place, {**table.named(place), column: cell})
    revise_draft(draft_id=draft.pk, texts=texts, reason="Tried out.", seen=1, by=cast.policy_lead, now=now)
    return draft


def lower_bar(cast: Cast) -> Draft:
    """A draft under which one level 2 sign comes to level 3."""
    return changed(cast, [("C2c", "level", "3")])
