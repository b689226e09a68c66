"""Phrases: who may say them of whom, and taking the least used one so that none is worn out."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from openmash.demo.tables import rows

_CHOICE = re.compile(r"\[([^\[\]]+)\]")
_NAME = re.compile(r"\{(\w+)\}")
_AGES = re.compile(r"(?P<low>\d+)-(?P<high>\d+)( (?P<girl>girl))?")
BABY_MONTHS = (0, 4)
"""A child who cannot yet roll or crawl."""


@dataclass(frozen=True)
class Phrase:
    """A sentence or two. `months` bounds the child's age (None: unborn); `said_by` are kinds of source."""

    part: str
    said_by: frozenset[str]
    months: tuple[int, int] | None
    text: str
    evidence: str = ""
    girls_only: bool = False

    @property
    def needs(self) -> frozenset[str]:
        """The names this phrase uses."""
        return frozenset(_NAME.findall(self.text))

    def fits(self, age: int | None, sex: str) -> bool:
        """Whether it can be said of a child of this age in months (None: unborn) and sex."""
        if self.girls_only and sex != "female":
            return False
        if self.months is None or age is None:
            return self.months is None and age is None
        return self.months[0] <= age <= self.months[1]


def _months(ages: str) -> tuple[int, int] | None:
    if ages == "unborn":
        return None
    if ages == "all":
        return 0, 18 * 12
    if ages == "baby":
        return BABY_MONTHS
    found = _AGES.fullmatch(ages)
    if found is None:
        raise ValueError(f"“{ages}” is not an age: write unborn, baby, all, 4-11 or 12-16 girl.")
    return int(found["low"]) * 12, int(found["high"]) * 12 + 11


def phrases_of(table: str, part: str = "part") -> list[Phrase]:
    """The phrases of a table whose columns are a part (or sign), who says it, ages, and the text."""
    return [
        Phrase(
            part=row[part],
            said_by=frozenset(row["from"].split()),
            months=_months(row["ages"]),
            text=row["text"],
            evidence=row.get("evidence", ""),
            girls_only=row["ages"].endswith(" girl"),
        )
        for row in rows(table)
    ]


class Wording:
    """Takes phrases in turn and fills them in."""

    def __init__(self) -> None:
        self.used: Counter[str] = Counter()

    def take(self, texts: Iterable[str], rng: Random) -> str:
        """One of the least used texts.

        Raises:
            LookupError: there is none to take.
        """
        offered = list(texts)
        if not offered:
            raise LookupError("No phrase fits here.")
        least = min(self.used[text] for text in offered)
        text = rng.choice([each for each in offered if self.used[each] == least])
        self.used[text] += 1
        return text

    def say(self, text: str, names: Mapping[str, str], rng: Random) -> str:
        """The text with one of each choice taken and every name put in."""
        while _CHOICE.search(text):
            text = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), text)
        return _NAME.sub(lambda found: names[found[1]], text)


def table_of(table: str) -> dict[str, list[tuple[frozenset[str], str]]]:
    """A table with the columns part, for and text: by part, whom each text is for."""
    found: dict[str, list[tuple[frozenset[str], str]]] = {}
    for row in rows(table):
        found.setdefault(row["part"], []).append((frozenset(row["for"].split()), row["text"]))
    return found
