"""What is wrong with a register, or with one of its rows, in sentences for whoever keeps it."""

from dataclasses import dataclass
from enum import Enum


class CannotRead(Exception):
    """A register as a whole cannot be read. The text says why, and what to do."""


class Kept(Enum):
    """What became of a row about which something was said."""

    LEFT_OUT = "left out"
    KEPT_WITHOUT = "kept, but this was not used"
    KEPT_AS_READ = "kept, read as said here"


@dataclass(frozen=True)
class Remark:
    """Something about one row that whoever keeps the register should look at."""

    kept: Kept
    sentence: str


@dataclass(frozen=True)
class RawRow:
    """A row as it stands in the file: `line` as a person would count it, the first being 1.

    `fault` is a sentence when its cells cannot be told apart; they then hold what could be read.
    """

    line: int
    cells: tuple[object, ...]
    fault: str = ""
