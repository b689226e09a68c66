"""Drafts at each stage, and the pages about them without scripting."""

import html
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmash.apps.directory.models import Person
from openmash.apps.policy.actions.drafting import begin_draft, revise_draft, send_draft
from openmash.apps.policy.models import Draft
from openmash.apps.policy.queries.drafts import last_revision
from openmash.engines.thresholds.text.editing import table_of, with_row
from tests.cast import Cast

PERSONAS = "openmash.web.accounts.personas.PersonaBackend"
As = Callable[[Person], Client]
FOUR = "4 or more level 3 signs at least suspected across 2 or more domains"
"""What rule C3 asks, with four in the place of three."""
WHY = "The board asked for four, after reading twenty cases."


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=PERSONAS)
    return client


def ago(minutes: int) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


def begun(cast: Cast, version: str = "2027-04", by: Person | None = None) -> Draft:
    return begin_draft(based_on_id=cast.policy.pk, version=version, by=by or cast.policy_lead, now=ago(60))


def changed(draft: Draft, file: str, key: str, by: Person, reason: str = WHY, **cells: str) -> None:
    """One row changed. The column “and” is given as `and_`."""
    last = last_revision(draft)
    table = table_of(last.texts, file)
    place = table.place(key)
    row = {**table.named(place), **{name.rstrip("_"): cell for name, cell in cells.items()}}  # type: ignore[arg-type]
    texts = with_row(last.texts, file, place, row)
    revise_draft(draft_id=draft.pk, texts=texts, reason=reason, seen=last.number, by=by, now=ago(50))


def with_four(cast: Cast) -> Draft:
    """Rule C3 asks for four, and the agreed example that it broke has been agreed anew."""
    draft = broken(cast)
    signs = "B04 seen; B13 said; B20 confirmed; B01 seen"
    changed(draft, "examples.csv", "three_serious", cast.policy_lead, signs=signs)
    return draft


def broken(cast: Cast) -> Draft:
    """Rule C3 asks for four: an agreed example, with three, no longer comes out as agreed."""
    draft = begun(cast)
    changed(draft, "rules.csv", "C3", cast.policy_lead, when=FOUR)
    return draft


def sent(cast: Cast, draft: Draft | None = None, by: Person | None = None) -> Draft:
    draft = draft or with_four(cast)
    send_draft(draft_id=draft.pk, words="For the board in March.", by=by or cast.policy_lead, now=ago(40))
    return draft


def address(name: str, *args: Any) -> str:
    return reverse(f"drafting:{name}", args=args)


def words_of(answer: Any) -> str:
    """The words on a page, as they are read."""
    page = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def form_on(answer: Any) -> dict[str, Any]:
    """What a browser would send back from the form on this page, by Django's own form."""
    form = answer.context["form"]
    sent: dict[str, Any] = {"seen": answer.context["seen"]}
    for bound in form:
        value = bound.value()
        sent[bound.html_name] = "" if value is None else value
    return sent


def send(client: Client, place: str, **typed: Any) -> Any:
    """Open a page, fill in its form, and send it."""
    return client.post(place, {**form_on(client.get(place)), **typed})
