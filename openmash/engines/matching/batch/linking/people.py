"""Where people to be linked come from: a register in a file, or people already kept in the compact form."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from openmash.engines.matching.batch.reading.faults import RawRow, Remark
from openmash.engines.matching.batch.reading.register import Count
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.record import from_text


class Rows(Protocol):
    """What turns a row into a person. It is sent to other processes, so it must be possible to pickle."""

    def used(self, raw: RawRow) -> tuple[DescribedPerson | None, list[Remark]]:
        """The person, or None when the row is left out, and what is to be said of it."""


class People(Protocol):
    """People to be linked: `Register` is one, `KeptPeople` another."""

    count: Count

    @property
    def name(self) -> str: ...

    @property
    def rows(self) -> Rows: ...

    def raw_rows(self) -> Iterator[RawRow]: ...


class _FromText:
    def used(self, raw: RawRow) -> tuple[DescribedPerson | None, list[Remark]]:
        return from_text(str(raw.cells[0])), []


@dataclass
class KeptPeople:
    """People kept by `record.as_text`, each under a number of its own.

    texts: called each time they are gone through; gives number and text.
    """

    name: str
    texts: Callable[[], Iterable[tuple[int, str]]]
    count: Count = field(default_factory=Count)
    rows: Rows = field(default_factory=_FromText)

    def raw_rows(self) -> Iterator[RawRow]:
        """Every person, as a row of one cell."""
        return (RawRow(number, (text,)) for number, text in self.texts())


class NothingToMend:
    """For people in whom there is nothing to mend any more."""

    def add(self, line: int, remarks: Iterable[Remark], cells: Iterable[object]) -> None:
        """Nothing is said of people already kept."""
