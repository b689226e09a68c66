"""A described person made ready for comparing: worked out once, compared with many."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from openmash.engines.matching import identifiers
from openmash.engines.matching.described import (
    Address,
    Born,
    DescribedPerson,
    IdentifierKind,
    PersonName,
    Sex,
)
from openmash.engines.matching.letters import latin_words, skeleton
from openmash.engines.matching.names import ReadName, read

_OLDEST_YEARS = 120
_HOUSE = re.compile(r"\b(\d{1,4})([a-z]?)\b")
_SHORTEST_NUMBER = 4


@dataclass(frozen=True, slots=True)
class Place:
    """An address in comparable form.

    postcode: "" when not known. house: every number in the lines, a flat's too, for in one house there may be
    many flats. street: the skeleton of its name.
    """

    postcode: str
    house: str
    street: str
    is_old: bool


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What `compare` needs of a person. Everything that is not known is empty or None."""

    names: tuple[tuple[ReadName, ...], ...]
    born: date | None
    born_is_approximate: bool
    born_between: tuple[date, date] | None
    expected: date | None
    sex: str
    places: tuple[Place, ...]
    nhs_numbers: frozenset[str]
    upns: frozenset[str]
    local_numbers: frozenset[tuple[str, str]]
    parents: tuple[ReadName, ...]
    siblings: tuple[ReadName, ...]
    schools: tuple[frozenset[str], ...]
    telephones: frozenset[str]


def prepare(person: DescribedPerson, *, on: date) -> Prepared:
    """The person as of the day `on`, which says how old an age or an impossible date is."""
    born = person.born
    day = _possible_birth(born.on, on)
    nhs_numbers, upns, local_numbers = _numbers(person) if person.identifiers else (_NONE, _NONE, _NO_PAIRS)
    return Prepared(
        _read_names(person.names),
        day,
        born.is_approximate,
        None if day or born.age_years is None else _birth_from_age(born, on),
        None if day else born.expected_on,
        "" if person.sex is Sex.NOT_KNOWN else person.sex.value,
        tuple([place for address in person.addresses if (place := _place(address)) is not None]),
        nhs_numbers,
        upns,
        local_numbers,
        tuple([found[0] for name in person.parents if (found := read(name.given, name.family))]),
        tuple([found[0] for name in person.siblings if (found := read(name.given, name.family))]),
        tuple([words for school in person.schools if (words := school_words(school))]),
        frozenset([digits for text in person.telephones if (digits := telephone_digits(text))]),
    )


_NONE: frozenset[str] = frozenset()
_NO_PAIRS: frozenset[tuple[str, str]] = frozenset()


def _read_names(names: tuple[PersonName, ...]) -> tuple[tuple[ReadName, ...], ...]:
    """Each name with its readings. A name with no family name of its own takes that of the first."""
    found = [readings for name in names if (readings := read(name.given, name.family))]
    if len(found) < 2:
        return tuple(found)
    family = next((readings[0].family for readings in found if readings[0].family), ())
    return tuple([_with_family(readings, family) for readings in found])


@lru_cache(maxsize=50_000)
def _with_family(readings: tuple[ReadName, ...], family: tuple[str, ...]) -> tuple[ReadName, ...]:
    if readings[0].family or not family:
        return readings
    return (ReadName(readings[0].given, readings[0].main, family),)


def _possible_birth(day: date | None, on: date) -> date | None:
    """The date of birth unless nobody can have been born then, or it stands for "not known"."""
    if day is None or day > on or on.year - day.year > _OLDEST_YEARS:
        return None
    return None if stands_for_not_known(day) else day


def stands_for_not_known(day: date) -> bool:
    """Whether this is the date that programs put where none was given."""
    return (day.month, day.day) == (1, 1) and day.year in (1900, 1901)


def _birth_from_age(born: Born, on: date) -> tuple[date, date] | None:
    """The first and last day on which somebody of that age was born."""
    if born.age_years is None or not 0 <= born.age_years <= _OLDEST_YEARS:
        return None
    said = born.age_said_on or on
    return (_years_before(said, born.age_years + 1), _years_before(said, born.age_years))


