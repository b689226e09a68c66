"""Train the matching weights on invented people, and write them as a dated version.

    ./dev exec python -m benchmarks.train_matching --towns 8

The seed is kept for training: nothing is ever tested on it. Splink estimates how often the levels occur; what
random pairs cannot show (who shares a postcode, a telephone, a number) is counted or set here, and said so.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.invented_people.children import ON, Child, registered
from benchmarks.invented_people.describing import CONCERN, HARD, ROUTINE, describe
from benchmarks.invented_people.towns import Town, household
from openmash.engines.matching import weights
from openmash.engines.matching.comparing import LEVELS, Prepared, compare, prepare
from openmash.engines.matching.training import Known, Shares, train

SEED = 1_000_003
PATH = Path(weights.__file__).parent / "data" / f"weights-{weights.CURRENT}.json"
DESCRIBED = 0.35  # of the children, who are described once besides their register entry
HOW_OFTEN = ((ROUTINE, 2), (CONCERN, 6), (HARD, 2))
COMMON = 3  # times a name occurs, from which it is in the table
NATION = 12_000_000
AT_MOST_TOGETHER = 40.0
SHARES_TRIED = (0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.08, 0.12)
USUAL_DOUBT = 0.004
# From 0.995, one stranger of the 6,000 of training seed 12 was called very likely the same; from here on, none of
# these. Chosen on the very ones it is counted on, so it is no proof.
VERY_LIKELY = 0.998
ALIKE_AMONG_SIBLINGS = {"lookalike": 0.015, "similar": 0.03, "close": 0.003}
DOUBTS = {"school": 0.3, "school_nearby": 0.3, "telephone": 0.6, "siblings": 0.4, "parents": 0.05}

# Set, not trained, with the reason. Chances of one person, of siblings, of unrelated people.
SET = {
    # A number is typed wrong, or is a brother's or sister's, now and then; two people by chance share none.
    "nhs_number": {"same": (0.995, 2e-4, 1e-8), "different": (0.005, 1.0, 1.0)},
    "upn": {"same": (0.98, 2e-4, 1e-8), "different": (0.02, 1.0, 1.0)},
    # One agency often has two records of one person.
    "local_number": {"same": (0.8, 2e-4, 1e-7), "different": (0.2, 1.0, 1.0)},
    # Turned round is tried with every name, so two chances of agreeing are had.
    "name_order": {"turned_round": (0.05, 0.05, 0.1)},
    "names_together": {"both": (1.0, 1.0, 1.0)},
}


# One in so many unrelated pairs is at this level when the field can be at it at all. Training hardly sees these
# levels among pairs at random, and would take what it never saw for proof. A level whose number is 0 says no more
# than the level named beside it.
SELDOM_SEEN = {
    ("forename", "initial"): (15, ""),
    ("family_name", "initial"): (15, ""),
    ("parents", "initial"): (15, ""),
    ("parents", "common_part"): (20, ""),
    ("parents", "middle"): (0, "exact"),
    # 1 January is written for "only the year is known": the date says no more than that year.
    ("born", "january"): (0, "year_only"),
}
STREET = (
    0.3,
    0.3,
    1e-9,
)  # house number and street where a postcode is lacking: set, for invented people have none
SHARE_A_STREET = 40.0  # children of the nation at 12 High Street, wherever that is


@dataclass
class Trained:
    """What a number of towns gives: the records to train on, and how common names are."""

    registers: list[Known] = field(default_factory=list)
    descriptions: list[Known] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    prepared: list[Prepared] = field(default_factory=list)
    forenames: Counter[str] = field(default_factory=Counter)
    family_names: Counter[str] = field(default_factory=Counter)

    def add(self, number: int, luck: random.Random) -> None:
        town = Town(SEED, number)
        for child in _children(town):
            person = registered(child, luck)
            whose = f"{number}.{child.household}"
            name = f"{whose}.{child.given}.{child.born}"
            self.prepared.append(prepare(person, on=ON))
            self.registers.append(Known(name, whose, self.prepared[-1]))
            self.children.append(child)
            if luck.random() < DESCRIBED:
                profile = luck.choices([each for each, _ in HOW_OFTEN], [often for _, often in HOW_OFTEN])[0]
                described = describe(child, profile, town, luck).person
                self.descriptions.append(Known(name, whose, prepare(described, on=ON)))
            self._count(self.prepared[-1])

    def _count(self, person: Prepared) -> None:
        for readings in person.names[:1]:
            self.forenames[readings[0].main] += 1
            self.family_names[readings[0].family[-1]] += 1
            for part in readings[0].family[:-1]:
                self.family_names[part] += 1


def _children(town: Town) -> Iterator[Child]:
    made, number = 0, 0
    while made < 20_000:
        for child in household(town, number):
            made += 1
            yield child
        number += 1


def common(names: Counter[str], people: int) -> dict[str, float]:
    """The names that several have, as shares."""
    return {
        name: float(f"{times / people:.3g}")
        for name, times in names.most_common()
        if times >= COMMON and name
    }


def people_sharing(trained: Trained) -> dict[str, dict[str, float]]:
    """How many unrelated people share an address with somebody of their own family name, at each level.

    Of one family name, because those are who is compared, and because families of one origin live near one
    another: the share of pairs of one name who are near, times all children there are.
    """
    luck = random.Random(SEED)  # noqa: S311 (draws a sample)
    by_family: dict[str, list[int]] = {}
    for place, person in enumerate(trained.prepared):
        if person.names:
            by_family.setdefault(person.names[0][0].family[-1], []).append(place)
    levels: Counter[str] = Counter()
    pairs = 0
    for places in by_family.values():
        drawn = luck.sample(places, min(len(places), 60))
        for one, other in combinations(drawn, 2):
            if trained.registers[one].household != trained.registers[other].household:
                pairs += 1
                levels.update(_address(trained.prepared[one], trained.prepared[other]))
    everybody = len(trained.children)
    found = {level: round(levels[level] / pairs * everybody, 3) for level in LEVELS["address"][:-1]}
    found |= {"house": max(found["house"], 0.05), "street": SHARE_A_STREET}
    return {"address": found, "telephone": {"same": 0.05}}


def _address(one: Prepared, other: Prepared) -> Iterable[str]:
    return [found.level for found in compare(one, other) if found.field == "address"]


def nearby_schools(trained: Trained) -> float:
    """How often two unrelated children of one postcode district go to one school."""
    by_district: dict[str, list[int]] = {}
    for place, person in enumerate(trained.prepared):
        if person.places and person.schools:
            by_district.setdefault(person.places[0].postcode[:-4], []).append(place)
    luck, same, pairs = random.Random(SEED), 0, 0  # noqa: S311 (draws a sample)
    for places in by_district.values():
        for one, other in combinations(luck.sample(places, min(len(places), 150)), 2):
            pairs += 1
            same += not set(trained.prepared[one].schools).isdisjoint(trained.prepared[other].schools)
    return same / pairs


def how_names_go_together(
    trained: Trained, forenames: dict[str, float], families: dict[str, float]
) -> dict[str, float]:
    """The share at which two names that agree are worth, on average, what they should be.

    Summed over pairs of unrelated people who share both names, the odds must come to one.
    """
    both = Counter(
        (person.names[0][0].main, person.names[0][0].family[-1])
        for person in trained.prepared
        if person.names
    )
    people = len(trained.prepared)
    known = [(forenames[f], families[s], n) for (f, s), n in both.items() if f in forenames and s in families]
    for share in SHARES_TRIED:
        odds = sum(
            n * (n - 1) / people**2 / (f * s * max(min(share / max(f, s), AT_MOST_TOGETHER), 1.0))
            for f, s, n in known
        )
        if odds <= 1:
            break
    return {"together": share, "at_most_together": AT_MOST_TOGETHER}


def doubted(name: str, shares: dict[str, float]) -> dict[str, float]:
    """The shares as they would be if in some of the pairs any level could stand.

    Invented people do not change schools or telephones and have no step-brothers: real ones do.
    """
    doubt = DOUBTS.get(name, USUAL_DOUBT)
    return {level: share * (1 - doubt) + doubt / len(shares) for level, share in shares.items()}


def levels_of(trained: Trained, same: Shares, siblings: Shares, unrelated: Shares) -> dict[str, Any]:
    """Each level with its three chances; those that are set in their place."""
    same = {name: doubted(name, shares) for name, shares in same.items()}
    siblings = {name: doubted(name, shares) for name, shares in siblings.items()}
    # Invented families name each child by chance; real ones like names that go well together.
    for level, least in ALIKE_AMONG_SIBLINGS.items():
        siblings["forename"][level] = max(siblings["forename"][level], least)
    found: dict[str, Any] = {}
    for name, its_levels in LEVELS.items():
        if name in SET:
            found[name] = SET[name]
        else:
            found[name] = {
                level: [float(f"{shares[name][level]:.4g}") for shares in (same, siblings, unrelated)]
                for level in its_levels
            }
    found["address"]["street"] = [*STREET]
    near = nearby_schools(trained)
    found["school_nearby"]["same"][2], found["school_nearby"]["different"][2] = (
        round(near, 5),
        round(1 - near, 5),
    )
    for level in LEVELS["address"][:-1]:
        found["address"][level][2] = 1e-9  # `people_sharing` says it for each population
    found["telephone"]["same"][2] = 1e-9
    return believable(found)


def believable(levels: dict[str, Any]) -> dict[str, Any]:
    """The levels with none that says more than it can (`SELDOM_SEEN`); siblings in the same proportion."""
    for (name, level), (one_in, like) in SELDOM_SEEN.items():
        same, sibling, unrelated = levels[name][level]
        if like:
            most, most_for_siblings = (levels[name][like][n] / levels[name][like][2] for n in (0, 1))
        else:
            most, most_for_siblings = float(one_in), one_in * sibling / same
        unrelated = max(unrelated, same / most)
        sibling = min(sibling, unrelated * most_for_siblings)
        levels[name][level] = [float(f"{chance:.4g}") for chance in (same, sibling, unrelated)]
    return levels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--towns", type=int, default=8)
    parser.add_argument("--to", type=Path, default=PATH)
    options = parser.parse_args()
    towns = options.towns
    trained, luck = Trained(), random.Random(SEED)  # noqa: S311 (invents people)
    for number in range(towns):
        trained.add(number, luck)
    people = len(trained.children)
    forenames, families = common(trained.forenames, people), common(trained.family_names, people)
    chances = train(trained.registers, trained.descriptions, established=frozenset(forenames), seed=SEED)
    data = {
        "version": weights.CURRENT,
        "trained": (
            f"By Splink 5 on {people:,} invented children (benchmarks/invented_people, seed {SEED}) and "
            f"{len(trained.descriptions):,} descriptions of them: the same child from pairs of record and "
            "description, brothers and sisters from one household's, unrelated from pairs at random. How many "
            "share an address or a school nearby is counted among them. Chances of numbers, of names turned "
            "round, of a street without a postcode and of the same telephone are set, not trained, and so are "
            "floors for how alike brothers' and sisters' forenames are. Levels that training hardly sees "
            "(initials, 1 January, a name in common that very many share) are kept from saying more than they "
            "can. “Very likely” is said from the probability at which none of 6,000 strangers of another training "
            "seed, on which it was chosen, was called so. Train again on your own registers."
        ),
        "nation": NATION,
        "rarest": 1 / people,
        **how_names_go_together(trained, forenames, families),
        "siblings_each": 1.2,
        "very_likely": VERY_LIKELY,
        "possible": 0.05,
        "people_sharing": people_sharing(trained),
        "levels": levels_of(trained, *chances),
        "forenames": forenames,
        "family_names": families,
    }
    options.to.write_text(as_json(data), encoding="utf-8")


def as_json(data: dict[str, Any]) -> str:
    """Readable JSON: one line for each level, and many names on one line."""
    text = json.dumps(data, indent=1, ensure_ascii=False)
    text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda found: f"[{' '.join(found.group(1).split())}]", text)
    head, names, rest = text.partition('"forenames": {')
    return head + names + re.sub(r",\s+", _Breaking().after, rest) + "\n"


class _Breaking:
    """Breaks the lines of a long list of names after every eighth."""

    def __init__(self) -> None:
        self._count = 0

    def after(self, found: re.Match[str]) -> str:
        self._count += 1
        return ",\n  " if self._count % 8 == 0 else ", "


if __name__ == "__main__":
    main()
