"""What people do at any meeting about a child, whatever it decides."""

from openmash.apps.casework.stages import MEETING_STAGES, WORK
from openmash.apps.casework.table.move import AT_THE_TABLE, CHAIR, MEETING, SECOND_PERSON, WORKER, Move

AROUND_THE_TABLE: tuple[Move, ...] = (
    Move(
        "make_entry",
        "",
        "Write what one’s agency knows",
        MEETING_STAGES,
        who=AT_THE_TABLE,
        done="An agency wrote what it knows",
    ),
    Move(
        "dissent",
        "",
        "Record that one’s agency disagrees",
        WORK,
        who=AT_THE_TABLE,
        done="An agency disagreed",
    ),
    Move(
        "agree_decision",
        "",
        "Agree to a decision of a meeting that lacked somebody",
        MEETING_STAGES,
        who=SECOND_PERSON,
        done="A second person agreed to a decision of a meeting that lacked somebody",
    ),
    Move(
        "return_decision",
        "",
        "Not agree to it, so that it is decided again",
        MEETING_STAGES,
        who=SECOND_PERSON,
        done="A second person did not agree, so that it is decided again",
    ),
    Move(
        "end_meeting",
        "",
        "End the meeting",
        WORK,
        who=WORKER | CHAIR,
        needs=(MEETING,),
        done="The meeting ended",
    ),
)
