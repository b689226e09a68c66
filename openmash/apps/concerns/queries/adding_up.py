"""Contacts that add up: which rule held when, by the words of its version, and which contacts it counted.

Read from the findings that were kept, so that nothing here can say anything else than the threshold said.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact, FindingRecorded
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Case, Policy, case_from_record, contacts_counted


@dataclass(frozen=True)
class AddsUp:
    """A rule that held at a contact because contacts added up.

    `counted` are the contacts it rests on that the viewer may see, oldest first, `contact` itself among them if it
    counts. `because` is the threshold's own explanation; it is left out when it would tell how many contacts
    there are that the viewer may not see, and `ask` then names the front doors to ask.
    `no_longer_linked`: how many of those counted then are not linked to the family now.
    """

    contact: Contact
    at: datetime
    rule: str
    name: str
    rule_because: str
    because: tuple[str, ...]
    level: str
    consider: str
    version: str
    counted: tuple[Contact, ...]
    ask: tuple[str, ...]
    no_longer_linked: int


@seeing_everything("what is known counts all there is; what is shown is asked of the gate")
def what_adds_up(
    contacts: Collection[Contact], *, everything: Collection[Contact], may_see: Collection[UUID]
) -> list[AddsUp]:
    """For each of these contacts, as the threshold last said of it. `everything` is the whole family's contacts."""
    latest = FindingRecorded.objects.filter(contact__in=contacts).order_by("contact_id", "-id")
    by_contact = {each.pk: each for each in contacts}
    found: list[AddsUp] = []
    for row in latest.distinct("contact_id"):
        found += _of_one(by_contact[row.contact_id], row, everything, frozenset(may_see))
    return sorted(found, key=lambda each: (each.contact.received_at, each.rule))


def _of_one(
    contact: Contact, row: FindingRecorded, everything: Collection[Contact], may_see: frozenset[UUID]
) -> Iterator[AddsUp]:
    policy = adopted(row.policy_id).policy
    case = case_from_record(row.case)
    past = _whose(case, [each for each in everything if each.pk != contact.pk])
    for fired in row.finding["fired"]:
        if fired["rule"] in policy.rules_by_id:
            each = _adds_up(contact, row, fired, policy, case, past, may_see)
            if each is not None:
                yield each


def _adds_up(
    contact: Contact,
    row: FindingRecorded,
    fired: Mapping[str, Any],
    policy: Policy,
    case: Case,
    past: Mapping[int, Contact],
    may_see: frozenset[UUID],
) -> AddsUp | None:
    counted = contacts_counted(policy, case, fired["rule"])
    if counted is None:
        return None
    there = [past[place] for place in counted.past if place in past]
    shown = [each for each in there if each.pk in may_see] + ([contact] if counted.present else [])
    ask = sorted({each.locality.name for each in there if each.pk not in may_see})
    return AddsUp(
        contact=contact,
        at=row.at,
        rule=fired["rule"],
        name=fired["name"],
        rule_because=fired["rule_because"],
        because=() if ask else tuple(fired["because"]),
        level=fired["level"] or "",
        consider=fired["consider"] or "",
        version=policy.version,
        counted=tuple(sorted(shown, key=lambda each: each.received_at)),
        ask=tuple(ask),
        no_longer_linked=0 if ask else len(counted.past) - len(there),
    )


def _whose(case: Case, contacts: Iterable[Contact]) -> dict[int, Contact]:
    """Which contact each earlier one of a kept case was: the case keeps its day and its agency.

    Two by one agency on one day stand for one another, in the order in which they came.
    """
    waiting: dict[tuple[object, str], list[Contact]] = defaultdict(list)
    for contact in sorted(contacts, key=lambda each: each.received_at, reverse=True):
        agency = str(contact.raised_agency_id) if contact.raised_agency_id else contact.source
        waiting[(day_of(contact.received_at), agency)].append(contact)
    found = {}
    for place, past in enumerate(case.past):
        same = waiting.get((past.at, past.agency))
        if same:
            found[place] = same.pop()
    return found
