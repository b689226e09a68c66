"""Who on a contact is known already, in words: what people have said, and what the engine proposes, with why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from openmash.apps.concerns.queries.already_known import (
    AlreadyKnown,
    AskThere,
    KnownFrom,
    PartOnRegisters,
    Possible,
)
from openmash.engines.matching.judging import Evidence, Match, Sureness
from openmash.web.layout.registers import name_in_register, stands
from openmash.web.layout.templatetags.gds import day
from openmash.web.screening.presenters.people import FIRST, name_of, source_of

MOST_REASONS = 3
SURE: dict[Sureness, tuple[str, str, str]] = {
    Sureness.VERY_LIKELY: ("Very likely this child", "Very likely this person", "govuk-tag--green"),
    Sureness.POSSIBLE: ("Possibly this child: check", "Possibly this person: check", "govuk-tag--yellow"),
    Sureness.SIBLING_OR_TWIN: (
        "Brother, sister or twin of this child",
        "Brother, sister or twin of this person",
        "govuk-tag--blue",
    ),
    Sureness.TOO_LITTLE: ("Too little to tell", "Too little to tell", "govuk-tag--grey"),
    Sureness.UNLIKELY: ("Unlikely", "Unlikely", "govuk-tag--grey"),
}
FIELDS = {
    "forename": "Forename",
    "family_name": "Family name",
    "name_order": "Order of the names",
    "names_together": "Both names together",
    "born": "Date of birth",
    "age": "Age",
    "expected": "When expected",
    "sex": "Sex",
    "address": "Address",
    "parents": "Parents or carers",
    "named_as_sibling": "Named as brother or sister",
    "siblings": "Brothers and sisters",
    "school": "School or nursery",
    "school_nearby": "School or nursery",
    "telephone": "Telephone",
    "nhs_number": "NHS number",
    "upn": "Pupil number",
    "local_number": "Number in another system",
}
STRENGTHS = ((7.0, "very strongly"), (4.0, "strongly"), (1.5, "somewhat"), (0.0, "a little"))
TAKES_BACK = frozenset({"names_together"})
"""What is no evidence against: it keeps two lines that go together from counting twice."""

FULL_BAR = 12.0
"""Bits at which a bar is full. More is shown no longer: beyond a certain point it makes no difference."""
HALF = 60
OUTCOMES = {
    "same": "They answered: yes, it is somebody they know. It is linked below.",
    "cannot_tell": "They answered: they cannot tell. Ask them what would help.",
    "different": "They answered: it is not somebody they know.",
}


@dataclass(frozen=True)
class BarShown:
    """How strongly one field speaks, in words and as a bar of at most `HALF` to either side of the middle."""

    words: str
    x: int
    width: int
    speaks: str
    """"for", "against" or "neither": a class of the style sheet."""


@dataclass(frozen=True)
class EvidenceShown:
    field: str
    words: str
    same: BarShown
    sibling: BarShown


@dataclass(frozen=True)
class MatchShown:
    """How sure, in words, and why."""

    sure: str
    colour: str
    in_favour: tuple[str, ...]
    against: tuple[str, ...]
    ask_for: tuple[str, ...]
    veto: str
    evidence: tuple[EvidenceShown, ...]
    is_sibling: bool
    digest: str
    """Of the evidence on the page, so that nobody confirms what has changed meanwhile."""


@dataclass(frozen=True)
class PossibleShown:
    description_id: str
    earlier_id: str
    earlier_name: str
    where: tuple[tuple[str, str], ...]
    """Contacts by identifier and words, newest first."""
    match: MatchShown


@dataclass(frozen=True)
class OnRegisterShown:
    """Somebody of a register who may be the person: their name there, where they stand, and why."""

    name: str
    born: str
    stands: str
    match: MatchShown


@dataclass(frozen=True)
class PersonKnown:
    """One person on this contact: from which contacts they are known, and who may be the same person."""

    name: str
    role: str
    agencies: str
    contacts: tuple[tuple[str, str], ...]
    possible: tuple[PossibleShown, ...]
    too_little: tuple[PossibleShown, ...]
    on_registers: tuple[OnRegisterShown, ...]


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
            name=name_of(part.description),
            role=part.get_role_display(),
            agencies=_listed(dict.fromkeys(source_of(each) for each in contacts)),
            contacts=tuple((str(each.pk), where(each)) for each in contacts),
            possible=tuple(one for one, how in zip(found, sureness, strict=True) if how is not sure),
            too_little=tuple(one for one, how in zip(found, sureness, strict=True) if how is sure),
            on_registers=tuple(_on_registers(registers[pk])) if pk in registers else (),
        )


def _on_registers(of: PartOnRegisters) -> Iterator[OnRegisterShown]:
    for each in of.found:
        born = each.person.born.on
        yield OnRegisterShown(
            name=name_in_register(each.person),
            born=f"born {day(born)}" if born else "date of birth not known",
            stands=stands(each.standings),
            match=match_shown(each.match, is_adult=of.part.description.kind == "adult"),
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


def match_shown(match: Match, *, is_adult: bool) -> MatchShown:
    child, adult, colour = SURE[match.sureness]
    ordered = sorted(
        (each for each in match.evidence if each.field not in TAKES_BACK), key=lambda each: each.same_bits
    )
    return MatchShown(
        sure=adult if is_adult else child,
        colour=colour,
        in_favour=tuple(each.words for each in reversed(ordered) if each.same_bits > 0)[:MOST_REASONS],
        against=tuple(each.words for each in ordered if each.same_bits < 0 and each.field not in TAKES_BACK)[
            :MOST_REASONS
        ],
        ask_for=match.ask_for,
        veto=match.veto,
        evidence=tuple(_evidence(each) for each in match.evidence),
        is_sibling=match.sureness is Sureness.SIBLING_OR_TWIN,
        digest=digest_of(match),
    )


def digest_of(match: Match) -> str:
    """What stands on the page, in short: how sure, and the level of every field."""
    levels = sorted((each.field, each.level, each.words) for each in match.evidence)
    return sha256(repr((match.sureness.name, levels)).encode()).hexdigest()[:16]


def _evidence(each: Evidence) -> EvidenceShown:
    return EvidenceShown(
        FIELDS.get(each.field, "Something else"),
        each.words,
        _bar(each.same_bits, each.field),
        _bar(each.sibling_bits, each.field),
    )


def _bar(bits: float, field: str) -> BarShown:
    strength = next(words for least, words in STRENGTHS if abs(bits) >= least)
    width = max(2, round(min(abs(bits), FULL_BAR) / FULL_BAR * HALF))
    if abs(bits) < 0.1:
        return BarShown("says nothing", HALF - 1, 2, "neither")
    if field in TAKES_BACK and bits < 0:
        return BarShown("counts for less", HALF - width, width, "neither")
    if bits > 0:
        return BarShown(f"{strength} for", HALF, width, "for")
    return BarShown(f"{strength} against", HALF - width, width, "against")
