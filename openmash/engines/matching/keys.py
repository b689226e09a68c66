"""Keys to find candidates by: two descriptions of one person nearly always share one.

Each key is a kind and a value, hashed with a secret to a signed 64-bit integer, so that a table of keys without
the secret tells nobody's name. Everything that may be spelled, swapped or mistyped in many ways is brought to
one form first: names as skeletons of consonants (`letters.skeleton`), short forms as the name they stand for,
day and month in rising order, given and family names in alphabetical order. What is stored about a person stays
small (about 17 to 30 keys); what can be tried when looking is tried when looking (`keys_to_search`).
"""

import hashlib
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from openmash.engines.matching import identifiers
from openmash.engines.matching.comparing.prepared import folded, read_place, school_words, telephone_digits
from openmash.engines.matching.described import DescribedPerson, IdentifierKind, PersonName
from openmash.engines.matching.letters import skeleton
from openmash.engines.matching.names import COMMON_PARTS, ReadName, read
from openmash.engines.matching.nicknames import roots

SPECIFICATION = "2026-11"

# One letter for each kind of key; the letters are hashed, so they never change within a specification.
KINDS = {
    "N": "NHS number, pupil number, or an agency's own number",
    "T": "telephone number",
    "A": "date of birth and family name",
    "B": "date of birth and forename",
    "K": "date of birth and both initials",
    "V": "date of birth and postcode area",
    "M": "date of birth and a parent's forename",
    "C": "year of birth and both names",
    "U": "year of birth, family name and the beginning of the forename",
    "X": "year of birth, family name and the end of the forename",
    "W": "year of birth, forename and the beginning of the family name",
    "Y": "year of birth, forename and the end of the family name",
    "G": "year of birth and the beginnings of both names",
    "P": "year of birth and postcode",
    "I": "both names",
    "L": "both names and postcode area",
    "F": "forename, initial of the family name and postcode area",
    "H": "family name, beginning of the forename and postcode area",
    "D": "postcode and forename",
    "E": "postcode and family name",
    "Q": "house, street and a name of the family",
    "J": "a parent's forename and a family name",
    "R": "a parent's forename and the forename",
    "S": "school and one of the names",
    "O": "a brother's or sister's forename, and the family name",
    "Z": "a name of a parent's and the month in which a child is expected",
}
_MOST_NAMES = 4  # of one kind in one person's keys: an alias list without end must not fill the table
_MOST_ADDRESSES = 4
_MOST_RELATIVES = 2


def keys_to_store(person: DescribedPerson, *, secret: bytes) -> frozenset[int]:
    """The keys by which a person is found, to be kept beside the record."""
    return _hashed(_values(_parts(person, breadth=1), _stored_births(person)), secret)


def keys_to_search(person: DescribedPerson, *, secret: bytes, on: date) -> frozenset[int]:
    """The keys to look a person up by, as of the day `on`.

    More than are stored: an age stands for the years it may mean, and a date for those one slip away.
    """
    return _hashed(_values(_parts(person, breadth=3), _searched_births(person, on)), secret)


class _Parts(NamedTuple):
    """What keys are made of. Forenames are roots, family names skeletons; the first of each is the one in use.

    mains, families_as_said: one of each reading, as spelled. parents: forename, and family name or "".
    streets: house number and street of each address. breadth: how many forenames the less telling keys take.
    """

    forenames: list[str]
    families: list[str]
    mains: list[str]
    families_as_said: list[str]
    parents: list[tuple[str, str]]
    siblings: list[str]
    postcodes: list[str]
    streets: list[str]
    schools: list[str]
    telephones: list[str]
    numbers: list[str]
    breadth: int


class _Births(NamedTuple):
    """Full dates; years; years two off, for both names alone; months in which a child was expected."""

    days: tuple[date, ...] = ()
    years: tuple[int, ...] = ()
    years_off: tuple[int, ...] = ()
    months: tuple[int, ...] = ()


def _parts(person: DescribedPerson, *, breadth: int) -> _Parts:
    readings = [
        found for name in person.names[:_MOST_NAMES] for found in _name_parts(name.given, name.family)
    ]
    places = [_place(address.lines, address.postcode) for address in person.addresses[:_MOST_ADDRESSES]]
    return _Parts(
        forenames=_distinct([root for found in readings for root in found[0]])[:_MOST_NAMES],
        families=_distinct([part for found in readings for part in found[1]])[:_MOST_NAMES],
        mains=_distinct([found[2] for found in readings if found[2]])[:_MOST_RELATIVES],
        families_as_said=_distinct([found[3] for found in readings if found[3]])[:_MOST_RELATIVES],
        parents=_relatives(person.parents),
        siblings=[forename for forename, _ in _relatives(person.siblings)],
        postcodes=_distinct([code for code, _ in places if code]),
        streets=_distinct([street for _, street in places if street]),
        schools=_distinct(
            ["".join(sorted(school_words(school))) for school in person.schools[:_MOST_RELATIVES]]
        ),
        telephones=[
            digits for text in person.telephones[:_MOST_RELATIVES] if (digits := telephone_digits(text))
        ],
        numbers=_numbers(person) if person.identifiers else [],
        breadth=breadth,
    )


