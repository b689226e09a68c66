"""How alike two names are."""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from openmash.engines.matching.letters import skeleton, vowels_agree
from openmash.engines.matching.names import COMMON_PARTS, ReadName
from openmash.engines.matching.nicknames import may_be_the_same

# Best first. Among several names of a person the best pair counts.
FORENAME_LEVELS = (
    *("exact", "spelling", "nickname", "close", "middle", "common_part"),
    *("initial", "lookalike", "similar", "different"),
)
FAMILY_LEVELS = ("exact", "spelling", "part", "close", "initial", "similar", "different")
_FORENAME_COSTS = dict(zip(FORENAME_LEVELS, (0, 2, 2, 3, 4, 5, 6, 8, 9, 12), strict=True))
_FAMILY_COSTS = dict(zip(FAMILY_LEVELS, (0, 1, 1, 3, 5, 7, 8), strict=True))
_FORENAME_NOT_KNOWN = 7
_FAMILY_NOT_KNOWN = 6
_TURNED_ROUND_COSTS = 1
_AGREES = 4  # costs up to which a level speaks for the same name

_CLOSE = 0.92  # Jaro-Winkler, from which two spellings are close
_SIMILAR = 0.8
_FEW_CONSONANTS = 2
_SHORTEST_FOR_A_SLIP = 4  # letters: in a shorter word one letter makes another name

Level = tuple[str, str]
_Cost = tuple[int, Level, Level]
NOT_KNOWN: Level = ("", "")


def best_pair(
    ones: Iterable[tuple[ReadName, ...]], others: Iterable[tuple[ReadName, ...]], established: frozenset[str]
) -> tuple[ReadName, ReadName] | None:
    """The two readings that agree most, of all the names of two people. None when either has no name.

    established: forenames that many have; two different ones are different names however close.
    """
    best: tuple[_Cost, ReadName, ReadName] | None = None
    for readings in ones:
        for other_readings in others:
            found = _best_readings(readings, other_readings, established)
            if best is None or found[0] < best[0]:
                best = found
    return None if best is None else best[1:]


@lru_cache(maxsize=300_000)
def _best_readings(
    readings: tuple[ReadName, ...], others: tuple[ReadName, ...], established: frozenset[str]
) -> tuple[_Cost, ReadName, ReadName]:
    """The usual order on both sides, unless turning one side round makes both of its names agree.

    Never because one name agrees: twins called Maya Okafor and Adaeze Okafor do not share the forename Okafor.
    """
    one, other = readings[0], others[0]
    usual = (_cost(one, other, established), one, other)
    if usual[0][0] <= _AGREES or len(readings) + len(others) == 2:
        return usual
    if len(readings) == 2 == len(others) and _are_both_family_first(readings, others, established):
        return (_cost(readings[1], others[1], established), readings[1], others[1])
    turned = [(first, other) for first in readings[1:]] + [(one, second) for second in others[1:]]
    for first, second in turned:
        cost = _cost(first, second, established)
        if _both_agree(first, second, established) and cost < usual[0]:
            usual = (cost, first, second)
    return usual


def _are_both_family_first(
    readings: tuple[ReadName, ...], others: tuple[ReadName, ...], established: frozenset[str]
) -> bool:
    """Whether nobody said which name is which, and only the second words are forenames: "Khan Yusuf", "Khan Yahya"."""
    return all(
        usual.is_from_one_piece and usual.main not in established and turned.main in established
        for usual, turned in (readings, others)
    )


def _both_agree(one: ReadName, other: ReadName, established: frozenset[str]) -> bool:
    return (
        _FORENAME_COSTS.get(forename_level(one, other, established)[0], _FORENAME_NOT_KNOWN) <= _AGREES
        and _FAMILY_COSTS.get(family_level(one.family, other.family)[0], _FAMILY_NOT_KNOWN) <= _AGREES
    )


