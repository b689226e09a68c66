"""Thousands of variants of a policy over one population at once: the whole trade-off, before anything is agreed.

Whatever a variant leaves as it is has been worked out already: the bits, the sums, the rules that did not
move, and every branch of "any of these rules" without one that did.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openmash.engines.thresholds.compiled.circuit import Circuit, Node
from openmash.engines.thresholds.compiled.compile import compile_policy, conditions_of
from openmash.engines.thresholds.compiled.laying import NEVER, Value
from openmash.engines.thresholds.compiled.line import Line
from openmash.engines.thresholds.meaning.outcome import time_for
from openmash.engines.thresholds.policy.conditions import Reached
from openmash.engines.thresholds.policy.model import Gate, Policy, Rule
from openmash.engines.thresholds.replay.knobs import Move, moved
from openmash.engines.thresholds.replay.population import Population
from openmash.engines.thresholds.replay.running import run_on_population

Variant = tuple[Move, ...]


@dataclass(frozen=True)
class Swept:
    """What one variant comes to: how many cases at each level, and within each time, in the policy's order."""

    variant: Variant
    levels: Mapping[str, int]
    clocks: Mapping[str, int]


@dataclass(frozen=True)
class Sweep:
    """The policy as it stands (a variant without moves), and every variant in the order given."""

    as_it_stands: Swept
    variants: tuple[Swept, ...]


def sweep(
    population: Population, policy: Policy, variants: Iterable[Sequence[Move]], gate: str = ""
) -> Sweep:
    """How many cases each variant of a policy would bring to each level, and within each time.

    Raises:
        NoSuchKnob: a move is of no number in the policy, or to where it cannot stand.
        WindowMissing: a move asks for a period of earlier contacts that the population does not hold.
    """
    wanted: list[Variant] = [(), *(tuple(moves) for moves in variants)]
    sweeping = _Sweeping(policy, gate)
    asked = [sweeping.thresholds(variant) for variant in wanted]
    program = sweeping.line.program((), [value for values in asked for value in values])
    counts = iter(run_on_population(program, population).counts)
    first, *others = [
        sweeping.swept(variant, population.count, [next(counts) for _ in values])
        for variant, values in zip(wanted, asked, strict=True)
    ]
    return Sweep(first, tuple(others))


class _Joined:
    """Any of some rules, joined two by two: when one of them moves, only the joins above it are new."""

    def __init__(self, rules: Sequence[str], values: Mapping[str, Value], line: Line) -> None:
        self.line = line
        self.places = {rule: place for place, rule in enumerate(rules)}
        self.rows = [[values[rule] for rule in rules] or [NEVER]]
        while len(self.rows[-1]) > 1:
            row = self.rows[-1]
            self.rows.append([self._pair(row, place, {}) for place in range(0, len(row), 2)])

    def _pair(self, row: Sequence[Value], place: int, new: Mapping[int, Value]) -> Value:
        one = new.get(place, row[place])
        return self.line.either(one, new.get(place + 1, row[place + 1])) if place + 1 < len(row) else one

    def with_moved(self, moved: Mapping[str, Value]) -> Value:
        new = {self.places[rule]: value for rule, value in moved.items() if rule in self.places}
        for row in self.rows[:-1]:
            new = {place // 2: self._pair(row, place - place % 2, new) for place in new}
        return new.get(0, self.rows[-1][0])


class _Sweeping:
    """One policy's rules in one line of steps, and those of its variants beside them."""

    def __init__(self, policy: Policy, gate: str) -> None:
        self.policy = policy
        self.circuit = Circuit()
        self.gate: Gate = policy.gate(gate) if gate else policy.gates[0]
        compiled = compile_policy(policy, self.circuit).gates[self.gate.id]
        self.line = Line(self.circuit)
        # Rules that wait for a level set nothing but duties: they move neither a level nor a time.
        self.rules = [rule for rule in policy.rules_at(self.gate) if not _waits(rule)]
        built = self.line.of_all([compiled.rules[rule.id] for rule in self.rules])
        values = {rule.id: value for rule, value in zip(self.rules, built, strict=True)}
        self.longest = policy.clock_places[self.gate.levels[0].clock]
        self.joins = [_Joined(rules, values, self.line) for rules in self._bringing()]
        self.moved: dict[Variant, Value] = {}

    def _bringing(self) -> Iterator[list[str]]:
        """The rules that bring each level, the lowest left out, and then those that bring each time."""
        ranks = {level.code: level.rank for level in self.gate.levels}
        for level in self.gate.levels[1:]:
            yield [rule.id for rule in self.rules if ranks.get(rule.level, 0) >= level.rank]
        times = {rule.id: time_for(rule, self.policy) for rule in self.rules}
        places = {id: self.policy.clock_places[clock.id] for id, clock in times.items() if clock}
        for place in range(self.longest):
            yield [id for id, there in places.items() if there <= place]

    def thresholds(self, variant: Variant) -> list[Value]:
        """What has to be counted: each level or higher, then each time or shorter."""
        by_rule: dict[str, list[Move]] = {}
        for move in variant:
            by_rule.setdefault(move.knob.rule, []).append(move)
        now = {rule: self._of(tuple(moves)) for rule, moves in by_rule.items()}
        return [join.with_moved(now) for join in self.joins]

    def _of(self, moves: Variant) -> Value:
        """A rule with some of its own numbers moved."""
        if moves not in self.moved:
            (rule,) = moved(self.policy, moves).values()
            nodes = conditions_of(rule, self.policy, self.circuit, self._reached)
            self.moved[moves] = self.line.all_of(self.line.of(node) for node in nodes)
        return self.moved[moves]

    @property
    def _reached(self) -> dict[str, Node]:
        """What a rule that waits for a level looks at. It moves nothing that is counted here."""
        return {level.code: self.circuit.ALWAYS for level in self.gate.levels}

    def swept(self, variant: Variant, count: int, found: Sequence[int]) -> Swept:
        levels, times = self.gate.levels, self.policy.clocks[: self.longest + 1]
        from_each = [count, *found[: len(levels) - 1], 0]
        within = [0, *found[len(levels) - 1 :], count]
        return Swept(
            variant,
            {one.code: from_each[n] - from_each[n + 1] for n, one in enumerate(levels)},
            {one.id: within[n + 1] - within[n] for n, one in enumerate(times)},
        )


def _waits(rule: Rule) -> bool:
    return any(isinstance(condition, Reached) for condition in rule.conditions)
