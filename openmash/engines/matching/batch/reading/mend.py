"""The file of rows to mend: where each stands, what is wrong, what became of it, and the row as it was."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol

from openmash.engines.matching.batch.reading.faults import Remark
from openmash.spreadsheets import writer

LONGEST_SHOWN = 2_000


def shortened(cell: object) -> str:
    """A cell as it is shown to be mended; what is very long is cut."""
    text = "" if cell is None else str(cell).replace("\x00", "␀")
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


class Mends(Protocol):
    """Takes what is said of rows: `ToMend` writes it into a file."""

    def add(self, line: int, remarks: Sequence[Remark], cells: Sequence[object]) -> None: ...


class ToMend:
    """Writes the rows somebody must look at, when there are any: without one, there is no file.

    A row about which several things are said stands there once, with all of them.
    """

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self.path = path
        self.count = 0
        self._headings = headings
        self._file: IO[str] | None = None
        self._partial = path.with_name(path.name + ".part")

    def __enter__(self) -> "ToMend":
        return self

    def add(self, line: int, remarks: Sequence[Remark], cells: Sequence[object]) -> None:
        if self._file is None:
            self._file = self._partial.open("w", encoding="utf-8-sig", newline="")
            self._table = writer(self._file)
            self._table.row(
                ["Line", "What is wrong", "What became of the row", *map(shortened, self._headings)]
            )
        self.count += 1
        said = " ".join(dict.fromkeys(each.sentence for each in remarks))
        became = "; ".join(dict.fromkeys(each.kept.value for each in remarks))
        self._table.row([line, shortened(said), became, *map(shortened, cells)])

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
            if kind is None:
                self._partial.replace(self.path)
