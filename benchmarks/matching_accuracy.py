"""What came of each question, and what it adds up to: recall by profile and group, wrong answers per thousand."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.invented_people.origins import groups, share_of
from benchmarks.invented_people.population import Question
from benchmarks.people_index import Answer
from openmash.engines.matching.judging import Sureness
from openmash.engines.statistics.estimates import Interval

FIRST_PAGE = 10  # recall counts whoever is among the first ten
Z = 1.959964  # 95 %
UNINDEXED = ("twin", "sibling", "stranger")


@dataclass(frozen=True)
class Outcome:
    """What became of one question. `place`: where the right child stood, counted from 1; 0 when not found."""

    kind: str
    group: str
    errors: tuple[str, ...]
    place: int
    candidates: int
    keys: int
    is_accepted: bool
    is_wrong: bool
    milliseconds: tuple[float, float, float]

    @property
    def is_found(self) -> bool:
        return 1 <= self.place <= FIRST_PAGE


def outcome(question: Question, answer: Answer) -> Outcome:
    """Wrong: somebody else than the child asked about is called very likely the same."""
    numbers = [number for number, _ in answer.judged]
    certain = {number for number, match in answer.judged if match.sureness is Sureness.VERY_LIKELY}
    return Outcome(
        question.kind,
        question.group,
        question.errors,
        numbers.index(question.about) + 1 if question.about in numbers else 0,
        len(numbers),
        answer.keys,
        question.about in certain,
        bool(certain - {question.about}),
        answer.milliseconds,
    )


@dataclass(frozen=True)
class Recall:
    """Share of children found, every group counted by its share of all children."""

    share: float
    interval: Interval
    of: int
    by_group: dict[str, tuple[int, int]]

    @property
    def gap(self) -> float:
        """Percentage points from the best group to the worst."""
        shares = [found / of for found, of in self.by_group.values() if of]
        return 100 * (max(shares) - min(shares)) if shares else 0.0

    def gap_by_chance(self, seed: int = 1) -> float:
        """The gap to expect were all groups alike, so many children being asked for: the middle of 2,000 draws."""
        sizes = np.array([of for _, of in self.by_group.values() if of])
        if not sizes.size:
            return 0.0
        drawn = np.random.default_rng(seed).binomial(sizes, min(self.share, 1.0), (2000, len(sizes))) / sizes
        return float(100 * np.median(drawn.max(axis=1) - drawn.min(axis=1)))


def recall(outcomes: Iterable[Outcome], kind: str) -> Recall:
    """Recall among the first ten for one profile."""
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for each in outcomes:
        if each.kind == kind:
            asked[each.group] += 1
            found[each.group] += each.is_found
    by_group = {group: (found[group], asked[group]) for group in groups() if asked[group]}
    whole = sum(share_of(group) for group in by_group)
    weighed = {group: share_of(group) / whole for group in by_group}
    share = sum(weighed[group] * hits / of for group, (hits, of) in by_group.items())
    # The number of children drawn alike that would tell as much as these, drawn from groups of unequal weight.
    alike = 1 / sum(weight**2 / by_group[group][1] for group, weight in weighed.items()) if weighed else 0
    return Recall(share, wilson(share, alike), sum(asked.values()), by_group)


def wilson(share: float, of: float) -> Interval:
    """Wilson's 95 % interval of a share."""
    if not of:
        return Interval(0.0, 1.0)
    middle = share + Z**2 / (2 * of)
    half = Z * (share * (1 - share) / of + Z**2 / (4 * of**2)) ** 0.5
    return Interval((middle - half) / (1 + Z**2 / of), (middle + half) / (1 + Z**2 / of))


@dataclass(frozen=True)
class PerThousand:
    """How many of a thousand went wrong."""

    wrong: int
    of: int

    @property
    def rate(self) -> float:
        return 1000 * self.wrong / self.of if self.of else 0.0

    @property
    def interval(self) -> Interval:
        found = wilson(self.wrong / self.of if self.of else 0.0, self.of)
        return Interval(1000 * max(found.low, 0.0), 1000 * found.high)


def wrong(outcomes: Sequence[Outcome], kind: str) -> PerThousand:
    """Questions of one kind for which somebody else was called very likely the same."""
    asked = [each for each in outcomes if each.kind == kind]
    return PerThousand(sum(each.is_wrong for each in asked), len(asked))


def accepted(outcomes: Sequence[Outcome], kind: str) -> float:
    """The share of a profile's children who were called very likely the same, rightly."""
    asked = [each.is_accepted for each in outcomes if each.kind == kind]
    return sum(asked) / len(asked) if asked else 0.0


def missed_by_error(outcomes: Iterable[Outcome], kind: str) -> list[tuple[str, int, int]]:
    """Each kind of error with the number of children missed and the number asked for, the worst first."""
    missed: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for each in outcomes:
        if each.kind == kind:
            asked.update(each.errors)
            missed.update(() if each.is_found else each.errors)
    return sorted(
        ((error, missed[error], of) for error, of in asked.items()), key=lambda row: -row[1] / row[2]
    )


def by_number_of_errors(outcomes: Iterable[Outcome], kinds: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Found and asked for, by how many errors there were at once; four stands for four or more."""
    counted: dict[int, tuple[int, int]] = {}
    for each in outcomes:
        if each.kind in kinds:
            errors = min(len(each.errors), 4)
            found, of = counted.get(errors, (0, 0))
            counted[errors] = (found + each.is_found, of + 1)
    return dict(sorted(counted.items()))
