"""What an estimate looks like, and what stands in its place when there is none."""

from dataclasses import dataclass
from enum import Enum


class NotEnough(Enum):
    """Why there is no figure. A number that rests on nothing would be read as if it rested on something."""

    NOTHING = "There is nothing to count."
    NO_PAIRS = "Nothing was judged by two people or more."
    ONE_UNIT = "Only one thing was judged by two people or more."
    NO_VARIATION = "The same answer was given throughout, so agreement cannot be told from habit."


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`."""

    low: float
    high: float
