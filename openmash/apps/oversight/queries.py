"""Who looked at one record, and which looks of the last weeks are worth a question. To ask is itself written down."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import localities_for
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record
from openmash.apps.audit.models import Event
from openmash.apps.audit.queries import events_about
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.codes import as_reference
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.concerns.permission import note_down, permitted
from openmash.apps.concerns.states import ENDS
from openmash.apps.directory.models import Person
from openmash.apps.oversight.rules import Look, Opened, Question, questions
from openmash.engines.matching.letters import latin_words

OVERSEERS = frozenset({"manager", "head_of_service", "safeguarding_partner"})
BACK = timedelta(days=28)
LOOKING = "see_"


@dataclass(frozen=True)
class WhoAndWhat:
    """One line of the log about a record. `by` is None for a member of the public with a code."""

    at: datetime
    by: Person | None
    verb: str
    ground: str
    refused: bool

    @property
    def looked(self) -> bool:
        return self.verb.startswith(LOOKING)


@dataclass(frozen=True)
class Looked:
    """Everything the log holds about one contact, oldest first."""

    contact_id: UUID
    reference: str
    lines: tuple[WhoAndWhat, ...]


@dataclass(frozen=True)
class Asked:
    """A question worth asking, the person it is about, and the records by reference."""

    question: Question
    by: Person
    references: tuple[tuple[str, str], ...]
    """Id and reference of each record."""


def oversees(by: Person, now: datetime) -> bool:
    """Whether somebody holds a role that answers for how records are used."""
    return localities_for(viewer_of(by, day_of(now)), OVERSEERS) != frozenset()


@seeing_everything("the gate decides row by row, and says why not")
@transaction.atomic
def who_looked(contact_id: UUID, *, by: Person, now: datetime) -> Looked:
    """Everybody who opened a contact, did something with it or was refused it.

    Raises:
        Contact.DoesNotExist: there is no such contact.
        Refused: no role of this person answers for it.
    """
    contact = Contact.objects.get(pk=contact_id)
    ground = permitted("see_who_looked", contact, by, now)
    events = list(events_about("contact", contact_id))
    people = Person.objects.select_related("agency").in_bulk({e.by_id for e in events if e.by_id is not None})
    note_down(contact, "see_who_looked", by=by, ground=ground, now=now)
    lines = tuple(
        WhoAndWhat(
            event.at,
            people.get(event.by_id) if event.by_id is not None else None,
            event.verb,
            event.ground,
            event.outcome == Event.Outcome.REFUSED,
        )
        for event in events
    )
    return Looked(contact.pk, contact.reference, lines)


@seeing_everything("the gate decides row by row, and says why not")
def contact_of(reference: str, *, by: Person, now: datetime) -> UUID | None:
    """The contact of a reference, where this person answers for it; None for any other, whether it exists or not."""
    contact = Contact.objects.filter(reference=as_reference(reference)).first()
    if contact is None:
        return None
    try:
        permitted("see_who_looked", contact, by, now)
    except Refused:
        return None
    return contact.pk


@transaction.atomic
def looks_to_ask_about(*, by: Person, now: datetime) -> list[Asked]:
    """Looks of the last four weeks at contacts of this person's localities that are worth a question, latest first.

    Raises:
        Refused: no role of this person answers for how records are used.
    """
    where = localities_for(viewer_of(by, day_of(now)), OVERSEERS)
    if where == frozenset():
        raise Refused(
            "Only those who manage a front door, head the service or are a safeguarding partner see who looked.",
            verb="see_unusual_looking",
            subject_kind="locality",
            subject_id="",
        )
    looks = _looks(now)
    kept_out = viewer_of(by, day_of(now)).kept_out
    contacts = _contacts({look.record_id for look in looks} - kept_out, where)
    here = [look for look in looks if look.record_id in contacts]
    people = Person.objects.select_related("agency").in_bulk({look.by_id for look in here})
    family_names = {pk: _last_word(person.name) for pk, person in people.items()}
    found = questions(here, _records(contacts), family_names)
    record(
        by=by,
        verb="see_unusual_looking",
        subject_kind="locality",
        subject_id=",".join(map(str, sorted(where))) if where is not None else "all",
        ground="answers for how records are used",
        now=now,
    )
    return [
        Asked(
            question,
            people[question.by_id],
            tuple((record_id, contacts[record_id].reference) for record_id in question.record_ids),
        )
        for question in found
        if question.by_id in people
    ]


def _looks(now: datetime) -> list[Look]:
    found = Event.objects.filter(
        subject_kind="contact", verb__startswith=LOOKING, at__gte=now - BACK, by_id__isnull=False
    )
    rows = found.values_list("by_id", "at", "subject_id", "outcome")
    return [
        Look(by_id, at, subject_id, outcome == Event.Outcome.REFUSED)
        for by_id, at, subject_id, outcome in rows
        if by_id is not None
    ]


def _contacts(ids: Collection[str], where: frozenset[int] | None) -> dict[str, Contact]:
    found = Contact.objects.filter(pk__in=[each for each in ids if _is_id(each)]).select_related("answer")
    if where is not None:
        found = found.filter(locality_id__in=where)
    return {str(contact.pk): contact for contact in found}


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _records(contacts: dict[str, Contact]) -> dict[str, Opened]:
    names: dict[str, set[str]] = {record_id: set() for record_id in contacts}
    parts = Part.objects.filter(contact_id__in=contacts).select_related("description")
    for part in parts:
        names[str(part.contact_id)].add(_last_word(part.description.name))
    took_part: dict[str, set[int]] = {record_id: set() for record_id in contacts}
    acts = Event.objects.filter(
        subject_kind="contact", subject_id__in=list(contacts), outcome=Event.Outcome.DONE
    )
    for record_id, by_id in (
        acts.exclude(verb__startswith=LOOKING).values_list("subject_id", "by_id").distinct()
    ):
        if by_id is not None:
            took_part[record_id].add(by_id)
    return {
        record_id: Opened(
            frozenset(names[record_id] - {""}),
            contact.answer.at if contact.state in ENDS and contact.answer else None,
            frozenset(took_part[record_id]),
        )
        for record_id, contact in contacts.items()
    }


def _last_word(name: str) -> str:
    words = latin_words(name)
    return words[-1] if len(words) > 1 else ""
