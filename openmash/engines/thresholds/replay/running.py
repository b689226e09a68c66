"""Running a program over a population, block by block, so that what is being worked on stays near at hand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openmash.engines.thresholds.compiled.program import Op, Program
from openmash.engines.thresholds.replay.population import Population, Words

BLOCK = 8192
"""Words of one block: 64 kB for each row of bits. Measured: half as many are slower, twice as many no quicker."""


@dataclass(frozen=True)
class Ran:
    """What a run gave: each result as a row of bits, and each number counted, in the order asked for."""

    results: tuple[Words, ...]
    counts: tuple[int, ...]


class _Counter:
    """Adding up the bits of a row, into a number that the next block goes on from."""

    def __init__(self, words: int) -> None:
        self.bits = np.empty(words, dtype=np.uint8)

    def __call__(self, one: Words, _: Words, total: NDArray[np.uint64]) -> None:
        bits = self.bits[: one.size]
        np.bitwise_count(one, bits)
        total += bits.sum(dtype=np.uint64)


def run_on_population(program: Program, population: Population) -> Ran:
    """Run a program over every case of a population.

    Raises:
        ColumnMissing, WindowMissing: the program looks at a column that the population does not hold.
    """
    words = population.words
    valid = population.valid
    atoms = [population.bits(atom) for atom in program.atoms]
    kept = [np.empty(words, dtype=np.uint64) for _ in program.kept]
    scratch = [np.empty(min(BLOCK, words), dtype=np.uint64) for _ in program.scratch]
    counts = [np.zeros(1, dtype=np.uint64) for _ in program.counts]
    never = np.zeros(words, dtype=np.uint64)
    doing: dict[Op, Callable[[Words, Words, Any], object]] = {
        Op.AND: np.bitwise_and,
        Op.OR: np.bitwise_or,
        Op.UNEQUAL: np.bitwise_xor,
        Op.COUNT: _Counter(BLOCK),
    }
    steps = [(doing[op], left, right, into) for op, left, right, into in program.steps]
    whole = [never, valid, *atoms, *kept]
    for start in range(0, words, BLOCK):
        block = slice(start, start + BLOCK)
        size = min(BLOCK, words - start)
        registers = [*(row[block] for row in whole), *(row[:size] for row in scratch), *counts]
        for do, left, right, into in steps:
            do(registers[left], registers[right], registers[into])
    return Ran(
        results=tuple(whole[register] for register in program.results),
        counts=tuple(int(counts[register - program.counts.start][0]) for register in program.counted),
    )


def how_many(words: Words) -> int:
    """How many cases a row of bits holds."""
    return int(np.bitwise_count(words).sum(dtype=np.uint64))
