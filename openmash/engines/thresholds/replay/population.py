"""A population: everything that policies look at, as one whole number for each case and column, and as bits.

A row holds what was known of one case on the day it was decided, and nothing later. Of each case only numbers
and labels are kept: no names, no dates, no words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openmash.engines.thresholds.compiled.circuit import Circuit, Node
from openmash.engines.thresholds.compiled.columns import (
    Atom,
    Column,
    PastAgencies,
    PastContacts,
    PastEntries,
)
from openmash.engines.thresholds.compiled.compile import CompiledGate, compile_policy
from openmash.engines.thresholds.compiled.rows import Rows
from openmash.engines.thresholds.meaning.case import Case, view
from openmash.engines.thresholds.policy.model import Policy
from openmash.engines.thresholds.replay.errors import (
    ColumnMissing,
    LabelMissing,
    NotWholeNumbers,
    ReadDifferently,
    WindowMissing,
)

Words = NDArray[np.uint64]
"""A row of bits, 64 cases to the word: the first case is the lowest bit of the first word."""

WORD = 64


@dataclass(frozen=True)
class Label:
    """What each case is counted by (agency, week, group …): a code for each, and the name of each code."""

    codes: NDArray[np.int32]
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Population:
    """So many cases (`count`), as columns of whole numbers and labels.

    `valid` has a bit set for each case and none for the padding of the last word. Every row of bits made
    here has been joined with it, so that padding is never counted, whatever is asked.

    Raises:
        NotWholeNumbers: a column or a label has another length, or holds something else.
    """

    count: int
    columns: Mapping[Column, NDArray[Any]]
    labels: Mapping[str, Label] = field(default_factory=dict)
    _bits: dict[Atom, Words] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        columns = {column: _whole(column.name, given, self.count) for column, given in self.columns.items()}
        object.__setattr__(self, "columns", columns)
        for name, label in self.labels.items():
            codes = _whole(name, label.codes, self.count)
            if codes.size and int(codes.max()) >= len(label.names):
                raise NotWholeNumbers(name, f"it has {len(label.names)} names and a code beyond them")

    @property
    def words(self) -> int:
        """How many words of 64 bits each row of bits has."""
        return -(-self.count // WORD)

    @cached_property
    def valid(self) -> Words:
        return self.packed(np.ones(self.count, dtype=np.bool_))

    def packed(self, flags: NDArray[np.bool_]) -> Words:
        """One bit for each case, the padding not set."""
        bits = np.zeros(self.words * 8, dtype=np.uint8)
        packed = np.packbits(flags, bitorder="little")
        bits[: packed.size] = packed
        return bits.view("<u8").astype(np.uint64, copy=False)

    def unpacked(self, words: Words) -> NDArray[np.bool_]:
        """True or false for each case."""
        octets = words.astype("<u8", copy=False).view(np.uint8)
        return np.unpackbits(octets, count=self.count, bitorder="little").view(np.bool_)

    def bits(self, atom: Atom) -> Words:
        """The cases for which a question about a column is answered yes. Worked out once, and kept.

        Raises:
            ColumnMissing, WindowMissing: the population does not hold the column.
        """
        if atom not in self._bits:
            numbers = self.column(atom.column)
            bound = atom.bound
            self._bits[atom] = self.packed(numbers < bound if atom.falls else numbers >= bound)
        return self._bits[atom]

    def column(self, column: Column) -> NDArray[Any]:
        if column not in self.columns:
            raise _missing(column, self.columns)
        return self.columns[column]

    def label(self, name: str) -> Label:
        if name not in self.labels:
            raise LabelMissing(name, tuple(self.labels))
        return self.labels[name]

    @classmethod
    def of(
        cls,
        cases: Iterable[tuple[Case, Mapping[str, str]]],
        policy: Policy,
        *others: Policy,
        gate: str = "",
    ) -> "Population":
        """A population of cases, each with its labels, for replaying `policy`, `others` and their like.

        Cases are read as `policy` reads them. A sign or fact that only another policy has was never asked
        about: the sign was not chosen, and the fact is not known. Every case must have the same labels.

        Raises:
            ReadDifferently: another policy has other grades of evidence, or counts a sign otherwise.
            ValueError: a case names what `policy` does not have, or lacks a label.
        """
        for other in others:
            _same_reading(policy, other)
        needed = columns_needed(policy, *others, gate=gate)
        rows = Rows(policy, needed, gate)
        numbers: list[list[int]] = []
        labels: list[Mapping[str, str]] = []
        for case, labelled in cases:
            numbers.append(rows.row(view(policy, case, gate)))
            labels.append(labelled)
        grid = np.array(numbers, dtype=np.int64).reshape(len(numbers), len(needed))
        return cls(len(numbers), dict(zip(needed, grid.T, strict=True)), _labels(labels))


def columns_needed(policy: Policy, *others: Policy, gate: str = "") -> tuple[Column, ...]:
    """Every column that the rules and routes of these policies look at, at one gate ("" for the first)."""
    circuit = Circuit()
    wanted: list[Node] = []
    for one in (policy, *others):
        wanted += _answers(compile_policy(one, circuit).gates[gate or one.gates[0].id])
    return tuple(dict.fromkeys(atom.column for atom in circuit.atoms(wanted)))


def _answers(gate: CompiledGate) -> list[Node]:
    return [*gate.responses().values(), *gate.routes.values()]


def _labels(given: Sequence[Mapping[str, str]]) -> dict[str, Label]:
    names = list(given[0]) if given else []
    for one in given:
        if set(one) != set(names):
            raise ValueError(f"Every case must have the same labels; one has {sorted(one)}, not {names}.")
    return {name: _label([one[name] for one in given]) for name in names}


def _label(values: Sequence[str]) -> Label:
    names = sorted(set(values))
    codes = {name: code for code, name in enumerate(names)}
    return Label(np.array([codes[value] for value in values], dtype=np.int32), tuple(names))


def _whole(name: str, given: NDArray[Any], count: int) -> NDArray[Any]:
    """The numbers, in as little room as holds them."""
    numbers = np.asarray(given)
    if numbers.shape != (count,):
        raise NotWholeNumbers(name, f"there are {count} cases and {numbers.size} numbers")
    if numbers.dtype.kind not in "iu":
        raise NotWholeNumbers(name, f"it holds {numbers.dtype}")
    most = int(numbers.max()) if count else 0
    if count and int(numbers.min()) < 0:
        raise NotWholeNumbers(name, f"it holds {int(numbers.min())}")
    small = np.uint8 if most < 2**8 else np.uint16 if most < 2**16 else np.uint32
    return np.ascontiguousarray(numbers, dtype=small)


def _missing(column: Column, held: Mapping[Column, object]) -> ColumnMissing:
    if not isinstance(column, PastContacts | PastEntries | PastAgencies):
        return ColumnMissing(column.name)
    months = sorted(
        other.window.months
        for other in held
        if isinstance(other, PastContacts | PastEntries | PastAgencies)
        and _but_for_months(other) == _but_for_months(column)
    )
    return WindowMissing(column.name, column.window.months, tuple(months))


def _but_for_months(column: PastContacts | PastEntries | PastAgencies) -> tuple[object, ...]:
    with_present = column.with_present if isinstance(column, PastAgencies) else None
    return type(column), replace(column.window, months=0), with_present


def _same_reading(one: Policy, other: Policy) -> None:
    names = f"{one.id} {one.version}", f"{other.id} {other.version}"
    if [(g.id, g.rank) for g in one.evidence] != [(g.id, g.rank) for g in other.evidence]:
        raise ReadDifferently("the grades of evidence", *names)
    for sign in one.signs:
        twin = other.signs_by_id.get(sign.id)
        if twin and (twin.protective, bool(twin.counted_examples)) != (
            sign.protective,
            bool(sign.counted_examples),
        ):
            raise ReadDifferently(f"the sign {sign.id}", *names)
