"""Whether help is looked at again: by the practice's clocks, no plan goes unwritten and no date agreed is forgotten."""

from collections.abc import Iterator

from openmash.apps.casework.pathway import MOVES
from openmash.apps.casework.stages import OFFERS, PLANNED, Stage
from openmash.apps.casework.table.move import PLAN, REVIEW_ON, Move
from openmash.engines.pathway import AGREED_DATE, ClockDefinition, Practice
from openmash.engines.pathway.practice import OPENS

HELPED_BY_PLAN = OFFERS & PLANNED
"""A child protection plan is looked at by its core group and review conferences, which have clocks of their own."""


def not_looked_at(practice: Practice) -> Iterator[str]:
    """A stage of help whose plan no clock asks for, or a date that people agree and no clock then keeps."""
    for stage in sorted(HELPED_BY_PLAN):
        clocks = [clock for clock in practice.clocks if clock.stage == stage]
        for move in _of(stage, REVIEW_ON):
            if not any(clock.kind == AGREED_DATE and _starts(clock, move) for clock in clocks):
                yield f"“{move.event}” agrees a date at the stage “{stage}”, and no clock keeps it."
        for move in _of(stage, PLAN):
            if not any(OPENS in clock.starts_when and move.verb in clock.stops_when for clock in clocks):
                yield f"The stage “{stage}” begins, and no clock asks for its plan."


def _of(stage: Stage, need: str) -> list[Move]:
    return [move for move in MOVES if need in move.needs and stage in move.before]


def _starts(clock: ClockDefinition, move: Move) -> bool:
    return bool({move.verb, move.event} & set(clock.starts_when))
