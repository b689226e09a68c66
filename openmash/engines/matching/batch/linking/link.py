"""Linking two registers from beginning to end. What is on disk is on disk for the time of the run only."""

import secrets
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openmash.engines.matching.batch.linking.backends import Backend, OnDuckDB, written_rows
from openmash.engines.matching.batch.linking.choosing import Chosen, choose
from openmash.engines.matching.batch.linking.people import People
from openmash.engines.matching.batch.linking.prepared import KeysToSearch, KeysToStore, prepare
from openmash.engines.matching.batch.linking.proposing import propose
from openmash.engines.matching.batch.linking.scoring import Model, Scored, score
from openmash.engines.matching.batch.reading.mend import Mends
from openmash.engines.matching.batch.reading.register import Count
from openmash.engines.matching.judging import Sureness
from openmash.engines.matching.weights import Weights

SHARED_BY_TOO_MANY = 300
"""A key that more people of the larger register share brings nobody closer; rarer ones of the same person do."""

ROWS_PROPOSED_AT_ONCE = 100_000

Progress = Callable[[str, int, int], None]
"""A stage in words, how much of it is done, and of how much (0: not known)."""


@dataclass(frozen=True)
class Machine:
    """What may be used: processes, megabytes for DuckDB, and a folder for what does not fit ("": the usual one)."""

    processes: int = 1
    memory_mb: int = 2_000
    scratch: str = ""


@dataclass(frozen=True)
class Linked:
    """What came of it. Lines are those of the two registers as given, whichever was the larger."""

    chosen: Chosen
    counts: tuple[Count, Count]
    proposed: int
    asking_is_first: bool
    """Whether the lines called `asking` are those of the first register (it was the smaller)."""


def link(
    registers: tuple[People, People],
    to_mend: tuple[Mends, Mends],
    *,
    weights: Weights,
    on: date,
    at_least: frozenset[Sureness] = frozenset({Sureness.VERY_LIKELY}),
    once: bool = True,
    population: int = 0,
    machine: Machine = Machine(),
    backend: Callable[[Path, Machine], Backend] | None = None,
    progress: Progress = lambda stage, done, of: None,
) -> Linked:
    """Which rows of two registers are of the same person.

    The smaller asks the larger, person by person: what a lookup of each would have found. Keys are made with a
    secret that is forgotten when the run ends. Bad rows go to `to_mend`. `population`: how many people there are
    to be confused with, when that is more than the larger register holds.
    """
    first, second = registers
    asking_is_first = _rows(first, "Counting", progress) < _rows(second, "Counting", progress)
    smaller, larger = (0, 1) if asking_is_first else (1, 0)
    secret = secrets.token_bytes(32)
    with tempfile.TemporaryDirectory(dir=machine.scratch or None, prefix="openmash-linking-") as name:
        folder = Path(name)
        engine = (backend or on_duckdb)(folder, machine)
        try:
            people = folder / "larger.parquet"
            counts: dict[int, Count] = {}
            counts[larger] = prepare(
                registers[larger],
                people,
                keys=KeysToStore(secret),
                to_mend=to_mend[larger],
                processes=machine.processes,
                progress=lambda rows: progress(f"Reading {registers[larger].name}", rows, 0),
            )
            too_common = engine.keys_shared_by_more_than(SHARED_BY_TOO_MANY, people)
            asking = folder / "smaller.parquet"
            counts[smaller] = prepare(
                registers[smaller],
                asking,
                keys=KeysToSearch(secret, on, too_common),
                to_mend=to_mend[smaller],
                processes=machine.processes,
                progress=lambda rows: progress(f"Reading {registers[smaller].name}", rows, 0),
            )
            pairs = folder / "pairs"
            pairs.mkdir()
            propose(
                engine,
                larger=people,
                smaller=asking,
                into=pairs,
                pieces=max(1, -(-counts[smaller].people // ROWS_PROPOSED_AT_ONCE)),
                progress=lambda done, of: progress("Looking for pairs", done, of),
            )
            model = Model(weights, max(population, counts[larger].people), on)
            scored = _Scoring(model, pairs, counts[smaller].people, machine, progress)
            chosen = choose(scored.pairs(), at_least=at_least, once=once)
        finally:
            engine.close()
    return Linked(chosen, (counts[0], counts[1]), scored.proposed, asking_is_first)


def on_duckdb(folder: Path, machine: Machine) -> Backend:
    """DuckDB within the memory and the folder of this run."""
    return OnDuckDB(scratch=folder / "spilled", memory_mb=machine.memory_mb, threads=machine.processes)


def _rows(register: People, stage: str, progress: Progress) -> int:
    progress(f"{stage} {register.name}", 0, 0)
    return sum(1 for _ in register.raw_rows())


class _Scoring:
    """Scores what was proposed, and says how far it is."""

    def __init__(self, model: Model, pairs: Path, people: int, machine: Machine, progress: Progress) -> None:
        self._model = model
        self._folder = pairs
        self._people = people
        self._machine = machine
        self._progress = progress
        self.proposed = 0
        self._asked: int | None = None
        self._done = 0

    def pairs(self) -> Iterator[Scored]:
        for piece in score(self._proposed(), self._model, processes=self._machine.processes):
            self._progress("Judging pairs", self._done, self._people)
            yield from piece

    def _proposed(self) -> Iterator[tuple[int, int, str, str]]:
        columns = ["asking", "found", "asking_described", "found_described"]
        for asking, found, one, other in written_rows(self._folder, columns):
            self.proposed += 1
            if asking != self._asked:
                self._asked = asking
                self._done += 1
            yield asking, found, one, other
