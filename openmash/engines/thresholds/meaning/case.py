"""What is known about a child at the moment of deciding, and the view of it that conditions are tried
against.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from openmash.engines.thresholds.policy.model import Answer, Gate, Policy, Sign

LONG_ENOUGH = 12 * 150
"""More months than any sign can have lasted, or any child can have lived: stands for "as long as you like".
"""


@dataclass(frozen=True)
class Observation:
    """One sign, and how it is known.

    `examples` counts different examples of it, where the policy counts examples of that sign.
    `lasting_months` is how long it has gone on, None when not known. `immediate_answer` answers the
    sign's own question, where it has one.
    """

    sign: str
    evidence: str
    immediate_answer: Answer = Answer.NOT_KNOWN
    examples: int = 1
    lasting_months: int | None = None


@dataclass(frozen=True)
class PastContact:
    """An earlier contact about the child or the household.

    `accumulates` are the kinds it counts as (neglect, domestic_abuse …); `entries` how many chronology
    entries it stands for; `assessed` whether an assessment has been made since it (on it, or on a later
    contact).
    """

    at: date
    agency: str
    agency_kind: str
    accumulates: frozenset[str] = frozenset()
    entries: int = 1
    assessed: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "accumulates", frozenset(self.accumulates))
        if self.entries < 1:
            raise ValueError(f"A past contact cannot stand for {self.entries} entries: it is at least 1.")


@dataclass(frozen=True)
class Case:
    """Everything the rules may look at, as known on `as_of`.

    `facts` may leave facts out: what was not asked is not known. `age_months` is the lowest and the highest
    age the child may be, None when not known. `past` holds earlier contacts, the present one excluded;
    `agency` and `agency_kind` say who makes the present one ("" when not known). The order of observations
    and of past contacts means nothing; a sign observed twice keeps the strongest of everything said of it.
    """

    as_of: date
    observations: tuple[Observation, ...] = ()
    facts: Mapping[str, Answer] = field(default_factory=dict)
    age_months: tuple[int, int] | None = None
    unborn: Answer = Answer.NOT_KNOWN
    past: tuple[PastContact, ...] = ()
    agency: str = ""
    agency_kind: str = ""

    def __post_init__(self) -> None:
        facts = {name: Answer(answer) for name, answer in self.facts.items()}
        object.__setattr__(self, "facts", MappingProxyType(facts))
        object.__setattr__(self, "observations", tuple(self.observations))
        object.__setattr__(self, "past", tuple(self.past))
        if self.age_months is not None:
            low, high = self.age_months
            if not 0 <= low <= high:
                raise ValueError(f"The age {low} to {high} months is not a range: write the lowest first.")
        for seen in self.observations:
            if seen.examples < 1:
                raise ValueError(f"Sign {seen.sign} was given {seen.examples} examples: it needs at least 1.")
            if seen.lasting_months is not None and seen.lasting_months < 0:
                raise ValueError(f"Sign {seen.sign} cannot have lasted {seen.lasting_months} months.")


@dataclass(frozen=True)
class Seen:
    """A sign with the strongest of everything observed about it.

    `lasting` is None when nobody said how long, `longest` how long it may have been: `LONG_ENOUGH` when anybody
    who observed it did not say.
    """

    sign: Sign
    evidence: int
    answer: Answer
    examples: int
    lasting: int | None
    longest: int

    @property
    def may_be_longer(self) -> bool:
        """Whether it is not known how long it has gone on, or whether that was all."""
        return self.longest > (self.lasting or 0)


@dataclass(frozen=True)
class View:
    """A case looked up in a policy, at one of its gates: names checked, repeats brought together, strengths
    set apart.
    """

    policy: Policy
    gate: Gate
    as_of: date
    seen: Mapping[str, Seen]
    strengths: tuple[str, ...]
    facts: Mapping[str, Answer]
    age: tuple[int, int] | None
    unborn: Answer
    past: tuple[PastContact, ...]
    agency: str
    agency_kind: str

    def fact(self, id: str) -> Answer:
        return self.facts.get(id, Answer.NOT_KNOWN)


def view(policy: Policy, case: Case, gate: str = "") -> View:
    """Look a case up in a policy, at the gate with this id ("" for the front door's).

    Raises:
        KeyError: the policy has no such gate.
        ValueError: the case names a sign, grade or fact this policy does not have.
    """
    for name in case.facts:
        if name not in policy.facts_by_id:
            raise ValueError(f"The policy {policy.id} {policy.version} asks no fact called “{name}”.")
    seen = _bring_together(policy, case.observations)
    # An age of any kind means the child has been born, unless somebody said outright that the child has not.
    born = case.age_months is not None and case.unborn is Answer.NOT_KNOWN
    return View(
        policy=policy,
        gate=policy.gate(gate) if gate else policy.gates[0],
        as_of=case.as_of,
        seen={key: one for key, one in seen.items() if not one.sign.protective},
        strengths=tuple(s.id for s in policy.signs if s.protective and s.id in seen),
        facts=case.facts,
        age=case.age_months,
        unborn=Answer.NO if born else case.unborn,
        past=case.past,
        agency=case.agency,
        agency_kind=case.agency_kind,
    )


def _bring_together(policy: Policy, observations: tuple[Observation, ...]) -> dict[str, Seen]:
    seen: dict[str, Seen] = {}
    for observed in observations:
        if observed.sign not in policy.signs_by_id:
            raise ValueError(f"The policy {policy.id} {policy.version} has no sign called “{observed.sign}”.")
        if observed.evidence not in policy.grades_by_id:
            raise ValueError(
                f"The policy {policy.id} {policy.version} has no evidence grade called “{observed.evidence}”."
            )
        sign = policy.signs_by_id[observed.sign]
        rank = policy.grades_by_id[observed.evidence].rank
        # Only a sign whose examples the policy counts can have more than one.
        examples = observed.examples if sign.counted_examples else 1
        lasting = observed.lasting_months
        longest = LONG_ENOUGH if lasting is None else lasting
        new = Seen(sign, rank, Answer(observed.immediate_answer), examples, lasting, longest)
        old = seen.get(sign.id)
        seen[sign.id] = new if old is None else _strongest(old, new)
    # The policy's order, so that the order in which things were observed can never show.
    return {sign.id: seen[sign.id] for sign in policy.signs if sign.id in seen}


def _strongest(one: Seen, other: Seen) -> Seen:
    lengths = [months for months in (one.lasting, other.lasting) if months is not None]
    return Seen(
        one.sign,
        max(one.evidence, other.evidence),
        max(one.answer, other.answer, key=lambda answer: answer.rank),
        max(one.examples, other.examples),
        max(lengths) if lengths else None,
        max(one.longest, other.longest),
    )


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or that month's last day: 31 March less 1 is 28
    February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
