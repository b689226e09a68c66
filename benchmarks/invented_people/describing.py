"""A child as somebody described them: three grades of how well people know, hear and write.

routine: what one register sends another. concern: what a school, a neighbour or the police says on the
telephone. hard: several errors at once, an address nobody has heard of, no number.
"""

import random
from dataclasses import dataclass, field
from datetime import timedelta

from benchmarks.invented_people.children import ON, Child, Home, nhs_number_of, upn_of
from benchmarks.invented_people.mistakes import (
    misheard,
    mistyped,
    nickname,
    spelt_otherwise,
    wrong_date,
    wrong_postcode,
)
from benchmarks.invented_people.naming import Parent
from benchmarks.invented_people.towns import Town
from openmash.engines.matching.described import (
    Address,
    Born,
    DescribedPerson,
    Identifier,
    IdentifierKind,
    PersonName,
    Sex,
)


@dataclass(frozen=True)
class Profile:
    """How often each thing is wrong, and how often each is said at all."""

    name: str
    given_wrong: float
    family_wrong: float
    born_wrong: float
    age_only: float
    born_absent: float
    moved: float
    earlier_home: float
    no_postcode: float
    postcode_wrong: float
    nhs_number: float
    upn: float
    mother: float
    father: float
    siblings: float
    school: float
    telephone: float
    sex: float
    sex_wrong: float
    in_one_piece: float
    one_given_name: float


ROUTINE = Profile(
    "routine", given_wrong=0.03, family_wrong=0.04, born_wrong=0.01, age_only=0, born_absent=0, moved=0.1,
    earlier_home=0.04, no_postcode=0.01, postcode_wrong=0.01, nhs_number=0.85, upn=0.3, mother=0.5, father=0.2,
    siblings=0, school=0.5, telephone=0.3, sex=0.99, sex_wrong=0.002, in_one_piece=0, one_given_name=0.25,
)  # fmt: skip
# Surname, given name, date, age, moved, postcode and NHS number as in the study that set the targets.
CONCERN = Profile(
    "concern", given_wrong=0.14, family_wrong=0.18, born_wrong=0.05, age_only=0.12, born_absent=0, moved=0.3,
    earlier_home=0.05, no_postcode=0.15, postcode_wrong=0.03, nhs_number=0.08, upn=0.05, mother=0.6, father=0.2,
    siblings=0.25, school=0.5, telephone=0.2, sex=0.97, sex_wrong=0.005, in_one_piece=0.5, one_given_name=0.7,
)  # fmt: skip
HARD = Profile(
    "hard", given_wrong=0.5, family_wrong=0.5, born_wrong=0.28, age_only=0.14, born_absent=0.03, moved=0.6,
    earlier_home=0.08, no_postcode=0.15, postcode_wrong=0.05, nhs_number=0, upn=0, mother=0.6, father=0.2,
    siblings=0.2, school=0.4, telephone=0.1, sex=0.93, sex_wrong=0.01, in_one_piece=0.5, one_given_name=0.8,
)  # fmt: skip
PROFILES = (ROUTINE, CONCERN, HARD)


@dataclass
class Said:
    """A description, with the kinds of error that are in it."""

    person: DescribedPerson
    errors: list[str] = field(default_factory=list)


def describe(child: Child, profile: Profile, town: Town, luck: random.Random) -> Said:
    """What somebody says of the child. The child is never told apart by anything a register made up."""
    said = Said(DescribedPerson())
    if child.is_unborn:
        said.person = _unborn(child, town, profile, said, luck)
        return said
    said.person = DescribedPerson(
        names=(_name(child, profile, said, luck),),
        born=_born(child, profile, said, luck),
        sex=_sex(child, profile, luck),
        addresses=_addresses(child, profile, town, said, luck),
        identifiers=_numbers(child, profile, luck),
        parents=_parents(child, profile, luck),
        siblings=_siblings(child, profile, luck),
        schools=(child.school,) if child.school and luck.random() < profile.school else (),
        telephones=(child.telephone,) if luck.random() < profile.telephone else (),
    )
    return said


