"""Keys to find candidates by: two descriptions of one person nearly always share one.

Each key is a kind and a value, hashed with a secret to a signed 64-bit integer, so that a table of keys without
the secret tells nobody's name. Everything that may be spelled, swapped or mistyped in many ways is brought to
one form first: names as skeletons of consonants (`letters.skeleton`), short forms as the name they stand for,
day and month in rising order, given and family names in alphabetical order. What is stored about a person stays
small (about 25 keys: with millions of people they are nearly all there is to keep); what can be tried when looking
is tried when looking. Beside each key stands a sketch of whoever is kept under it (`sketch`).
"""

from datetime import date
from struct import unpack

from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.keys.births import searched_births, stored_births
from openmash.engines.matching.keys.hashing import begun
from openmash.engines.matching.keys.parts import names_after_slips, parts_of
from openmash.engines.matching.keys.sketch import Sought, sketch_of, sought
from openmash.engines.matching.keys.values import KINDS, values, values_after_slips

__all__ = [
    "KINDS",
    "SPECIFICATION",
    "Sought",
    "keys_to_search",
    "keys_to_store",
    "sketch_of",
    "sought",
    "values_to_search",
    "values_to_store",
]

SPECIFICATION = "2026-12"


def keys_to_store(person: DescribedPerson, *, secret: bytes) -> frozenset[int]:
    """The keys by which a person is found, to be kept beside the record."""
    return _hashed(values_to_store(person), secret)


def keys_to_search(person: DescribedPerson, *, secret: bytes, on: date) -> frozenset[int]:
    """The keys to look a person up by, as of the day `on`.

    More than are stored: an age stands for the years it may mean, a date also for those one slip away, and a
    name also for what it would be without a slip in its first letters.
    """
    return _hashed(values_to_search(person, on=on), secret)


def values_to_store(person: DescribedPerson) -> list[str]:
    """What is hashed into keys: the letter of the kind, then the value."""
    return values(parts_of(person, breadth=1), stored_births(person.born))


def values_to_search(person: DescribedPerson, *, on: date) -> list[str]:
    """What is hashed into keys when somebody is looked for."""
    parts, births = parts_of(person, breadth=3), searched_births(person.born, on)
    return [*values(parts, births), *values_after_slips(parts, births, names_after_slips(person))]


def _hashed(found: list[str], secret: bytes) -> frozenset[int]:
    """Each value as a signed 64-bit integer, by BLAKE2b keyed with the secret."""
    begin = begun(secret)
    digests = []
    for value in found:
        hasher = begin.copy()
        hasher.update(value.encode("utf-8", "surrogatepass"))
        digests.append(hasher.digest())
    return frozenset(unpack(f">{len(digests)}q", b"".join(digests)))
