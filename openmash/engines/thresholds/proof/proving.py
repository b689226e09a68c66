"""The exact proof of one gate: each thing that must hold, and the smallest real case where it does not."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from openmash.engines.thresholds.compiled.circuit import Node
from openmash.engines.thresholds.compiled.compile import CompiledGate, CompiledPolicy
from openmash.engines.thresholds.policy.model import Rule
from openmash.engines.thresholds.proof.answers import NAMES, Judge, Key, Reply, claim, interpreted
from openmash.engines.thresholds.proof.deciding import Effect, contained, effects, hidden_by, only_by
from openmash.engines.thresholds.proof.diagrams import Diagram, Diagrams
from openmash.engines.thresholds.proof.errors import CircuitDisagrees, NotSettled
from openmash.engines.thresholds.proof.monotone import (
    Fall,
    Step,
    age_not_known,
    answers_not_known,
    falls,
    may_fall,
    steps,
)
from openmash.engines.thresholds.proof.report import (
    FAULT,
    QUESTION,
    UNSETTLED,
    WARNING,
    Claim,
    Decides,
    GateReport,
    Remark,
    Rows,
)
from openmash.engines.thresholds.proof.witness import Finder, Pair, Witness
from openmash.engines.thresholds.proof.words import step_in_words

Found = TypeVar("Found")
_AS_MINIMUMS = "Set minimum conditions only (“any …”, “2 or more …”), and count what is “not ruled out”."


class Proving:
    """One gate of a policy, and what is found of it. `judge` is asked about every case before it is shown."""

    def __init__(
        self,
        compiled: CompiledPolicy,
        gate: CompiledGate,
        rows: Rows,
        diagrams: Diagrams,
        judge: Judge | None,
    ) -> None:
        self.policy = compiled.policy
        self.gate = gate
        self.rows = rows
        self.diagrams = diagrams
        self.means_what_it_says = judge is None
        self.finder = Finder(diagrams, [self.policy], [judge or interpreted(self.policy, gate.gate.id)])
        self.responses = at_least(compiled, gate)
        self.remarks: list[Remark] = []
        self.exactly = self._exactly()

    def report(self) -> GateReport:
        """Everything that was to be proved of this gate."""
        levels = self._levels()
        fires = self._fires()
        decides = self._decides(fires)
        self._contained()
        return GateReport(
            gate=self.gate.gate.id,
            name=self.gate.gate.name,
            claims=(
                self._complete(),
                self._claim("reachable", "Every level is reached by some case."),
                self._claim("fires", "Every rule fires in some case."),
                self._claim("decides", "Every rule decides in some case."),
                *self._monotone(),
            ),
            levels=tuple(levels),
            decides=tuple(decides),
        )

    def _claim(self, check: str, statement: str) -> Claim:
        bad = any(remark.check == check and remark.weight != QUESTION for remark in self.remarks)
        return Claim(check, statement, not bad)

    def _exactly(self) -> dict[str, Diagram]:
        """The possible cases that come to each level, no more and no less."""
        levels = [level.code for level in self.gate.gate.levels]
        reached = [self.diagrams.possible]
        reached += [
            self.diagrams.both(self.diagrams.possible, self.diagrams.of(self.responses["level", code]))
            for code in levels[1:]
        ]
        apart = [self.diagrams.without(this, next) for this, next in pairwise(reached)]
        return dict(zip(levels, [*apart, reached[-1]], strict=True))

    def _complete(self) -> Claim:
        exactly = list(self.exactly.values())
        left, twice = self.diagrams.possible, self.diagrams.nothing
        for place, one in enumerate(exactly):
            left = self.diagrams.without(left, one)
            for other in exactly[place + 1 :]:
                twice = self.diagrams.either(twice, self.diagrams.both(one, other))
        proved = self.diagrams.is_never(left) and self.diagrams.is_never(twice)
        return Claim("complete", "Every case comes to exactly one level.", proved)

    def _levels(self) -> Iterable[tuple[str, Witness]]:
        found = []
        for code, cases in self.exactly.items():
            said = f"level {code}"
            example = self._settle("reachable", self.finder.case, cases, lambda r, c=code: r.level == c, said)
            if example:
                found.append((code, example))
            elif self.diagrams.is_never(cases):
                hint = f"Write a rule that sets level {code}, or take the level out."
                self._remark(FAULT, "reachable", "policy.toml", "", f"No case comes to level {code}.", hint)
        return found

    def _fires(self) -> dict[str, Rule]:
        able = {}
        for rule in self.policy.rules_at(self.gate.gate):
            cases = self.diagrams.both(self.diagrams.of(self.gate.rules[rule.id]), self.diagrams.possible)
            if self.diagrams.is_never(cases):
                said = f"Rule {rule.id} can never fire: no case meets all of its conditions."
                self._about(FAULT, "fires", rule, said, "Ask for less, or take the rule out.")
            else:
                able[rule.id] = rule
        return able

    def _decides(self, able: Mapping[str, Rule]) -> list[Decides]:
        found = []
        for rule in able.values():
            every = [
                (each, only_by(rule, each, self.gate, self.diagrams))
                for each in effects(rule, self.policy, self.gate)
            ]
            free = [(each, cases) for each, cases in every if not self.diagrams.is_never(cases)]
            hidden = [each for each, cases in every if self.diagrams.is_never(cases)]
            if not free:
                self._hidden_rule(rule, hidden)
                continue
            if hidden:
                self._hidden_cells(rule, hidden)
            example = self._example_of(rule, *free[0])
            if example:
                found.append(Decides(rule.id, claim(_key(free[0][0]), self.policy), example))
        return found

    def _example_of(self, rule: Rule, effect: Effect, cases: Diagram) -> Witness | None:
        key = _key(effect)

        def shows(reply: Reply) -> bool:
            return rule.id in reply.rules and reply.gives(key, self.policy)

        said = f"only rule {rule.id} brings {claim(key, self.policy)}"
        example = self._settle("decides", self.finder.case, cases, shows, said)
        if example and self.means_what_it_says:
            others = tuple(other for other in self.policy.rules if other.id != rule.id)
            without = replace(self.policy, rules=others, examples=())
            if interpreted(without, self.gate.gate.id)(example.case).gives(key, without):
                raise CircuitDisagrees(example.words, said)
        return example

    def _hidden_rule(self, rule: Rule, hidden: Sequence[Effect]) -> None:
        by = sorted({other for each in hidden for other in self._hiding(rule, each)}, key=self._place)
        if not by:
            said = f"Rule {rule.id} can never decide: it sets nothing above the lowest level and its time."
            self._about(FAULT, "decides", rule, said, "Take it out, or let it set more.")
            return
        give = "gives" if len(by) == 1 else "give"
        said = f"Rule {rule.id} can never decide: wherever it fires, {_names(by)} already {give} as much."
        hint = "Take it out, or let it set more than those do."
        self._about(WARNING, "decides", rule, said, hint)

    def _hidden_cells(self, rule: Rule, hidden: Sequence[Effect]) -> None:
        by = sorted({other for each in hidden for other in self._hiding(rule, each)}, key=self._place)
        cells = _listed([f"“{each.text}” in the column “{each.column}”" for each in hidden])
        changes, it = ("changes", "it") if len(hidden) == 1 else ("change", "them")
        why = (
            f"{_names(by)} already {'gives' if len(by) == 1 else 'give'} {it}"
            if by
            else f"every case has {it}"
        )
        said = f"In rule {rule.id}, {cells} {changes} nothing: {why}."
        self._about(QUESTION, "decides", rule, said, "Is it there to be read, or was something else meant?")

    def _hiding(self, rule: Rule, effect: Effect) -> list[str]:
        return hidden_by(rule, effect.others, self.gate, self.diagrams) if effect.key else []

    def _contained(self) -> None:
        known = {
            remark.key for remark in self.remarks if remark.check == "decides" and remark.weight != QUESTION
        }
        for rule, other, alike in contained(self.policy, self.gate, self.diagrams):
            if alike:
                said = f"Rules {other.id} and {rule.id} fire in exactly the same cases."
                self._about(QUESTION, "duplicate", rule, said, "Should they be one row?")
            elif rule.id not in known:
                said = f"Wherever rule {rule.id} fires, {other.id} fires too, with as much effect."
                self._about(QUESTION, "subsumed", rule, said, "Is it kept to give a reason of its own?")

    def _monotone(self) -> list[Claim]:
        answers = {key: node for key, node in self.responses.items() if key[0] != "rule"}
        suspects = may_fall(self.diagrams, answers.values())
        self._falls(answers, steps(self.diagrams, suspects), "monotone")
        unsure = (step for step in answers_not_known(self.diagrams) if suspects & set(step.change))
        self._falls(answers, unsure, "not_known")
        age = age_not_known(self.diagrams)
        self._falls(answers, [age] if suspects & set(age.change) else [], "unknown_age")
        kinds = [
            self._claim(f"monotone_{what}", f"More concern never means less: {NAMES[what]}.")
            for what in ("level", "consider", "within", "duty")
        ]
        return [
            *kinds,
            self._claim("not_known", "Not known never counts for less than no."),
            self._claim("unknown_age", "An age not known is never answered with less than a known one."),
        ]

    def _falls(self, answers: Mapping[Key, Node], every: Iterable[Step], check: str) -> None:
        by_kind: dict[str, list[tuple[int, Fall]]] = defaultdict(list)
        for fall in falls(self.diagrams, answers, every):
            price = self.finder.smallest_price(fall.cases)
            by_kind[fall.key[0]].append((price or 0, fall))
        for what, found in by_kind.items():
            name = f"monotone_{what}" if check == "monotone" else check
            for _, fall in sorted(found, key=lambda each: each[0]):
                pair = self._pair(fall, name, age_known=check != "unknown_age")
                if pair:
                    self._fell(name, what, fall, pair)
                    break

    def _pair(self, fall: Fall, check: str, *, age_known: bool) -> Pair | None:
        def shows(less: Reply, more: Reply) -> bool:
            return less.gives(fall.key, self.policy) and not more.gives(fall.key, self.policy)

        try:
            return self.finder.pair(
                fall.cases,
                fall.step.change,
                shows,
                "that more concern lowers the answer",
                age_known_after=age_known,
            )
        except NotSettled as wrong:
            self._unsettled(check, wrong)
            return None

    def _fell(self, check: str, what: str, fall: Fall, pair: Pair) -> None:
        lost = sorted(pair.less.reply.rules - pair.more.reply.rules, key=self._place)
        rule = self.policy.rule(lost[0]) if lost else None
        before, after = pair.less.reply.part(what, self.policy), pair.more.reply.part(what, self.policy)
        when = (
            "the age is not known" if check == "unknown_age" else step_in_words(fall.step.column, self.policy)
        )
        said = f"More concern lowers {NAMES[what]} from {before} to {after}, when {when}."
        if rule:
            said += f" Rule {rule.id} no longer fires."
            self._about(FAULT, check, rule, said, _AS_MINIMUMS, pair=pair)
        else:
            self._remark(FAULT, check, "rules.csv", "", said, _AS_MINIMUMS, pair=pair)

    def _settle(self, check: str, find: Callable[..., Found | None], *what: object) -> Found | None:
        try:
            return find(*what)
        except NotSettled as wrong:
            self._unsettled(check, wrong)
            return None

    def _unsettled(self, check: str, wrong: NotSettled) -> None:
        self._remark(UNSETTLED, check, "rules.csv", "", str(wrong), "Count in fewer different windows.")

    def _about(
        self, weight: str, check: str, rule: Rule, message: str, hint: str, pair: Pair | None = None
    ) -> None:
        self._remark(weight, check, "rules.csv", rule.id, message, hint, pair=pair)

    def _remark(
        self, weight: str, check: str, file: str, key: str, message: str, hint: str, pair: Pair | None = None
    ) -> None:
        row = self.rows.number(file, key)
        self.remarks.append(
            Remark(weight, check, self.gate.gate.id, file, row, key, message, hint, pair=pair)
        )

    def _place(self, rule: str) -> int:
        return [each.id for each in self.policy.rules].index(rule)


def at_least(compiled: CompiledPolicy, gate: CompiledGate) -> dict[Key, Node]:
    """Every response with whatever is more than it: level 3 or higher, the same day or sooner.

    In a policy they are so already. A circuit made to try out a fault may not be.
    """
    circuit, found = compiled.circuit, gate.responses()
    order = {
        "level": list(reversed(tuple(gate.levels))),
        "consider": list(reversed(tuple(gate.considers))),
        "within": [clock.id for clock in compiled.policy.clocks if clock.id in gate.within],
    }
    for what, ids in order.items():
        more: Node = circuit.NEVER
        for id in ids:
            more = found[what, id] = circuit.any_of([more, found[what, id]])
    return found


def _key(effect: Effect) -> Key:
    assert effect.key is not None  # noqa: S101 - a free effect has one
    return effect.key


def _names(rules: Sequence[str]) -> str:
    return f"{'rule' if len(rules) == 1 else 'rules'} {_listed(rules)}"


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