def _unborn(child: Child, town: Town, profile: Profile, said: Said, luck: random.Random) -> DescribedPerson:
    mother = _adult(child.naming.mother, child, profile, luck)
    expected = child.born + timedelta(days=round(luck.gauss(0, 6)))
    return DescribedPerson(
        born=Born(expected_on=expected),
        addresses=_addresses(child, profile, town, said, luck),
        parents=(mother,),
        telephones=(child.telephone,) if luck.random() < profile.telephone else (),
        is_unborn=True,
    )


def _name(child: Child, profile: Profile, said: Said, luck: random.Random) -> PersonName:
    given, family = child.given, child.family
    if luck.random() < profile.one_given_name:
        given = child.called
    if luck.random() < profile.given_wrong:
        given = _given_wrong(child, given, said, luck)
    if luck.random() < profile.family_wrong:
        family = _family_wrong(child, said, luck)
    if luck.random() < 0.01:
        said.errors.append("names swapped")
        given, family = family, given
    return _in_one_piece(given, family, profile, luck)


def _in_one_piece(given: str, family: str, profile: Profile, luck: random.Random) -> PersonName:
    if luck.random() >= profile.in_one_piece:
        return PersonName(given, family)
    return PersonName(
        f"{family}, {given}" if family and luck.random() < 0.15 else f"{given} {family}".strip()
    )


def _given_wrong(child: Child, given: str, said: Said, luck: random.Random) -> str:
    origin, name = child.naming.origin, child.called
    others = [part for part in child.given.split() if part != name]
    way = luck.choices(
        ("typed", "heard", "spelling", "nickname", "second name", "initial", "other", "english"),
        (28, 16, 28, 20, 6 if others else 0, 1.5, 1, 8 if "english_name" in origin.customs else 0),
    )[0]
    said.errors.append(f"given name: {way}")
    names = origin.girls if child.is_female else origin.boys
    match way:
        case "typed":
            return given.replace(name, mistyped(name, luck))
        case "heard":
            return given.replace(name, misheard(name, luck))
        case "spelling":
            return given.replace(name, spelt_otherwise(name, origin, luck))
        case "nickname":
            return nickname(name, luck)
        case "second name":
            return luck.choice(others)
        case "initial":
            return name[0]
        case "english":
            return luck.choice(
                ("Grace", "Jason", "Kevin", "Amy", "Tony", "Vivian", "Eric", "Cindy", "Leo", "Emma")
            )
    return names.draw(luck)


def _family_wrong(child: Child, said: Said, luck: random.Random) -> str:
    origin, family = child.naming.origin, child.family
    parts = family.replace("-", " ").split()
    way = luck.choices(
        ("typed", "heard", "spelling", "parent's", "also known as", "one part", "other", "absent"),
        (32, 16, 26, 12, 8 if child.also else 0, 12 if len(parts) > 1 else 0, 4, 1),
    )[0]
    said.errors.append(f"family name: {way}")
    match way:
        case "typed":
            return mistyped(family, luck)
        case "heard":
            return misheard(family, luck)
        case "spelling":
            return spelt_otherwise(family, origin, luck)
        case "parent's":
            return luck.choice(
                (child.naming.mother.family, child.naming.mother.family, child.naming.father.family)
            )
        case "also known as":
            return luck.choice(child.also)
        case "one part":
            return luck.choice(parts)
        case "absent":
            return ""
    return origin.families.draw(luck)


