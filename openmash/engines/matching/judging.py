"""How sure it is that two descriptions are of one person, and why: Fellegi and Sunter with three hypotheses.

The same person, a brother, sister or twin, or somebody unrelated. Without the second, twins, who share nearly
everything but the forename, would be called the same child. Probabilities are odds among the three, starting
from a population of a stated size. They are shown to people as words and evidence, and decide nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from math import log2
from typing import NamedTuple, TypeVar

from openmash.engines.matching.comparing import Compared, Prepared, compare, prepare
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.weights import Weights, WeightsOfPopulation
from openmash.engines.matching.wording import sentence

K = TypeVar("K")
_MOST_RIVALS = 12  # candidates that compete with one another
_NOTICED = 0.01  # odds of being the same person, from which a candidate competes
_NOTICED_BESIDE = 0.0001  # of a candidate's own odds, below which another's change nothing
_MOST_BITS = 900.0  # two to the power of more than this is more than a float can hold


class Sureness(Enum):
    """How sure, in the words people read. The order is that of a list: what needs a look first comes first."""

    VERY_LIKELY = "Very likely the same person"
    POSSIBLE = "Possibly the same person: check"
    SIBLING_OR_TWIN = "A brother, sister or twin of this person"
    TOO_LITTLE = "Too little is known to tell"
    UNLIKELY = "Unlikely to be the same person"


class Evidence(NamedTuple):
    """What one field says. Bits above 0 speak for, below 0 against; one bit doubles or halves the odds.

    same_bits: for the same person, against somebody unrelated. sibling_bits: for a brother, sister or twin.
    """

    field: str
    level: str
    words: str
    same_bits: float
    sibling_bits: float


@dataclass(frozen=True, slots=True)
class Match:
    """How two descriptions compare. same + sibling + unrelated is 1.

    compared, bits: the level of each field, and its bits of evidence for the same person and for a sibling.
    veto: a sentence when something rules out the same person; same is 0 then.
    ask_for: what to ask for, when too little is known to tell.
    """

    sureness: Sureness
    same: float
    sibling: float
    unrelated: float
    compared: tuple[Compared, ...]
    bits: tuple[tuple[float, float], ...]
    veto: str = ""
    ask_for: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What each field says. Put into words only here: of a hundred candidates few are ever shown."""
        return tuple(
            [
                Evidence(each.field, each.level, sentence(each), for_same, for_sibling)
                for each, (for_same, for_sibling) in zip(self.compared, self.bits, strict=True)
            ]
        )


def judge(
    one: DescribedPerson, other: DescribedPerson, *, weights: Weights, population: int, on: date
) -> Match:
    """Compare two people by themselves, as of the day `on`, in a population of so many people."""
    return judge_all(one, {0: other}, weights=weights, population=population, on=on)[0][1]


def judge_all(
    one: DescribedPerson,
    others: Mapping[K, DescribedPerson],
    *,
    weights: Weights,
    population: int,
    on: date,
) -> list[tuple[K, Match]]:
    """Compare one person with many; the best first.

    Only one person can be the one described: candidates compete with one another and with none of them, but
    those that are themselves descriptions of one person do not.
    """
    prepared = prepare(one, on=on)
    here = weights.for_population(population)
    weighed = [(key, _weigh(prepared, prepare(other, on=on), here)) for key, other in others.items()]
    prior = -log2(max(population, 2))
    rivals = _rivals([found for _, found in weighed], here, prior)
    judged = [
        (key, _match(found, prepared, weights, prior, against))
        for (key, found), against in zip(weighed, rivals, strict=True)
    ]
    return sorted(judged, key=lambda pair: _order(pair[1]))


class _Weighed(NamedTuple):
    """A candidate with the evidence about it, in bits."""

    person: Prepared
    compared: list[Compared]
    bits: list[tuple[float, float]]
    same: float
    sibling: float
    veto: str


_TWO_NUMBERS = (
    "They have two different NHS numbers, and both are valid. Two records of one person have one NHS number, "
    "unless somebody else's was written down."
)


def _weigh(one: Prepared, other: Prepared, weights: WeightsOfPopulation) -> _Weighed:
    compared = compare(one, other, weights.established)
    bits = [weights.bits(field, level, shared) for field, level, shared, _, _ in compared]
    same = sibling = 0.0
    for for_same, for_sibling in bits:
        same += for_same
        sibling += for_sibling
    # Records linked as one person may hold two numbers between them: then nothing is certain of either.
    are_two = one.nhs_numbers and other.nhs_numbers and len(one.nhs_numbers | other.nhs_numbers) > 1
    return _Weighed(other, compared, bits, same, sibling, _TWO_NUMBERS if are_two else "")


