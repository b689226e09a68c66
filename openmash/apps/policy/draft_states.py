"""Where a draft can stand, and who may take it from where to where. Pure: actions, pages and tests read this."""

from dataclasses import dataclass
from enum import StrEnum


class DraftState(StrEnum):
    """Where a draft stands."""

    WRITTEN = "written"
    SENT = "sent"
    ADOPTED = "adopted"
    SET_ASIDE = "set_aside"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    DraftState.WRITTEN: "Being written",
    DraftState.SENT: "Sent for adoption",
    DraftState.ADOPTED: "Adopted",
    DraftState.SET_ASIDE: "Set aside",
}

WRITES = frozenset({"policy_lead", "head_of_service", "safeguarding_partner"})
"""Who may write a draft and send it."""

ADOPTS = frozenset({"safeguarding_partner"})
"""Who may adopt: the threshold belongs to the safeguarding partners (Working Together to Safeguard Children)."""


@dataclass(frozen=True)
class DraftMoveAllowed:
    """One way from a state to another. `another_person`: not by whoever sent the draft."""

    verb: str
    before: DraftState
    after: DraftState
    roles: frozenset[str]
    another_person: bool = False


DRAFT_MOVES = (
    DraftMoveAllowed("revise_draft", DraftState.WRITTEN, DraftState.WRITTEN, WRITES),
    DraftMoveAllowed("send_draft", DraftState.WRITTEN, DraftState.SENT, WRITES),
    DraftMoveAllowed("return_draft", DraftState.SENT, DraftState.WRITTEN, WRITES),
    DraftMoveAllowed("adopt_draft", DraftState.SENT, DraftState.ADOPTED, ADOPTS, another_person=True),
    DraftMoveAllowed("set_draft_aside", DraftState.WRITTEN, DraftState.SET_ASIDE, WRITES),
    DraftMoveAllowed("set_draft_aside", DraftState.SENT, DraftState.SET_ASIDE, WRITES),
)


def move_for(verb: str, state: DraftState) -> DraftMoveAllowed | None:
    """The move a verb makes from a state, None when it makes none from there."""
    return next((move for move in DRAFT_MOVES if move.verb == verb and move.before is state), None)