def _distinct(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(texts)) if len(texts) > 1 else texts


@lru_cache(maxsize=300_000)
def _name_parts(given: str, family: str) -> tuple[tuple[list[str], list[str], str, str], ...]:
    """Of each reading of a name: forename roots, family skeletons, and the main forename and family as spelled."""
    readings = [
        reading for reading in read(given, family) if reading.is_from_one_piece or not reading.is_turned_round
    ]
    return tuple(
        (
            [root for word in _telling(reading) for root in roots(word)],
            [skeleton(part) for part in reading.family],
            reading.main,
            reading.family[0] if reading.family else "",
        )
        for reading in readings
    )


def _telling(reading: ReadName) -> list[str]:
    words = [word for word in reading.given if len(word) > 1 and word not in COMMON_PARTS]
    return words or [word for word in reading.given if len(word) > 1][:1]


def _relatives(names: tuple[PersonName, ...]) -> list[tuple[str, str]]:
    """Forename root and family skeleton of parents or siblings, in each order they may be read."""
    found: list[tuple[str, str]] = []
    for name in names[:_MOST_RELATIVES]:
        for forenames, families, _, _ in _name_parts(name.given, name.family):
            if forenames:
                found.append((forenames[0], families[-1] if families else ""))
    return found


@lru_cache(maxsize=200_000)
def _place(lines: str, postcode: str) -> tuple[str, str]:
    place = read_place(lines, postcode, False)
    if place is None:
        return "", ""
    return place.postcode, f"{place.house} {place.street}" if place.house and place.street else ""


def _numbers(person: DescribedPerson) -> list[str]:
    found: list[str | None] = []
    for identifier in person.identifiers:
        if identifier.kind is IdentifierKind.NHS_NUMBER:
            found.append(identifiers.nhs_number(identifier.value))
        elif identifier.kind is IdentifierKind.LOCAL:
            issuer, value = folded(identifier.issuer), folded(identifier.value)
            found.append(f"{issuer} {value}" if issuer and value else None)
        else:
            found.append(identifiers.upn(identifier.value))
    return [number for number in found if number]


def _stored_births(person: DescribedPerson) -> _Births:
    born = person.born
    if born.on is not None:
        return _Births((born.on,), (born.on.year,))
    if born.expected_on is not None:
        month = _month(born.expected_on)
        return _Births(years=(born.expected_on.year,), months=(month,))
    if born.age_years is not None and born.age_said_on is not None and 0 <= born.age_years <= _OLDEST:
        year = born.age_said_on.year - born.age_years
        return _Births(years=(year, year - 1))
    return _Births()


def _searched_births(person: DescribedPerson, on: date) -> _Births:
    born = person.born
    if born.on is not None:
        year, month = born.on.year, _month(born.on)
        return _Births(
            (born.on,), (year, year - 1, year + 1), (year - 2, year + 2), (month - 1, month, month + 1)
        )
    if born.expected_on is not None:
        year, month = born.expected_on.year, _month(born.expected_on)
        return _Births(years=(year, year - 1, year + 1), months=(month - 1, month, month + 1))
    if born.age_years is not None and 0 <= born.age_years <= _OLDEST:
        year = (born.age_said_on or on).year - born.age_years
        return _Births(years=(year, year - 1, year + 1, year - 2))
    return _Births()


_OLDEST = 120


def _month(day: date) -> int:
    """Months since the year nought."""
    return day.year * 12 + day.month


def _values(parts: _Parts, births: _Births) -> list[str]:
    found = [f"N{number}" for number in parts.numbers]
    found += [f"T{digits}" for digits in parts.telephones]
    pairs = [
        (forename, family)
        for forename in parts.forenames[:3]
        for family in parts.families[:3]
        if forename != family or len(parts.forenames) == 1
    ]
    for day in births.days:
        _add_day(found, parts, pairs, day)
    for year in births.years:
        _add_year(found, parts, year)
    _add_both_names(found, parts, pairs, (*births.years, *births.years_off))
    _add_places(found, parts, pairs)
    _add_relatives(found, parts)
    if births.months:
        relatives = _distinct([name for parent in parts.parents for name in parent if name])
        found += [f"Z{month} {name}" for month in births.months for name in relatives]
    return found


