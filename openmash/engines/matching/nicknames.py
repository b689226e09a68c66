"""Names that one person may go by: Bob and Robert, Kasia and Katarzyna, Yusuf and Joseph.

The table is `data/nicknames.txt`, written for this project; anybody may add a line to it.
"""

from functools import cache
from pathlib import Path

from openmash.engines.matching.letters import skeleton

_TABLE = Path(__file__).parent / "data" / "nicknames.txt"


def may_be_the_same(one: str, other: str) -> bool:
    """Whether one line of the table has both names. Both are small Latin letters."""
    groups = _groups()
    return not groups.get(one, _NONE).isdisjoint(groups.get(other, _NONE))


def roots(name: str) -> tuple[str, ...]:
    """What a forename is looked up by: the skeleton of the first name of each line that has it, or its own."""
    return _roots().get(name) or (skeleton(name),)


_NONE: frozenset[int] = frozenset()


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line.strip() and not line.startswith("#"))


@cache
def _groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_lines()):
        for name in line:
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


@cache
def _roots() -> dict[str, tuple[str, ...]]:
    """Every name of the table with the skeletons of the heads of its lines, its own skeleton among them."""
    found: dict[str, dict[str, None]] = {}
    for line in _lines():
        for name in line:
            found.setdefault(name, {skeleton(name): None})[skeleton(line[0])] = None
    return {name: tuple(skeletons) for name, skeletons in found.items()}
