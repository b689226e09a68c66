"""The whole chronology of a family, opened by somebody: what they may see of it, and the look written down.

Of contacts they may not see they learn only which front doors to ask: not how many there are, nor when.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import Ground
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact, Part, SignRecorded
from openmash.apps.concerns.models.part import CHILD_ROLES, HOUSEHOLD_ROLES
from openmash.apps.concerns.permission import NO_CODES, note_down, permitted, whoever
from openmash.apps.concerns.queries.adding_up import AddsUp, what_adds_up
from openmash.apps.concerns.queries.already_known import may_see
from openmash.apps.concerns.queries.chronology import best_known, child_age
from openmash.apps.concerns.queries.events import Event, events_of
from openmash.apps.concerns.queries.family import Family, family_of_contact, family_of_person
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Description
from openmash.apps.families.queries.linked import known_person_of_each


@dataclass(frozen=True)
class Start:
    """Whose story: a known person's, or that of the children a contact is about. One of the two."""

    known_person: UUID | None = None
    contact: UUID | None = None

    def family(self) -> Family:
        if self.known_person is not None:
            return family_of_person(self.known_person)
        return family_of_contact(self.contact) if self.contact is not None else Family((), (), {})


@dataclass(frozen=True)
class Wanted:
    """What of it somebody asked to read. Empty means all."""

    child: UUID | None = None
    agency: str = ""
    group: str = ""
    since: datetime | None = None

    def takes(self, event: Event, about: frozenset[UUID]) -> bool:
        """Whether an event is wanted; `about` are the known people its contact is about."""
        if self.child is not None and self.child not in about:
            return False
        if self.since is not None and event.at < self.since:
            return False
        return self.group in ("", event.group) and self.agency in ("", agency_of(event))


@dataclass(frozen=True)
class ChildThen:
    """A child a contact is about, with the age on a day in words. `known_person` once somebody has linked them."""

    description: Description
    known_person: UUID | None
    age: str


@dataclass(frozen=True)
class Told:
    """A contact as the chronology shows it. `adults`: those of this family described on it, if it is another's."""

    contact: Contact
    children: tuple[ChildThen, ...]
    signs: tuple[SignRecorded, ...]
    adults: tuple[Description, ...]


@dataclass(frozen=True)
class WholeChronology:
    """What one reader may read of a family, oldest first.

    `told` has every contact with an event shown; `children` all known children to choose from, with their names.
    `of` names whom it is about; `ask` the front doors that know more; `left_out` is how many events the reader's own
    choice leaves out.
    """

    of: tuple[ChildThen, ...]
    events: tuple[Event, ...]
    told: Mapping[UUID, Told]
    adds_up: tuple[AddsUp, ...]
    ask: tuple[str, ...]
    children: tuple[tuple[UUID, str], ...]
    agencies: tuple[tuple[str, str], ...]
    left_out: int
    ground: Ground


def agency_of(event: Event) -> str:
    """By which an event is chosen: the agency's number, or the kind of member of the public."""
    if event.by is not None:
        return str(event.by.agency_id)
    return event.contact.source if event.record is event.contact else ""


@seeing_everything("what is known counts all there is; what is shown is asked of the gate")
@transaction.atomic
def open_chronology(start: Start, wanted: Wanted, *, by: Person, now: datetime) -> WholeChronology:
    """Open the story of a family. Each contact of which something is shown counts as seen.

    Raises:
        Contact.DoesNotExist: there is no such person or contact.
        Refused: nothing of it is this person's to see.
    """
    family = start.family()
    if not family.everything:
        raise Contact.DoesNotExist
    visible = visible_of(start, family, by=by, now=now)
    about = _about(visible, family)
    events = events_of(visible)
    shown = [event for event in events if wanted.takes(event, about[event.contact.pk])]
    contacts = {event.contact.pk: event.contact for event in shown}
    adds_up = what_adds_up(
        [each for each in contacts.values() if each in family.contacts],
        everything=family.contacts,
        may_see={each.pk for each in visible},
    )
    of, children = _of(start, visible, now), list(_children(visible))
    named = {
        each.contact_id for each in (*(one.description for one in of), *(child for _key, child in children))
    }
    counted = {each.pk for one in adds_up for each in one.counted}
    looked_at = [each for each in visible if each.pk in contacts.keys() | counted | named | {start.contact}]
    ground = _written_down(start, looked_at, by=by, now=now)
    return WholeChronology(
        of=of,
        events=tuple(shown),
        told=_told(contacts.values(), family),
        adds_up=tuple(adds_up),
        ask=ask_of(family, visible),
        children=tuple((key, child.name or "Name not known") for key, child in children),
        agencies=_agencies(events),
        left_out=len(events) - len(shown),
        ground=ground,
    )


def visible_of(start: Start, family: Family, *, by: Person, now: datetime) -> list[Contact]:
    """The contacts of a family this person may see.

    Raises:
        Refused: none of those it starts from.
    """
    viewer = whoever(by, NO_CODES, now)
    visible = [each for each in family.everything if may_see(viewer, each)]
    begin = _begin(start, family)
    if not any(each.pk in begin for each in visible):
        kind, subject = (
            ("known_person", start.known_person) if start.known_person else ("contact", start.contact)
        )
        raise Refused(
            "You do not have a role that lets you read this chronology. "
            "If you think you should, ask the front door manager of the locality.",
            verb="see_chronology",
            subject_kind=kind,
            subject_id=subject,
        )
    return visible


