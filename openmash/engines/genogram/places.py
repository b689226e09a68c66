"""Where each person stands within a row: couples together, children below their parents, nobody too close.

Places are counted in half slots, and everybody takes a whole one (two halves), so that no two can overlap
and a child can stand midway below two parents.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from openmash.engines.genogram.ties import Couple, Descent, Ties

WIDE = 2
"""Half slots that one person takes."""
SWEEPS = 12
"""Passes over the rows. More change nothing in families of forty."""


@dataclass(frozen=True)
class Unit:
    """People who stand together in this order: partners, or one person."""

    members: tuple[str, ...]


def placed(order: Sequence[str], rows: Mapping[str, int], ties: Ties) -> dict[str, int]:
    """The middle of each person's slot, in half slots from the left; the leftmost stands at 1.

    `order` is everybody, elder brothers and sisters first.
    """
    lines = _Lines(order, ties)
    units = [_units(row, order, rows, ties.couples) for row in range(max(rows.values(), default=-1) + 1)]
    at: dict[str, float] = {}
    for row in units:
        for place, key in enumerate(key for unit in row for key in unit.members):
            at[key] = 1 + WIDE * place
    best, least = dict(at), lines.cost(at, rows)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for number in range(len(units)) if down else reversed(range(len(units))):
            units[number] = _arranged(units[number], at, lines, down)
        cost = lines.cost(at, rows)
        if cost < least:
            best, least = dict(at), cost
    left = min(best.values(), default=1)
    return {key: int(best[key] - left) + 1 for key in order}


class _Lines:
    """Who is drawn above and below whom, and who stands beside whom as brother or sister alone."""

    def __init__(self, order: Sequence[str], ties: Ties) -> None:
        self.rank = {key: place for place, key in enumerate(order)}
        self.above: dict[str, list[str]] = {key: [] for key in order}
        self.below: dict[str, list[str]] = {key: [] for key in order}
        self.beside: dict[str, list[str]] = {key: [] for key in order}
        self.pairs: list[tuple[str, str]] = []
        for family in ties.descents:
            self._add(family)
        for couple in [*ties.couples, *ties.across]:
            self.beside[couple.one].append(couple.other)
            self.beside[couple.other].append(couple.one)

    def _add(self, family: Descent) -> None:
        for child in family.children:
            self.above[child] += family.parents
            self.pairs += [(parent, child) for parent in family.parents]
            if not family.parents:
                self.beside[child] += [each for each in family.children if each != child]
        for parent in family.parents:
            self.below[parent] += family.children

    def wish(self, key: str, at: Mapping[str, float], down: bool) -> float:
        """Where somebody would best stand, for those above them (or below) who have a place."""
        first, second = (self.above, self.below) if down else (self.below, self.above)
        near = first[key] or second[key] or self.beside[key]
        return sum(at[each] for each in near) / len(near) if near else at[key]

    def cost(self, at: Mapping[str, float], rows: Mapping[str, int]) -> float:
        """How far lines go sideways, and how often two of them cross."""
        far = sum(abs(at[high] - at[low]) for high, low in self.pairs)
        crossings = 0
        for number, (high, low) in enumerate(self.pairs):
            for other, under in self.pairs[:number]:
                same = rows[high] == rows[other] and rows[low] == rows[under]
                crossings += same and (at[high] - at[other]) * (at[low] - at[under]) < 0
        return far + 4 * crossings


def _units(row: int, order: Sequence[str], rows: Mapping[str, int], couples: Sequence[Couple]) -> list[Unit]:
    """The people of a row, partners in chains, in the order given."""
    here = [key for key in order if rows[key] == row]
    # A couple of today stands together before one that has ended.
    partners: dict[str, list[str]] = {key: [] for key in here}
    for couple in sorted(couples, key=lambda couple: couple.ended):
        if couple.one in partners and couple.other in partners:
            partners[couple.one].append(couple.other)
            partners[couple.other].append(couple.one)
    units: list[Unit] = []
    left = dict.fromkeys(here)
    while left:
        known = _together(next(iter(left)), partners)
        units.append(Unit(tuple(_chain(known, partners))))
        for key in known:
            left.pop(key)
    return units


def _together(key: str, partners: Mapping[str, list[str]]) -> list[str]:
    found = {key: None}
    for each in found_in_turn(found):
        found.update(dict.fromkeys(partners[each]))
    return list(found)


def found_in_turn(found: dict[str, None]) -> Iterator[str]:
    """Each key of a dictionary that grows while it is gone through."""
    place = 0
    while place < len(found):
        yield list(found)[place]
        place += 1


def _chain(keys: Iterable[str], partners: Mapping[str, list[str]]) -> list[str]:
    """Partners next to one another as far as that goes: whoever has most of them in the middle."""
    left = dict.fromkeys(sorted(keys, key=lambda key: -len(partners[key])))
    chain: list[str] = []
    while left:
        run = [next(iter(left))]
        left.pop(run[0])
        for place in (len, lambda _run: 0):
            end = run[-1] if place is len else run[0]
            while (after := next((each for each in partners[end] if each in left), None)) is not None:
                run.insert(place(run), after)
                left.pop(after)
                end = after
        chain += run
    return chain


def _arranged(units: list[Unit], at: dict[str, float], lines: _Lines, down: bool) -> list[Unit]:
    """The units of one row in a better order, and their places written into `at`."""
    turned = [_turned(unit, at, lines, down) for unit in units]
    wishes = {unit: _wish(unit, at, lines, down) for unit in turned}
    turned.sort(key=lambda unit: (wishes[unit], min(lines.rank[key] for key in unit.members)))
    left = _apart([wishes[unit] - len(unit.members) for unit in turned], [len(u.members) for u in turned])
    for unit, start in zip(turned, left, strict=True):
        for place, key in enumerate(unit.members):
            at[key] = start + 1 + WIDE * place
    return turned


def _wish(unit: Unit, at: Mapping[str, float], lines: _Lines, down: bool) -> float:
    """Where the middle of a unit would best be."""
    related = [key for key in unit.members if lines.above[key] or lines.below[key]] or list(unit.members)
    return sum(lines.wish(key, at, down) for key in related) / len(related)


def _turned(unit: Unit, at: Mapping[str, float], lines: _Lines, down: bool) -> Unit:
    """The unit the other way round, if its members would then stand nearer to whom they belong."""
    wishes = [lines.wish(key, at, down) for key in unit.members]
    middle = sum(wishes) / len(wishes)
    places = [middle + WIDE * (place - (len(wishes) - 1) / 2) for place in range(len(wishes))]

    def far(given: Sequence[float]) -> float:
        return sum(abs(place - wish) for place, wish in zip(places, given, strict=True))

    return Unit(unit.members[::-1]) if far(wishes[::-1]) < far(wishes) else unit


def _apart(wishes: Sequence[float], sizes: Sequence[int]) -> list[float]:
    """Left edges as near to the wishes as can be, in order, without overlap; whole numbers of half slots.

    Neighbours that would overlap are moved as one block to the mean of what they wish.
    """
    blocks: list[list[float]] = []  # sum of wishes, number of units, each less the room of those before
    before, offsets = 0, []
    for wish, size in zip(wishes, sizes, strict=True):
        offsets.append(before)
        blocks.append([wish - before, 1])
        before += WIDE * size
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    moved = [total / count for total, count in blocks for _unit in range(int(count))]
    return [floor(each + 0.5) + offset for each, offset in zip(moved, offsets, strict=True)]
