"""A population that never lived, believable in how rare things are and in what comes together.

Families in trouble show several signs at once; graver signs are rarer; evidence is the better the more an
agency sees of a family; half of all questions are never asked. Everything follows from the seed.
"""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openmash.engines.thresholds import Answer, Case, Observation, PastContact, Policy
from openmash.engines.thresholds.compiled.columns import (
    Column,
    FactAnswer,
    PastAgencies,
    PastContacts,
    PastEntries,
    PresentFrom,
    SignAnswer,
    SignExamples,
    SignLasting,
    SignMayLast,
    SignSeen,
    UnbornAnswer,
    YoungestAge,
)
from openmash.engines.thresholds.meaning.case import LONG_ENOUGH
from openmash.engines.thresholds.meaning.windows import Window
from openmash.engines.thresholds.replay import Label, Population, columns_needed

AGENCIES = ("school", "health", "police", "public", "housing")
AGES = ("under 1", "1 to 4", "5 to 9", "10 to 15", "16 and 17")
RARITY = {"1": 0.05, "2": 0.06, "3": 0.02, "4": 0.006, "I": 0.003}
AS_OF = date(2026, 1, 15)

Numbers = NDArray[np.int64]


def invented_population(policy: Policy, count: int, seed: int = 1) -> Population:
    """So many cases, with every column the policy looks at, and labels for week, agency, locality and age."""
    made = _Making(policy, count, np.random.default_rng(seed))
    columns = {column: made.column(column) for column in columns_needed(policy)}
    bands = np.digitize(made.age, [12, 60, 120, 192]).astype(np.int32)
    week = np.sort(made.random.integers(0, 104, count)).astype(np.int32)
    area = made.random.integers(0, 12, count).astype(np.int32)
    return Population(
        count,
        columns,
        {
            "week": Label(week, tuple(f"week {n + 1}" for n in range(104))),
            "agency": Label(made.agency.astype(np.int32), AGENCIES),
            "locality": Label(area, tuple(f"area {n + 1}" for n in range(12))),
            "age": Label(bands, AGES),
        },
    )


class _Making:
    def __init__(self, policy: Policy, count: int, random: np.random.Generator) -> None:
        self.policy, self.count, self.random = policy, count, random
        self.trouble = random.gamma(0.6, 1 / 0.6, count)
        self.by_domain = {domain.id: random.gamma(1.2, 1 / 1.2, count) for domain in policy.domains}
        self.agency = random.choice(len(AGENCIES), count, p=[0.32, 0.24, 0.27, 0.11, 0.06])
        self.age = random.integers(0, 216, count)
        self.unborn = random.choice(3, count, p=[0.97, 0.01, 0.02])
        self.age_known = random.random(count) < 0.97
        self.signs: dict[str, Numbers] = {}
        self.lasting: dict[str, Numbers] = {}
        self.windows: dict[Window, Numbers] = {}
        self.contacts: dict[int, Numbers] = {}

    def column(self, column: Column) -> NDArray[Any]:
        match column:
            case SignSeen(sign):
                return self._seen(sign)
            case SignAnswer(sign):
                return self._where(self._seen(sign), self.random.choice(3, self.count, p=[0.6, 0.33, 0.07]))
            case SignExamples(sign):
                return self._where(self._seen(sign), self.random.geometric(0.7, self.count))
            case SignLasting(sign):
                return self._lasting(sign)
            case SignMayLast(sign):
                said = self._lasting(sign)
                return self._where(self._seen(sign), np.where(said > 0, said, LONG_ENOUGH))
            case FactAnswer():
                return self.random.choice(3, self.count, p=[0.47, 0.5, 0.03])
            case YoungestAge():
                return np.where((self.unborn == 2) | ~self.age_known, 0, self.age)
            case UnbornAnswer():
                return self.unborn
        return self._counted(column)

    def _counted(self, column: PastContacts | PastEntries | PastAgencies | PresentFrom) -> NDArray[Any]:
        match column:
            case PresentFrom(kind):
                return np.array([agency == kind for agency in AGENCIES]).astype(np.uint8)[self.agency]
            case PastContacts(window):
                return self._in(window)
            case PastEntries(window):
                more = self.random.poisson(0.7, self.count)
                return self._in(window) + self._where(self._in(window), more)
            case PastAgencies(window, with_present):
                alone = np.minimum(self._in(window), 3)
                return np.maximum(alone, 1) if with_present else alone

    def _seen(self, sign: str) -> Numbers:
        if sign not in self.signs:
            one = self.policy.sign(sign)
            chance = RARITY[one.level] * (0.2 + self.trouble * self.by_domain[one.domain])
            ranks = max(grade.rank for grade in self.policy.evidence)
            # The police and health workers see more for themselves than members of the public do.
            seen = self.random.binomial(ranks - 1, np.array([0.4, 0.55, 0.6, 0.2, 0.35])[self.agency]) + 1
            self.signs[sign] = self._where(self.random.random(self.count) < chance, seen)
        return self.signs[sign]

    def _lasting(self, sign: str) -> Numbers:
        if sign not in self.lasting:
            known = self.random.random(self.count) < 0.5
            months = self.random.geometric(0.2, self.count)
            self.lasting[sign] = self._where(self._seen(sign) * known, months)
        return self.lasting[sign]

    def _in(self, window: Window) -> Numbers:
        if window.months not in self.contacts:
            expected = np.minimum(self.trouble, 8) * window.months / 12 * 0.8
            self.contacts[window.months] = np.minimum(self.random.poisson(expected), 60)
        if window not in self.windows:
            share = 0.35 if window.kind else 1.0
            share *= 0.4 if window.agency_kind else 1.0
            share *= 0.6 if window.unassessed else 1.0
            self.windows[window] = self.random.binomial(self.contacts[window.months], share)
        return self.windows[window]

    @staticmethod
    def _where(chosen: NDArray[Any], numbers: NDArray[Any]) -> NDArray[Any]:
        return np.where(chosen > 0, numbers, 0)


def cases_of(population: Population, policy: Policy, count: int) -> list[Case]:
    """The first so many rows as cases again, for the plain interpreter. Only for policies that look at
    signs, their questions, facts, age, and contacts of any kind or of one kind.
    """
    columns = {column: numbers[:count].tolist() for column, numbers in population.columns.items()}
    return [_case({c: numbers[row] for c, numbers in columns.items()}, policy) for row in range(count)]


def _case(row: dict[Column, int], policy: Policy) -> Case:
    answers = [Answer.NO, Answer.NOT_KNOWN, Answer.YES]
    grades = {grade.rank: grade.id for grade in policy.evidence}
    seen = [
        Observation(column.sign, grades[number], answers[row.get(SignAnswer(column.sign), 0)])
        for column, number in row.items()
        if isinstance(column, SignSeen) and number
    ]
    facts = {c.fact: answers[number] for c, number in row.items() if isinstance(c, FactAnswer)}
    age = row[YoungestAge()]
    return Case(
        AS_OF, tuple(seen), facts, (age, age) if age else None, Answer.NO, past=tuple(_past(row)), agency="us"
    )


def _past(row: dict[Column, int]) -> list[PastContact]:
    counts = {c.window.kind: number for c, number in row.items() if isinstance(c, PastContacts)}
    special = [kind for kind, number in counts.items() if kind for _ in range(number)]
    rest = [""] * max(counts.get("", 0) - len(special), 0)
    return [PastContact(AS_OF, "them", "school", frozenset({kind} - {""})) for kind in (*special, *rest)]
