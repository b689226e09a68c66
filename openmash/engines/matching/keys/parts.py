"""What keys are made of: names, places and numbers of a person, each in the one form that survives respelling."""

from functools import lru_cache
from typing import NamedTuple

from openmash.engines.matching import identifiers
from openmash.engines.matching.comparing.prepared import (
    local_number,
    school_words,
    telephone_digits,
)
from openmash.engines.matching.described import DescribedPerson, IdentifierKind, PersonName
from openmash.engines.matching.letters import latin_words, skeleton
from openmash.engines.matching.names import COMMON_PARTS, read, read_family, read_forenames
from openmash.engines.matching.nicknames import roots

_MOST_NAMES = 4  # of one kind in one person's keys: an alias list without end must not fill the table
_MOST_ADDRESSES = 4
_MOST_RELATIVES = 2
_SHORTEST_WITH_A_SLIP = 4  # letters


class Parts(NamedTuple):
    """Forenames are roots, family names skeletons; the first of each is the one in use.

    mains, families_as_said: one of each reading, as spelled. parents: forename, and family name or "".
    breadth: how many forenames the less telling keys take.
    """

    forenames: list[str]
    families: list[str]
    mains: list[str]
    families_as_said: list[str]
    parents: list[tuple[str, str]]
    postcodes: list[str]
    schools: list[str]
    telephones: list[str]
    numbers: list[str]
    breadth: int


class _Name(NamedTuple):
    """One reading: forename roots, family skeletons, and the main forename and family name as spelled."""

    forenames: tuple[str, ...]
    families: tuple[str, ...]
    main: str
    family: str


def parts_of(person: DescribedPerson, *, breadth: int) -> Parts:
    """The parts of one person. Nothing that anybody can say is refused; there are just fewer parts."""
    readings = [found for name in person.names[:_MOST_NAMES] for found in _readings(name.given, name.family)]
    return Parts(
        forenames=_distinct([root for found in readings for root in found.forenames])[:_MOST_NAMES],
        families=_distinct([part for found in readings for part in found.families])[:_MOST_NAMES],
        mains=_distinct([found.main for found in readings if found.main])[:_MOST_RELATIVES],
        families_as_said=_distinct([found.family for found in readings if found.family])[:_MOST_RELATIVES],
        parents=_relatives(person.parents),
        postcodes=_distinct(
            [
                code
                for each in person.addresses[:_MOST_ADDRESSES]
                if (code := identifiers.known_postcode(each.postcode))
            ]
        ),
        schools=_distinct(
            [words for school in person.schools[:_MOST_RELATIVES] if (words := _school(school))]
        ),
        telephones=[
            digits for text in person.telephones[:_MOST_RELATIVES] if (digits := telephone_digits(text))
        ],
        numbers=_numbers(person) if person.identifiers else [],
        breadth=breadth,
    )


def names_after_slips(person: DescribedPerson) -> list[str]:
    """The skeletons that the words of the name in use may have had before a slip in their first letters.

    Such a slip changes the first letter of the skeleton, with which nearly every key begins: "aKrim" for "Karim".
    """
    words = [word for name in person.names[:1] for word in latin_words(f"{name.given} {name.family}")]
    slips = [
        slip
        for word in words[:_MOST_NAMES]
        if len(word) >= _SHORTEST_WITH_A_SLIP
        for slip in (word[1] + word[0] + word[2:], word[1:])
    ]
    own = {skeleton(word) for word in words}
    return [each for each in dict.fromkeys(map(skeleton, slips)) if each and each not in own]


def _distinct(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(texts)) if len(texts) > 1 else texts


def _readings(given: str, family: str) -> tuple[_Name, ...]:
    """A name in two fields has one reading; one said in one piece may be either way round."""
    if family and not family.isspace():
        (forenames, main), (families, first) = _forenames(given), _families(family)
        return (_Name(forenames, families, main, first),) if forenames or families else ()
    return _readings_of_one_piece(given)


@lru_cache(maxsize=200_000)
def _forenames(given: str) -> tuple[tuple[str, ...], str]:
    """The roots of forenames, and the main one as spelled."""
    forenames, main = read_forenames(given)
    return _roots(forenames), main


@lru_cache(maxsize=200_000)
def _families(family: str) -> tuple[tuple[str, ...], str]:
    """The skeletons of a family name's parts, and the first part as spelled."""
    parts = read_family(family)
    return tuple([skeleton(part) for part in parts]), parts[0] if parts else ""


@lru_cache(maxsize=200_000)
def _readings_of_one_piece(said: str) -> tuple[_Name, ...]:
    return tuple(
        [
            _Name(
                _roots(reading.given),
                tuple([skeleton(part) for part in reading.family]),
                reading.main,
                reading.family[0] if reading.family else "",
            )
            for reading in read(said, "")
            if reading.is_from_one_piece or not reading.is_turned_round
        ]
    )


def _roots(forenames: tuple[str, ...]) -> tuple[str, ...]:
    words = [word for word in forenames if len(word) > 1 and word not in COMMON_PARTS]
    words = words or [word for word in forenames if len(word) > 1][:1]
    return tuple([root for word in words for root in roots(word)])


def _relatives(names: tuple[PersonName, ...]) -> list[tuple[str, str]]:
    """Forename root and family skeleton of parents or siblings, in each order they may be read."""
    return [
        (found.forenames[0], found.families[-1] if found.families else "")
        for name in names[:_MOST_RELATIVES]
        for found in _readings(name.given, name.family)
        if found.forenames
    ]


@lru_cache(maxsize=50_000)
def _school(name: str) -> str:
    return "".join(sorted(school_words(name)))


def _numbers(person: DescribedPerson) -> list[str]:
    found: list[str | None] = []
    for identifier in person.identifiers:
        if identifier.kind is IdentifierKind.NHS_NUMBER:
            found.append(identifiers.nhs_number(identifier.value))
        elif identifier.kind is IdentifierKind.LOCAL:
            local = local_number(identifier.issuer, identifier.value)
            found.append(" ".join(local) if local else None)
        else:
            found.append(identifiers.upn(identifier.value))
    return [number for number in found if number]
