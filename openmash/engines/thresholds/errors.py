"""What is wrong with a policy, said to the person who wrote it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class PolicyError:
    """One fault. `row` is the row number a spreadsheet shows (or the line of the header file), None when the
    fault is in no one row. `hint` says what to write instead. `key` is the id of the faulty row, for finding
    it.
    """

    file: str
    row: int | None
    message: str
    hint: str
    key: str = ""

    def __str__(self) -> str:
        where = self.file if self.row is None else f"{self.file}, row {self.row}"
        return f"{where}: {self.message} {self.hint}".rstrip()


class PolicyErrors(ValueError):
    """A text is not a policy. Holds every fault found, in the order of the files and rows."""

    def __init__(self, errors: Iterable[PolicyError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))

    def __iter__(self) -> Iterator[PolicyError]:
        return iter(self.errors)

    def __len__(self) -> int:
        return len(self.errors)