def ask_of(family: Family, visible: Collection[Contact]) -> tuple[str, ...]:
    """The front doors where more is known than is shown."""
    seen = {each.pk for each in visible}
    return tuple(sorted({each.locality.name for each in family.everything if each.pk not in seen}))


def _begin(start: Start, family: Family) -> frozenset[UUID]:
    """The contacts that are about the very person it was opened for: without one of these nothing is shown."""
    if start.contact is not None:
        return frozenset({start.contact})
    parts = Part.objects.filter(contact__in=family.everything).values_list("description_id", "contact_id")
    contact_of = dict(parts)
    known = known_person_of_each(contact_of.keys())
    return frozenset(contact_of[each] for each, person in known.items() if person == start.known_person)


def _written_down(start: Start, contacts: Collection[Contact], *, by: Person, now: datetime) -> Ground:
    """A line for each contact shown, and one for the chronology; the most telling ground of them.

    The contact it was opened for, or one that names whom it is about, is among them even if nothing else is shown.
    """
    grounds = []
    for contact in contacts:
        verb = "see_advice" if contact.kind == "advice" else "see_as_hub"
        ground = permitted(verb, contact, by, now)
        grounds.append(ground)
        note_down(contact, "see_in_chronology", by=by, ground=ground, now=now)
    told = min(grounds, key=list(Ground).index)
    record(
        by=by,
        verb="see_chronology",
        subject_kind="known_person" if start.known_person else "contact",
        subject_id=start.known_person or start.contact,
        ground=told,
        now=now,
        detail={"contacts": [str(contact.pk) for contact in contacts]},
    )
    return told


def _about(visible: Collection[Contact], family: Family) -> dict[UUID, frozenset[UUID]]:
    """For each contact the known people it is about, or of this family on it."""
    found: dict[UUID, set[UUID]] = {each.pk: set() for each in visible}
    parts = Part.objects.filter(contact__in=visible, role__in=CHILD_ROLES)
    contact_of = dict(parts.values_list("description_id", "contact_id"))
    for description, person in known_person_of_each(contact_of.keys()).items():
        found[contact_of[description]].add(person)
    return {contact: frozenset(people) for contact, people in found.items()}


def _subjects(contacts: Collection[Contact]) -> dict[UUID, list[Description]]:
    found: dict[UUID, list[Description]] = {each.pk: [] for each in contacts}
    for part in Part.objects.filter(contact__in=contacts, role="subject").select_related("description"):
        found[part.contact_id].append(part.description)
    return found


def _told(contacts: Collection[Contact], family: Family) -> dict[UUID, Told]:
    subjects = _subjects(contacts)
    signs: dict[UUID, list[SignRecorded]] = {each.pk: [] for each in contacts}
    for sign in SignRecorded.objects.filter(contact__in=contacts, by_front_door=False).select_related(
        "withdrawn"
    ):
        signs[sign.contact_id].append(sign)
    described = [each for several in subjects.values() for each in several]
    known = known_person_of_each([each.pk for each in described])
    births = best_known(described, known)
    return {
        each.pk: Told(
            contact=each,
            children=tuple(
                ChildThen(child, known.get(child.pk), child_age(child, births, day_of(each.received_at)))
                for child in subjects[each.pk]
            ),
            signs=tuple(signs[each.pk]),
            adults=family.adults.get(each.pk, ()),
        )
        for each in contacts
    }


def _of(start: Start, visible: Collection[Contact], now: datetime) -> tuple[ChildThen, ...]:
    """Whom the chronology is of, as last described, with the age today."""
    if start.contact is not None:
        described = _subjects([each for each in visible if each.pk == start.contact])[start.contact]
    else:
        described = _last_described(visible, {start.known_person} if start.known_person else set())
    known = known_person_of_each([each.pk for each in described])
    everybody = _all_described(visible)
    births = best_known(everybody, known_person_of_each([each.pk for each in everybody]))
    return tuple(
        ChildThen(each, known.get(each.pk), child_age(each, births, day_of(now))) for each in described
    )


def _all_described(visible: Collection[Contact]) -> list[Description]:
    parts = Part.objects.filter(contact__in=visible).select_related("description")
    return [part.description for part in parts.order_by("description__described_at", "pk")]


def _last_described(visible: Collection[Contact], people: Collection[UUID]) -> list[Description]:
    """The last description with a name of each of these known people, or else the last."""
    everybody = _all_described(visible)
    known = known_person_of_each([each.pk for each in everybody])
    last: dict[UUID, Description] = {}
    for each in everybody:
        person = known.get(each.pk)
        if person in people and person is not None and (each.name or person not in last):
            last[person] = each
    return list(last.values())


def _children(visible: Collection[Contact]) -> Iterator[tuple[UUID, Description]]:
    """Every known child of the household, as last described with a name."""
    parts = Part.objects.filter(contact__in=visible, role__in=HOUSEHOLD_ROLES).select_related("description")
    known = known_person_of_each([part.description_id for part in parts])
    people = frozenset(known.values())
    for each in sorted(_last_described(visible, people), key=lambda each: each.name.casefold()):
        if each.kind != Description.Kind.ADULT:
            yield known[each.pk], each


def _agencies(events: Collection[Event]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for event in events:
        if event.by is not None:
            found[agency_of(event)] = event.by.agency.name
        elif agency_of(event):
            found[agency_of(event)] = event.contact.get_source_display()
    return tuple(sorted(found.items(), key=lambda item: item[1].casefold()))
