"""The one meaning of a threshold policy: frozen records that check themselves when made.

A `Policy` that exists is a policy that holds together: `Policy.__post_init__` refuses anything else with
`PolicyErrors`. Nothing here reads files; `parse` does that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from openmash.engines.thresholds.policy.checks import find_problems
from openmash.engines.thresholds.policy.conditions import Condition
from openmash.engines.thresholds.policy.errors import PolicyErrors


class Answer(StrEnum):
    """An answer to a yes-or-no question.

    "Not known" stands between no and yes and is never the same as no.
    """

    NO = "no"
    NOT_KNOWN = "not_known"
    YES = "yes"

    @property
    def rank(self) -> int:
        """0 for no, 1 for not known, 2 for yes: a higher rank is never less concern."""
        return ("no", "not_known", "yes").index(self.value)


@dataclass(frozen=True)
class Clock:
    """A limit on time, as data: `kind` and `number` have the shape that the calendar engine reads.

    `kind` is at_once, hours, same_day, working_days, calendar_days or calendar_weeks. `source` says where the
    limit comes from; `to_be_confirmed` marks one not yet checked against the current edition of its source.
    """

    id: str
    kind: str
    number: int
    label: str
    source: str = ""
    to_be_confirmed: bool = False


@dataclass(frozen=True)
class Level:
    """One of the answers a gate can give: a level of need, or whether to enquire or to confer.

    `rank` counts from 1 (least) within its gate; `clock` is the id of the time allowed to decide and answer.
    """

    code: str
    gate: str
    rank: int
    name: str
    summary: str
    clock: str
    told: str


@dataclass(frozen=True)
class Gate:
    """A threshold that a child's case meets, with the answers it can give, from least to most serious.

    `question` is what is decided there, `when` at what stage. Deciding lower than `second_person_from` (the
    code of one of its levels), where the policy says that level or a higher one, takes two people.
    """

    id: str
    name: str
    question: str
    when: str
    second_person_from: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Domain:
    """A side of the child's life under which signs are listed."""

    id: str
    label: str


@dataclass(frozen=True)
class EvidenceGrade:
    """How a sign is known. `rank` counts from 1 (weakest); grades of the same weight share a rank."""

    id: str
    rank: int
    label: str


@dataclass(frozen=True)
class Sign:
    """Something that may be seen, heard or known about a child.

    `immediate` is "never", "always", or "unless": immediate unless the answer to `immediate_question` is no.
    `accumulates` names the kind of contact it makes, "" for none. `protective` signs are strengths: they are
    recorded and shown, and can never lower anything.
    """

    id: str
    domain: str
    subdomain: str
    harm: str
    level: str
    immediate: str
    immediate_question: str
    accumulates: str
    counted_examples: tuple[str, ...]
    wording: str
    note: str
    meanwhile: str
    protective: bool
    dfe_factor: str


@dataclass(frozen=True)
class Fact:
    """A question about the child, the family or the account, put so that yes means more concern.

    `ask` says whom to ask when nobody at hand knows. `gate` is the first gate at which it is asked. One
    about "routing" (consent, a case already open) may be named in the routing table only.
    """

    id: str
    question: str
    about: str
    asked_of: str
    gate: str
    ask: str


@dataclass(frozen=True)
class Duty:
    """Something a worker must do because a rule fired. `blocks` is "closing", "lowering" or "".

    `owner` says whose duty it is.
    """

    id: str
    label: str
    text: str
    clock: str
    blocks: str
    owner: str


@dataclass(frozen=True)
class Rule:
    """One row of the table: up to three minimum conditions, all of which must hold, and what follows.

    `level` and `consider` are level codes and `respond` a clock id, each "" when the rule says nothing of it.
    """

    id: str
    gate: str
    name: str
    conditions: tuple[Condition, ...]
    level: str
    consider: str
    respond: str
    duties: tuple[str, ...]
    because: str
    note: str = ""


@dataclass(frozen=True)
class Route:
    """One row of the routing table: where a case goes, once its level is settled, and what to do about it.

    It applies when the level is one of `levels` and every condition holds. It has no level and no time of
    its own, so that consent or a case already open can never change either.
    """

    id: str
    name: str
    conditions: tuple[Condition, ...]
    levels: tuple[str, ...]
    tell: str
    note: str = ""


@dataclass(frozen=True)
class ChangeNote:
    """Why one row differs from the version before: `file` and the id of its `row`, "" for a whole file."""

    file: str
    row: str
    reason: str


@dataclass(frozen=True)
class Pathway:
    """Where a decision can lead. `closes`: no assessment or social-care service follows.

    `clock` is the id of the time by which it should start, "" for none; `source` is where that comes from.
    """

    id: str
    label: str
    level: str
    closes: bool
    needs: str
    what_happens_next: str
    clock: str = ""
    source: str = ""
    to_be_confirmed: bool = False


@dataclass(frozen=True)
class AdviceLine:
    """A line the person who raised the concern reads. `text` may hold {due} and any contact's name."""

    level: str
    kind: str
    text: str


