"""Who on a contact is known already, in words: what people have said, and what the engine proposes, with why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openmash.apps.concerns.queries.already_known import AlreadyKnown, AskThere, KnownFrom, Possible
from openmash.engines.matching.judging import Sureness
from openmash.web.layout.templatetags.gds import day
from openmash.web.screening.presenters.matches import MatchShown, match_shown
from openmash.web.screening.presenters.on_registers import RegistersShown, registers_shown
from openmash.web.screening.presenters.people import FIRST, name_of, source_of

OUTCOMES = {
    "same": "They answered: yes, it is somebody they know. It is linked below.",
    "cannot_tell": "They answered: they cannot tell. Ask them what would help.",
    "different": "They answered: it is not somebody they know.",
}


@dataclass(frozen=True)
class PossibleShown:
    description_id: str
    earlier_id: str
    earlier_name: str
    where: tuple[tuple[str, str], ...]
    """Contacts by identifier and words, newest first."""
    match: MatchShown


@dataclass(frozen=True)
class PersonKnown:
    """One person on this contact: from which contacts they are known, and who may be the same person."""

    description_id: str
    name: str
    role: str
    agencies: str
    contacts: tuple[tuple[str, str], ...]
    possible: tuple[PossibleShown, ...]
    too_little: tuple[PossibleShown, ...]
    registers: RegistersShown


@dataclass(frozen=True)
class AskShown:
    front_door: str
    told: str
    answered: tuple[str, ...]


@dataclass(frozen=True)
class LinkShown:
    """A link, or what was told apart. One to a record that may not be seen has neither reason nor date."""

    id: int
    name: str
    reason: str
    at: datetime | None
    ask: str = ""
    """The front doors that hold that record."""


@dataclass(frozen=True)
class AlreadyShown:
    people: tuple[PersonKnown, ...]
    ask: tuple[AskShown, ...]
    same_address: tuple[tuple[str, str], ...]
    links: tuple[LinkShown, ...]
    different_numbers: tuple[str, ...]
    """Names of those who have two different NHS numbers by what was linked."""
    told_apart: tuple[LinkShown, ...]

    @property
    def to_decide(self) -> str:
        """What is still to be found out about who is who, in one line; "" if there is nothing."""
        people, homes = sum(bool(each.possible) for each in self.people), len(self.same_address)
        found = []
        if people:
            found.append(f"{people} {'person' if people == 1 else 'people'} here may be already known")
        if homes:
            found.append(f"{homes} other contact{'' if homes == 1 else 's'} from the same address")
        found += [f"somebody in {each.front_door} must be asked" for each in self.ask if not each.answered]
        found += [f"{name} has two different NHS numbers" for name in self.different_numbers]
        words = "; ".join(found)
        return words[:1].upper() + words[1:]

    @property
    def said_count(self) -> int:
        return len(self.links) + len(self.told_apart)

    @property
    def is_nothing(self) -> bool:
        return not (self.people or self.ask or self.same_address or self.different_numbers)


def already_shown(known: AlreadyKnown) -> AlreadyShown:
    return AlreadyShown(
        people=tuple(_people(known)),
        ask=tuple(_ask(each) for each in known.ask),
        same_address=tuple((str(each.pk), where(each)) for each in known.same_address),
        links=tuple(_link(each, known.hidden_links.get(each.pk, ())) for each in known.links),
        different_numbers=tuple(name_of(each.description) for each in known.different_numbers),
        told_apart=tuple(
            LinkShown(each.pk, f"{name_of(each.one)} and {name_of(each.other)}", each.reason, each.at)
            for each in known.told_apart
        ),
    )


def _link(each: Any, hidden_at: Sequence[str]) -> LinkShown:
    name = name_of(each.description)
    if hidden_at:
        return LinkShown(each.pk, name, "", None, _listed(hidden_at))
    return LinkShown(each.pk, name, each.reason, each.at)


def where(contact: Any) -> str:
    """A contact by its reference, source and day."""
    return f"{contact.reference}, {source_of(contact)}, {day(contact.received_at)}"


def _people(known: AlreadyKnown) -> Iterator[PersonKnown]:
    """Everybody of whom there is something to say, the children the contact is about first."""
    linked: dict[int, KnownFrom] = {each.part.pk: each for each in known.known}
    possible: dict[int, list[Possible]] = {}
    parts = {each.part.pk: each.part for each in known.known}
    for each in known.possible:
        possible.setdefault(each.part.pk, []).append(each)
        parts[each.part.pk] = each.part
    registers = {each.part.pk: each for each in known.on_registers}
    parts |= {each.part.pk: each.part for each in known.on_registers}
    for pk, part in sorted(parts.items(), key=lambda item: (item[1].role != FIRST, item[0])):
        found = [_possible(each) for each in possible.get(pk, [])]
        contacts = linked[pk].contacts if pk in linked else ()
        sure = Sureness.TOO_LITTLE
        sureness = [each.match.sureness for each in possible.get(pk, [])]
        yield PersonKnown(
            description_id=str(part.description_id),
            name=name_of(part.description),
            role=part.get_role_display(),
            agencies=_listed(dict.fromkeys(source_of(each) for each in contacts)),
            contacts=tuple((str(each.pk), where(each)) for each in contacts),
            possible=tuple(one for one, how in zip(found, sureness, strict=True) if how is not sure),
            too_little=tuple(one for one, how in zip(found, sureness, strict=True) if how is sure),
            registers=registers_shown(registers[pk]) if pk in registers else RegistersShown(),
        )


def _listed(words: Iterable[str]) -> str:
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _possible(each: Possible) -> PossibleShown:
    earlier = each.earlier[0]
    return PossibleShown(
        description_id=str(each.description.pk),
        earlier_id=str(earlier.pk),
        earlier_name=name_of(earlier),
        where=tuple((str(contact.pk), where(contact)) for contact in each.contacts),
        match=match_shown(each.match, is_adult=each.description.kind == "adult"),
    )


def _ask(each: AskThere) -> AskShown:
    best = [outcome for outcome in OUTCOMES if outcome in each.outcomes][:1]
    return AskShown(each.locality.name, day(each.told_at), tuple(OUTCOMES[outcome] for outcome in best))
