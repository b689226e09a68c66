"""Who of the people on a contact is known already: as people have said, and as the engine proposes.

Worked out from nothing but what the reader may see. Of what they may not see they learn only which front door
must be asked, however much there is of it and whatever it says.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from openmash.apps.access.grounds import ALLOWED, Viewer, grounds_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.concerns.models import AskedElsewhere, Contact, Part
from openmash.apps.concerns.permission import NO_CODES, facts_for_access, whoever
from openmash.apps.concerns.queries.earlier import linked_contact_ids
from openmash.apps.concerns.queries.on_registers import OnRegisters, found_on_registers
from openmash.apps.concerns.states import Kind
from openmash.apps.directory.models import Locality, Person
from openmash.apps.families.models import Description, Link, NotSame
from openmash.apps.families.queries import (
    contacts_about,
    contacts_at_homes_of,
    current_links,
    households_said,
    known_people_of,
    proposals_for,
    said_not_same,
    with_different_nhs_numbers,
)
from openmash.apps.registers.standings import SaidOnRegister, Standing, said_on_registers
from openmash.engines.matching.judging import Match


@dataclass(frozen=True)
class KnownFrom:
    """Somebody on this contact whom people have linked to others: the contacts, oldest first."""

    part: Part
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class Possible:
    """Somebody on this contact, and earlier descriptions (newest first) of one who may be the same person."""

    part: Part
    earlier: tuple[Description, ...]
    contacts: tuple[Contact, ...]
    """Those on which the earlier descriptions are, newest first."""
    match: Match

    @property
    def description(self) -> Description:
        return self.part.description

    @property
    def contact(self) -> Contact:
        return self.contacts[0]


@dataclass(frozen=True)
class PartOnRegisters:
    """Somebody on this contact, people of registers who may be they, and those of whom somebody has said so or not."""

    part: Part
    found: tuple[OnRegisters, ...]
    said: tuple[SaidOnRegister, ...]


@dataclass(frozen=True)
class AskThere:
    """A front door that must be asked. When it was told, and what it answered, if anything."""

    locality: Locality
    told_at: datetime | None = None
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AlreadyKnown:
    """All of it, for one contact and one reader."""

    known: tuple[KnownFrom, ...]
    possible: tuple[Possible, ...]
    ask: tuple[AskThere, ...]
    same_address: tuple[Contact, ...]
    links: tuple[Link, ...]
    hidden_links: Mapping[int, tuple[str, ...]]
    """Of the links, those to records that may not all be seen, and the front doors that hold these.

    Neither the reason nor the date of such a link is told.
    """
    different_numbers: tuple[Part, ...]
    """Whoever is linked so that they have two different NHS numbers, as far as both may be seen."""
    told_apart: tuple[NotSame, ...]
    on_registers: tuple[PartOnRegisters, ...]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Of people of registers who are shown: where they stand."""
        found = [one for of in self.on_registers for each in of.found for one in each.standings]
        return (*found, *(each.standing for of in self.on_registers for each in of.said))

    @property
    def shown(self) -> frozenset[UUID]:
        """Contacts of which something is shown."""
        groups: list[Iterable[Contact]] = [self.same_address]
        groups += [each.contacts for each in self.known]
        groups += [each.contacts for each in self.possible]
        return frozenset(contact.pk for group in groups for contact in group)


@dataclass
class Sight:
    """Which contacts one reader may see. Each is looked at once."""

    viewer: Viewer
    contacts: dict[UUID, Contact] = field(default_factory=dict)

    def __call__(self, contacts: Collection[UUID]) -> set[UUID]:
        self._read(contacts)
        return {each for each in contacts if may_see(self.viewer, self.contacts[each])}

    def seen(self, contacts: Collection[UUID]) -> list[Contact]:
        """Those of them that may be seen, oldest first."""
        found = [self.contacts[each] for each in self(contacts)]
        return sorted(found, key=lambda contact: (contact.received_at, contact.pk))

    def localities(self, contacts: Collection[UUID]) -> set[Locality]:
        """Where those of them are that may not be seen."""
        hidden = set(contacts) - self(contacts)
        return {self.contacts[each].locality for each in hidden}

    @seeing_everything("what is known counts all there is; what is shown is asked of the gate")
    def _read(self, contacts: Collection[UUID]) -> None:
        missing = set(contacts) - self.contacts.keys()
        if missing:
            found = Contact.objects.filter(pk__in=missing)
            self.contacts |= {
                each.pk: each
                for each in found.select_related("locality", "raised_agency", "raised_by", "decision")
            }


def may_see(viewer: Viewer, contact: Contact) -> bool:
    """Whether some role of the viewer reaches this contact."""
    verb = "see_advice" if contact.kind == Kind.ADVICE else "see_as_hub"
    return bool(grounds_of(viewer, facts_for_access(contact)) & ALLOWED[verb])


