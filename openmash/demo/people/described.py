"""How the same child is described by different people: spellings, ages, addresses, and what nobody asked."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from openmash.apps.families.actions import PersonDescribed
from openmash.demo.people.families import Adult, Family, FamilyChild, Named


@dataclass(frozen=True)
class Knowledge:
    """How well a kind of source knows a family: the chance of each thing being known, and known right."""

    name: float
    spelled_right: float
    born_on: float
    address: float
    siblings: float
    carers: float


WELL = Knowledge(1, 0.9, 1, 0.95, 0.7, 0.95)
BY_SOURCE = {
    "police": Knowledge(0.97, 0.6, 0.75, 1, 0.8, 1),
    "school": Knowledge(1, 0.95, 1, 0.95, 0.45, 0.9),
    "early_years": Knowledge(1, 0.85, 1, 0.9, 0.4, 0.9),
    "housing": Knowledge(0.95, 0.7, 0.35, 1, 0.9, 1),
    "probation": Knowledge(0.9, 0.6, 0.4, 0.8, 0.5, 1),
    "prison": Knowledge(0.8, 0.5, 0.15, 0.5, 0.2, 1),
    "family": Knowledge(1, 0.9, 0.8, 0.9, 0.9, 1),
    "neighbour": Knowledge(0.45, 0.5, 0, 0.85, 0.3, 0.4),
    "other_public": Knowledge(0.7, 0.6, 0, 0.2, 0.1, 0.1),
    "child": Knowledge(1, 1, 1, 0.7, 0.5, 0.8),
}
SHORTENED = {" Street": " St", " Road": " Rd", " Lane": " Ln", " Close": " Cl", " Avenue": " Ave"}


def knowledge_of(source: str) -> Knowledge:
    """How well this kind of source knows a family; services for children know it well."""
    return BY_SOURCE.get(source, WELL)


def child_described(
    child: FamilyChild, family: Family, source: str, day: date, rng: Random, *, school: str = ""
) -> PersonDescribed:
    """A child as this source would describe them on a day."""
    knows = knowledge_of(source)
    address, postcode = _address(family, knows, day, rng)
    age = child.months(day)
    if age is None:
        return PersonDescribed(
            kind="unborn",
            expected_on=child.born_on,
            address=address,
            postcode=postcode,
            language=family.language,
            cared_for_by=family.carer.name.full,
        )
    name, other = _written(child.name, knows, rng)
    born = child.born_on if rng.random() < knows.born_on else None
    return PersonDescribed(
        kind="child",
        name=name,
        other_names=other,
        born_on=_as_heard(born, day, rng) if born else None,
        about_age=None if born else max(0, age // 12 + rng.choice((0, 0, 0, 0, 1, -1))),
        sex=child.sex,
        address=address,
        postcode=postcode,
        school=school,
        language=family.language if rng.random() < 0.8 else "",
        cared_for_by=family.carer.name.full if rng.random() < knows.carers else "",
    )


def adult_described(adult: Adult, family: Family, source: str, day: date, rng: Random) -> PersonDescribed:
    """An adult of the family, as this source would describe them."""
    knows = knowledge_of(source)
    name, other = _written(adult.name, knows, rng)
    address, postcode = _address(family, knows, day, rng)
    exact = source in ("police", "probation", "prison", "court", "gp") and rng.random() < 0.8
    return PersonDescribed(
        kind="adult",
        name=name,
        other_names=other,
        born_on=adult.born_on if exact else None,
        sex=adult.sex,
        address=address,
        postcode=postcode,
        language=family.language if rng.random() < 0.5 else "",
    )


def _written(name: Named, knows: Knowledge, rng: Random) -> tuple[str, str]:
    """The name as written down, and what went under other names and spellings."""
    if rng.random() >= knows.name:
        return ("", "") if rng.random() < 0.5 else (name.first[-1], "")
    own = name.in_own_script
    if own and knows.spelled_right == 1:
        return f"{own} {name.last[0]}", name.said
    if rng.random() < knows.spelled_right:
        spellings = [each for each in name.first if each not in (name.said, own) and rng.random() < 0.3]
        written = [own] if own and knows.spelled_right >= WELL.spelled_right else []
        return name.full, ", ".join([*written, *spellings])
    heard = [each for each in name.first if each != own]
    return f"{rng.choice(heard)} {rng.choice(name.last)}", ""


def _address(family: Family, knows: Knowledge, day: date, rng: Random) -> tuple[str, str]:
    if rng.random() >= knows.address:
        return "", ""
    # Some records lag behind: the last home but one is still on them.
    home = family.homes[0] if rng.random() < 0.08 else family.home(day)
    street = home.street
    if rng.random() < 0.3:
        for long, short in SHORTENED.items():
            street = street.replace(long, short)
    return street, home.postcode if knows.born_on or rng.random() < 0.5 else ""


def _as_heard(born: date, day: date, rng: Random) -> date:
    """Now and then the day and the month change places, or the year is one off, on the telephone."""
    chance = rng.random()
    if chance < 0.03 and born.day <= 12 and date(born.year, born.day, born.month) <= day:
        return date(born.year, born.day, born.month)
    if chance > 0.985:
        return born - timedelta(days=365)
    return born
