"""Names by where a family comes from: lists by how common they are, customs, and other spellings.

`origins/*.toml` hold the lists. A list is in order, the commonest first; how common each one is follows
Zipf and Mandelbrot, 1 / (rank + offset) ** slope, and a tail made of beginnings and endings of the same
kind of name stands for the thousands that are rare.
"""

import random
import tomllib
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, product
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "origins"


@dataclass(frozen=True)
class NameList:
    """Names and how often each is given, as a running sum up to 1."""

    names: tuple[str, ...]
    running: tuple[float, ...]

    def draw(self, luck: random.Random) -> str:
        return self.names[min(bisect(self.running, luck.random()), len(self.names) - 1)]


@dataclass(frozen=True)
class Origin:
    """One origin: `share` of all children, `group` under which it is reported, `customs` with how often."""

    name: str
    title: str
    group: str
    share: float
    girls: NameList
    boys: NameList
    families: NameList
    customs: dict[str, float]
    honorifics: tuple[str, ...] = ()
    woman_titles: tuple[str, ...] = ()
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def has(self, custom: str, luck: random.Random) -> bool:
        """Whether a custom is kept this time."""
        often = self.customs.get(custom, 0.0)
        return often > 0 and luck.random() < often


@cache
def all_origins() -> tuple[Origin, ...]:
    """Every origin, in the order of their files, so that a seed means the same everywhere."""
    return tuple(_origin(path) for path in sorted(HERE.glob("*.toml")))


def origin_named(name: str) -> Origin:
    return next(origin for origin in all_origins() if origin.name == name)


def groups() -> tuple[str, ...]:
    """The groups that figures are given for, the commonest first."""
    shares: dict[str, float] = {}
    for origin in all_origins():
        shares[origin.group] = shares.get(origin.group, 0.0) + origin.share
    return tuple(sorted(shares, key=lambda group: -shares[group]))


def share_of(group: str) -> float:
    everybody = sum(origin.share for origin in all_origins())
    return sum(origin.share for origin in all_origins() if origin.group == group) / everybody


def _origin(path: Path) -> Origin:
    said = tomllib.loads(path.read_text())
    return Origin(
        name=path.stem,
        title=said["title"],
        group=said["group"],
        share=said["share"],
        girls=_name_list(said["girls"]),
        boys=_name_list(said["boys"]),
        families=_name_list(said["families"]),
        customs=said["customs"],
        honorifics=tuple(said.get("honorifics", ())),
        woman_titles=tuple(said.get("woman_titles", ())),
        spellings=_spellings(said["spellings"]["groups"]),
    )


def _name_list(said: dict[str, Any]) -> NameList:
    known = list(dict.fromkeys(said["names"].split()))
    common = [(rank + said["offset"]) ** -said["slope"] for rank in range(1, len(known) + 1)]
    tail = [name for name in _tail(said.get("tail")) if name not in set(known)] if said["tail_share"] else []
    rare = [(rank + len(tail) / 8) ** -0.8 for rank in range(1, len(tail) + 1)]
    weights = [each * (1 - said["tail_share"]) / sum(common) for each in common]
    weights += [each * said["tail_share"] / sum(rare) for each in rare]
    whole = sum(weights)
    return NameList((*known, *tail), tuple(accumulate(weight / whole for weight in weights)))


def _tail(parts: list[list[str]] | None) -> Iterator[str]:
    """Beginnings and endings put together, in an order that mixes them but is always the same."""
    if not parts:
        return
    made = [beginning + ending for beginning, ending in product(*parts)]
    random.Random(len(made)).shuffle(made)  # noqa: S311
    yield from dict.fromkeys(made)


def _spellings(groups_of: str) -> dict[str, tuple[str, ...]]:
    """Each spelling, in lower case, with the others of its groups. Groups are divided by strokes or lines."""
    found: dict[str, tuple[str, ...]] = {}
    for group in groups_of.replace("\n", "/").split("/"):
        same = tuple(group.split())
        for one in same:
            others = tuple(other for other in same if other != one)
            found[one.lower()] = tuple(dict.fromkeys(found.get(one.lower(), ()) + others))
    return found