def _years_before(day: date, years: int) -> date:
    year = max(day.year - years, 1)
    return date(year, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _place(address: Address) -> Place | None:
    return read_place(address.lines, address.postcode, address.until is not None)


@lru_cache(maxsize=200_000)
def read_place(lines: str, postcode: str, is_old: bool) -> Place | None:
    """An address in comparable form, or None when it says nothing that could be compared."""
    code = identifiers.known_postcode(postcode)
    numbers = _HOUSE.findall(lines.lower())
    house = " ".join(["".join(number) for number in numbers])
    words = [word for word in latin_words(lines) if len(word) > 2 and word not in _NOT_STREETS]
    street = skeleton(words[0]) if words else ""
    return Place(code, house, street, is_old) if code or (house and street) else None


_NOT_STREETS = frozenset(["flat", "apartment", "the", "house", "room", "unit", "block", "floor"])


@lru_cache(maxsize=200_000)
def _numbers(
    person: DescribedPerson,
) -> tuple[frozenset[str], frozenset[str], frozenset[tuple[str, str]]]:
    nhs, upns, local = set(), set(), set()
    for identifier in person.identifiers:
        if identifier.kind is IdentifierKind.NHS_NUMBER:
            nhs.add(identifiers.nhs_number(identifier.value))
        elif identifier.kind is IdentifierKind.LOCAL:
            local.add(local_number(identifier.issuer, identifier.value))
        else:
            upns.add(identifiers.upn(identifier.value))
    return frozenset(filter(None, nhs)), frozenset(filter(None, upns)), frozenset(filter(None, local))


@lru_cache(maxsize=50_000)
def local_number(issuer: str, value: str) -> tuple[str, str] | None:
    """Who issued a number, and the number. None for one that so many have that it tells nobody apart.

    "0000" and "not known" stand for none; a number of two or three figures may be any practice's.
    """
    issued_by, number = folded(issuer), folded(value)
    is_telling = len(number) >= _SHORTEST_NUMBER and len(set(number)) > 1 and any(map(str.isdigit, number))
    return (issued_by, number) if issued_by and is_telling else None


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """An agency's own number without capitals, spaces and signs."""
    return "".join(mark for mark in text.casefold() if mark.isalnum())


_SCHOOL_WORDS = frozenset(
    [
        *("school", "primary", "secondary", "academy", "infant", "junior", "nursery", "college"),
        *("the", "of", "and", "ce", "rc", "high", "community", "church", "england", "s", "st", "saint"),
        *("catholic", "cofe", "infants", "juniors", "pre", "preschool", "playgroup"),
    ]
)
# Nobody's school: "not at school", "home educated", "n/k".
_NO_SCHOOL = frozenset(
    [
        *(
            "none",
            "no",
            "not",
            "known",
            "unknown",
            "nk",
            "na",
            "n",
            "a",
            "k",
            "yet",
            "at",
            "in",
            "on",
            "roll",
        ),
        *(
            "home",
            "educated",
            "education",
            "elective",
            "ehe",
            "schooled",
            "tbc",
            "school",
            "excluded",
            "attending",
        ),
    ]
)


@lru_cache(maxsize=50_000)
def school_words(name: str) -> frozenset[str]:
    """The words that tell one school from another; none where it only says that there is no school."""
    words = frozenset(latin_words(name))
    return frozenset() if words <= _NO_SCHOOL else words - _SCHOOL_WORDS or words


@lru_cache(maxsize=50_000)
def telephone_digits(text: str) -> str:
    """The last nine digits of a telephone number, which do not depend on +44 or 0; "" when there are fewer."""
    digits = "".join(mark for mark in text if mark.isdecimal())
    digits = "".join(str(int(mark)) for mark in digits)
    return digits[-9:] if len(digits) >= 9 and len(set(digits[-9:])) > 1 else ""
