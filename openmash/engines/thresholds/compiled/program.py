"""A circuit as a straight line of steps, each one "and", "or" or "unequal" over a whole row of bits at once.

One bit stands for one case. What a row of bits is made of does not matter: a run of a million cases in words
of 64 (`replay`), or one whole number whose bits are one case under many further answers (`live`). So one
program serves both. Numbers are counted bit by bit: a "3 or more" is a handful of steps, not a loop.

Nothing can hold where "always" does not: "not" is "unequal to always". So a bit that stands for no case at
all, as at the end of the last word, is never set, whatever the program works out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import compress
from operator import and_, or_, xor
from typing import NamedTuple

from openmash.engines.thresholds.compiled.columns import Atom


class Op(IntEnum):
    """What a step does with two rows of bits. COUNT says in how many cases the first one holds."""

    AND = 0
    OR = 1
    UNEQUAL = 2
    COUNT = 3


class Step(NamedTuple):
    """Do `op` to the registers `left` and `right`, and put what comes out into the register `into`."""

    op: Op
    left: int
    right: int
    into: int


@dataclass(frozen=True)
class Program:
    """Steps in order, over numbered registers, each used again as soon as nothing needs it any more.

    Registers 0 and 1 hold "never" and "always"; the answers to `atoms` follow, then what is `kept`, then the
    scratch. `results` are the registers of what was asked for, in the order in which it was. Of the
    registers in `counts`, written by COUNT alone, each holds a number.
    """

    atoms: tuple[Atom, ...]
    steps: tuple[Step, ...]
    kept: range
    scratch: range
    counts: range
    results: tuple[int, ...]
    counted: tuple[int, ...]

    @property
    def registers(self) -> int:
        return self.counts.stop


def _ones(number: int, _: int) -> int:
    return number.bit_count()


_ON_NUMBERS = {Op.AND: and_, Op.OR: or_, Op.UNEQUAL: xor, Op.COUNT: _ones}


class OnNumbers:
    """A program over the bits of whole numbers, that takes only the steps which can come to anything.

    Of one case, almost everything is "never": most signs were not chosen. A step of which every question is
    answered "never" comes to "never" too, and is passed over.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._steps = [(_ON_NUMBERS[op], left, right, into) for op, left, right, into in program.steps]
        self._size = len(self._steps)
        self._always, *self._rest_on = self._reached()

    def _reached(self) -> list[int]:
        """For "always" and for each question, the steps that rest on it: one octet each, 1 or 0."""
        found: list[set[int]] = [set() for _ in range(self.program.registers)]
        for register in range(1, 2 + len(self.program.atoms)):
            found[register].add(register)
        rest_on: list[list[int]] = [[] for _ in range(2 + len(self.program.atoms))]
        for nth, step in enumerate(self.program.steps):
            found[step.into] = found[step.left] | found[step.right]
            for register in found[step.into]:
                rest_on[register].append(nth)
        return [sum(1 << 8 * nth for nth in steps) for steps in rest_on[1:]]

    def run(self, answers: Sequence[int], always: int) -> list[int]:
        """Every register as it stands at the end.

        `answers` has one number for each of the program's atoms, with no bit that `always` has not.
        """
        registers = [0, always, *answers, *([0] * (self.program.registers - 2 - len(answers)))]
        wanted = self._always
        for rest_on in compress(self._rest_on, answers):
            wanted |= rest_on
        for do, left, right, into in compress(self._steps, wanted.to_bytes(self._size, "little")):
            registers[into] = do(registers[left], registers[right])
        return registers
