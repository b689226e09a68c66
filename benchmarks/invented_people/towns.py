"""Towns full of households. A town follows from the seed and its number alone, so that they can be made apart.

Some towns have many families of one origin and some few, as in England. About one child in seventy is
not yet born; three in a hundred are twins.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from benchmarks.invented_people.children import EXPECTED_WITHIN, ON, YEARS, Child, Home, age_on, random_birth
from benchmarks.invented_people.naming import FEMALE, MALE, Naming, called, family_name, given_name, naming_of
from benchmarks.invented_people.origins import Origin, all_origins

CHILDREN_IN_A_TOWN = 20_000
CHILDREN_AT_A_POSTCODE = 8
TWIN_BIRTHS = 0.0155  # of births: about 3 % of children (ONS, birth characteristics)
ANOTHER_SURNAME = 0.07  # of children whose brothers and sisters have another one
FAMILY_SIZES = ((1, 0.44), (2, 0.385), (3, 0.125), (4, 0.04), (6, 0.01))  # ONS, families and households
LARGER_FAMILIES = ((1, 0.24), (2, 0.30), (3, 0.25), (4, 0.14), (6, 0.07))
LARGER = ("somali", "pakistani", "bangladeshi", "arab")
STREETS = Path(__file__).with_name("streets.txt").read_text().split()
KINDS = (
    "Street",
    "Road",
    "Avenue",
    "Close",
    "Drive",
    "Lane",
    "Gardens",
    "Court",
    "Way",
    "Terrace",
    "Place",
    "Row",
)
SAINTS = (
    "St Mary's",
    "St John's",
    "St Peter's",
    "St Anne's",
    "Holy Trinity",
    "All Saints",
    "St Joseph's",
    "Our Lady's",
)
FIRST_LETTERS, SECOND_LETTERS, LAST_LETTERS = "FJKAUZ", "BCDFGHJKLMNPQRSTUVWXYZA", "ABDEFGHJLNPQRSTUWXYZ"
NOT_INVENTED = {"FK", "FY", "KA", "KT", "KW", "KY", "JE", "ZE", "AB", "AL", "UB"}
AREAS = [a + b for b in SECOND_LETTERS for a in FIRST_LETTERS if a + b not in NOT_INVENTED]
PHONE_NUMBERS = 1_000_000_000


@dataclass
class Town:
    """One town; `households()` never ends."""

    seed: int
    number: int

    def __post_init__(self) -> None:
        self.luck = random.Random(f"{self.seed} town {self.number}")  # noqa: S311
        self.origins = all_origins()
        self.weights = [self._weight(origin) for origin in self.origins]
        self.schools = [self._school(n) for n in range(36)]

    def _weight(self, origin: Origin) -> float:
        if origin.name == "british":
            return origin.share * self.luck.uniform(0.6, 1.3)
        return origin.share * self.luck.gammavariate(1.0, 1.0)

    def _school(self, place: int) -> tuple[str, tuple[int, int]]:
        first = self.luck.choice(SAINTS) if self.luck.random() < 0.35 else self.luck.choice(STREETS)
        kind = ("Nursery", "Primary School", "Academy")[0 if place < 8 else 1 if place < 29 else 2]
        return f"{first} {kind}", (801 + self.number % 130, 2000 + self.number // 130 * 40 + place)

    def postcode(self, place: int) -> str:
        """The postcode of so many-th place of the town, in areas that England does not have."""
        area, district = AREAS[self.number % len(AREAS)], 1 + self.number // len(AREAS) * 4 + place % 4
        units = divmod(place // 40, len(LAST_LETTERS))
        inward = LAST_LETTERS[units[0] % len(LAST_LETTERS)] + LAST_LETTERS[units[1]]
        return f"{area}{district} {place // 4 % 10}{inward}"

    def home(self, since: date, luck: random.Random) -> Home:
        place = luck.randrange(CHILDREN_IN_A_TOWN // CHILDREN_AT_A_POSTCODE)
        street = f"{STREETS[place * 7 % len(STREETS)]} {KINDS[place * 5 % len(KINDS)]}"
        house = str(luck.randint(1, 60))
        if luck.random() < 0.2:
            house = luck.choice((f"Flat {luck.randint(1, 24)}, {house}", f"{house}{luck.choice('ABC')}"))
        return Home(f"{house} {street}", self.postcode(place), since)

    def school(self, born: date, luck: random.Random) -> tuple[str, tuple[int, int]]:
        age = age_on(born, ON)
        if age < 2:
            return "", (0, 0)
        places = range(8) if age < 5 else range(8, 29) if age < 12 else range(29, 36)
        return self.schools[luck.choice(places)]


def household(town: Town, number: int, births: int | None = None, twins: bool = False) -> list[Child]:
    """The children of one household, the eldest first. `births` and `twins` force what chance would give."""
    luck = random.Random(f"{town.seed} town {town.number} household {number}")  # noqa: S311
    origin = luck.choices(town.origins, town.weights)[0]
    naming = naming_of(origin, luck)
    homes = _homes(town, luck)
    children = [
        _child(town, number, naming, homes, born, luck, twin)
        for born, twin in _births(origin, luck, births, twins)
    ]
    return _together(children, luck)


def _births(
    origin: Origin, luck: random.Random, births: int | None, twins: bool
) -> Iterator[tuple[date, bool]]:
    sizes = LARGER_FAMILIES if origin.name in LARGER else FAMILY_SIZES
    number, born, last = (
        births or _one_of(sizes, luck),
        random_birth(luck),
        ON + timedelta(days=EXPECTED_WITHIN),
    )
    if births or twins:
        born = min(born, ON - timedelta(days=30))
    for n in range(number):
        recorded = _recorded(born, origin, luck)
        is_twin = luck.random() < TWIN_BIRTHS or (twins and n == 0)
        yield from [(recorded, True)] * 2 if is_twin else [(recorded, False)]
        born += timedelta(days=int(330 + luck.gammavariate(2.0, 330)))
        if born > last:
            if not births:
                return
            born = ON - timedelta(days=luck.randrange(int(YEARS * 365)))


def _recorded(born: date, origin: Origin, luck: random.Random) -> date:
    """The date on the child's papers: the first of January where no day was ever registered."""
    return born.replace(month=1, day=1) if born < ON and origin.has("first_of_january", luck) else born