@dataclass(frozen=True)
class Example:
    """A case that was agreed, as written in the table, with what the policy must say of it."""

    id: str
    gate: str
    story: str
    age: str
    signs: str
    facts: str
    past: str
    raised_by: str
    level: str
    consider: str
    rules: tuple[str, ...]
    duties: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Policy:
    """A whole threshold policy, self-consistent from the moment it exists.

    Gates stand in the order in which a case meets them; the first is the front door's. `promises` names the
    clock of each thing the front door promises: see `checks.NEEDED_PROMISES`.

    Levels stand from least to most serious, evidence grades from weakest to strongest, clocks from shortest
    to longest. `digest` is the SHA-256 of the texts it was read from, kept in `sources`. `set_notes` holds what
    is written beside a set, by the set's name.

    Raises:
        PolicyErrors: names every inconsistency found.
    """

    id: str
    version: str
    title: str
    status: str
    in_force_from: date | None
    review_by: date | None
    sign_off: str
    digest: str
    contacts: Mapping[str, str]
    promises: Mapping[str, str]
    gates: tuple[Gate, ...]
    clocks: tuple[Clock, ...]
    domains: tuple[Domain, ...]
    evidence: tuple[EvidenceGrade, ...]
    agency_kinds: tuple[str, ...]
    signs: tuple[Sign, ...]
    facts: tuple[Fact, ...]
    sign_sets: Mapping[str, frozenset[str]]
    fact_sets: Mapping[str, frozenset[str]]
    duties: tuple[Duty, ...]
    rules: tuple[Rule, ...]
    routes: tuple[Route, ...]
    pathways: tuple[Pathway, ...]
    advice: tuple[AdviceLine, ...]
    examples: tuple[Example, ...]
    changes: tuple[ChangeNote, ...]
    sources: Mapping[str, str]
    set_notes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("contacts", "promises", "sign_sets", "fact_sets", "sources", "set_notes"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        problems = find_problems(self)
        if problems:
            raise PolicyErrors(problems)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"<Policy {self.id} {self.version} {self.digest[:12]}>"

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of the front door's gate."""
        return self.gates[0].levels if self.gates else ()

    @property
    def second_person_from(self) -> str:
        """The level of the front door's gate from which deciding lower takes two people."""
        return self.gates[0].second_person_from

    @cached_property
    def gates_by_id(self) -> dict[str, Gate]:
        return {gate.id: gate for gate in self.gates}

    @cached_property
    def levels_by_code(self) -> dict[str, Level]:
        """The levels of every gate: a code means one level, whatever the gate."""
        return {level.code: level for gate in self.gates for level in gate.levels}

    @cached_property
    def clocks_by_id(self) -> dict[str, Clock]:
        return {clock.id: clock for clock in self.clocks}

    @cached_property
    def signs_by_id(self) -> dict[str, Sign]:
        return {sign.id: sign for sign in self.signs}

    @cached_property
    def facts_by_id(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def grades_by_id(self) -> dict[str, EvidenceGrade]:
        return {grade.id: grade for grade in self.evidence}

    def gate(self, id: str) -> Gate:
        return _found(self.gates_by_id, id, "gate")

    def rules_at(self, gate: Gate) -> tuple[Rule, ...]:
        """The rules of one gate, in the order of the table."""
        return self._rules_by_gate[gate.id]

    def facts_at(self, gate: Gate) -> tuple[Fact, ...]:
        """The facts that are asked by the time a case meets this gate, in the order of the policy."""
        by_then = {one.id for one in self.gates[: self.gates.index(gate) + 1]}
        return tuple(fact for fact in self.facts if fact.gate in by_then)

    @cached_property
    def _rules_by_gate(self) -> dict[str, tuple[Rule, ...]]:
        return {gate.id: tuple(rule for rule in self.rules if rule.gate == gate.id) for gate in self.gates}

    def level(self, code: str) -> Level:
        return _found(self.levels_by_code, code, "level")

    def sign(self, id: str) -> Sign:
        return _found(self.signs_by_id, id, "sign")

    def fact(self, id: str) -> Fact:
        return _found(self.facts_by_id, id, "fact")

    def clock(self, id: str) -> Clock:
        return _found(self.clocks_by_id, id, "clock")

    def domain(self, id: str) -> Domain:
        return _found({d.id: d for d in self.domains}, id, "domain")

    def duty(self, id: str) -> Duty:
        return _found({d.id: d for d in self.duties}, id, "duty")

    @cached_property
    def rules_by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def rule(self, id: str) -> Rule:
        return _found(self.rules_by_id, id, "rule")

    def pathway(self, id: str) -> Pathway:
        return _found({p.id: p for p in self.pathways}, id, "pathway")

    def evidence_grade(self, id: str) -> EvidenceGrade:
        return _found(self.grades_by_id, id, "evidence grade")

    def signs_by_domain(self) -> dict[Domain, tuple[Sign, ...]]:
        """Every sign under its domain, both in the order of the policy."""
        return {d: tuple(s for s in self.signs if s.domain == d.id) for d in self.domains}

    def pathways_for(self, level: Level) -> tuple[Pathway, ...]:
        """The pathways that belong to a level, in the order of the policy."""
        return tuple(p for p in self.pathways if p.level == level.code)

    def advice_for(self, level: Level, kind: str | None = None) -> tuple[AdviceLine, ...]:
        """What the person who raised it reads at this level, of one kind or all."""
        return tuple(a for a in self.advice if a.level == level.code and kind in (None, a.kind))

    def shortest(self, clocks: Iterable[Clock]) -> Clock:
        """The shortest of some clocks: the policy lists its clocks from shortest to longest."""
        return min(clocks, key=lambda clock: self.clock_places[clock.id])

    @cached_property
    def clock_places(self) -> dict[str, int]:
        """The place of each clock, 0 for the shortest."""
        return {clock.id: place for place, clock in enumerate(self.clocks)}


Row = TypeVar("Row")


def _found(rows: Mapping[str, Row], key: str, what: str) -> Row:
    if key not in rows:
        raise KeyError(f"This policy has no {what} called “{key}”.")
    return rows[key]
