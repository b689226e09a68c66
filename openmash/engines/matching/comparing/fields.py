"""The levels of every field of two people."""

from typing import NamedTuple

from openmash.engines.matching.comparing.births import AGE_LEVELS, DATE_LEVELS, EXPECTED_LEVELS, birth_level
from openmash.engines.matching.comparing.names import (
    FAMILY_LEVELS,
    FORENAME_LEVELS,
    best_pair,
    family_level,
    forename_level,
)
from openmash.engines.matching.comparing.prepared import Place, Prepared
from openmash.engines.matching.names import ReadName


class Compared(NamedTuple):
    """One field's level. shared: the name both have, whose rarity counts. one, other: what was compared."""

    field: str
    level: str
    shared: str = ""
    one: object = ""
    other: object = ""


_PLACE_LEVELS = ("house", "postcode", "one_off", "sector", "street", "district", "different")
_SAME_OR_NOT = ("same", "different")
# Every field and its levels, the nearest first.
LEVELS = {
    "forename": FORENAME_LEVELS,
    "family_name": FAMILY_LEVELS,
    "names_together": ("both",),
    "name_order": ("turned_round",),
    "born": DATE_LEVELS,
    "age": AGE_LEVELS,
    "expected": EXPECTED_LEVELS,
    "sex": _SAME_OR_NOT,
    "address": _PLACE_LEVELS,
    "parents": FORENAME_LEVELS,
    "named_as_sibling": ("yes", "no"),
    "siblings": ("shared", "none_shared"),
    "school": _SAME_OR_NOT,
    "school_nearby": _SAME_OR_NOT,
    "telephone": _SAME_OR_NOT,
    "nhs_number": _SAME_OR_NOT,
    "upn": _SAME_OR_NOT,
    "local_number": _SAME_OR_NOT,
}
_RANK = {level: rank for rank, level in enumerate(FORENAME_LEVELS)}
_SAME_NAME = frozenset(["exact", "spelling", "nickname"])


def compare(one: Prepared, other: Prepared, established: frozenset[str] = frozenset()) -> list[Compared]:
    """One level for each field that both people have, in the order in which people read them.

    established: forenames that many have (`Weights.established`).
    """
    found: list[Compared] = []
    pair = best_pair(one.names, other.names, established)
    if pair is not None:
        _add_names(found, *pair, established)
    field, level = birth_level(one, other)
    if level:
        found.append(Compared(field, level, "", one.born or one.expected, other.born or other.expected))
    if one.sex and other.sex:
        found.append(Compared("sex", "same" if one.sex == other.sex else "different"))
    is_nearby = bool(one.places and other.places) and _add_address(found, one.places, other.places)
    if one.parents and other.parents:
        found.append(_parents(one.parents, other.parents, established))
    if one.siblings or other.siblings:
        _add_siblings(found, one, other, established)
    _add_contacts(found, one, other, is_nearby=is_nearby)
    _add_numbers(found, one, other)
    return found


def _add_names(found: list[Compared], one: ReadName, other: ReadName, established: frozenset[str]) -> None:
    level, forename = forename_level(one, other, established)
    if level:
        found.append(Compared("forename", level, forename, one.given, other.given))
    level, family = family_level(one.family, other.family)
    if level:
        families = one.family[:-1] or one.family, other.family[:-1] or other.family
        found.append(Compared("family_name", level, family, *families))
    if forename and family:
        found.append(Compared("names_together", "both", f"{forename} {family}"))
    if one.is_turned_round != other.is_turned_round:
        found.append(Compared("name_order", "turned_round"))


def _add_address(found: list[Compared], ones: tuple[Place, ...], others: tuple[Place, ...]) -> bool:
    """The best of all pairs: whoever moved may have kept the old address somewhere. Whether they are near."""
    best, is_old = len(_PLACE_LEVELS), False
    for one in ones:
        for other in others:
            level = _place_level(one, other)
            if level < best:
                best, is_old = level, one.is_old or other.is_old
    if best < len(_PLACE_LEVELS):
        found.append(Compared("address", _PLACE_LEVELS[best], "", is_old))
    return best < _DIFFERENT


