"""One contact opened at the front door: all that its pages show, and the look at it written down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.grounds import LEADERS, grounds_of
from openmash.apps.concerns.models import (
    Answer,
    Contact,
    Decision,
    Disagreement,
    FactRecorded,
    FindingRecorded,
    FollowUp,
    Information,
    Part,
    Reply,
    SignRecorded,
)
from openmash.apps.concerns.permission import NO_CODES, facts_for_access, note_down, permitted, whoever
from openmash.apps.concerns.queries.already_known import AlreadyKnown, already_known, sight_of
from openmash.apps.concerns.queries.chronology import Entry, chronology
from openmash.apps.concerns.queries.earlier import linked_contact_ids
from openmash.apps.concerns.queries.evidence import current_facts
from openmash.apps.concerns.queries.findings import case_now
from openmash.apps.concerns.queries.looking import look_as_hub
from openmash.apps.concerns.queries.possible import possible_for
from openmash.apps.concerns.queries.standing import standing_of
from openmash.apps.concerns.rules import Standing
from openmash.apps.directory.models import Person
from openmash.apps.policy.queries import PolicyInForce, adopted, in_force
from openmash.apps.registers.standings import note_standings
from openmash.engines.thresholds import Case, Finding, Policy, evaluate

SAID = (
    "description__names_said",
    "description__births_said",
    "description__addresses_said",
    "description__places_said",
    "description__identifiers_said__wrong",
    "description__is_said_to_be__other",
)
SAID_OF = (
    "names_said",
    "births_said",
    "addresses_said",
    "places_said",
    "identifiers_said",
    "is_said_to_be",
)
"""What was said of somebody besides the description."""

REPLIES: tuple[tuple[str, str], ...] = tuple(Reply.Outcome.choices)
"""What may be said to a disagreement: code and words."""


@dataclass(frozen=True)
class Opened:
    """A contact with everything recorded on it, first to last, and what the threshold says of it now.

    `under` is the version it was raised under and is decided under; `in_force` is today's. The threshold counts every
    earlier contact; `ask_about_earlier` are the front doors of those that whoever opened this may not see.
    Signs include those withdrawn; `facts` holds the latest answer to each question. `said_by` are the accounts of
    those who said something of somebody besides the description, by their key.
    """

    contact: Contact
    under: PolicyInForce
    in_force: PolicyInForce
    people: tuple[Part, ...]
    said_by: Mapping[int, Person]
    signs: tuple[SignRecorded, ...]
    facts: tuple[FactRecorded, ...]
    information: tuple[Information, ...]
    case: Case
    finding: Finding
    raised: FindingRecorded | None
    decisions: tuple[Decision, ...]
    answers: tuple[Answer, ...]
    disagreements: tuple[Disagreement, ...]
    follow_ups: tuple[FollowUp, ...]
    can: frozenset[str]
    ask_about_earlier: tuple[str, ...]

    @property
    def policy(self) -> Policy:
        """The policy this contact is read and decided under."""
        return self.under.policy

    @property
    def proposed(self) -> Decision | None:
        """The last decision taken, in force or still waiting for a second person."""
        return self.decisions[-1] if self.decisions else None


@dataclass(frozen=True)
class Known:
    """What is known of the child and the household from other contacts, and what a person might link."""

    chronology: tuple[Entry, ...]
    already: AlreadyKnown


@transaction.atomic
def open_contact(contact_id: UUID, *, by: Person, now: datetime, to: str = "") -> Opened:
    """Open a contact, to look at it or to do something (`to`, a verb of `access.grounds.ALLOWED`).

    Raises:
        Contact.DoesNotExist: there is no such contact.
        Refused: the person may not see it, or may not do this to it.
    """
    contact = look_as_hub(contact_id, by=by, now=now)
    if to:
        permitted(to, contact, by, now)
    under = adopted(contact.policy_id)
    case = case_now(contact, policy=under.policy, now=now)
    people = tuple(contact.parts.select_related("description").prefetch_related(*SAID))
    return Opened(
        contact=contact,
        under=under,
        in_force=in_force(now),
        people=people,
        said_by=_said_by(people),
        signs=tuple(contact.signs.select_related("by__agency", "withdrawn__by__agency")),
        facts=tuple(current_facts(contact)),
        information=tuple(contact.information.select_related("by__agency")),
        case=case,
        finding=evaluate(under.policy, case),
        raised=contact.findings.filter(stage=FindingRecorded.Stage.RAISED).first(),
        decisions=_decisions(contact),
        answers=tuple(contact.answers.select_related("by__agency", "acknowledged")),
        disagreements=tuple(contact.disagreements.select_related("by__agency", "reply__by__agency")),
        follow_ups=tuple(contact.follow_ups.select_related("done__by__agency")),
        can=possible_for(contact, by=by, now=now),
        ask_about_earlier=_ask_about_earlier(contact, by=by, now=now),
    )


def _said_by(people: Iterable[Part]) -> Mapping[int, Person]:
    keys = {
        each.by_id
        for part in people
        for name in SAID_OF
        for each in getattr(part.description, name).all()
        if each.by_id is not None
    }
    return Person.objects.select_related("agency").in_bulk(keys)


def _ask_about_earlier(contact: Contact, *, by: Person, now: datetime) -> tuple[str, ...]:
    there = sight_of(by, now).localities(linked_contact_ids(contact))
    return tuple(sorted(each.name for each in there))


def _decisions(contact: Contact) -> tuple[Decision, ...]:
    found = contact.decisions.select_related("by__agency", "finding", "second_word__by__agency")
    return tuple(found.prefetch_related("children_considered__part__description"))


@transaction.atomic
def known_of(contact: Contact, *, by: Person, now: datetime) -> Known:
    """What other contacts say, for somebody who has opened this one. Each one shown is a look at it."""
    known = Known(
        chronology=tuple(chronology(contact, by=by, now=now)),
        already=already_known(contact, by=by, now=now),
    )
    entries = {entry.contact.pk for entry in known.chronology if entry.may_see}
    for other in Contact.objects.filter(pk__in=(entries | known.already.shown) - {contact.pk}):
        verb = "see_advice" if other.kind == "advice" else "see_as_hub"
        ground = permitted(verb, other, by, now)
        note_down(other, "see_linked", by=by, ground=ground, now=now, detail={"beside": str(contact.pk)})
    note_standings(known.already.standings, by=by, now=now)
    return known


def standing_for(opened: Opened, *, by: Person, now: datetime) -> Standing:
    """What this person's decision on the contact would have to answer to."""
    grounds = grounds_of(whoever(by, NO_CODES, now), facts_for_access(opened.contact))
    leads = bool(grounds & LEADERS)
    return standing_of(opened.contact, opened.policy, opened.finding, decider_is_manager=leads)
