"""Something new about a child whose work is open or has ended: it is decided on again, by a person (rule C18)."""

from openmash.apps.casework.stages import ENDED, HELP, LOST, NONE, WORK, Stage
from openmash.apps.casework.table.move import MANAGER, REASON, WAY_BACK, Move

INFORMATION: tuple[Move, ...] = (
    Move(
        "decide_on_information",
        "goes_on",
        "What is being done is right, and goes on",
        WORK,
        needs=(REASON,),
        lowers=True,
        done="Something new was told: what is being done goes on",
    ),
    Move(
        "decide_on_information",
        "stays_closed",
        "The work stays ended",
        ENDED,
        who=MANAGER,
        needs=(REASON, WAY_BACK),
        lowers=True,
        done="Something new was told: the work stays ended",
    ),
    Move(
        "decide_on_information",
        "assessment",
        "A child and family assessment begins",
        (HELP - {Stage.ASSESSMENT}) | ENDED,
        closes=ENDED,
        opens=Stage.ASSESSMENT,
        not_while=frozenset({Stage.ASSESSMENT}),
        done="Something new was told: an assessment began",
    ),
    Move(
        "decide_on_information",
        "strategy_discussion",
        "A strategy discussion is to be held",
        NONE,
        closes=ENDED,
        opens=Stage.STRATEGY_DISCUSSION,
        not_while=LOST | {Stage.STRATEGY_DISCUSSION},
        done="Something new was told: a strategy discussion is to be held",
    ),
)
