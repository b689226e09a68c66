"""From the outputs that hit to one of three words.

The keeper sees which kinds of token hit the same prepared person, and how many prepared people share each
token: a name and date of birth that forty people share says little. A kind that was asked, that the prepared
person has, and that did not hit speaks against. A pattern is weighed by a logistic model over the kinds, over
how shared they are, and over pairs of kinds, because kinds overlap: the date of birth is in many of them.

The weights are data, one file for each version, learned by `benchmarks/asking_privately.py` on invented people.
The number is never shown to anybody.
"""

import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openmash.engines.matching.private.kinds import Kind
from openmash.engines.matching.private.messages import Said

DATA = Path(__file__).parent / "data"
CURRENT = "2026-11"
MOST_SHARED = 256
"""A token shared by more people than this is no longer looked up: it could tell nobody apart."""


@dataclass(frozen=True)
class Hit:
    """One output that is among the holder's: whose, of what kind, and how many prepared people share it.

    has: every kind that this prepared person has any token of.
    """

    person: int
    kind: Kind
    shared_by: int
    has: frozenset[Kind]


@dataclass(frozen=True)
class Pattern:
    """What speaks for and against one prepared person: kinds that hit, each with how many share its least shared
    token, and kinds that could have hit and did not.
    """

    hit: Mapping[Kind, int]
    missed: frozenset[Kind]


@dataclass(frozen=True)
class HitWeights:
    """A version of the weights, in log odds (natural logarithm).

    alone: for a kind that hit a token nobody else has.
    shared: for each doubling of the people who share the token.
    missed: for a kind that could have hit and did not.
    together: for two kinds that both hit, on top of what each says alone.
    hit_from, person_from: from where on the answer is yes, and from where on a person must look.
    """

    name: str
    trained_on: str
    start: float
    alone: Mapping[Kind, float]
    shared: Mapping[Kind, float]
    missed: Mapping[Kind, float]
    together: Mapping[tuple[Kind, Kind], float]
    hit_from: float
    person_from: float


@cache
def version(name: str) -> HitWeights:
    """The weights of a version.

    Raises:
        FileNotFoundError: there is no such version.
    """
    kept = json.loads((DATA / f"hits-{name}.json").read_text(encoding="utf-8"))
    pairs = {key: key.split("+") for key in kept["together"]}
    return HitWeights(
        name=name,
        trained_on=kept["trained_on"],
        start=kept["start"],
        alone={Kind[kind]: value for kind, value in kept["alone"].items()},
        shared={Kind[kind]: value for kind, value in kept["shared"].items()},
        missed={Kind[kind]: value for kind, value in kept["missed"].items()},
        together={(Kind[one], Kind[two]): kept["together"][key] for key, (one, two) in pairs.items()},
        hit_from=kept["hit_from"],
        person_from=kept["person_from"],
    )


def current() -> HitWeights:
    """The weights in use."""
    return version(CURRENT)


def patterns(hits: Iterable[Hit], asked: Collection[Kind]) -> dict[int, Pattern]:
    """For each prepared person that anything hit, what speaks for and against. `asked`: the kinds asked."""
    found: dict[int, dict[Kind, int]] = {}
    has: dict[int, frozenset[Kind]] = {}
    for hit in hits:
        kinds = found.setdefault(hit.person, {})
        kinds[hit.kind] = min(hit.shared_by, kinds.get(hit.kind, hit.shared_by))
        has[hit.person] = hit.has
    wanted = frozenset(asked)
    return {person: Pattern(kinds, (has[person] & wanted) - kinds.keys()) for person, kinds in found.items()}


def log_odds(pattern: Pattern, weights: HitWeights) -> float:
    """How much a pattern speaks for the same child."""
    kinds = sorted(pattern.hit)
    alone = sum(weights.alone.get(kind, 0.0) for kind in kinds)
    shared = sum(weights.shared.get(kind, 0.0) * math.log2(max(1, pattern.hit[kind])) for kind in kinds)
    missed = sum(weights.missed.get(kind, 0.0) for kind in pattern.missed)
    pairs = ((one, two) for position, one in enumerate(kinds) for two in kinds[position + 1 :])
    together = sum(weights.together.get(pair, 0.0) for pair in pairs)
    return weights.start + alone + shared + missed + together


def could_be_meant(hits: Iterable[Hit], *, asked: Collection[Kind], weights: HitWeights) -> frozenset[int]:
    """The prepared people whom a question may be about: alike enough that it matters whether they are shielded."""
    found = patterns(hits, asked)
    return frozenset(
        person for person, pattern in found.items() if log_odds(pattern, weights) >= weights.person_from
    )


def say(
    hits: Iterable[Hit],
    *,
    asked: Collection[Kind],
    shielded: Collection[int],
    person_by_lot: bool,
    weights: HitWeights,
) -> Said:
    """The answer.

    A person must answer when a shielded person could be meant, when it is not clear enough, and when the lot
    says so, whatever the pattern: so that "a person must answer" does not mean that a child is shielded.
    """
    weighed = {person: log_odds(pattern, weights) for person, pattern in patterns(hits, asked).items()}
    could_be_shielded = any(
        person in shielded and worth >= weights.person_from for person, worth in weighed.items()
    )
    best = max(weighed.values(), default=-math.inf)
    unclear = weights.person_from <= best < weights.hit_from
    if person_by_lot or could_be_shielded or unclear:
        return Said.PERSON
    return Said.HIT if best >= weights.hit_from else Said.NO_HIT