def _cost(one: ReadName, other: ReadName, established: frozenset[str]) -> _Cost:
    """How far two readings are apart, smaller is better; then the levels, so that ties fall alike both ways."""
    forename, family = forename_level(one, other, established), family_level(one.family, other.family)
    cost = _FORENAME_COSTS.get(forename[0], _FORENAME_NOT_KNOWN) + _FAMILY_COSTS.get(
        family[0], _FAMILY_NOT_KNOWN
    )
    turned = one.is_turned_round != other.is_turned_round
    return (cost + _TURNED_ROUND_COSTS if turned else cost, forename, family)


def forename_level(one: ReadName, other: ReadName, established: frozenset[str]) -> Level:
    """The level of two readings' forenames, and the forename that agrees ("" when none does)."""
    first, second = one.main, other.main
    if not first or not second:
        return NOT_KNOWN
    if first == second:
        return ("exact" if len(first) > 1 else "initial"), (first if len(first) > 1 else "")
    if len(first) == 1 or len(second) == 1:
        return ("initial" if _initials_agree(one, other) else "different"), ""
    if len(one.given) > 1 or len(other.given) > 1:
        level = _among_several(one, other)
        if level:
            return level
    return _forenames_alike(min(first, second), max(first, second), established)


def _initials_agree(one: ReadName, other: ReadName) -> bool:
    return one.main[0] in (other.given[0][0], other.main[0]) or other.main[0] == one.given[0][0]


def _among_several(one: ReadName, other: ReadName) -> Level | None:
    """The forename of one is another of the other's: a common part says little, a middle name more."""
    first, second = one.main, other.main
    if first in other.given or second in one.given:
        shared = min([main for main in (first, second) if main in one.given and main in other.given])
        return ("common_part", "") if shared in COMMON_PARTS else ("middle", shared)
    whole = "".join(one.given), "".join(other.given)
    if whole[0] == whole[1]:
        return "exact", min(first, second)
    if first in COMMON_PARTS and not COMMON_PARTS.isdisjoint(other.given):
        return "common_part", ""
    if second in COMMON_PARTS and not COMMON_PARTS.isdisjoint(one.given):
        return "common_part", ""
    return None


@lru_cache(maxsize=300_000)
def family_level(one: tuple[str, ...], other: tuple[str, ...]) -> Level:
    """The level of two family names, and the part that agrees."""
    if not one or not other:
        return NOT_KNOWN
    if one[-1] == other[-1]:
        return "exact", one[-1]
    shared = [part for part in one if part in other]
    if shared:
        return "part", min(shared)
    levels = [_families_alike(min(first, second), max(first, second)) for first in one for second in other]
    return min(levels, key=lambda level: (_FAMILY_COSTS[level[0]], level[1]))


@lru_cache(maxsize=500_000)
def _forenames_alike(first: str, second: str, established: frozenset[str]) -> Level:
    if may_be_the_same(first, second):
        return "nickname", ""
    sound_alike = skeleton(first) == skeleton(second)
    if sound_alike and vowels_agree(first, second) and _is_one_spelling(first, second):
        return "spelling", first
    level = _slip_level(first, second)
    # Amin and Amina are brother and sister.
    are_two = (first in established and second in established) or (sound_alike and f"{first}a" == second)
    if level == "close" and are_two:
        return "lookalike", ""
    return level, ""


def _is_one_spelling(first: str, second: str) -> bool:
    """Whether two names with the same few consonants differ by little: Aisha and Ayesha, but not Iula and Ilie."""
    return len(skeleton(first)) > _FEW_CONSONANTS or OSA.distance(first, second) <= _FEW_CONSONANTS


@lru_cache(maxsize=500_000)
def _families_alike(first: str, second: str) -> Level:
    if len(first) == 1 or len(second) == 1:
        return ("initial" if first[0] == second[0] else "different"), ""
    if skeleton(first) == skeleton(second):
        return "spelling", first
    return _slip_level(first, second), ""


def _slip_level(first: str, second: str) -> str:
    """Of two words: one slip apart, close, somewhat similar, or different."""
    if (
        min(len(first), len(second)) >= _SHORTEST_FOR_A_SLIP
        and OSA.distance(first, second, score_cutoff=1) <= 1
    ):
        return "close"
    likeness = JaroWinkler.similarity(first, second)
    return "close" if likeness >= _CLOSE else "similar" if likeness >= _SIMILAR else "different"
