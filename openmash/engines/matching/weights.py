"""How much each level of each field says, as dated, versioned data in `data/`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from math import log2
from pathlib import Path

from openmash.engines.matching.letters import skeleton

CURRENT = "2026-11"
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Chances:
    """How often pairs of people are at one level of a field: the same person, siblings or twins, unrelated."""

    same: float
    sibling: float
    unrelated: float

    @property
    def bits(self) -> tuple[float, float]:
        """Evidence for the same person, and for a sibling or twin, each against unrelated, in bits."""
        return log2(self.same / self.unrelated), log2(self.sibling / self.unrelated)


@dataclass(frozen=True, eq=False)
class Weights:
    """One version of the weights.

    levels: field → level → chances, for a population as large as the `nation`.
    people_sharing: field → level → how many unrelated people share this with somebody (a postcode: seven). In a
        population of another size this many share it, too.
    forenames, family_names: how common a name is, as a share of people; by spelling.
    rarest: the share a name has that is in no table.
    together: names go together: people called Khan are called Ayesha more often than others are. Of those who
        have the rarer of two names, at least this share has the other too …
    at_most_together: … but never so many times more often than others have it.
    siblings_each: how many brothers and sisters somebody has in the population, on average.
    very_likely, possible: the probabilities from which these words are used.
    trained: how the weights came about, in sentences.
    """

    version: str
    trained: str
    nation: int
    levels: Mapping[str, Mapping[str, Chances]]
    people_sharing: Mapping[str, Mapping[str, float]]
    forenames: Mapping[str, float]
    family_names: Mapping[str, float]
    rarest: float
    together: float
    at_most_together: float
    siblings_each: float
    very_likely: float
    possible: float

    @cached_property
    def established(self) -> frozenset[str]:
        """Forenames that are in the table: two different ones are two names, however alike."""
        return frozenset(self.forenames)

    def for_population(self, people: int) -> "WeightsOfPopulation":
        """The weights in a population of so many people."""
        found = self._by_population.get(people)
        if found is None:
            found = self._by_population[people] = WeightsOfPopulation(self, people)
        return found

    @cached_property
    def _by_population(self) -> dict[int, "WeightsOfPopulation"]:
        return {}

    @cached_property
    def forename_skeletons(self) -> Mapping[str, float]:
        return _by_skeleton(self.forenames)

    @cached_property
    def family_skeletons(self) -> Mapping[str, float]:
        return _by_skeleton(self.family_names)


def _by_skeleton(shares: Mapping[str, float]) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for name, share in shares.items():
        found[skeleton(name)] = found.get(skeleton(name), 0.0) + share
    return found


class WeightsOfPopulation:
    """The evidence of each level in bits, in a population of one size. Worked out once for each level and name."""

    def __init__(self, weights: Weights, people: int) -> None:
        self.weights = weights
        self.established = weights.established
        self._people = max(people, 2)
        self._worked_out: dict[tuple[str, str, str], tuple[float, float]] = {}
        self._usual_shares: dict[tuple[str, str], float] = {}

    def bits(self, field: str, level: str, shared: str = "") -> tuple[float, float]:
        """Evidence of one level, for the same person and for a sibling. `shared` is the name that agrees.

        A name that few have says more when it agrees than a common one. An agreement never counts against.
        """
        key = (field, level, shared)
        found = self._worked_out.get(key)
        if found is None:
            found = self._worked_out[key] = self._bits(field, level, shared)
        return found

    def _bits(self, field: str, level: str, shared: str) -> tuple[float, float]:
        if field == "names_together":
            discount = self._discount(*shared.split(" ", 1))
            return discount, discount
        chances = self.weights.levels[field][level]
        unrelated = chances.unrelated
        sharing = self.weights.people_sharing.get(field, {}).get(level)
        if sharing is not None:
            unrelated = min(max(unrelated, sharing / self._people), chances.same)
        if shared:
            unrelated *= self._share(field, level, shared) / self._usual_share(field, level)
            unrelated = min(unrelated, chances.same)
        return log2(chances.same / unrelated), log2(chances.sibling / unrelated)

    def _discount(self, forename: str, family: str) -> float:
        """Two names that agree say less together than apart; in bits, 0 or below."""
        commoner = max(
            self._share("forename", "exact", forename), self._share("family_name", "exact", family)
        )
        more_often = min(self.weights.together / commoner, self.weights.at_most_together)
        return -log2(max(more_often, 1.0))

    def _share(self, field: str, level: str, shared: str) -> float:
        share = self._table(field, level).get(skeleton(shared) if level == "spelling" else shared, 0.0)
        return max(share, self.weights.rarest)

    def _table(self, field: str, level: str) -> Mapping[str, float]:
        if level == "spelling":
            return (
                self.weights.family_skeletons if field == "family_name" else self.weights.forename_skeletons
            )
        return self.weights.family_names if field == "family_name" else self.weights.forenames

    def _usual_share(self, field: str, level: str) -> float:
        """The chance that two people at random share a name: what the trained chances are averages over."""
        key = (field, level)
        if key not in self._usual_shares:
            self._usual_shares[key] = sum(share**2 for share in self._table(field, level).values()) or 0.002
        return self._usual_shares[key]


def current() -> Weights:
    """The weights in use."""
    return version(CURRENT)


@cache
def version(name: str) -> Weights:
    """A version of the weights by its name, such as "2026-11".

    Raises:
        LookupError: there is no such version.
    """
    path = _DATA / f"weights-{name}.json"
    if not (name.replace("-", "").isalnum() and path.exists()):
        raise LookupError(f"There are no matching weights of the version “{name}”.")
    return from_data(json.loads(path.read_text(encoding="utf-8")))


def from_data(data: Mapping[str, object]) -> Weights:
    """Weights from the parts of a data file."""
    parts = dict(data)
    levels = {
        field: {level: Chances(*chances) for level, chances in rows.items()}
        for field, rows in parts.pop("levels").items()  # type: ignore[attr-defined]
    }
    return Weights(levels=levels, **parts)  # type: ignore[arg-type]
