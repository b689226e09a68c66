"""The parts of a description that tokens are made of, in the forgiving forms in which they are compared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product, zip_longest
from typing import TypeVar

from openmash.engines.matching.comparing.prepared import telephone_digits
from openmash.engines.matching.described import DescribedPerson, IdentifierKind, PersonName
from openmash.engines.matching.identifiers import known_postcode, nhs_number, upn
from openmash.engines.matching.letters import latin_words, skeleton
from openmash.engines.matching.names import ReadName, read
from openmash.engines.matching.nicknames import roots

T = TypeVar("T")
MOST = 6
"""Words, and pairs of words, of one person: a list of other names without end must not fill the table."""


@dataclass(frozen=True)
class Parts:
    """words: of all names, the most telling first; pairs: a forename and a family name of one name each.
    whole_pairs: the same, as they are spelled.
    """

    words: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    dates: tuple[date, ...]
    years: tuple[int, ...]
    postcodes: tuple[str, ...]
    districts: tuple[str, ...]
    numbers: tuple[str, ...]
    parents: tuple[str, ...]
    whole_pairs: tuple[tuple[str, str], ...]
    parent_pairs: tuple[tuple[str, str], ...]
    schools: tuple[str, ...]
    telephones: tuple[str, ...]


def _readings(name: PersonName) -> tuple[ReadName, ...]:
    """The ways to read a name. One in two fields needs no second: which field a word stood in does not matter."""
    readings = read(name.given, name.family)
    return readings[:1] if name.family.strip() else readings


def _forms(word: str, *, is_forename: bool) -> tuple[str, ...]:
    """The forms in which a word is compared: its consonants, and for a forename those of what it is short for."""
    forms = (skeleton(word), *(roots(word) if is_forename else ()))
    return tuple(dict.fromkeys(form for form in forms if form))


def _forenames(name: ReadName) -> tuple[str, ...]:
    """Forms of all forenames, those of the one that tells a person apart first."""
    words = dict.fromkeys([name.main, *name.given])
    return tuple(form for word in words if word for form in _forms(word, is_forename=True))


def _family_names(name: ReadName) -> tuple[str, ...]:
    return tuple(form for word in name.family for form in _forms(word, is_forename=False))


def parts_of(person: DescribedPerson, *, on: date | None = None) -> Parts:
    """The parts of a description.

    An age counts from the day it was said, or from `on`; it may be a year out either way.
    """
    names = [reading for name in person.names for reading in _readings(name)]
    born = person.born.on
    is_placeholder = born is not None and (born.day, born.month) == (1, 1)
    codes = _once(known_postcode(address.postcode) for address in person.addresses)
    parents = [reading for name in person.parents for reading in _readings(name)[:1]]
    return Parts(
        words=_once(word for name in names for word in _in_turn(_forenames(name), _family_names(name)))[
            :MOST
        ],
        pairs=_once(pair for name in names for pair in _pairs(name))[:MOST],
        dates=(born,) if born is not None and not is_placeholder else (),
        years=_years(person, on),
        postcodes=codes,
        districts=_once(code.split()[0] for code in codes),
        numbers=_once(_numbers(person)),
        parents=_once(word for name in parents for word in _forms(name.main, is_forename=True)),
        whole_pairs=_once(_whole_pair(name) for name in names)[:MOST],
        parent_pairs=_once(pair for name in parents for pair in _pairs(name)[:1]),
        schools=_once(key for school in person.schools if (key := "".join(sorted(latin_words(school))))),
        telephones=_once(telephone_digits(text) for text in person.telephones),
    )


def _numbers(person: DescribedPerson) -> Iterator[str]:
    """NHS numbers and pupil numbers that pass their checks; a former pupil number stays the child's."""
    for each in person.identifiers:
        if each.kind is IdentifierKind.NHS_NUMBER:
            yield nhs_number(each.value) or ""
        elif each.kind in (IdentifierKind.UPN, IdentifierKind.FORMER_UPN):
            yield upn(each.value) or ""


def _once(values: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _in_turn(ones: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    """The first of each, then the second of each: what is left out at the end is what says least."""
    return [word for pair in zip_longest(ones, others) for word in pair if word]


def _pairs(name: ReadName) -> list[tuple[str, str]]:
    """A forename and a family name each, in the alphabet's order: it does not matter which is called which."""
    return [
        (min(one, other), max(one, other))
        for one, other in product(_forenames(name), _family_names(name))
        if one != other
    ]


def _whole_pair(name: ReadName) -> tuple[str, str] | None:
    """Forename and family name as they are spelled, without what letters alone tell apart."""
    if not name.main or not name.family:
        return None
    return min(name.main, name.family[0]), max(name.main, name.family[0])


def _years(person: DescribedPerson, on: date | None) -> tuple[int, ...]:
    """The years in which somebody may have been born: one for a date, four for an age."""
    if person.born.on is not None:
        return (person.born.on.year,)
    since = person.born.age_said_on or on
    if person.born.age_years is None or since is None:
        return ()
    oldest = since.year - person.born.age_years - 2
    return tuple(range(oldest, oldest + 4))
