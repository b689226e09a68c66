"""What is written down of a family told of over years: its people and homes, each telling, and who is whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from openmash.apps.concerns.states import State

MARSH, MERE, HILL = "aldermarsh", "brackmere", "cawdry"


@dataclass(frozen=True)
class Known:
    """Somebody of a family, as they really are. `years` and `days` old today; a negative age is expected."""

    name: str
    sex: str
    years: int
    days: int = 0
    is_child: bool = False

    def born(self, today: date) -> date:
        return today - timedelta(days=round(self.years * 365.25) + self.days)


@dataclass(frozen=True)
class Part:
    """Somebody's part in one telling: who, as what, said how, and where they were said to live.

    `is_` are relationships to others of the same telling: a kind and the place of the other, and words if any.
    """

    who: str
    role: str
    is_: tuple[tuple[str, int, str], ...] = ()
    home: str = ""
    called: str = ""
    dated: bool = True


@dataclass(frozen=True)
class Telling:
    """One contact: how many days ago, by what kind of agency, about whom, with what signs and words."""

    days_ago: int
    source: str
    locality: str
    signs: tuple[str, ...]
    parts: tuple[Part, ...]
    words: str
    rest: State | None = None


@dataclass(frozen=True)
class Same:
    """That somebody of one telling is somebody of an earlier one: places of the tellings and of the parts."""

    later: int
    part: int
    earlier: int
    other: int
    reason: str


@dataclass(frozen=True)
class Generations:
    """A family, what was told of it, and who was said to be whom."""

    key: str
    carer: str
    child: str
    people: dict[str, Known]
    homes: dict[str, tuple[str, str]]
    tellings: tuple[Telling, ...]
    same: tuple[Same, ...]
