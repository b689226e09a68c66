"""What is wrong with a text, said to the person who wrote it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Fault:
    """One fault: the file, the row a spreadsheet shows (None: no one row), what is wrong, what to write instead."""

    file: str
    row: int | None
    message: str
    hint: str

    def __str__(self) -> str:
        where = self.file if self.row is None else f"{self.file}, row {self.row}"
        return f"{where}: {self.message} {self.hint}".rstrip()


class Faults(ValueError):
    """Texts cannot be used. Holds every fault found, in the order of the files and rows."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    @classmethod
    def in_order(cls, faults: Iterable[Fault], files: Sequence[str]) -> "Faults":
        """The faults in the order of the files and their rows."""
        order = {name: place for place, name in enumerate(files)}
        return cls(sorted(faults, key=lambda fault: (order[fault.file], fault.row or 0)))


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """ "Did you mean “x”?" for the nearest choice, or the choices themselves if none is near."""
    options = sorted(choices)
    close = get_close_matches(word, options, n=1, cutoff=0.6)
    return f"Did you mean “{close[0]}”?" if close else f"Choose from: {', '.join(options)}."
