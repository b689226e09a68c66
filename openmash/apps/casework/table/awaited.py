"""Waiting for something from another agency: what, from whom, since when; and that it came, or will not."""

from openmash.apps.casework.stages import WORK
from openmash.apps.casework.table.move import REASON, WORKER, Move

AWAITED: tuple[Move, ...] = (
    Move(
        "wait_for_agency",
        "",
        "Write down what another agency is to send",
        WORK,
        who=WORKER,
        needs=(REASON,),
        done="Something was asked of another agency",
    ),
    Move(
        "end_waiting",
        "",
        "Record that it came, or will not come",
        WORK,
        who=WORKER,
        needs=(REASON,),
        done="What another agency was to send came, or will not come",
    ),
)
