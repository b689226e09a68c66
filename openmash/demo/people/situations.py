"""The kinds of difficulty that families have, and the signs that go with each."""

from dataclasses import dataclass
from functools import lru_cache

from openmash.demo.tables import rows

STAGES = ("early", "middle", "late")


@dataclass(frozen=True)
class Situation:
    """A kind of difficulty: the signs that come first, later and last, and those that go with it.

    `months` bounds the age of the child it begins with; None: it begins before birth.
    """

    name: str
    weight: int
    months: tuple[int, int] | None
    stages: tuple[frozenset[str], ...]
    also: frozenset[str]

    @property
    def signs(self) -> frozenset[str]:
        """Every sign that may be seen in it."""
        return self.also.union(*self.stages)


@lru_cache(maxsize=1)
def situations() -> dict[str, Situation]:
    """Every kind of difficulty, by its name."""
    return {row["situation"]: _read(row) for row in rows("people/situations")}


def _read(row: dict[str, str]) -> Situation:
    low, _, high = row["ages"].partition("-")
    return Situation(
        name=row["situation"],
        weight=int(row["weight"]),
        months=None if row["ages"] == "unborn" else (int(low) * 12, int(high) * 12 + 11),
        stages=tuple(frozenset(row[stage].split()) for stage in STAGES),
        also=frozenset(row["also"].split()),
    )
