"""Making families: children and their ages, who cares for them, where they live and have lived."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from openmash.apps.families.ages import months_between
from openmash.demo.tables import rows

NEEDS_ANOTHER_ADULT = frozenset({"domestic_abuse", "physical", "sexual_harm", "before_birth", "separation"})
TWINS = 0.06
GROWN_UP = 18 * 12
FLATS = ("", "", "", "Flat 2, ", "Flat 6, ")


def _is_latin(letter: str) -> bool:
    return not letter.isalpha() or unicodedata.name(letter).startswith("LATIN")


@dataclass(frozen=True)
class Named:
    """A name as the family writes it, and other spellings that people use."""

    first: tuple[str, ...]
    last: tuple[str, ...]

    @property
    def said(self) -> str:
        """The first name in Latin letters."""
        return next((each for each in self.first if all(_is_latin(letter) for letter in each)), self.first[0])

    @property
    def full(self) -> str:
        return f"{self.said} {self.last[0]}"

    @property
    def in_own_script(self) -> str:
        """The first name as the family writes it, if that is not in Latin letters."""
        return self.first[0] if self.first[0] != self.said else ""


@dataclass(frozen=True)
class Adult:
    """Somebody grown-up at home. `label` is what a professional calls them: mum, dad, gran, mum’s partner."""

    name: Named
    sex: str
    label: str
    born_on: date


@dataclass(frozen=True)
class FamilyChild:
    """A child. Before `born_on` the child is expected."""

    key: str
    name: Named
    sex: str
    born_on: date
    disabled: bool = False

    def months(self, day: date) -> int | None:
        """Age in whole months, None before birth."""
        return None if day < self.born_on else months_between(self.born_on, day)

    def is_child_on(self, day: date) -> bool:
        """Born by a day, and not yet grown up."""
        months = self.months(day)
        return months is not None and months < GROWN_UP


@dataclass(frozen=True)
class Home:
    """Where a family lives from a day on."""

    since: date
    locality: str
    street: str
    postcode: str


@dataclass(frozen=True)
class Family:
    """A family and what its difficulty is. The first child is the one most often worried about."""

    key: str
    situation: str
    language: str
    carer: Adult
    other: Adult | None
    children: tuple[FamilyChild, ...]
    homes: tuple[Home, ...] = field(default=())

    def home(self, day: date) -> Home:
        """The home on a day."""
        lived = [home for home in self.homes if home.since <= day]
        return lived[-1] if lived else self.homes[0]

    def siblings(self, child: FamilyChild, day: date) -> list[FamilyChild]:
        """The other children of the family on a day."""
        return [each for each in self.children if each is not child and each.is_child_on(day)]


@lru_cache(maxsize=1)
def _heritages() -> tuple[dict[str, str], ...]:
    return rows("people/names")


def _spelled(cell: str, rng: Random) -> tuple[str, ...]:
    return tuple(rng.choice(cell.split(";")).split("/"))


def _adult(
    heritage: dict[str, str], column: str, last: tuple[str, ...], label: str, today: date, rng: Random
) -> Adult:
    years = rng.randint(48, 66) if label in ("gran", "grandad") else rng.randint(19, 44)
    return Adult(
        name=Named(_spelled(heritage[column], rng), last),
        sex="female" if column == "women" else "male",
        label=label,
        born_on=today - timedelta(days=years * 365 + rng.randint(0, 364)),
    )


def _carers(
    heritage: dict[str, str], last: tuple[str, ...], today: date, rng: Random, mother: bool
) -> tuple[Adult, Adult]:
    kind = "mum" if mother else rng.choices(("mum", "dad", "gran"), (80, 13, 7))[0]
    carer = _adult(heritage, "men" if kind == "dad" else "women", last, kind, today, rng)
    if kind == "dad":
        return carer, _adult(
            heritage, "women", _spelled(heritage["surnames"], rng), "dad’s partner", today, rng
        )
    other_last = last if rng.random() < 0.5 else _spelled(heritage["surnames"], rng)
    label = "dad" if other_last == last else "mum’s partner"
    return carer, _adult(heritage, "men", other_last, label, today, rng)


def _children(
    key: str,
    heritage: dict[str, str],
    last: tuple[str, ...],
    first_born: date,
    sex: str,
    disabled: bool,
    rng: Random,
) -> tuple[FamilyChild, ...]:
    names: set[str] = set()
    made = []
    born = [first_born]
    for _ in range(rng.choices((0, 1, 2, 3), (30, 38, 22, 10))[0]):
        gap = timedelta(days=rng.randint(500, 1500) if rng.random() > TWINS else 0)
        born.append(rng.choice((max(born) + gap, min(born) - gap)))
    for number, day in enumerate(born):
        its_sex = sex if number == 0 and sex else rng.choice(("female", "male"))
        first = _new_name(heritage["girls" if its_sex == "female" else "boys"], names, rng)
        made.append(
            FamilyChild(
                f"{key}/{number}", Named(first, last), its_sex, day, disabled=disabled and number == 0
            )
        )
    return tuple(made)


def _new_name(cell: str, names: set[str], rng: Random) -> tuple[str, ...]:
    first = _spelled(cell, rng)
    while first[0] in names and len(names) < len(cell.split(";")):
        first = _spelled(cell, rng)
    names.add(first[0])
    return first


@lru_cache(maxsize=1)
def _streets() -> dict[str, tuple[str, list[str]]]:
    return {row["code"]: (row["postcode"], row["streets"].split(";")) for row in rows("places/localities")}


def home_in(locality: str, since: date, rng: Random) -> Home:
    """An invented address. No post town uses the letters FN."""
    district, streets = _streets()[locality]
    number = rng.choice(range(len(streets)))
    street = f"{rng.choice(FLATS)}{rng.randint(1, 140)} {streets[number]}"
    letters = "".join(rng.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
    return Home(since, locality, street, f"{district} {number + 1}{letters}")


def make_family(
    key: str,
    *,
    situation: str,
    months: tuple[int, int] | None,
    locality: str,
    start: date,
    rng: Random,
    girl: bool = False,
    moves_to: tuple[str, date] | None = None,
) -> Family:
    """A family whose first child is of an age in `months` on `start` (None: born in the months after)."""
    heritage = rng.choices(_heritages(), [int(row["weight"]) for row in _heritages()])[0]
    last = _spelled(heritage["surnames"], rng)
    if months is None:
        born = start + timedelta(days=rng.randint(45, 130))
    else:
        born = start - timedelta(days=round(rng.randint(months[0], months[1]) * 30.44) + rng.randint(1, 20))
    carer, found = _carers(heritage, last, start, rng, mother=months is None or months[1] < 24)
    other = None if situation not in NEEDS_ANOTHER_ADULT and rng.random() < 0.3 else found
    homes = [home_in(locality, date.min, rng)]
    if moves_to:
        homes.append(home_in(moves_to[0], moves_to[1], rng))
    children = _children(key, heritage, last, born, "female" if girl else "", situation == "disability", rng)
    return Family(key, situation, heritage["language"], carer, other, children, tuple(homes))
