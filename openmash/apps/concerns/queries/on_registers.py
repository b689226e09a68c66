"""People of registers who may be somebody looked for, for the front door: as its reader may be told, and no more."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openmash.apps.directory.models import Locality, Person
from openmash.apps.families.models import IndexedPerson
from openmash.apps.families.queries import Found, IndexRow, judged
from openmash.apps.registers.standings import Standing, rows_of_the_same_person, standings_for
from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.judging import Match, Sureness

WORTH_ASKING = frozenset({Sureness.VERY_LIKELY, Sureness.POSSIBLE})
WORTH_SHOWING = WORTH_ASKING | {Sureness.SIBLING_OR_TWIN}
MOST_SHOWN = 5


@dataclass(frozen=True)
class OnRegisters:
    """Somebody of a register, and where they stand: in several when people have said that these are one person."""

    person: DescribedPerson
    match: Match
    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class FoundOnRegisters:
    """What one reader is told. `ask` are places whose front door must be asked, for a row there is alike."""

    told: tuple[OnRegisters, ...] = ()
    ask: frozenset[Locality] = frozenset()

    @property
    def standings(self) -> tuple[Standing, ...]:
        return tuple(one for each in self.told for one in each.standings)


def found_on_registers(
    person: DescribedPerson,
    rows: Collection[IndexRow],
    *,
    by: Person,
    now: datetime,
    settled: Collection[UUID] = (),
) -> FoundOnRegisters:
    """Of the rows that a lookup came back with, those of registers, best first, but for `settled` ones.

    What the reader may be told competes with nothing else: a row hidden would show in how sure the rest is.
    """
    registered = [
        row for row in rows if row.source == IndexedPerson.Source.REGISTER and row.record_id not in settled
    ]
    if not registered:
        return FoundOnRegisters()
    there = standings_for([row.record_id for row in registered], by=by, now=now)
    seen = judged(person, registered, now=now, only=lambda records: there.told.keys() & set(records))
    hidden = judged(person, registered, now=now, only=lambda records: there.ask.keys() & set(records))
    return FoundOnRegisters(
        tuple(_together(seen, settled, by, now)),
        frozenset(
            there.ask[each.register_row]
            for each in hidden
            if each.register_row and each.match.sureness in WORTH_ASKING
        ),
    )


def _together(
    found: Iterable[Found], settled: Collection[UUID], by: Person, now: datetime
) -> Iterable[OnRegisters]:
    """Each person once, the rows together that people have said are one person."""
    worth = [each for each in found if each.register_row and each.match.sureness in WORTH_SHOWING][
        :MOST_SHOWN
    ]
    shown: set[UUID] = set()
    for each in worth:
        if each.register_row is None or each.register_row in shown:
            continue
        rows = {each.register_row, *rows_of_the_same_person(each.register_row, now=now)} - {*settled}
        told = standings_for(rows, by=by, now=now).told
        shown |= rows
        in_order = sorted(told.values(), key=lambda one: (one.row != each.register_row, one.words))
        yield OnRegisters(each.person, each.match, tuple(in_order))
