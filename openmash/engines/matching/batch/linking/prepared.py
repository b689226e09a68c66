"""A register made ready for linking: one Parquet file with a row for each person, their keys, and what Splink compares.

Reading cells, checking identifiers and making keys is done in several processes, a piece of the register each.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from anyascii import anyascii

from openmash.engines.matching.batch.linking.people import People, Rows
from openmash.engines.matching.batch.reading.faults import RawRow, Remark
from openmash.engines.matching.batch.reading.mend import Mends
from openmash.engines.matching.batch.reading.register import Count
from openmash.engines.matching.described import DescribedPerson, IdentifierKind, PersonName, Sex
from openmash.engines.matching.keys import keys_to_search, keys_to_store
from openmash.engines.matching.record import as_text

ROWS_IN_A_PIECE = 2_000
SCHEMA = pa.schema(
    [
        ("unique_id", pa.int64()),
        ("described", pa.string()),
        ("keys", pa.list_(pa.int64())),
        ("given", pa.string()),
        ("family", pa.string()),
        ("born", pa.string()),
        ("day_and_month", pa.string()),
        ("postcode", pa.string()),
        ("nhs_number", pa.string()),
        ("sex", pa.string()),
    ]
)

Keys = Callable[[DescribedPerson], "np.ndarray[tuple[int], np.dtype[np.int64]]"]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class KeysToStore:
    """The keys under which a person of the larger register is found."""

    secret: bytes

    def __call__(self, person: DescribedPerson) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        return np.fromiter(keys_to_store(person, secret=self.secret), dtype=np.int64)


@dataclass(frozen=True)
class KeysToSearch:
    """The keys by which a person of the smaller register looks, but for those that far too many share."""

    secret: bytes
    on: date
    too_common: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    """In ascending order."""

    def __call__(self, person: DescribedPerson) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        keys = np.fromiter(keys_to_search(person, secret=self.secret, on=self.on), dtype=np.int64)
        if not len(self.too_common):
            return keys
        places = np.minimum(np.searchsorted(self.too_common, keys), len(self.too_common) - 1)
        return keys[self.too_common[places] != keys]


@dataclass(frozen=True)
class _Piece:
    """One piece of a register, read: a batch for the Parquet file, and what is to be mended."""

    batch: pa.RecordBatch
    count: Count
    to_mend: list[tuple[RawRow, list[Remark]]]


def prepare(
    register: People,
    into: Path,
    *,
    keys: Keys,
    to_mend: Mends,
    processes: int,
    progress: Progress = lambda rows: None,
) -> Count:
    """Write a register's people into a Parquet file. Memory does not grow with the register.

    Returns how many rows there were. Rows that cannot be used go to `to_mend`, in their order.
    """
    register.count = Count()
    raw = register.raw_rows()
    with pq.ParquetWriter(into, SCHEMA, compression="zstd") as writer:
        for piece in _in_processes(register.rows, keys, raw, processes):
            writer.write_batch(piece.batch)
            register.count.add(piece.count)
            for row, remarks in piece.to_mend:
                to_mend.add(row.line, remarks, row.cells)
            progress(register.count.rows)
    return register.count


def _in_processes(rows: Rows, keys: Keys, raw: Iterator[RawRow], processes: int) -> Iterator[_Piece]:
    pieces = iter(lambda: list(islice(raw, ROWS_IN_A_PIECE)), [])
    if processes == 1:
        yield from (read_piece(rows, keys, piece) for piece in pieces)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (rows, keys)) as pool:
        # No more than a few pieces wait at any time: whoever reads may be faster than whoever works.
        waiting: list[Future[_Piece]] = []
        for piece in pieces:
            waiting.append(pool.submit(_read_piece, piece))
            if len(waiting) > 2 * processes:
                yield waiting.pop(0).result()
        for each in waiting:
            yield each.result()


_OURS: dict[str, object] = {}
"""What a worker process was given at its beginning, so that it is not sent with every piece."""


def _begin(rows: Rows, keys: Keys) -> None:
    _OURS.update(rows=rows, keys=keys)


def _read_piece(raw: list[RawRow]) -> _Piece:
    return read_piece(_OURS["rows"], _OURS["keys"], raw)  # type: ignore[arg-type]


def read_piece(rows: Rows, keys: Keys, raw: Sequence[RawRow]) -> _Piece:
    """One piece of a register as a batch of `SCHEMA`."""
    count = Count()
    mended: list[tuple[RawRow, list[Remark]]] = []
    cells: list[dict[str, object]] = []
    for each in raw:
        person, remarks = rows.used(each)
        count.note(is_used=person is not None, remarks=remarks)
        if remarks:
            mended.append((each, remarks))
        if person is not None:
            cells.append(compared(each.line, person, keys(person)))
    return _Piece(pa.RecordBatch.from_pylist(cells, schema=SCHEMA), count, mended)


def compared(
    line: int, person: DescribedPerson, keys: "np.ndarray[tuple[int], np.dtype[np.int64]]"
) -> dict[str, object]:
    """One row of `SCHEMA`: what is not known is None, and is then no evidence to Splink either."""
    name = person.names[0] if person.names else PersonName()
    address = person.addresses[0] if person.addresses else None
    numbers = [each.value for each in person.identifiers if each.kind is IdentifierKind.NHS_NUMBER]
    born = person.born.on
    return {
        "unique_id": line,
        "described": as_text(person),
        "keys": keys,
        "given": _folded(name.given),
        "family": _folded(name.family),
        "born": born.isoformat() if born else None,
        "day_and_month": "{:02}{:02}{}".format(*sorted((born.day, born.month)), born.year) if born else None,
        "postcode": (address.postcode or None) if address else None,
        "nhs_number": numbers[0] if numbers else None,
        "sex": None if person.sex is Sex.NOT_KNOWN else person.sex.value,
    }


def _folded(name: str) -> str | None:
    return "".join(each for each in anyascii(name).casefold() if each.isalnum() or each == " ") or None