def _born(child: Child, profile: Profile, said: Said, luck: random.Random) -> Born:
    chance = luck.random()
    if chance < profile.born_wrong:
        born, way = wrong_date(child.born, luck)
        said.errors.append(f"date of birth: {way}")
        return Born(on=min(born, ON), is_approximate=luck.random() < 0.1)
    chance -= profile.born_wrong
    if chance < profile.age_only:
        said.errors.append("date of birth: age only")
        years = max(0, child.age + luck.choices((-1, 0, 1), (12, 76, 12))[0])
        return Born(age_years=years, age_said_on=ON - timedelta(days=luck.randrange(3)))
    if chance - profile.age_only < profile.born_absent:
        said.errors.append("date of birth: absent")
        return Born()
    return Born(on=child.born)


def _sex(child: Child, profile: Profile, luck: random.Random) -> Sex:
    if luck.random() >= profile.sex:
        return Sex.NOT_KNOWN
    is_female = child.is_female != (luck.random() < profile.sex_wrong)
    return Sex.FEMALE if is_female else Sex.MALE


def _addresses(
    child: Child, profile: Profile, town: Town, said: Said, luck: random.Random
) -> tuple[Address, ...]:
    home = _home(child, profile, town, said, luck)
    lines = _written(home.lines, luck)
    if luck.random() < profile.no_postcode:
        said.errors.append("postcode: absent")
        return (Address(lines),) if luck.random() < 0.5 else ()
    if luck.random() < profile.postcode_wrong:
        said.errors.append("postcode: wrong")
        return (Address(lines, wrong_postcode(home.postcode, luck)),)
    return (Address(lines if luck.random() < 0.8 else "", home.postcode),)


def _home(child: Child, profile: Profile, town: Town, said: Said, luck: random.Random) -> Home:
    chance = luck.random()
    if chance < profile.moved:
        said.errors.append("address: moved")
        place = town if luck.random() < 0.7 else Town(town.seed, luck.randrange(600))
        return place.home(ON, luck)
    if chance - profile.moved < profile.earlier_home and len(child.homes) > 1:
        said.errors.append("address: earlier")
        return luck.choice(child.homes[1:])
    return child.homes[0]


def _written(lines: str, luck: random.Random) -> str:
    """An address as one person or another writes it."""
    for whole, short in (
        ("Street", "St"),
        ("Road", "Rd"),
        ("Avenue", "Ave"),
        ("Flat ", "F"),
        ("Close", "Cl"),
    ):
        if luck.random() < 0.35:
            lines = lines.replace(whole, short)
    return lines.upper() if luck.random() < 0.1 else lines


def _numbers(child: Child, profile: Profile, luck: random.Random) -> tuple[Identifier, ...]:
    numbers = []
    number = nhs_number_of(child)
    if number and luck.random() < profile.nhs_number:
        numbers.append(Identifier(IdentifierKind.NHS_NUMBER, number))
    if child.age >= 4 and luck.random() < profile.upn:
        numbers.append(Identifier(IdentifierKind.UPN, upn_of(child)))
    return tuple(numbers)


def _parents(child: Child, profile: Profile, luck: random.Random) -> tuple[PersonName, ...]:
    said = []
    for parent, often in ((child.naming.mother, profile.mother), (child.naming.father, profile.father)):
        if luck.random() < often:
            said.append(_adult(parent, child, profile, luck))
    return tuple(said)


def _adult(parent: Parent, child: Child, profile: Profile, luck: random.Random) -> PersonName:
    """A parent's name, with the errors a child's has, or under the child's family name."""
    given, family, origin = parent.given, parent.family, child.naming.origin
    if luck.random() < profile.given_wrong:
        given = luck.choice((mistyped, misheard, nickname))(given, luck)
    if luck.random() < profile.family_wrong:
        family = luck.choice(
            (child.family, mistyped(family, luck), spelt_otherwise(family, origin, luck), "")
        )
    return _in_one_piece(given, family, profile, luck)


def _siblings(child: Child, profile: Profile, luck: random.Random) -> tuple[PersonName, ...]:
    if not child.siblings or luck.random() >= profile.siblings:
        return ()
    given = luck.choice(child.siblings)
    return (PersonName(given, child.family if luck.random() < 0.6 else ""),)
