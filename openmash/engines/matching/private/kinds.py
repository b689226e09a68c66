"""The kinds of token: what two or more independent parts of a description each is made of.

No kind is made of names alone, or of an identifier alone, so that nobody can try out a list of either.
The numbers are kept in tables: they never change and are never used again.
"""

from collections.abc import Iterable
from enum import IntEnum


class Kind(IntEnum):
    """Day and month of a date are sorted (3 April = 4 March), so that swapping them costs nothing."""

    NUMBER_AND_DATE = 1
    NUMBER_AND_NAME = 2
    DATE_AND_NAME = 3
    DATE_AND_INITIALS = 4
    YEAR_AND_NAMES = 5
    YEAR_AND_NAMES_MISSPELT = 6
    MONTH_AND_BEGINNINGS = 7
    DAY_AND_NAMES = 8
    POSTCODE_AND_NAME = 9
    POSTCODE_AND_DATE = 10
    POSTCODE_AND_YEAR = 11
    PARENT_AND_NAME_AND_YEAR = 12
    PARENT_AND_POSTCODE = 13
    PARENT_AND_DATE = 14
    SCHOOL_AND_NAME = 15
    TELEPHONE_AND_NAME = 16
    DISTRICT_AND_NAMES = 17
    WHOLE_NAMES_AND_YEAR = 18
    PARENT_NAMES_AND_YEAR = 19


def as_mask(kinds: Iterable[Kind]) -> int:
    """A set of kinds as one number: bit n for the kind of number n."""
    mask = 0
    for kind in kinds:
        mask |= 1 << kind
    return mask


def of_mask(mask: int) -> frozenset[Kind]:
    """The kinds of such a number; bits that stand for no kind are left out."""
    return frozenset(kind for kind in Kind if mask >> kind & 1)
