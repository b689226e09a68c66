"""Which records of the census are of one child, over several years' files."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from openmash.engines.review.local.history import Fault
from openmash.engines.review.local.readers.census.children import Child
from openmash.engines.review.local.readers.census.parsing import Census

Key = tuple[str, str]
Record = tuple[str, int]
"""A file's name and the place of the child's record in it."""


class Who:
    """Children by the council's own number, and by the schools' number, which stays when a council's changes.

    A schools' number joins nobody where two records of one file have it, or where days of birth differ: taking two
    children for one would make it look as if one came back. `faults` say so.
    """

    def __init__(self, every: Iterable[Census]) -> None:
        self.leads: dict[Key, Key] = {}
        self.keys: dict[Record, Key] = {}
        self.faults: list[Fault] = []
        self.born: dict[str, date] = {}
        for census in every:
            shared = self._shared(census)
            self._twice(census)
            for child in census.children:
                self._take(census, child, shared)

    def of(self, census: Census, child: Child) -> Key | None:
        """The child a record is of; None where nobody knows."""
        key = self.keys.get((census.name, child.place))
        return None if key is None else self._lead(key)

    def _lead(self, key: Key) -> Key:
        while self.leads.setdefault(key, key) != key:
            key = self.leads[key]
        return key

    def _take(self, census: Census, child: Child, shared: frozenset[str]) -> None:
        keys = [(f"number of {census.area}", child.number)] if child.number else []
        keys += [
            ("upn", each) for each in child.upns if each not in shared and self._agrees(census, child, each)
        ]
        for each in keys:
            self.leads[self._lead(each)] = self._lead(keys[0])
        if keys:
            self.keys[census.name, child.place] = keys[0]

    def _agrees(self, census: Census, child: Child, upn: str) -> bool:
        if child.born_on is None or self.born.setdefault(upn, child.born_on) == child.born_on:
            return True
        self._say(
            census, child, "An earlier record with this UPN has another day of birth. The UPN was not used."
        )
        return False

    def _shared(self, census: Census) -> frozenset[str]:
        """UPNs under which two records of one file stand that are not of one number."""
        holders: dict[str, list[Child]] = defaultdict(list)
        for child in census.children:
            for upn in set(child.upns):
                holders[upn].append(child)
        shared = {upn: held for upn, held in holders.items() if len({each.number for each in held}) > 1}
        for first, *others in shared.values():
            for each in others:
                self._say(
                    census,
                    each,
                    f"It has the UPN of child {first.place} and another LAchildID. They are taken for two children.",
                )
        return frozenset(shared)

    def _twice(self, census: Census) -> None:
        seen: dict[str, int] = {}
        for child in census.children:
            if child.number and seen.setdefault(child.number, child.place) != child.place:
                place = seen[child.number]
                self._say(
                    census, child, f"It has the LAchildID of child {place}. Both are taken for one child."
                )

    def _say(self, census: Census, child: Child, what: str) -> None:
        self.faults.append(Fault(f"{census.name}, line {child.lines[0]}, child {child.place}", what))