def _odds(bits: float) -> float:
    return 2.0 ** max(min(bits, _MOST_BITS), -_MOST_BITS)


def _rivals(weighed: Sequence[_Weighed], weights: WeightsOfPopulation, prior: float) -> list[float]:
    """For each candidate, the odds of the strongest other one who is not the same person as they are.

    Candidates are compared with the strongest first, and no further than the first who is somebody else. One
    with hardly any odds beside the candidate's own changes nothing that is said, and is not compared at all.
    """
    odds = [0.0 if found.veto else _odds(found.same + prior) for found in weighed]
    noticed = [place for place, each in enumerate(odds) if each > _NOTICED]
    strong = sorted(noticed, key=lambda place: -odds[place])[:_MOST_RIVALS]
    rivals = [0.0] * len(odds)
    for place in strong:
        for rival in strong:
            if odds[rival] < (1 + odds[place]) * _NOTICED_BESIDE:
                break
            if rival != place and not _are_one(weighed[place], weighed[rival], weights, prior):
                rivals[place] = odds[rival]
                break
    return rivals


def _are_one(one: _Weighed, other: _Weighed, weights: WeightsOfPopulation, prior: float) -> bool:
    """Whether two candidates are more likely one person than two."""
    found = _weigh(one.person, other.person, weights)
    return not found.veto and found.same + prior > max(
        0.0, found.sibling + prior + log2(weights.weights.siblings_each)
    )


def _match(found: _Weighed, one: Prepared, weights: Weights, prior: float, rivals: float) -> Match:
    same = 0.0 if found.veto else _odds(found.same + prior)
    sibling = _odds(found.sibling + prior + log2(weights.siblings_each))
    whole = same + sibling + 1.0 + rivals
    chances = (same / whole, sibling / whole, (1.0 + rivals) / whole)
    sureness = _sureness(found, chances, weights)
    return Match(
        sureness=sureness,
        same=chances[0],
        sibling=chances[1],
        unrelated=chances[2],
        compared=tuple(found.compared),
        bits=tuple(found.bits),
        veto=found.veto,
        ask_for=_missing(one) if sureness is Sureness.TOO_LITTLE else (),
    )


_SAME_FORENAME = frozenset(["exact", "spelling", "nickname", "close", "middle"])
_ANOTHER_FAMILY = frozenset(["initial", "similar", "different"])
_NEARLY_SAME_DATE = frozenset(["exact", "swapped", "one_digit", "year_off"])
_NUMBERS = ("nhs_number", "upn", "local_number")


def _may_be_very_likely(found: _Weighed) -> bool:
    """Whether it is told apart from a twin, and from whoever else may live at the same address.

    The forename must agree, for twins share everything else, and an initial is no forename. Of those with
    another family name the date of birth must agree, too: in a hotel, a hostel or a refuge many share the address.
    A number that agrees stands for both.
    """
    levels = {each.field: each.level for each in found.compared}
    if any(levels.get(number) == "same" for number in _NUMBERS):
        return True
    if levels.get("forename") not in _SAME_FORENAME:
        return False
    return levels.get("family_name") not in _ANOTHER_FAMILY or levels.get("born") in _NEARLY_SAME_DATE


def _sureness(found: _Weighed, chances: tuple[float, float, float], weights: Weights) -> Sureness:
    same, sibling, _ = chances
    if same >= weights.very_likely and _may_be_very_likely(found):
        return Sureness.VERY_LIKELY
    if sibling > same and sibling >= 0.5:
        return Sureness.SIBLING_OR_TWIN
    if same >= weights.possible:
        return Sureness.POSSIBLE
    if not found.veto and found.bits and found.same > 0 and min(b[0] for b in found.bits) > -2:
        return Sureness.TOO_LITTLE
    if not found.veto and not found.bits:
        return Sureness.TOO_LITTLE
    return Sureness.UNLIKELY


def _order(match: Match) -> tuple[float, float]:
    return (-match.same, -match.sibling)


def _missing(one: Prepared) -> tuple[str, ...]:
    """What is not known of the person looked for and would tell the most, in the words of a question."""
    wanted = (
        ("the full name", any(n[0].main and n[0].family for n in one.names)),
        ("the date of birth", one.born and not one.born_is_approximate),
        ("the address or an earlier one", any(place.postcode for place in one.places)),
        ("the NHS number", one.nhs_numbers),
        ("the name of a parent or carer", one.parents),
        ("the sex", one.sex),
    )
    lacks = tuple(words for words, is_known in wanted if not is_known)
    return lacks[:3]
