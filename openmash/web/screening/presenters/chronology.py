"""The chronology in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date

from openmash.apps.concerns.queries.chronology import Entry
from openmash.apps.concerns.states import MEANINGS, State
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Policy
from openmash.web.screening.presenters.findings import code_words
from openmash.web.screening.presenters.people import name_of, source_of


@dataclass(frozen=True)
class EntryShown:
    """One contact in the chronology. Of those that may not be shown there is only `elsewhere`: which front door to ask.

    `adults` names those of this family who are described on it, when it is about other children.
    """

    when: str
    ages: str
    source: str
    id: str
    reference: str
    kind: str
    signs: tuple[str, ...]
    outcome: str
    is_this_one: bool
    counts_towards: tuple[str, ...] = ()
    adults: str = ""
    elsewhere: str = ""


def chronology_shown(entries: Iterable[Entry]) -> tuple[EntryShown, ...]:
    return tuple(_entry(entry) for entry in entries)


def _entry(entry: Entry) -> EntryShown:
    contact = entry.contact
    if not entry.may_see:
        return EntryShown("", "", "", "", "", "", (), "", False, elsewhere=asked_at(contact))
    policy = adopted(contact.policy_id).policy
    return EntryShown(
        when=format_date(timezone.localtime(contact.received_at), "j F Y"),
        ages="; ".join(entry.ages) or "no child named",
        source=source_of(contact),
        id=str(contact.pk),
        reference=contact.reference,
        kind="Advice asked for" if contact.kind == "advice" else "Concern",
        signs=sign_words((sign.sign for sign in entry.signs), policy),
        outcome=_outcome(contact, policy),
        is_this_one=entry.is_this_one,
        counts_towards=entry.counts_towards,
        adults=", ".join(name_of(each) for each in entry.adults),
    )


def sign_words(signs: Iterable[str], policy: Policy) -> tuple[str, ...]:
    """Each sign once, in the words of its version; one that this version lacks is shown by its number."""
    wording = {sign.id: sign.wording for sign in policy.signs}
    return tuple(f"{sign} {wording.get(sign, '')}".strip() for sign in dict.fromkeys(signs))


def _outcome(contact: Any, policy: Policy) -> str:
    if contact.decision is None:
        return MEANINGS[State(contact.state)].label
    pathways = {pathway.id: pathway.label for pathway in policy.pathways}
    pathway = pathways.get(contact.decision.pathway, contact.decision.pathway)
    return f"{code_words(contact.decision.level, policy)}. {pathway}"


def asked_at(contact: Any) -> str:
    """Of contacts that this person may not see: only whom to ask, not how many there are or when they came."""
    return f"There may be more than you may see here: ask the front door of {contact.locality.name}"
