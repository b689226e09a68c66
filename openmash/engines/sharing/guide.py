"""The parts of the dated text, and what a condition means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

FILES = (
    "sharing.toml",
    "questions.csv",
    "answers.csv",
    "outcomes.csv",
    "rules.csv",
    "lines.csv",
    "grounds.csv",
    "promises.csv",
)
HEADER, QUESTIONS, ANSWERS, OUTCOMES, RULES, LINES, GROUNDS, PROMISES = FILES

WHO = "who"
"""The question on which grounds depend."""

WORRY = "worry"
"""The question whose answers stand in order, the least worry first: more worry never leads to less being shared."""

OUTCOME = "outcome"
"""What a condition of a line may look at besides the questions."""


@dataclass(frozen=True)
class Condition:
    """What must have been answered: for each question the answers that fit. Empty: it always holds.

    A question that was not asked fits nothing.
    """

    fits: Mapping[str, frozenset[str]]

    def holds(self, given: Mapping[str, str]) -> bool:
        return all(given.get(question) in answers for question, answers in self.fits.items())


@dataclass(frozen=True)
class Choice:
    """One answer to a question."""

    id: str
    label: str
    hint: str


@dataclass(frozen=True)
class Question:
    """One question, its answers in the order in which they are offered, and when it is asked."""

    id: str
    title: str
    hint: str
    asked_when: Condition
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Outcome:
    """A plain answer. `reach`: how far information goes, 0 for nothing, 5 for everything at once."""

    id: str
    reach: int
    shares: bool
    heading: str
    says: str


@dataclass(frozen=True)
class Rule:
    """The first rule whose condition holds gives the outcome, the grounds that may be used, and why."""

    id: str
    when: Condition
    outcome: str
    grounds: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Line:
    """What to record, or how to do it. Every line whose condition holds is shown."""

    kind: str
    when: Condition
    line: str


@dataclass(frozen=True)
class Ground:
    """A legal ground, for whom it holds, and where it stands."""

    id: str
    name: str
    plain: str
    holds_for: frozenset[str]
    source: str
    to_be_confirmed: bool


@dataclass(frozen=True)
class Promise:
    """What must be true of every way through the questions; checked, and printed for whoever signs the text off."""

    id: str
    when: Condition
    outcomes: frozenset[str]
    words: str


@dataclass(frozen=True)
class Guide:
    """A version of "Can I share this?"."""

    id: str
    version: str
    title: str
    in_force_from: date
    sign_off: str
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    rules: tuple[Rule, ...]
    lines: tuple[Line, ...]
    grounds: tuple[Ground, ...]
    promises: tuple[Promise, ...]
    digest: str

    @cached_property
    def outcomes_by_id(self) -> dict[str, Outcome]:
        return {outcome.id: outcome for outcome in self.outcomes}

    @cached_property
    def grounds_by_id(self) -> dict[str, Ground]:
        return {ground.id: ground for ground in self.grounds}

    @cached_property
    def questions_by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}
