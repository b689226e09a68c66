"""The one table of the work with a child: its stages, and every move between them.

Several stages of a case may be open at once: help goes on while an enquiry runs. A move says which stages it
closes and which it opens. Actions, pages, the audit log, the clocks, `docs/pathway.md` and the tests read this.
"""

from collections.abc import Collection

from openmash.apps.access.grounds import Ground
from openmash.apps.casework.stages import MEANINGS, OFFERS, Stage
from openmash.apps.casework.table.awaited import AWAITED
from openmash.apps.casework.table.birth import BIRTH
from openmash.apps.casework.table.escalation import ESCALATION, EVERYBODY_WHO_ANSWERS, TOOK_PART
from openmash.apps.casework.table.helping import HELPING, LEAVING, OPENING
from openmash.apps.casework.table.information import INFORMATION
from openmash.apps.casework.table.meeting import AROUND_THE_TABLE
from openmash.apps.casework.table.move import AT_THE_TABLE, CHAIR, RECEIVES, WORKER, Move
from openmash.apps.casework.table.protection import PROTECTION
from openmash.apps.casework.table.reviewing import REVIEWING
from openmash.apps.casework.table.second_person import SECOND_PERSON_MOVES
from openmash.apps.casework.table.transfer import TRANSFER_IN, TRANSFER_OUT

MOVES: tuple[Move, ...] = (
    *OPENING,
    *HELPING,
    *REVIEWING,
    *PROTECTION,
    *AROUND_THE_TABLE,
    *BIRTH,
    *AWAITED,
    *INFORMATION,
    *ESCALATION,
    *SECOND_PERSON_MOVES,
    *TRANSFER_IN,
    *TRANSFER_OUT,
    *LEAVING,
)
VERBS: tuple[str, ...] = tuple(dict.fromkeys(move.verb for move in MOVES))
RECEIVED = "receive_information"
"""Something new reached the work: the service itself does it, so it is no move of anybody's."""

EVENTS: frozenset[str] = frozenset({RECEIVED, *VERBS, *(move.event for move in MOVES)})

LOOKS: dict[str, frozenset[Ground]] = {
    "see_case": WORKER | CHAIR | RECEIVES | {Ground.HEADS_SERVICE_HERE, Ground.SAFEGUARDING_PARTNER},
    "see_meeting": WORKER | CHAIR | AT_THE_TABLE | {Ground.HEADS_SERVICE_HERE},
    "see_escalation": EVERYBODY_WHO_ANSWERS | TOOK_PART,
}
"""Who may look. An agency that was invited sees the meeting and its own entries, and its own disagreements with the
answers to them; never the case."""


def move_for(verb: str, outcome: str, stages: Collection[str]) -> Move | None:
    """The move of this name that can be made while these stages are open, or None."""
    for move in MOVES:
        if (move.verb, move.outcome) == (verb, outcome) and move.can_begin(stages):
            return move
    return None


def moves_from(verb: str, stages: Collection[str]) -> tuple[Move, ...]:
    """The ways in which `verb` can be done while these stages are open, one for each outcome."""
    found: dict[str, Move] = {}
    for move in MOVES:
        if move.verb == verb and move.can_begin(stages):
            found.setdefault(move.outcome, move)
    return tuple(found.values())


def grounds_for(verb: str) -> frozenset[Ground]:
    """On which grounds something may be done or seen, whatever its outcome; none for what nobody declared."""
    if verb in LOOKS:
        return LOOKS[verb]
    return frozenset(ground for move in MOVES if move.verb == verb for ground in move.who)


def why_not_go_on(move: Move, goes_on: str, stages: Collection[str]) -> str:
    """Why this cannot be what goes on, in a sentence; empty if it can."""
    if goes_on not in move.goes_on:
        return "Choose what help goes on."
    if goes_on not in stages and goes_on not in OFFERS | move.puts_back:
        return (
            f"“{MEANINGS[Stage(goes_on)].label}” is not open, so it cannot go on. Choose what help goes on."
        )
    return ""


def after(move: Move, stages: Collection[str], goes_on: str = "") -> frozenset[Stage]:
    """The stages that are open after a move."""
    left = {Stage(each) for each in stages} - move.closes
    begins = {move.opens} if move.opens is not None else set()
    named = {Stage(goes_on)} if goes_on else set()
    return frozenset(left | begins | named)