_HOUSE, _POSTCODE, _ONE_OFF, _SECTOR, _STREET, _DISTRICT, _DIFFERENT, _NOT_COMPARABLE = range(8)


def _place_level(one: Place, other: Place) -> int:
    """A place in `_PLACE_LEVELS`, or the number after the last."""
    first, second = one.postcode, other.postcode
    if not first or not second:
        return _without_postcode(one, other)
    if first == second:
        return _HOUSE if one.house and one.house == other.house else _POSTCODE
    if first[:-2] == second[:-2]:
        return _SECTOR
    if len(first) == len(second) and sum(map(str.__ne__, first, second)) == 1:
        return _ONE_OFF
    return _DISTRICT if first[:-4] == second[:-4] else _DIFFERENT


def _without_postcode(one: Place, other: Place) -> int:
    """Many places have a 12 High Street: that is not yet the same house."""
    if not (one.house and other.house and one.street and other.street):
        return _NOT_COMPARABLE
    return _STREET if one.house == other.house and one.street == other.street else _DIFFERENT


def _parents(
    ones: tuple[ReadName, ...], others: tuple[ReadName, ...], established: frozenset[str]
) -> Compared:
    best, pair = ("different", ""), (ones[0], others[0])
    for one in ones:
        for other in others:
            level = forename_level(one, other, established)
            if level[0] and (_RANK[level[0]], level[1]) < (_RANK[best[0]], best[1]):
                best, pair = level, (one, other)
    return Compared("parents", *best, pair[0].given, pair[1].given)


def _add_siblings(found: list[Compared], one: Prepared, other: Prepared, established: frozenset[str]) -> None:
    is_named = _is_among(one.names, other.siblings, established) or _is_among(
        other.names, one.siblings, established
    )
    if one.names and other.names:
        found.append(Compared("named_as_sibling", "yes" if is_named else "no"))
    if one.siblings and other.siblings:
        for first in one.siblings:
            for second in other.siblings:
                if forename_level(first, second, established)[0] in _SAME_NAME:
                    found.append(Compared("siblings", "shared", "", first.given, second.given))
                    return
        found.append(Compared("siblings", "none_shared"))


def _is_among(
    names: tuple[tuple[ReadName, ...], ...], siblings: tuple[ReadName, ...], established: frozenset[str]
) -> bool:
    return any(
        forename_level(readings[0], sibling, established)[0] in ("exact", "spelling")
        for readings in names
        for sibling in siblings
    )


def _add_contacts(found: list[Compared], one: Prepared, other: Prepared, *, is_nearby: bool) -> None:
    """Two who live near each other often go to one school: it says less then, as a field of its own."""
    if one.schools and other.schools:
        # All the telling words of one: Park Road and Mill Road are two schools.
        shared = any(first <= second or second <= first for first in one.schools for second in other.schools)
        found.append(Compared("school_nearby" if is_nearby else "school", "same" if shared else "different"))
    if one.telephones and other.telephones:
        found.append(
            Compared("telephone", "different" if one.telephones.isdisjoint(other.telephones) else "same")
        )


def _add_numbers(found: list[Compared], one: Prepared, other: Prepared) -> None:
    if one.nhs_numbers and other.nhs_numbers:
        found.append(
            Compared("nhs_number", "different" if one.nhs_numbers.isdisjoint(other.nhs_numbers) else "same")
        )
    if one.upns and other.upns:
        found.append(Compared("upn", "different" if one.upns.isdisjoint(other.upns) else "same"))
    if one.local_numbers and other.local_numbers:
        if not one.local_numbers.isdisjoint(other.local_numbers):
            found.append(Compared("local_number", "same"))
        elif {issuer for issuer, _ in one.local_numbers} & {issuer for issuer, _ in other.local_numbers}:
            found.append(Compared("local_number", "different"))
