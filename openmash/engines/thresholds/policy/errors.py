"""What is wrong with a policy, said to the person who wrote it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches


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


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """ "Did you mean “x”?" for the nearest choice, or the choices themselves if none is near."""
    options = sorted(choices)
    close = get_close_matches(word, options, n=1, cutoff=0.6)
    if not close:
        # Names differ most often in their case, which the comparison above does not forgive.
        close = [option for option in options if option.lower() == word.lower()]
    if close:
        return f"Did you mean “{close[0]}”?"
    shown = ", ".join(options[:12])
    return f"Choose from: {shown}{' …' if len(options) > 12 else ''}." if options else ""


@dataclass(frozen=True)
class PolicyWarning:
    """Wording that may be misread. It refuses nothing: the partnership may have its reasons.

    `key` is the id of the row it stands in ("" in the header), `hint` what to write instead.
    """

    file: str
    key: str
    message: str
    hint: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.key}" if self.key else self.file
        return f"{where}: {self.message} {self.hint}".rstrip()
