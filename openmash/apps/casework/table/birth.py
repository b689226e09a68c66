"""A child who is not yet born: when it is expected, and that it was born."""

from openmash.apps.casework.stages import WORK
from openmash.apps.casework.table.move import REASON, Move

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
)
BEFORE_BIRTH = frozenset({"record_expected_date", "record_birth"})
"""Moves for a child who is not yet born, and for no other."""

AFTER_BIRTH = frozenset({"record_child_seen"})
"""Moves that an unborn child cannot have."""
