"""A policy as a function from batches of Arrow columns to batches of answers, as Spark's `mapInArrow` takes.

The answers are worked out by `replay`, 64 cases to the word; Spark, or whatever else holds the batches, only
hands them out. The columns read are those of the wide table, and the columns given those of `answers`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from openmash.engines.thresholds.compiled.compile import compile_policy
from openmash.engines.thresholds.elsewhere.answers import IN_WORDS, YesOrNo, check_key, yes_or_no
from openmash.engines.thresholds.elsewhere.wide import WideColumn, wide_columns
from openmash.engines.thresholds.policy.model import Policy
from openmash.engines.thresholds.replay.population import Population, Words
from openmash.engines.thresholds.replay.replayed import Replayed, replay


class BatchNotReadable(ValueError):
    """A batch lacks a column that the policy looks at, or has one that is not of whole numbers."""


class ArrowAnswers:
    """Answers for batches of cases, at the gate with this id ("" for the front door's).

    Call it with an iterator of record batches that have the column `key` and those that `columns` names, of
    whole numbers from 0; further columns are left alone. Each batch comes back as one of as many rows in the
    same order: `key` as it was, then the answers. Null means what it does everywhere: see `wide.when_empty`.
    With Spark: `frame.mapInArrow(answers, answers.spark_schema("bigint"))`. Spark carries the object to its
    workers, where this package must be installed.

    Raises:
        KeyError: the policy has no such gate.
        ValueError: another column is called as `key` is.
        BatchNotReadable, NotWholeNumbers: when called with a batch that does not fit.
    """

    def __init__(self, policy: Policy, gate: str = "", key: str = "case_id") -> None:
        self.policy, self.key = policy, key
        self.gate = (policy.gate(gate) if gate else policy.gates[0]).id
        compiled = compile_policy(policy)
        at, columns = compiled.gates[self.gate], wide_columns(compiled)
        check_key(key, columns.values())
        asked = compiled.circuit.atoms([*at.responses().values(), *at.routes.values()])
        self._needed = [columns[column] for column in dict.fromkeys(atom.column for atom in asked)]
        self._yes_or_no = yes_or_no(at, key)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a batch must have, `key` left out."""
        return tuple(each.name for each in self._needed)

    def spark_schema(self, key_type: str = "string") -> str:
        """The columns of the answers as Spark declares them. `key_type` is Spark's word for the key's type."""
        types = {name: "tinyint" if name == "level_rank" else "string" for name in IN_WORDS}
        types |= {each.name: "tinyint" for each in self._yes_or_no}
        return ", ".join(
            f"`{name.replace('`', '``')}` {type}" for name, type in {self.key: key_type, **types}.items()
        )

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield self.answered(batch)

    def answered(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The answers for one batch."""
        numbers = {each.column: _numbers(each, batch) for each in self._needed}
        replayed = replay(Population(batch.num_rows, numbers), self.policy, self.gate)
        answers = {self.key: _column(self.key, batch), **_in_words(replayed)}
        answers |= {each.name: _one_or_nought(_words(each, replayed), replayed) for each in self._yes_or_no}
        return pa.RecordBatch.from_pydict(answers)


def _column(name: str, batch: pa.RecordBatch) -> pa.Array:
    place = batch.schema.get_field_index(name)
    if place < 0:
        raise BatchNotReadable(f"The batch has no column “{name}”, which the policy looks at.")
    return batch.column(place)


def _numbers(wide: WideColumn, batch: pa.RecordBatch) -> NDArray[Any]:
    column = _column(wide.name, batch)
    if not pa.types.is_integer(column.type):
        raise BatchNotReadable(f"The column “{wide.name}” is {column.type}, and not of whole numbers.")
    return column.fill_null(wide.when_empty).to_numpy(zero_copy_only=False)


def _words(answer: YesOrNo, replayed: Replayed) -> Words:
    return {"rule": replayed.rules, "duty": replayed.duties, "route": replayed.routes}[answer.kind][answer.id]


def _one_or_nought(words: Words, replayed: Replayed) -> pa.Array:
    return pa.array(replayed.population.unpacked(words).view(np.int8))


def _in_words(replayed: Replayed) -> dict[str, pa.Array]:
    ranks, considered = replayed.ranks(), replayed.ranks_considered()
    codes = [level.code for level in replayed.gate.levels]
    clocks = [clock.id for clock in replayed.clocks()]
    return {
        "level": _named(ranks - 1, codes),
        "level_rank": pa.array(ranks.astype(np.int8)),
        "consider": _named(considered - 1, codes, hidden=considered <= ranks),
        "respond": _named(replayed.clock_places(), clocks),
    }


def _named(places: NDArray[Any], names: list[str], hidden: NDArray[np.bool_] | None = None) -> pa.Array:
    """The name at each place, null where hidden."""
    indices = pa.array(places.astype(np.int32), mask=hidden)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string())).cast(pa.string())
