"""What is known from other contacts: the chronology, and what a person might link."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date

from openmash.apps.concerns.queries.chronology import Entry, Possible, SameAddress
from openmash.apps.concerns.queries.opened import Known
from openmash.apps.concerns.states import MEANINGS, State
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Policy
from openmash.web.screening.presenters.findings import code_words
from openmash.web.screening.presenters.people import name_of, source_of


@dataclass(frozen=True)
class EntryShown:
    """One contact in the chronology. One that may not be shown has only `elsewhere`: where to ask."""

    when: str
    ages: str
    source: str
    id: str
    reference: str
    kind: str
    signs: tuple[str, ...]
    outcome: str
    is_this_one: bool
    elsewhere: str = ""


@dataclass(frozen=True)
class PairShown:
    """A child here, and somebody described on another contact who may be the same child."""

    name: str
    description_id: str
    earlier_id: str
    earlier_name: str
    because: str


@dataclass(frozen=True)
class OtherShown:
    """Another contact that may be about this child or household, with what a person is asked to say of it."""

    contact_id: str
    where: str
    may_see: bool
    pairs: tuple[PairShown, ...]
    same_address: bool


@dataclass(frozen=True)
class LinkShown:
    id: int
    name: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class KnownShown:
    chronology: tuple[EntryShown, ...]
    others: tuple[OtherShown, ...]
    links: tuple[LinkShown, ...]


def known_shown(known: Known) -> KnownShown:
    return KnownShown(
        chronology=tuple(_entry(entry) for entry in known.chronology),
        others=tuple(_others(known)),
        links=tuple(
            LinkShown(each.pk, name_of(each.description), each.reason, each.at) for each in known.links
        ),
    )


def _others(known: Known) -> Iterator[OtherShown]:
    """Each other contact once, those with a child to compare first."""
    at_home = {each.contact.pk for each in known.same_address}
    found: list[Possible | SameAddress] = [*known.possible, *known.same_address]
    seen = {each.contact.pk: each for each in found}
    for pk, each in seen.items():
        yield OtherShown(
            contact_id=str(pk),
            where=where(each.contact, each.may_see),
            may_see=each.may_see,
            pairs=tuple(_pair(pair) for pair in known.possible if pair.contact.pk == pk),
            same_address=pk in at_home,
        )


def _entry(entry: Entry) -> EntryShown:
    contact = entry.contact
    if not entry.may_see:
        return EntryShown("", "", "", "", "", "", (), "", False, elsewhere=where(contact, may_see=False))
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


def where(contact: Any, may_see: bool) -> str:
    """A contact by its reference and source; or, if this person may not see it, only whom to ask."""
    if not may_see:
        month = format_date(timezone.localtime(contact.received_at), "F Y")
        return f"A contact in {contact.locality.name}, {month}: ask that front door"
    day = format_date(timezone.localtime(contact.received_at), "j F Y")
    return f"{contact.reference}, {source_of(contact)}, {day}"


def _pair(each: Possible) -> PairShown:
    return PairShown(
        name=name_of(each.description),
        description_id=str(each.description.pk),
        earlier_id=str(each.earlier.pk),
        earlier_name=name_of(each.earlier) if each.may_see else "",
        because=", ".join(each.because),
    )
