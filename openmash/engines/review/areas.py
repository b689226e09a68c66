"""Councils by name, those that are no more, and where a series breaks.

An area is known by its three-digit number, which stays when a county becomes a unitary council with the same
borders. Where borders changed there is a new number, and nothing is joined across the change.
"""

from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

ENGLAND = "E92000001"
INSIDE_LONDON = frozenset({"E13000001", "E13000002"})
"""Inner and Outer London stand beside London in the tables: adding all rows would count London twice."""
_ALIKE, _WORSE = 60, 15


@dataclass(frozen=True)
class Area:
    """A council, a region or England; `first` to `last` are the years in which it was published."""

    code: str
    name: str
    level: str
    region: str
    first: int
    last: int


@dataclass(frozen=True)
class Break:
    """From the year to March `year` what is under these numbers cannot be joined to what was before.

    `gone` ended, `come` began; with neither, the areas of `codes` went on and only their series is broken.
    """

    year: int
    codes: frozenset[str]
    says: str
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()


BREAKS = (
    Break(
        2020,
        frozenset({"835", "836", "837", "838", "839"}),
        "In April 2019 Dorset, Bournemouth and Poole became two councils with other borders: Dorset, and Bournemouth, "
        "Christchurch and Poole. The figures before and after are of different places.",
        ("835", "836", "837"),
        ("838", "839"),
    ),
    Break(
        2022,
        frozenset({"928", "940", "941"}),
        "In April 2021 Northamptonshire became two councils: North Northamptonshire and West Northamptonshire.",
        ("928",),
        ("940", "941"),
    ),
    Break(
        2024,
        frozenset({"909", "942", "943"}),
        "In April 2023 Cumbria became two councils: Cumberland, and Westmorland and Furness.",
        ("909",),
        ("942", "943"),
    ),
    Break(
        2021,
        frozenset({"204"}),
        "Hackney lost its records in an attack on its systems in October 2020, and sent nothing for the years to March "
        "2021 and 2022. The totals of England and of London hold its figures of 2020 for those years. What came "
        "after is not joined to what was before.",
    ),
)


def breaks_of(code: str) -> list[Break]:
    return [each for each in BREAKS if code in each.codes]


class NoSuchArea(LookupError):
    """No council has this name. `like` holds the names most like it, if any."""

    def __init__(self, typed: str, like: list[str]) -> None:
        self.typed, self.like = typed, like
        meant = f" Did you mean {_or(like)}?" if like else " Give the name of a council, such as Leeds."
        super().__init__(f"There is no council called “{typed[:60]}” in the published tables.{meant}")


def _or(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _plain(name: str) -> str:
    words = utils.default_process(name.replace("&", "and")).split()
    return " ".join(
        word for word in words if word not in ("city", "county", "of", "council", "the", "borough")
    )


def find(areas: list[Area], typed: str) -> Area:
    """The council that is meant: by its name or number as published, or by its name without City of and the like.

    Where an older council had the same name (Dorset), the one that there is now.

    Raises:
        NoSuchArea: none is meant beyond doubt.
    """
    newest_first = sorted((each for each in areas if each.level == "area"), key=lambda each: -each.last)
    wanted = typed.strip()
    for each in newest_first:
        if wanted in (each.code, each.name) or wanted.casefold() == each.name.casefold():
            return each
    same = {each.name: each for each in reversed(newest_first) if _plain(each.name) == _plain(wanted)}
    if len(same) == 1 and _plain(wanted):
        return next(iter(same.values()))
    names = list(dict.fromkeys(each.name for each in newest_first))
    found = process.extract(
        _plain(wanted), names, scorer=fuzz.WRatio, processor=_plain, limit=4, score_cutoff=_ALIKE
    )
    best = max((alike for _, alike, _ in found), default=0)
    raise NoSuchArea(wanted, [name for name, alike, _ in found if alike > best - _WORSE])
