"""Parquet files as registers: columns keep their types, so a date is a date."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from openmash.engines.matching.batch.reading.faults import CannotRead, RawRow

_ROWS_AT_ONCE = 10_000


@dataclass
class ParquetFile:
    """A Parquet file: its column names as headings, then its rows, as often as they are asked for.

    Raises:
        CannotRead: it is damaged.
    """

    path: Path
    headings: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        try:
            with pq.ParquetFile(self.path) as file:
                self.headings = tuple(file.schema_arrow.names)
        except (pa.ArrowException, OSError, ValueError):
            raise CannotRead(f"{self.path.name} is damaged, or is not a Parquet file.") from None

    def rows(self) -> Iterator[RawRow]:
        """Every row. Lines are counted from 1 for the first row of data: there is no line of headings."""
        line = 0
        try:
            with pq.ParquetFile(self.path) as file:
                for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
                    columns = [column.to_pylist() for column in batch.columns]
                    for cells in zip(*columns, strict=True):
                        line += 1
                        yield RawRow(line, cells)
        except (pa.ArrowException, OSError, ValueError):
            raise CannotRead(f"{self.path.name} is damaged after row {line:,}.") from None
