"""A child as they are, and as the register of one agency has them."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benchmarks.invented_people.naming import Naming, called
from benchmarks.invented_people.numbers import nhs_number, upn
from openmash.engines.matching.described import (
    Address,
    Born,
    DescribedPerson,
    Identifier,
    IdentifierKind,
    PersonName,
    Sex,
)

ON = date(2026, 11, 25)  # the day on which everybody is as old as they are
YEARS = 18
EXPECTED_WITHIN = 120  # days


@dataclass(frozen=True, slots=True)
class Home:
    lines: str
    postcode: str
    since: date


@dataclass(eq=False, slots=True)
class Child:
    """Everything that is true of a child. `homes`: the present one first. `number`: 0 until it has one."""

    number: int
    household: int
    naming: Naming
    given: str
    family: str
    also: tuple[str, ...]
    is_female: bool
    born: date
    homes: tuple[Home, ...]
    school: str
    school_number: tuple[int, int]
    telephone: str
    is_twin: bool = False
    siblings: tuple[str, ...] = ()

    @property
    def is_unborn(self) -> bool:
        return self.born > ON

    @property
    def group(self) -> str:
        return self.naming.origin.group

    @property
    def called(self) -> str:
        return called(self.given, self.naming)

    @property
    def age(self) -> int:
        return age_on(self.born, ON)


def age_on(born: date, on: date) -> int:
    """Whole years; 0 before birth."""
    return max(0, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


@dataclass(frozen=True)
class Kept:
    """How often a register has each thing. What it has is right; errors are made in what is asked."""

    nhs_number: float = 0.97
    upn: float = 0.85
    mother: float = 0.85
    father: float = 0.6
    siblings: float = 0.25
    school: float = 0.75
    telephone: float = 0.45
    earlier_home: float = 0.8
    other_family: float = 0.6


def registered(child: Child, luck: random.Random, kept: Kept = Kept()) -> DescribedPerson:
    """The child as an agency's register has them."""
    parents = [child.naming.mother] if luck.random() < kept.mother else []
    parents += [child.naming.father] if luck.random() < kept.father else []
    others = [other for other in child.also if luck.random() < kept.other_family]
    homes = [home for home in child.homes if home is child.homes[0] or luck.random() < kept.earlier_home]
    person = DescribedPerson(
        names=tuple(PersonName(child.given, family) for family in (child.family, *others)),
        born=Born(on=child.born),
        sex=Sex.FEMALE if child.is_female else Sex.MALE,
        addresses=tuple(addresses_of(homes)),
        identifiers=tuple(_numbers(child, luck, kept)),
        parents=tuple(PersonName(parent.given, parent.family) for parent in parents),
        siblings=_siblings(child, luck, kept),
        schools=(child.school,) if child.school and luck.random() < kept.school else (),
        telephones=(child.telephone,) if luck.random() < kept.telephone else (),
    )
    return as_unborn(person, child) if child.is_unborn else person


def as_unborn(person: DescribedPerson, child: Child) -> DescribedPerson:
    """Before birth there is no name, sex, number or school: only the mother, the address and a date."""
    return replace(
        person,
        names=(),
        born=Born(expected_on=child.born),
        sex=Sex.NOT_KNOWN,
        identifiers=(),
        schools=(),
        parents=(PersonName(child.naming.mother.given, child.naming.mother.family),),
        is_unborn=True,
    )


def addresses_of(homes: list[Home]) -> list[Address]:
    """Present and earlier homes as a register writes them: each ends when the next begins."""
    ends = [None, *(home.since for home in homes)]
    return [Address(home.lines, home.postcode, home.since, ends[n]) for n, home in enumerate(homes)]


def nhs_number_of(child: Child) -> str:
    return nhs_number(child.number)


def upn_of(child: Child) -> str:
    authority, school = child.school_number
    return upn(child.number, authority, school, child.born.year + 4)


def _numbers(child: Child, luck: random.Random, kept: Kept) -> list[Identifier]:
    numbers = []
    number = nhs_number_of(child)
    if number and luck.random() < kept.nhs_number:
        numbers.append(Identifier(IdentifierKind.NHS_NUMBER, number))
    if child.age >= 4 and luck.random() < kept.upn:
        numbers.append(Identifier(IdentifierKind.UPN, upn_of(child)))
    return numbers


def _siblings(child: Child, luck: random.Random, kept: Kept) -> tuple[PersonName, ...]:
    if luck.random() >= kept.siblings:
        return ()
    return tuple(PersonName(given, child.family) for given in child.siblings)


def random_birth(luck: random.Random) -> date:
    """Any day of the eighteen birth years, or of the months to come."""
    return ON - timedelta(days=luck.randrange(-EXPECTED_WITHIN, int(YEARS * 365.25)))
