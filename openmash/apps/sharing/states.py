"""Where a request stands, and every move it can make. One table: actions, pages and tests read it.

Overdue is no state: it is a fact about the clock, worked out when somebody looks (`rules.is_overdue`).
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    ASKED = "asked"
    BEING_ANSWERED = "being_answered"
    ANSWERED_IN_PART = "answered_in_part"
    ANSWERED_IN_FULL = "answered_in_full"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Meaning:
    """How a state is said, and whose turn it is."""

    label: str
    owner: str


MEANINGS: dict[State, Meaning] = {
    State.ASKED: Meaning("Asked", "the agency asked"),
    State.BEING_ANSWERED: Meaning("Being answered", "the agency asked"),
    State.ANSWERED_IN_PART: Meaning("Answered in part", "both"),
    State.ANSWERED_IN_FULL: Meaning("Answered in full", "whoever asked"),
    State.REFUSED: Meaning("Refused, with a reason", "whoever asked"),
    State.WITHDRAWN: Meaning("Withdrawn", "nobody"),
}

ENDS = frozenset({State.ANSWERED_IN_FULL, State.WITHDRAWN})

MOVES: dict[tuple[str, State], frozenset[State]] = {
    ("begin_answering", State.ASKED): frozenset({State.BEING_ANSWERED}),
    **{
        ("answer_request", before): frozenset({State.ANSWERED_IN_PART, State.ANSWERED_IN_FULL, State.REFUSED})
        for before in (State.ASKED, State.BEING_ANSWERED, State.ANSWERED_IN_PART, State.REFUSED)
    },
    ("refuse_request", State.ASKED): frozenset({State.REFUSED}),
    ("refuse_request", State.BEING_ANSWERED): frozenset({State.REFUSED}),
    ("withdraw_request", State.ASKED): frozenset({State.WITHDRAWN}),
    ("withdraw_request", State.BEING_ANSWERED): frozenset({State.WITHDRAWN}),
    ("withdraw_request", State.ANSWERED_IN_PART): frozenset({State.WITHDRAWN}),
}
"""From a verb and a state to the states it may lead to; where there are several, what was answered says which.

An agency that refused may still answer: more information is never turned away.
"""

VERBS = tuple(dict.fromkeys(verb for verb, _before in MOVES))


def verbs_from(state: str) -> frozenset[str]:
    """What can be done with a request that stands there."""
    return frozenset(verb for verb, before in MOVES if before == state)


def may_become(verb: str, before: str) -> frozenset[State]:
    """The states that `verb` may lead to from `before`; none where it cannot be done."""
    return MOVES.get((verb, State(before)), frozenset())