_Pairs = list[tuple[str, str]]


def _add_day(found: list[str], parts: _Parts, pairs: _Pairs, day: date) -> None:
    """Day and month in rising order: swapped, they give the same key."""
    low, high = (day.day, day.month) if day.day < day.month else (day.month, day.day)
    whole = f"{day.year} {low} {high}"
    found += [f"A{whole} {family}" for family in parts.families]
    found += [f"B{whole} {forename}" for forename in parts.forenames]
    for forename, family in pairs[:2]:
        first, last = forename[0], family[0]
        found.append(f"K{whole} {first}{last}" if first < last else f"K{whole} {last}{first}")
    found += [f"V{whole} {area}" for area in _areas(parts)]
    found += [f"M{whole} {forename}" for forename, _ in parts.parents]


def _areas(parts: _Parts) -> list[str]:
    """The letters that a postcode begins with: about a county."""
    return _distinct([code[:2] if code[1].isalpha() else code[:1] for code in parts.postcodes])


def _add_year(found: list[str], parts: _Parts, year: int) -> None:
    families, forenames = parts.families[:2], parts.forenames[: parts.breadth]
    for said in parts.mains:
        found += [f"U{year} {family} {said[:2]}" for family in families]
        found += [f"X{year} {family} {said[-2:]}" for family in families]
    for said in parts.families_as_said:
        found += [f"W{year} {forename} {said[:2]}" for forename in forenames]
        found += [f"Y{year} {forename} {said[-2:]}" for forename in forenames]
    found += [
        f"G{year} {' '.join(sorted((main[:3], said[:3])))}"
        for main in parts.mains
        for said in parts.families_as_said
        if main != said
    ]
    found += [f"P{year} {code}" for code in parts.postcodes]


def _add_both_names(found: list[str], parts: _Parts, pairs: _Pairs, years: tuple[int, ...]) -> None:
    """Of the family names, those of the parents too: a child is often called by the other parent's."""
    areas = _areas(parts)
    beside = [(forename, family) for forename in parts.forenames[:1] for _, family in parts.parents if family]
    for forename, family in dict.fromkeys([*pairs, *beside]):
        both = f"{forename} {family}" if forename < family else f"{family} {forename}"
        found.append(f"I{both}")
        found += [f"L{both} {area}" for area in areas]
        found += [f"C{year} {both}" for year in years]
    for forename, family in pairs[:2]:
        found += [f"F{forename} {family[0]} {area}" for area in areas]
    for family in parts.families[:2]:
        found += [f"H{family} {said[:2]} {area}" for said in parts.mains for area in areas]


def _add_places(found: list[str], parts: _Parts, pairs: _Pairs) -> None:
    for code in parts.postcodes:
        found += [f"D{code} {forename}" for forename in parts.forenames[: parts.breadth]]
        found += [f"E{code} {family}" for family in parts.families[:2]]
    # Before birth a child has no name: the parents' stand for it.
    names = [*parts.families[:1], *parts.forenames[:1]] or [
        name for both in parts.parents for name in both if name
    ]
    for street in parts.streets[: parts.breadth]:
        found += [f"Q{street} {name}" for name in names]
    for school in parts.schools:
        found += [f"S{school} {name}" for name in (*parts.forenames[:2], *parts.families[:2])]


def _add_relatives(found: list[str], parts: _Parts) -> None:
    for parent, its_family in parts.parents:
        found += [
            f"J{parent} {family}" for family in dict.fromkeys([*parts.families[:2], its_family]) if family
        ]
        found += [f"R{parent} {forename}" for forename in parts.forenames[: parts.breadth]]
    for sibling in parts.siblings:
        found += [f"O{sibling} {family}" for family in parts.families[:2]]


def _hashed(values: list[str], secret: bytes) -> frozenset[int]:
    """Each value as a signed 64-bit integer, by BLAKE2b keyed with the secret.

    A secret of more than 64 bytes, the most that BLAKE2b takes, is hashed first.
    """
    key = secret if len(secret) <= _LONGEST_SECRET else hashlib.blake2b(secret).digest()
    begin = hashlib.blake2b(key=key, digest_size=8).copy
    found = []
    for value in values:
        hasher = begin()
        hasher.update(value.encode("utf-8", "surrogatepass"))
        found.append(from_bytes(hasher.digest(), "big", signed=True))
    return frozenset(found)


_LONGEST_SECRET = 64
from_bytes = int.from_bytes
