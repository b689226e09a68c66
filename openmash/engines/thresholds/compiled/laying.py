"""Putting the steps of a line into an order and into registers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from openmash.engines.thresholds.compiled.columns import Atom
from openmash.engines.thresholds.compiled.program import Op, Program, Step

Value = int
"""Something worked out, by its place in a `Line`. 0 is "never" and 1 is "always"."""

NEVER, ALWAYS = 0, 1


class Join(NamedTuple):
    """A step before it has registers: what it does, and to which values."""

    op: Op
    left: Value
    right: Value


class Laying:
    """Putting values into registers: each just before it is first needed, and each register free again after
    its last use, so that few are in use at once and what is worked on stays near at hand.
    """

    def __init__(
        self,
        made: Sequence[Join | Atom | None],
        wanted: Sequence[Value],
        counted: Sequence[Value],
        *,
        reuse: bool,
    ) -> None:
        self.made, self.wanted, self.counted, self.reuse = made, wanted, counted, reuse
        self.atoms: dict[Value, Atom] = {}
        self.steps: dict[Value, Join] = {}
        for value in (*wanted, *counted):
            self._take(value)
        self.keep = [value for value in dict.fromkeys(wanted) if value in self.steps]
        self.count = list(dict.fromkeys(counted))

    def _take(self, value: Value) -> None:
        """Take up a value and whatever it is made of, that first."""
        waiting = [value]
        while waiting:
            value = waiting.pop()
            what = self.made[value]
            if isinstance(what, Atom):
                self.atoms[value] = what
            if not isinstance(what, Join) or value in self.steps:
                continue
            missing = [each for each in what[1:] if self._is_missing(each)]
            if missing:
                waiting += [value, *missing]
            else:
                self.steps[value] = what

    def _is_missing(self, value: Value) -> bool:
        return self.made[value] is not None and value not in self.steps and value not in self.atoms

    def program(self) -> Program:
        first = 2 + len(self.atoms)
        place = {NEVER: NEVER, ALWAYS: ALWAYS}
        place |= {value: 2 + nth for nth, value in enumerate(self.atoms)}
        place |= {value: first + nth for nth, value in enumerate(self.keep)}
        scratch = first + len(self.keep)
        steps, end = self._laid(dict(place), scratch)
        counts = {value: end + nth for nth, value in enumerate(self.count)}
        return Program(
            atoms=tuple(self.atoms.values()),
            steps=tuple(s if s.op is not Op.COUNT else s._replace(into=counts[s.into]) for s in steps),
            kept=range(first, scratch),
            scratch=range(scratch, end),
            counts=range(end, end + len(counts)),
            results=tuple(place[value] for value in self.wanted),
            counted=tuple(counts[value] for value in self.counted),
        )

    def _laid(self, place: dict[Value, int], scratch: int) -> tuple[list[Step], int]:
        """The steps, and the first register after the scratch. A count is into its value, for now."""
        fixed, last, counted = set(place), self._last_uses(), set(self.count)
        steps = [
            Step(Op.COUNT, place[v], place[v], v) for v in self.count if v in place and v not in self.steps
        ]
        free: list[int] = []
        for value, (op, left, right) in self.steps.items():
            registers = place[left], place[right]
            # What it is made of may be overwritten by it: a step reads a word of both before it writes it.
            free += [place.pop(part) for part in {left, right} if part not in fixed and last[part] == value]
            if value not in fixed:
                place[value] = free.pop() if free and self.reuse else scratch
                scratch = max(scratch, place[value] + 1)
            steps.append(Step(op, *registers, place[value]))
            if value in counted:
                steps.append(Step(Op.COUNT, place[value], place[value], value))
                if value not in last and value not in fixed:
                    free.append(place.pop(value))
        return steps, scratch

    def _last_uses(self) -> Mapping[Value, Value]:
        last = {}
        for value, (_, left, right) in self.steps.items():
            last[left] = last[right] = value
        return last