def sight_of(by: Person, now: datetime) -> Sight:
    """What this person may see today."""
    return Sight(whoever(by, NO_CODES, now))


@seeing_everything("what is known counts all there is; what is shown is asked of the gate")
def already_known(contact: Contact, *, by: Person, now: datetime) -> AlreadyKnown:
    """Everybody on the contact: any child of the household, and any adult."""
    sight = sight_of(by, now)
    parts = list(contact.parts.select_related("description"))
    people = [part.description for part in parts]
    possible, on_registers, hidden = _possible(parts, sight, by, now)
    links = current_links(people)
    numbers = _different_numbers(parts, sight)
    at_home = contacts_at_homes_of(people) - linked_contact_ids(contact) - households_said(contact.pk).keys()
    return AlreadyKnown(
        known=tuple(_known(parts, contact, sight)),
        possible=tuple(possible),
        ask=tuple(_ask(contact, hidden | sight.localities(at_home) | numbers.ask)),
        same_address=tuple(reversed(sight.seen(at_home))),
        links=tuple(links),
        hidden_links=_hidden_links(links, sight),
        different_numbers=numbers.parts,
        told_apart=tuple(_told_apart(people, sight)),
        on_registers=tuple(on_registers),
    )


def _hidden_links(links: Iterable[Link], sight: Sight) -> dict[int, tuple[str, ...]]:
    there = {each.pk: sight.localities(contacts_about([each.known_person_id])) for each in links}
    return {pk: tuple(sorted(each.name for each in doors)) for pk, doors in there.items() if doors}


@dataclass(frozen=True)
class _Numbers:
    """Whose linked records have two NHS numbers, and which front doors hold such a number out of sight."""

    parts: tuple[Part, ...]
    ask: set[Locality]


def _different_numbers(parts: list[Part], sight: Sight) -> _Numbers:
    held = with_different_nhs_numbers([part.description_id for part in parts])
    contacts = dict(
        Description.objects.filter(pk__in={one for each in held.values() for one in each}).values_list(
            "pk", "contact_id"
        )
    )
    there = {of: sight.localities({contacts[one] for one in each}) for of, each in held.items()}
    return _Numbers(
        parts=tuple(part for part in parts if there.get(part.description_id) == set()),
        ask={locality for each in there.values() for locality in each},
    )


def _known(parts: list[Part], contact: Contact, sight: Sight) -> Iterable[KnownFrom]:
    for part in parts:
        others = contacts_about(known_people_of([part.description])) - {contact.pk}
        seen = sight.seen(others)
        if seen:
            yield KnownFrom(part, tuple(seen))


def _possible(
    parts: list[Part], sight: Sight, by: Person, now: datetime
) -> tuple[list[Possible], list[PartOnRegisters], set[Locality]]:
    """What may be shown, from concerns and from registers, and where somebody must be asked."""
    found: list[Possible] = []
    on_registers: list[PartOnRegisters] = []
    hidden: set[Locality] = set()
    for part in parts:
        proposals = proposals_for(part.description, may_see=sight, now=now)
        hidden |= sight.localities({one.contact_id for each in proposals.hidden for one in each.earlier})
        said = said_on_registers(part.description_id, by=by, now=now)
        settled = {each.standing.row for each in said}
        registered = found_on_registers(
            proposals.person, proposals.registered, by=by, now=now, settled=settled
        )
        hidden |= registered.ask
        if registered.told or said:
            on_registers.append(PartOnRegisters(part, registered.told, said))
        for each in proposals.seen:
            contacts = sight.seen({one.contact_id for one in each.earlier})
            found.append(Possible(part, each.earlier, tuple(reversed(contacts)), each.match))
    return found, on_registers, hidden


def _ask(contact: Contact, localities: set[Locality]) -> Iterable[AskThere]:
    """One line for each front door, whether one record there is alike or many."""
    asked = AskedElsewhere.objects.filter(contact=contact).select_related("locality", "answered")
    told: dict[Locality, list[AskedElsewhere]] = {each: [] for each in localities}
    for each in asked:
        told.setdefault(each.locality, []).append(each)
    for locality, questions in sorted(told.items(), key=lambda item: item[0].name):
        yield AskThere(
            locality,
            min((each.at for each in questions), default=None),
            tuple(each.answered.outcome for each in questions if hasattr(each, "answered")),
        )


def _told_apart(people: list[Description], sight: Sight) -> Iterable[NotSame]:
    for said in said_not_same([each.pk for each in people]):
        contacts = {said.one.contact_id, said.other.contact_id}
        if contacts == sight(contacts):
            yield said
