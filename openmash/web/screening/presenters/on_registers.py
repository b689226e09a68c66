"""People of registers on a contact's page: those who may be somebody here, and what has been said of others."""

from dataclasses import dataclass
from datetime import date, datetime

from openmash.apps.concerns.queries.already_known import PartOnRegisters
from openmash.apps.concerns.queries.on_registers import OnRegisters
from openmash.apps.registers.standings import SaidOnRegister
from openmash.web.layout.registers import name_in_register, stands
from openmash.web.layout.templatetags.gds import day
from openmash.web.screening.presenters.matches import MatchShown, match_shown


@dataclass(frozen=True)
class FoundShown:
    """Somebody of a register who may be the person: their name there, where they stand, and why."""

    row: str
    name: str
    born: str
    stands: str
    match: MatchShown


@dataclass(frozen=True)
class SaidShown:
    """Somebody of a register of whom somebody said that they are the person, or are not."""

    row: str
    name: str
    born: str
    stands: str
    same: bool
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class RegistersShown:
    """What registers say of one person on the contact."""

    found: tuple[FoundShown, ...] = ()
    same: tuple[SaidShown, ...] = ()
    not_same: tuple[SaidShown, ...] = ()


def registers_shown(of: PartOnRegisters) -> RegistersShown:
    """What is found, and what has been said, of one person on the contact."""
    is_adult = of.part.description.kind == "adult"
    said = [said_shown(each) for each in of.said]
    return RegistersShown(
        tuple(found_shown(each, is_adult=is_adult) for each in of.found),
        tuple(each for each in said if each.same),
        tuple(each for each in said if not each.same),
    )


def found_shown(each: OnRegisters, *, is_adult: bool) -> FoundShown:
    return FoundShown(
        row=str(each.standings[0].row),
        name=name_in_register(each.person),
        born=_born(each.person.born.on),
        stands=stands(each.standings),
        match=match_shown(each.match, is_adult=is_adult),
    )


def said_shown(each: SaidOnRegister) -> SaidShown:
    return SaidShown(
        row=str(each.standing.row),
        name=name_in_register(each.person),
        born=_born(each.person.born.on),
        stands=stands([each.standing]),
        same=each.said.same,
        by=f"{each.said.by.name}, {each.said.by.agency.name}",
        at=each.said.at,
        reason=each.said.reason,
    )


def _born(on: date | None) -> str:
    return f"born {day(on)}" if on else "date of birth not known"
