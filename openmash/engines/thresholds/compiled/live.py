"""One case explained at once: the finding, its bounds, and every single answer that would change it.

Each bit of one whole number is the case under one further answer: the first bit as it stands, the next two
with everything not known settled for less and for more concern, then one for each question answered yes, and
one for each answered no. One run of the policy's program works them all out together.

It says exactly what the plain interpreter in `meaning` says; the tests hold it to that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from openmash.engines.thresholds.compiled.circuit import Circuit, Node
from openmash.engines.thresholds.compiled.columns import (
    Column,
    FactAnswer,
    PastAgencies,
    PastContacts,
    PastEntries,
    PresentFrom,
    SignAnswer,
    SignLasting,
    SignMayLast,
    UnbornAnswer,
    YoungestAge,
    value_of,
)
from openmash.engines.thresholds.compiled.compile import CompiledGate, compile_policy, conditions_of
from openmash.engines.thresholds.compiled.line import Line
from openmash.engines.thresholds.compiled.program import OnNumbers
from openmash.engines.thresholds.compiled.rows import Rows
from openmash.engines.thresholds.meaning.case import Case, View, view
from openmash.engines.thresholds.meaning.evaluate import Question, finding, most_telling_first, open_questions
from openmash.engines.thresholds.meaning.explain import changes
from openmash.engines.thresholds.meaning.findings import Change, Finding, Unknown
from openmash.engines.thresholds.meaning.outcome import (
    Outcome,
    settled_age,
    settled_agencies,
    settled_length,
)
from openmash.engines.thresholds.policy.conditions import Condition, Contacts, Examples, Signs
from openmash.engines.thresholds.policy.model import Answer, Level, Policy, Rule

NOW, BEST, WORST, FIRST = 0, 1, 2, 3
"""The bits of the case as it stands, settled for less and for more concern, and of the first question."""

COUNTED = (Signs, Examples, Contacts)

NO, YES = Answer.NO.rank, Answer.YES.rank


@dataclass(frozen=True)
class Explanation:
    """What a policy says of a case, and what would change it."""

    finding: Finding
    changes: tuple[Change, ...]


def evaluate(policy: Policy, case: Case, gate: str = "") -> Finding:
    """What the policy says of the case at the gate with this id ("" for the front door's).

    The level is the highest, and the time the shortest, over all rules that fire; duties are those of all of
    them. More signs, stronger evidence, more contacts or a worse answer can never lower any of these.

    Raises:
        KeyError: the policy has no such gate.
        ValueError: the case names a sign, an evidence grade or a fact the policy does not have.
    """
    return _Run(_live(policy, gate), view(policy, case, gate)).finding()


def what_would_change(policy: Policy, case: Case, gate: str = "") -> tuple[Change, ...]:
    """Whatever, one step away, would change the level: the most useful first, repeats left out.

    Answers that anyone may give come first, then what the chosen signs' own notes say would raise them, then
    one more sign, example or contact, and last what only a screener can find out.

    Raises:
        KeyError, ValueError: as `evaluate` does.
    """
    return _Run(_live(policy, gate), view(policy, case, gate)).changes()


def explain(policy: Policy, case: Case, gate: str = "") -> Explanation:
    """`evaluate` and `what_would_change` in one.

    Raises:
        KeyError, ValueError: as `evaluate` does.
    """
    run = _Run(_live(policy, gate), view(policy, case, gate))
    return Explanation(run.finding(), run.changes())


# A policy is told from another by all it holds, not only by its digest: one made up for a question keeps the
# digest of the text it came from.
@lru_cache(maxsize=32)
def _live(policy: Policy, gate: str) -> "_Live":
    return _Live(policy, policy.gate(gate).id if gate else policy.gates[0].id)


Asked = list[tuple[int, int, bool]]
"""The questions of a program about one column: place, bound, and whether it is asked from above."""


class _Live:
    """One gate of a policy, ready to be run: what it looks at, and where each answer comes out."""

    def __init__(self, policy: Policy, gate: str) -> None:
        circuit = Circuit()
        compiled = compile_policy(policy, circuit).gates[gate]
        self.policy, self.gate = policy, compiled.gate
        line = Line(circuit)
        conditions = list(_conditions(policy, compiled, circuit))
        wanted = dict.fromkeys([*compiled.responses().values(), *compiled.routes.values()])
        wanted |= dict.fromkeys(node for _, _, nodes in conditions for _, node in nodes)
        self.program = line.program(line.of_all(list(wanted)), reuse=False)
        self.run = OnNumbers(self.program).run
        register = dict(zip(wanted, self.program.results, strict=True))
        self.rules = [(policy.rule(id), register[node]) for id, node in compiled.rules.items()]
        self.levels = _registers(compiled.levels, register)
        self.considers = _registers(compiled.considers, register)
        self.within = _registers(compiled.within, register)
        self.routes = [(route, register[compiled.routes[route.id]]) for route in policy.routes
                       if route.id in compiled.routes]  # fmt: skip
        self.conditions = [
            (policy.rule(id), most, [(condition, register[node]) for condition, node in nodes])
            for id, most, nodes in conditions
        ]
        self._look_up()

    def _look_up(self) -> None:
        columns = tuple(dict.fromkeys(atom.column for atom in self.program.atoms))
        self.rows = Rows(self.policy, columns, self.gate.id)
        place = {column: nth for nth, column in enumerate(columns)}
        self.asked: list[Asked] = [[] for _ in columns]
        for nth, atom in enumerate(self.program.atoms):
            self.asked[place[atom.column]].append((nth, atom.bound, atom.falls))
        self.empty = [atom.holds(self.rows.empty[place[atom.column]]) for atom in self.program.atoms]
        self.of_fact: dict[str, Asked] = {}
        self.of_question: dict[str, Asked] = {}
        self.of_lasting: dict[str, Asked] = {}
        self.of_longest: dict[str, Asked] = {}
        self.of_unborn: Asked = []
        self.of_age: Asked = []
        self.of_contacts: list[tuple[Column, Asked]] = []
        for column, asked in zip(columns, self.asked, strict=True):
            match column:
                case FactAnswer(fact):
                    self.of_fact[fact] = asked
                case SignAnswer(sign):
                    self.of_question[sign] = asked
                case SignLasting(sign):
                    self.of_lasting[sign] = asked
                case SignMayLast(sign):
                    self.of_longest[sign] = asked
                case UnbornAnswer():
                    self.of_unborn = asked
                case YoungestAge():
                    self.of_age = asked
                case PastContacts() | PastEntries() | PastAgencies() | PresentFrom():
                    self.of_contacts.append((column, asked))


def _conditions(
    policy: Policy, gate: CompiledGate, circuit: Circuit
) -> Iterator[tuple[str, int, list[tuple[Condition, Node]]]]:
    """Each rule that one more sign, example or contact could make fire: the highest rank it would bring, and
    its conditions.
    """
    for rule in policy.rules_at(gate.gate):
        countable = any(isinstance(condition, COUNTED) for condition in rule.conditions)
        if countable and (rule.level or rule.consider):
            nodes = conditions_of(rule, policy, circuit, {})
            most = max(policy.level(code).rank for code in (rule.level, rule.consider) if code)
            yield rule.id, most, list(zip(rule.conditions, nodes, strict=True))


def _registers(nodes: Mapping[str, Node], register: Mapping[Node, int]) -> list[tuple[str, int]]:
    return [(id, register[node]) for id, node in nodes.items()]


class _Run:
    """One case, worked out under every further answer at once."""

    def __init__(self, live: _Live, case: View) -> None:
        self.live, self.case = live, case
        self.questions = [one for one in open_questions(case) if self._is_looked_at(one)]
        self.number = len(self.questions)
        always = (1 << FIRST + 2 * self.number) - 1
        self.bits = live.run(self._answers(always), always)
        self.outcome = self._outcome()
        self.unknowns = self._unknowns()

    def finding(self) -> Finding:
        return finding(
            self.case,
            self.outcome,
            unknowns=self.unknowns,
            lowest=self._level(BEST),
            highest=self._level(WORST),
            routes=tuple(route for route, register in self.live.routes if self.bits[register] & 1),
        )

    def changes(self) -> tuple[Change, ...]:
        return changes(self.case, self.outcome, self.unknowns, self._nearly())

    def _is_looked_at(self, question: Question) -> bool:
        """Whether any rule looks at what is asked. The answer to another question can change nothing."""
        live = self.live
        match question.kind:
            case "fact":
                return question.id in live.of_fact
            case "condition":
                return question.id in live.of_question
            case "duration":
                return any(sign in live.of_lasting or sign in live.of_longest for sign in self.case.seen)
            case "agency":
                return bool(live.of_contacts)
        return bool(live.of_age or live.of_unborn)

    def _answers(self, always: int) -> list[int]:
        """What each question of the program is answered, in every bit."""
        live = self.live
        answers = [always if holds else 0 for holds in live.empty]
        for place, number in live.rows.told(self.case):
            for nth, bound, falls in live.asked[place]:
                answers[nth] = always if (number < bound if falls else number >= bound) else 0
        for asked, number, where in self._further():
            for nth, bound, falls in asked:
                if number < bound if falls else number >= bound:
                    answers[nth] |= where
                else:
                    answers[nth] &= ~where
        return answers

    def _further(self) -> Iterator[tuple[Asked, int, int]]:
        """What is asked of a column, another number for it, and the bits in which it has that number."""
        live = self.live
        for nth, question in enumerate(self.questions):
            yes, no = 1 << FIRST + nth, 1 << FIRST + self.number + nth
            match question.kind:
                case "fact":
                    yield live.of_fact[question.id], YES, yes | 1 << WORST
                    yield live.of_fact[question.id], NO, no | 1 << BEST
                case "condition":
                    yield live.of_question[question.id], YES, yes | 1 << WORST
                    yield live.of_question[question.id], NO, no | 1 << BEST
                case "duration":
                    yield from self._lasting(yes | 1 << WORST, no | 1 << BEST)
                case "agency":
                    yield from self._contacts(yes | 1 << WORST, no | 1 << BEST)
                case _:
                    yield from self._age(question, yes, no)

    def _contacts(self, yes: int, no: int) -> Iterator[tuple[Asked, int, int]]:
        for bits, worst in ((yes, True), (no, False)):
            case = replace(self.case, **settled_agencies(self.case, worst=worst))
            for column, asked in self.live.of_contacts:
                yield asked, value_of(column, case), bits

    def _lasting(self, yes: int, no: int) -> Iterator[tuple[Asked, int, int]]:
        live = self.live
        for sign, seen in self.case.seen.items():
            for bits, worst in ((yes, True), (no, False)) if seen.may_be_longer else ():
                settled = settled_length(seen, worst=worst)
                yield live.of_lasting.get(sign, []), settled.lasting or 0, bits
                yield live.of_longest.get(sign, []), settled.longest, bits

    def _age(self, question: Question, yes: int, no: int) -> Iterator[tuple[Asked, int, int]]:
        unborn, age = self.live.of_unborn, self.live.of_age
        youngest, oldest = (settled_age(self.case, worst=worst)[0] for worst in (True, False))
        if question.id == "unborn":
            yield unborn, YES, yes | 1 << WORST
            yield unborn, NO, no | 1 << BEST
            # A child not yet born is under every age; one who is born has the age that was said.
            yield age, 0, yes | 1 << WORST
            yield age, oldest, 1 << BEST
        else:
            # Where it is not known either whether the child is born, the worst is that it is not.
            worst = 1 << WORST if self.case.unborn is Answer.NO else 0
            yield age, youngest, yes | worst
            yield age, oldest, no | 1 << BEST

    def _level(self, bit: int) -> Level:
        return self.live.gate.levels[self._how_many(self.live.levels, bit)]

    def _how_many(self, nested: Sequence[tuple[str, int]], bit: int) -> int:
        return sum(self.bits[register] >> bit & 1 for _, register in nested)

    def _outcome(self) -> Outcome:
        live = self.live
        level, considered = self._level(NOW), self._how_many(live.considers, NOW) + 1
        places = len(live.within) - self._how_many(live.within, NOW)
        clock = live.within[places][0] if places < len(live.within) else live.gate.levels[0].clock
        return Outcome(
            level=level,
            consider=live.gate.levels[considered - 1] if considered > level.rank else None,
            respond=live.policy.clock(clock),
            rules=tuple(rule for rule, register in live.rules if self.bits[register] & 1),
        )

    def _unknowns(self) -> tuple[Unknown, ...]:
        """Each question whose answer would change the level or the time, or without which a rule would not
        fire.
        """
        every = (1 << self.number) - 1
        yes, no = FIRST, FIRST + self.number
        matters, differing = 0, []
        for _, register in (*self.live.levels, *self.live.considers, *self.live.within):
            found = self.bits[register]
            matters |= (found >> yes ^ found >> no) & every
        for rule, register in self.live.rules:
            found = self.bits[register]
            if differs := (found >> yes ^ found >> no) & every:
                differing.append((rule.id, differs))
            if found & 1:
                matters |= ~(found >> no) & every
        return most_telling_first(
            question.unknown(
                self._level(yes + nth),
                self._level(no + nth),
                tuple(rule for rule, differs in differing if differs >> nth & 1),
            )
            for nth, question in enumerate(self.questions)
            if matters >> nth & 1
        )

    def _nearly(self) -> Iterator[tuple[Rule, Condition]]:
        now = self.outcome.level.rank
        for rule, most, conditions in self.live.conditions:
            if most <= now:
                continue
            missing = [each for each, register in conditions if not self.bits[register] & 1]
            if len(missing) == 1 and isinstance(missing[0], COUNTED):
                yield rule, missing[0]