def _one_of(sizes: tuple[tuple[int, float], ...], luck: random.Random) -> int:
    return luck.choices([size for size, _ in sizes], [share for _, share in sizes])[0]


def _homes(town: Town, luck: random.Random) -> tuple[Home, ...]:
    """The present home, and for a third of families earlier ones, one in five of them in another town."""
    since = ON - timedelta(days=luck.randrange(100, 4000))
    homes = [town.home(since, luck)]
    while len(homes) < 4 and luck.random() < 0.3:
        since -= timedelta(days=luck.randrange(200, 1800))
        place = Town(town.seed, luck.randrange(600)) if luck.random() < 0.04 else town
        homes.append(place.home(since, luck))
    return tuple(homes)


def _child(
    town: Town,
    number: int,
    naming: Naming,
    homes: tuple[Home, ...],
    born: date,
    luck: random.Random,
    twin: bool,
) -> Child:
    sex = FEMALE if luck.random() < 0.487 else MALE
    if luck.random() < ANOTHER_SURNAME:  # another father, whose name the child has
        naming = replace(naming, family=naming.origin.families.draw(luck))
    school, school_number = town.school(born, luck)
    family = family_name(naming, sex, luck)
    return Child(
        number=0,
        household=number,
        naming=naming,
        given=given_name(naming, sex, luck),
        family=family,
        also=_also(naming, family, luck),
        is_female=sex,
        born=born,
        homes=homes,
        school=school,
        school_number=school_number,
        telephone=f"07{luck.randrange(PHONE_NUMBERS):09d}",
        is_twin=twin,
    )


def _also(naming: Naming, family: str, luck: random.Random) -> tuple[str, ...]:
    """Other family names that a child in ten is known by: the mother's, a stepfather's, an earlier one."""
    if luck.random() >= 0.11:
        return ()
    other = naming.mother.family if luck.random() < 0.55 else naming.origin.families.draw(luck)
    return (other,) if other != family else ()


def _together(children: list[Child], luck: random.Random) -> list[Child]:
    """Tell children of their brothers and sisters; one telephone; no two with one name; twins often alike."""
    for n, child in enumerate(children):
        child.telephone = children[0].telephone
        taken = {other.called for other in children[:n]}
        for _ in range(20):
            if child.called not in taken:
                break
            child.given = given_name(child.naming, child.is_female, luck)
    for one, other in pairwise(children):
        if one.is_twin and other.is_twin and luck.random() < 0.3:  # identical twins
            _make_alike(one, other, luck)
    born = [child for child in children if not child.is_unborn]
    for child in children:
        child.siblings = tuple([other.called for other in born if other is not child])
    return children


def _make_alike(one: Child, other: Child, luck: random.Random) -> None:
    given = given_name(other.naming, one.is_female, luck)
    if called(given, other.naming) != one.called:
        other.given, other.is_female = given, one.is_female
        other.family, other.school, other.school_number = one.family, one.school, one.school_number
