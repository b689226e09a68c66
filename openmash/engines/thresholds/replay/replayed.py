"""What a replay says: for each rule and answer the cases it holds for, and every count that is made of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from openmash.engines.thresholds.compiled.circuit import Circuit
from openmash.engines.thresholds.compiled.columns import Atom, SignSeen
from openmash.engines.thresholds.compiled.compile import CompiledGate, compile_policy
from openmash.engines.thresholds.compiled.line import Line
from openmash.engines.thresholds.compiled.program import Program
from openmash.engines.thresholds.policy.model import Clock, Gate, Level, Policy
from openmash.engines.thresholds.replay.population import Population, Words
from openmash.engines.thresholds.replay.running import how_many, run_on_population

Counts = dict[str, int]
"""How many cases, by level code or by clock id, in the order of the policy."""


@dataclass(frozen=True)
class RuleCounts:
    """In how many cases a rule fires; in how many its level is the one that stands (`decides`); and in how
    many of those no other rule comes to that level (`alone`).
    """

    fires: int
    decides: int
    alone: int


@dataclass(frozen=True, eq=False)
class Replayed:
    """What one gate of a policy says of every case of a population, a row of bits for each answer.

    `rules` by id: the rule fires. `levels` by code, the lowest left out: the level is this or higher.
    `considers` by code: the level, or the level to consider, is this or higher. `within` by clock id: the
    time allowed is this or shorter. `duties` and `routes` by id: they follow.
    """

    policy: Policy
    gate: Gate
    population: Population
    rules: Mapping[str, Words]
    levels: Mapping[str, Words]
    considers: Mapping[str, Words]
    within: Mapping[str, Words]
    duties: Mapping[str, Words]
    routes: Mapping[str, Words]

    def exactly(self, level: Level) -> Words:
        """The cases at this level and no other."""
        every = [self.population.valid, *self.levels.values()]
        return _between(every[level.rank - 1], every[level.rank] if level.rank < len(every) else None)

    def clocks(self) -> tuple[Clock, ...]:
        """The clocks that can follow at this gate, from shortest to longest."""
        return (*(self.policy.clock(id) for id in self.within), self._longest)

    @property
    def _longest(self) -> Clock:
        return self.policy.clock(self.gate.levels[0].clock)

    def exactly_within(self, clock: Clock) -> Words:
        """The cases for which this is the time allowed."""
        every = [*self.within.values(), self.population.valid]
        place = self.clocks().index(clock)
        return _between(every[place], every[place - 1] if place else None)

    def ranks(self) -> NDArray[np.uint8]:
        """The rank of the level of each case, 1 for the lowest."""
        return self._summed(self.levels)

    def ranks_considered(self) -> NDArray[np.uint8]:
        """The rank of the level, or of the level to consider where that is higher, for each case."""
        return self._summed(self.considers)

    def _summed(self, nested: Mapping[str, Words]) -> NDArray[np.uint8]:
        ranks = np.ones(self.population.count, dtype=np.uint8)
        for words in nested.values():
            ranks += self.population.unpacked(words)
        return ranks

    def clock_places(self) -> NDArray[np.uint8]:
        """For each case the place of the time allowed in `clocks()`, 0 for the shortest."""
        places = np.full(self.population.count, len(self.within), dtype=np.uint8)
        for words in self.within.values():
            places -= self.population.unpacked(words)
        return places

    def fired(self, row: int) -> tuple[str, ...]:
        """The rules that fire in one case, in the order of the table."""
        return tuple(rule for rule, words in self.rules.items() if _holds(words, row))

    def deciding(self, row: int) -> tuple[str, ...]:
        """The rules that fire in one case and come to the level that stands."""
        level = next(one for one in self.gate.levels[::-1] if _holds(self.exactly(one), row))
        return tuple(rule for rule in self.fired(row) if self.policy.rule(rule).level == level.code)

    def by_level(self) -> Counts:
        return {level.code: how_many(self.exactly(level)) for level in self.gate.levels}

    def by_clock(self) -> Counts:
        return {clock.id: how_many(self.exactly_within(clock)) for clock in self.clocks()}

    def by_duty(self) -> Counts:
        return {duty: how_many(words) for duty, words in self.duties.items()}

    def by_rule(self) -> dict[str, RuleCounts]:
        """How often each rule fires, decides, and decides alone."""
        return {rule: counts for level in self._levels_set() for rule, counts in self._of_level(level)}

    def _levels_set(self) -> list[str]:
        return list(dict.fromkeys(rule.level for rule in self.policy.rules_at(self.gate)))

    def _of_level(self, code: str) -> Iterator[tuple[str, RuleCounts]]:
        rules = [rule.id for rule in self.policy.rules_at(self.gate) if rule.level == code]
        here = self.exactly(self.policy.level(code)) if code else np.zeros_like(self.population.valid)
        once, twice = np.zeros_like(here), np.zeros_like(here)
        for rule in rules:
            twice |= once & self.rules[rule]
            once |= self.rules[rule]
        for rule in rules:
            decides = self.rules[rule] & here
            yield (
                rule,
                RuleCounts(how_many(self.rules[rule]), how_many(decides), how_many(decides & ~twice)),
            )

    def by_sign(self) -> dict[str, Counts]:
        """For each sign that the population holds, how many cases with it came to each level."""
        levels = {level.code: self.exactly(level) for level in self.gate.levels}
        found = {}
        for sign in self.policy.signs:
            if SignSeen(sign.id) in self.population.columns:
                chosen = self.population.bits(Atom(SignSeen(sign.id), 1))
                found[sign.id] = {code: how_many(chosen & here) for code, here in levels.items()}
        return found

    def levels_by(self, label: str) -> dict[str, Counts]:
        """How many cases came to each level, for each name of a label (week, agency, group …).

        Raises:
            LabelMissing: the population was not given this label.
        """
        return self._crossed(label, self.ranks() - 1, [level.code for level in self.gate.levels])

    def clocks_by(self, label: str) -> dict[str, Counts]:
        """How many cases were allowed each time, for each name of a label: by week, the work to be done.

        Raises:
            LabelMissing: the population was not given this label.
        """
        return self._crossed(label, self.clock_places(), [clock.id for clock in self.clocks()])

    def _crossed(self, label: str, places: NDArray[np.uint8], across: Sequence[str]) -> dict[str, Counts]:
        down = self.population.label(label)
        cells = down.codes.astype(np.int64) * len(across) + places
        table = np.bincount(cells, minlength=len(down.names) * len(across)).reshape(-1, len(across))
        return {
            name: dict(zip(across, row, strict=True))
            for name, row in zip(down.names, table.tolist(), strict=True)
        }


def _between(wider: Words, narrower: Words | None) -> Words:
    """Those in the wider of two rows of bits and not in the narrower, which lies within it."""
    return wider.copy() if narrower is None else wider ^ narrower


def _holds(words: Words, row: int) -> bool:
    return bool(words[row // 64] >> np.uint64(row % 64) & np.uint64(1))


def replay(population: Population, policy: Policy, gate: str = "") -> Replayed:
    """What the policy says of every case, at the gate with this id ("" for the front door's).

    Raises:
        KeyError: the policy has no such gate.
        ColumnMissing, WindowMissing: the population was not built for this policy.
    """
    return replay_together(population, [policy], gate)[0]


def replay_together(
    population: Population, policies: Sequence[Policy], gate: str = ""
) -> tuple[Replayed, ...]:
    """The same for several versions in one run, in which what they have in common is worked out once."""
    gates, program = _program(tuple(policies), gate)
    results = iter(run_on_population(program, population).results)
    found = []
    for policy, compiled in zip(policies, gates, strict=True):
        kinds = [{id: next(results) for id in nodes} for nodes in _kinds(compiled)]
        found.append(Replayed(policy, compiled.gate, population, *kinds))
    return tuple(found)


def _kinds(gate: CompiledGate) -> tuple[Mapping[str, int], ...]:
    return gate.rules, gate.levels, gate.considers, gate.within, gate.duties, gate.routes


@lru_cache(maxsize=16)
def _program(policies: tuple[Policy, ...], gate: str) -> tuple[tuple[CompiledGate, ...], Program]:
    circuit = Circuit()
    gates = tuple(
        compile_policy(policy, circuit).gates[policy.gate(gate).id if gate else policy.gates[0].id]
        for policy in policies
    )
    line = Line(circuit)
    wanted = [node for one in gates for nodes in _kinds(one) for node in nodes.values()]
    return gates, line.program(line.of_all(wanted))


def flips(before: Replayed, after: Replayed) -> dict[tuple[str, str], int]:
    """How many cases moved from one level to another: (level before, level after) to how many.

    Both must be replays over one population. Pairs that no case has are there too, with 0.
    """
    _same_population(before, after)
    earlier = {level.code: before.exactly(level) for level in before.gate.levels}
    later = {level.code: after.exactly(level) for level in after.gate.levels}
    return {
        (one, other): how_many(here & there)
        for one, here in earlier.items()
        for other, there in later.items()
    }


def flipped(before: Replayed, after: Replayed, pair: tuple[str, str], most: int = 100) -> list[int]:
    """The rows of the cases that moved from the first level of a pair to the second, at most so many."""
    _same_population(before, after)
    one, other = before.policy.level(pair[0]), after.policy.level(pair[1])
    both = before.population.unpacked(before.exactly(one) & after.exactly(other))
    return [int(row) for row in np.flatnonzero(both)[:most]]


def _same_population(before: Replayed, after: Replayed) -> None:
    if before.population is not after.population:
        raise ValueError("Two replays can only be compared over one and the same population.")
