"""Parquet files as registers: columns keep their types, so a date is a date.

A few hundred bytes of Parquet can stand for gigabytes, because a text that is repeated is kept once. So text is never
spread out: each is read once, cut where no cell of a register goes on, and its repetitions point to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from openmash.engines.matching.batch.reading.faults import CannotRead, RawRow
from openmash.engines.matching.batch.reading.packed import most_unpacked
from openmash.engines.matching.batch.reading.rows import LONGEST_CELL

_ROWS_AT_ONCE = 1_000


@dataclass
class ParquetFile:
    """A Parquet file: its column names as headings, then its rows, as often as they are asked for.

    Columns of lists, records or raw data hold nothing a register says; they are named and not read.

    Raises:
        CannotRead: it is damaged, or would unpack to far more than a register needs.
    """

    path: Path
    headings: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        try:
            with pq.ParquetFile(self.path) as file:
                self._weigh(file.metadata)
                columns = list(file.schema_arrow)
        except (pa.ArrowException, OSError, ValueError):
            raise CannotRead(f"{self.path.name} is damaged, or is not a Parquet file.") from None
        read = [column for column in columns if _is_plain(column.type)]
        self.headings = tuple(column.name for column in read)
        self._texts = [column.name for column in read if _is_text(column.type)]
        others = ", ".join(f"“{column.name}”" for column in columns if not _is_plain(column.type))
        if others:
            self.notes.append(f"Not read, because they hold lists or raw data: {others}.")

    def rows(self) -> Iterator[RawRow]:
        """Every row. Lines are counted from 1 for the first row of data: there is no line of headings."""
        line = 0
        try:
            with pq.ParquetFile(self.path, read_dictionary=self._texts) as file:
                for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=list(self.headings)):
                    for cells in zip(*(_cells(column) for column in batch.columns), strict=True):
                        line += 1
                        yield RawRow(line, cells)
        except (pa.ArrowException, OSError, ValueError):
            raise CannotRead(f"{self.path.name} is damaged after row {line:,}.") from None

    def _weigh(self, about: pq.FileMetaData) -> None:
        unpacked = sum(about.row_group(place).total_byte_size for place in range(about.num_row_groups))
        if unpacked > most_unpacked(self.path.stat().st_size):
            raise CannotRead(
                f"{self.path.name} would unpack to far more than a register needs, and is not opened. "
                "Check that it is the right file, or export it as CSV."
            )


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_text(kind.value_type)
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _is_plain(kind: pa.DataType) -> bool:
    """Whether a column holds what a cell can hold: text, a number, a date, yes or no, or nothing."""
    is_kind = (pa.types.is_primitive, pa.types.is_decimal, pa.types.is_null)
    return _is_text(kind) or any(of(kind) for of in is_kind)


def _cells(column: pa.Array) -> Sequence[object]:
    if not pa.types.is_dictionary(column.type):
        cells: list[object] = column.to_pylist()
        return cells
    # One character more than a cell may have: whoever reads the row then still finds it too long.
    texts = pc.utf8_slice_codeunits(column.dictionary, 0, LONGEST_CELL + 1).to_pylist()
    return [None if place is None else texts[place] for place in column.indices.to_pylist()]
