"""What differs between two versions of a policy for any case at all, exactly, with the smallest cases that move.

Both are built into one circuit, where columns are matched by name: a sign of only one version is a column that
the other does not look at. A case of the earlier version lacks the later one's new signs, and its new questions
are not known.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from openmash.engines.thresholds.compiled.circuit import Circuit
from openmash.engines.thresholds.compiled.columns import (
    Atom,
    FactAnswer,
    SignAnswer,
    SignExamples,
    SignLasting,
    SignMayLast,
    SignSeen,
)
from openmash.engines.thresholds.compiled.compile import CompiledPolicy, compile_policy
from openmash.engines.thresholds.meaning.outcome import time_for
from openmash.engines.thresholds.policy.model import Policy, Rule
from openmash.engines.thresholds.proof.answers import NAMES, Key, Reply, interpreted
from openmash.engines.thresholds.proof.diagrams import Diagram, Diagrams
from openmash.engines.thresholds.proof.errors import NotComparable, NotSettled
from openmash.engines.thresholds.proof.proving import at_least
from openmash.engines.thresholds.proof.witness import Finder, Witness

MOST_EXAMPLES = 5
"""How many examples are given of cases that move from one answer to another, each brought by other rules."""

RAISED, LOWERED, OTHER = "raised", "lowered", "changed"
"""Which way a case moves: more response, less, or (where the two have no order in common) neither."""


@dataclass(frozen=True)
class Move:
    """Cases that one version answers `before` and the other `after`.

    `what` is level, consider, within (the time allowed) or duty; a duty goes from "" to its id or back.
    `example` is the smallest such case, with both replies, and `rules` those that bring the greater of the two
    answers there: the next move of the same kind is the smallest in which none of them fires. `with_level`
    says that the level moves too, `needs_new` that it takes a sign the earlier version does not have, or an
    answer to a question it does not ask. `patterns` counts the ways of answering all questions that move so,
    whatever rules bring it, None where that was not counted (levels only).
    """

    what: str
    before: str
    after: str
    way: str
    example: Witness
    rules: tuple[str, ...]
    with_level: bool
    needs_new: bool
    patterns: int | None

    def __str__(self) -> str:
        new = " (only with what the later version adds)" if self.needs_new else ""
        return f"{self.example.words}: {self.before or 'none'} → {self.after or 'none'}{new}"


@dataclass(frozen=True)
class Verdict:
    """Whether the later version never lowers, and never raises, one kind of answer, for any case at all.

    None where that could not be settled: the versions have no order in common, or the search ended.
    """

    what: str
    never_lowers: bool | None
    never_raises: bool | None


@dataclass(frozen=True)
class Comparison:
    """What differs at one gate. `patterns` counts all the ways of answering the questions of both versions."""

    gate: str
    before: str
    after: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    moves: tuple[Move, ...]
    verdicts: tuple[Verdict, ...]
    patterns: int
    notes: tuple[str, ...] = ()

    def verdict(self, what: str) -> Verdict:
        return next(verdict for verdict in self.verdicts if verdict.what == what)

    def moves_of(self, what: str, way: str = "") -> tuple[Move, ...]:
        """The moves of one kind of answer, all of them or those that go one way."""
        return tuple(move for move in self.moves if move.what == what and way in ("", move.way))

    def lines(self) -> list[str]:
        """The comparison for a terminal."""
        said = [f"{self.before} → {self.after}, at the gate {self.gate}:"]
        said += [f"  Added: {', '.join(self.added)}."] if self.added else []
        said += [f"  Removed: {', '.join(self.removed)}."] if self.removed else []
        said += [f"  {note}" for note in self.notes]
        for verdict in self.verdicts:
            said.append(f"  {_sentence(verdict)}")
            moves = self.moves_of(verdict.what)
            # What follows from a move of the level has been said there.
            said += [f"    {move}" for move in moves if verdict.what == "level" or not move.with_level]
        return said


def _sentence(verdict: Verdict) -> str:
    name = NAMES[verdict.what].capitalize()
    if verdict.never_lowers and verdict.never_raises:
        return f"{name}: the same for every case (proved)."
    said = [_told("lowered", verdict.never_lowers), _told("raised", verdict.never_raises)]
    return f"{name}: {', '.join(said)}."


def _told(way: str, never: bool | None) -> str:
    if never is None:
        return f"not settled whether ever {way}"
    return f"never {way} (proved)" if never else f"{way} for some cases"


def compare(
    before: Policy,
    after: Policy,
    gate: str = "",
    *,
    plain: bool = False,
    most_nodes: int | None = None,
) -> Comparison:
    """Compare two versions at the gate with this id ("" for the front door's).

    Raises:
        NotComparable: one has no such gate, or they grade evidence differently.
        ProofTooLarge: the proof grew beyond its limit.
        CircuitDisagrees: the proof and the plain meaning differ, a fault of this program.
    """
    id = gate or before.gates[0].id
    _same_ground(before, after, id)
    circuit = Circuit()
    both = [compile_policy(policy, circuit) for policy in (before, after)]
    wanted = [node for compiled in both for node in compiled.gates[id].responses().values()]
    diagrams = Diagrams(circuit, wanted, [before, after], plain=plain, most_nodes=most_nodes)
    return _Comparing(both, id, diagrams).comparison()


def _same_ground(before: Policy, after: Policy, gate: str) -> None:
    for policy in (before, after):
        if gate not in policy.gates_by_id:
            raise NotComparable(f"The version {policy.version} has no gate called “{gate}”.")
    ranks = [{grade.id: grade.rank for grade in policy.evidence} for policy in (before, after)]
    shared = {id: rank for id, rank in ranks[0].items() if ranks[1].get(id) == rank}
    if any(ranks[0][id] != ranks[1][id] for id in ranks[0].keys() & ranks[1].keys()) or any(
        set(each.values()) != set(shared.values()) for each in ranks
    ):
        raise NotComparable(
            "The two versions weigh evidence differently, so that no case can be put to both. Compare them row"
            " by row instead."
        )


class _Comparing:
    """Two versions at one gate, in one circuit."""

    def __init__(self, both: Sequence[CompiledPolicy], gate: str, diagrams: Diagrams) -> None:
        self.both = both
        self.policies = [compiled.policy for compiled in both]
        self.gate = gate
        self.diagrams = diagrams
        self.finder = Finder(
            diagrams, self.policies, [interpreted(compiled.policy, gate) for compiled in both]
        )
        self.of_the_earlier = self._of_the_earlier()
        self.regions = [self._regions(compiled) for compiled in both]
        self.same_level = diagrams.nothing
        for code in self.regions[0]["level"].keys() & self.regions[1]["level"].keys():
            alike = diagrams.both(*(regions["level"][code] for regions in self.regions))
            self.same_level = diagrams.either(self.same_level, alike)
        self.unsettled: set[tuple[str, str]] = set()

    def comparison(self) -> Comparison:
        before, after = self.policies
        moves = [
            *self._moves("level", _codes(before, self.gate), _codes(after, self.gate)),
            *self._moves("consider", _codes(before, self.gate), _codes(after, self.gate)),
            *self._moves("within", _clocks(after), _clocks(before)),
            *self._duties(),
        ]
        found = ("level", "consider", "within", "duty")
        return Comparison(
            gate=self.gate,
            before=f"{before.id} {before.version}",
            after=f"{after.id} {after.version}",
            added=tuple(_only_in(after, before)),
            removed=tuple(_only_in(before, after)),
            moves=tuple(moves),
            verdicts=tuple(self._verdict(what, moves) for what in found),
            patterns=self.diagrams.patterns(self.diagrams.possible),
            notes=tuple(_notes(before, after)),
        )

    def _verdict(self, what: str, moves: Sequence[Move]) -> Verdict:
        def never(way: str) -> bool | None:
            ways = {move.way for move in moves if move.what == what}
            if way in ways:
                return False
            return None if OTHER in ways or (what, way) in self.unsettled else True

        return Verdict(what, never(LOWERED), never(RAISED))

    def _regions(self, compiled: CompiledPolicy) -> dict[str, dict[str, Diagram]]:
        """The possible cases that come to each answer exactly, by what is answered and by answer."""
        gate, policy = compiled.gates[self.gate], compiled.policy
        nodes = at_least(compiled, gate)
        codes = _codes(policy, self.gate)
        shorter = [clock.id for clock in policy.clocks if clock.id in gate.within]
        return {
            "level": self._apart([("level", code) for code in codes[1:]], codes, nodes),
            "consider": self._apart([("consider", code) for code in codes[1:]], codes, nodes),
            "within": self._apart(
                [("within", id) for id in reversed(shorter)],
                [gate.gate.levels[0].clock, *reversed(shorter)],
                nodes,
            ),
        }

    def _apart(
        self, keys: Sequence[Key], names: Sequence[str], nodes: Mapping[Key, int]
    ) -> dict[str, Diagram]:
        every = self.diagrams.possible
        reached = [every, *(self.diagrams.both(every, self.diagrams.of(nodes[key])) for key in keys)]
        apart = [self.diagrams.without(this, next) for this, next in pairwise(reached)]
        return dict(zip(names, [*apart, reached[-1]], strict=True))

    def _moves(self, what: str, earlier: Sequence[str], later: Sequence[str]) -> Iterator[Move]:
        order = in_common(earlier, later)
        for old, old_cases in self.regions[0][what].items():
            for new, new_cases in self.regions[1][what].items():
                if old != new:
                    way = _way(old, new, order)
                    cases = self.diagrams.both(old_cases, new_cases)
                    yield from self._move(what, old, new, way, cases, _replied(what, old, new))

    def _duties(self) -> Iterator[Move]:
        gates = [compiled.gates[self.gate] for compiled in self.both]
        ids = dict.fromkeys(duty.id for policy in self.policies for duty in policy.duties)
        for id in ids:
            had, has = (self.diagrams.of(gate.duties.get(id, Circuit.NEVER)) for gate in gates)
            for old, new, more, less in (("", id, has, had), (id, "", had, has)):
                cases = self.diagrams.both(self.diagrams.possible, self.diagrams.without(more, less))
                way = RAISED if new else LOWERED

                def shows(before: Reply, after: Reply, new: str = new, id: str = id) -> bool:
                    return (id in before.duties, id in after.duties) == (not new, bool(new))

                yield from self._move("duty", old, new, way, cases, shows)

    def _move(
        self, what: str, old: str, new: str, way: str, cases: Diagram, shows: Callable[[Reply, Reply], bool]
    ) -> Iterator[Move]:
        patterns = self.diagrams.patterns(cases) if what == "level" else None
        side = 0 if way == LOWERED else 1
        for _ in range(MOST_EXAMPLES):
            found = self._example(
                what, way, cases, shows, f"that it moves from {old or 'none'} to {new or 'none'}"
            )
            if found is None:
                return
            example, needs_new = found
            rules = self._bringing(what, new if side else old, side, example.replies[side])
            with_level = example.replies[0].level != example.replies[1].level
            yield Move(what, old, new, way, example, tuple(rules), with_level, needs_new, patterns)
            if not rules:
                return
            for rule in rules:
                cases = self.diagrams.without(
                    cases, self.diagrams.of(self.both[side].gates[self.gate].rules[rule])
                )

    def _example(
        self, what: str, way: str, cases: Diagram, shows: Callable[[Reply, Reply], bool], claimed: str
    ) -> tuple[Witness, bool] | None:
        for part, needs_new in self._plainest_first(what, cases):
            try:
                example = self.finder.case(part, shows, claimed)
            except NotSettled:
                self.unsettled.add((what, way))
                continue
            if example:
                return example, needs_new
        return None

    def _bringing(self, what: str, answer: str, side: int, reply: Reply) -> list[str]:
        """The rules that fired and bring an answer by themselves."""
        policy = self.policies[side]

        def brings(rule: Rule) -> bool:
            match what:
                case "level":
                    return rule.level == answer
                case "consider":
                    return answer in (rule.level, rule.consider)
                case "within":
                    clock = time_for(rule, policy)
                    return clock is not None and clock.id == answer
            return answer in rule.duties

        return [rule.id for rule in policy.rules if rule.id in reply.rules and brings(rule)]

    def _plainest_first(self, what: str, cases: Diagram) -> Iterator[tuple[Diagram, bool]]:
        """Cases of the earlier version before others, and those whose level stays before those that move."""
        for part, needs_new in ((self.diagrams.both(cases, self.of_the_earlier), False), (cases, True)):
            if what != "level":
                yield self.diagrams.both(part, self.same_level), needs_new
            yield part, needs_new

    def _of_the_earlier(self) -> Diagram:
        before = self.policies[0]
        new: dict[Atom, bool] = {}
        for atom in self.diagrams.atoms:
            match atom.column:
                case (
                    SignSeen(sign)
                    | SignAnswer(sign)
                    | SignExamples(sign)
                    | SignLasting(sign)
                    | SignMayLast(sign)
                ):
                    if sign not in before.signs_by_id:
                        new[atom] = False
                case FactAnswer(fact):
                    if fact not in before.facts_by_id:
                        new[atom] = atom.bound == 1
        return self.diagrams.both(self.diagrams.possible, self.diagrams.exactly(new))


def _replied(what: str, old: str, new: str) -> Callable[[Reply, Reply], bool]:
    def answer(reply: Reply) -> str:
        return {"level": reply.level, "consider": reply.consider or reply.level, "within": reply.within}[what]

    return lambda before, after: (answer(before), answer(after)) == (old, new)


def _codes(policy: Policy, gate: str) -> list[str]:
    return [level.code for level in policy.gate(gate).levels]


def _clocks(policy: Policy) -> list[str]:
    """From the longest to the shortest: a shorter time is more response."""
    return [clock.id for clock in reversed(policy.clocks)]


def in_common(one: Sequence[str], other: Sequence[str]) -> list[str] | None:
    """The one order of two lists of answers, None where neither holds the other."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return list(longer) if [id for id in longer if id in set(shorter)] == list(shorter) else None


def _way(old: str, new: str, order: Sequence[str] | None) -> str:
    if order is None:
        return OTHER
    return RAISED if order.index(new) > order.index(old) else LOWERED


def _only_in(one: Policy, other: Policy) -> Iterator[str]:
    yield from (f"sign {id}" for id in one.signs_by_id if id not in other.signs_by_id)
    yield from (f"fact {id}" for id in one.facts_by_id if id not in other.facts_by_id)
    yield from (f"level {code}" for code in one.levels_by_code if code not in other.levels_by_code)
    yield from (f"clock {id}" for id in one.clocks_by_id if id not in other.clocks_by_id)


def _notes(before: Policy, after: Policy) -> Iterator[str]:
    """What keeps its name and changes its meaning, so that a comparison by name does not show it."""
    for id, clock in before.clocks_by_id.items():
        other = after.clocks_by_id.get(id)
        if other and (clock.kind, clock.number) != (other.kind, other.number):
            yield f"The clock {id} itself changes, from {clock.label} to {other.label}."
    for id, sign in before.signs_by_id.items():
        if id in after.signs_by_id and sign.wording != after.sign(id).wording:
            yield f"The sign {id} is worded differently, and is compared as the same."
    for id, fact in before.facts_by_id.items():
        if id in after.facts_by_id and fact.question != after.fact(id).question:
            yield f"The fact {id} is asked differently, and is compared as the same."
