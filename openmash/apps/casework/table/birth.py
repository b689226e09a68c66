"""A child who is not yet born: when it is expected, that it was born, or that the pregnancy ended without a birth."""

from openmash.apps.casework.stages import HELD, LOST, WORK, Stage
from openmash.apps.casework.table.move import CARE, GOES_ON, MANAGER, REASON, Move

BIRTH: tuple[Move, ...] = (
    Move(
        "record_expected_date",
        "",
        "Record when the child is expected",
        WORK,
        needs=(REASON,),
        done="The date on which the child is expected was recorded",
    ),
    Move(
        "record_birth",
        "",
        "Record the birth",
        WORK,
        needs=(REASON,),
        done="The child was born",
    ),
    # A fact, and no decision to do less: it is written down whatever else is open, a disagreement too.
    Move(
        "record_pregnancy_ended",
        "",
        "Record that the pregnancy has ended",
        frozenset(Stage) - LOST,
        closes=frozenset(Stage) - LOST,
        opens=Stage.PREGNANCY_ENDED,
        who=MANAGER,
        needs=(REASON, CARE),
        done="The pregnancy has ended",
    ),
    Move(
        "record_pregnancy_goes_on",
        "",
        "Record that the pregnancy goes on after all",
        LOST,
        closes=LOST,
        goes_on=HELD,
        puts_back=HELD,
        who=MANAGER,
        needs=(REASON, GOES_ON),
        done="The pregnancy goes on after all",
    ),
)
BEFORE_BIRTH = frozenset(move.verb for move in BIRTH)
"""Moves for a child who is not yet born, and for no other."""

AFTER_BIRTH = frozenset({"record_child_seen"})
"""Moves that an unborn child cannot have."""
