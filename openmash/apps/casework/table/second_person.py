"""A second person's word on a decision that is lower than the published threshold, or that refuses to step up."""

from openmash.apps.casework.stages import LOST, NONE, Stage
from openmash.apps.casework.table.move import SECOND_PERSON, WORKER, Move

SECOND_PERSON_MOVES: tuple[Move, ...] = (
    Move(
        "ask_threshold",
        "",
        "Answer what the published threshold asks",
        frozenset({Stage.STRATEGY_DISCUSSION, Stage.SECTION_47_ENQUIRY}),
        who=WORKER,
        needs=(),
        done="The published threshold was asked",
    ),
    Move(
        "agree_proposal",
        "",
        "Agree to a decision that takes two people",
        NONE,
        who=SECOND_PERSON,
        not_while=LOST,
        done="A second person agreed",
    ),
    Move(
        "return_proposal",
        "",
        "Not agree to it, so that it is decided again",
        NONE,
        who=SECOND_PERSON,
        not_while=LOST,
        done="A second person did not agree, so that it is decided again",
    ),
)
