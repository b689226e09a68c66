"""A policy as an Arrow function says what the interpreter says, of every row of every batch."""

import pyarrow as pa
import pytest

from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.elsewhere.arrow import ArrowAnswers, BatchNotReadable
from openmash.engines.thresholds.replay.errors import NotWholeNumbers
from tests.engines.thresholds.carried import Row, as_arrow, check
from tests.engines.thresholds.invented import draft


def in_batches(policy: Policy, gate: str, rows: list[Row]) -> list[Row]:
    answers = ArrowAnswers(policy, gate)
    batches = as_arrow(rows).to_batches(max_chunksize=7)
    return [row for batch in answers(iter(batches)) for row in batch.to_pylist()]


def test_arrow_says_what_the_interpreter_says() -> None:
    check(in_batches)


def batch_of(**columns: pa.Array) -> pa.RecordBatch:
    answers = ArrowAnswers(draft(), "conference")
    none = dict.fromkeys(answers.columns, pa.array([None, None], pa.int32()))
    return pa.RecordBatch.from_pydict({"case_id": pa.array([7, 8]), **none, **columns})


def test_further_columns_are_left_alone_and_the_key_keeps_its_type() -> None:
    answered = ArrowAnswers(draft(), "conference").answered(batch_of(ward=pa.array(["A", "B"])))

    assert "ward" not in answered.schema.names
    assert answered.column(0).equals(pa.array([7, 8]))


def test_an_empty_batch_has_an_empty_answer() -> None:
    answered = ArrowAnswers(draft(), "conference").answered(batch_of().slice(0, 0))

    assert answered.num_rows == 0
    assert answered.schema.field("level").type == pa.string()


def test_a_column_that_is_missing_or_not_of_whole_numbers_is_refused() -> None:
    answers = ArrowAnswers(draft(), "conference")
    with pytest.raises(BatchNotReadable, match="no column “unborn”"):
        answers.answered(batch_of().drop_columns(["unborn"]))
    with pytest.raises(BatchNotReadable, match="“unborn” is double"):
        answers.answered(batch_of(unborn=pa.array([1.0, 2.0])))
    with pytest.raises(NotWholeNumbers, match="unborn"):
        answers.answered(batch_of(unborn=pa.array([-1, 2])))


def test_a_key_may_not_be_called_like_another_column_and_a_gate_must_exist() -> None:
    with pytest.raises(ValueError, match="another column is"):
        ArrowAnswers(draft(), key="respond")
    with pytest.raises(KeyError, match="no gate"):
        ArrowAnswers(draft(), "garden")
