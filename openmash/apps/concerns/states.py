"""Where a contact stands, and every move it can make. One table: actions, pages, docs and tests read it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A contact either raises a concern or asks for advice."""

    CONCERN = "concern"
    ADVICE = "advice"


class State(StrEnum):
    RECEIVED = "received"
    SCREENING = "screening"
    SECOND_PERSON = "second_person"
    DECIDED = "decided"
    ANSWERED = "answered"
    DISAGREED = "disagreed"
    ASKED = "asked"
    ADVISED = "advised"
    BECAME_CONCERN = "became_concern"


ENDS = frozenset({State.ANSWERED, State.ADVISED, State.BECAME_CONCERN})
"""A contact may rest here only with an answer (database constraint `contact_ends_with_an_answer`)."""


@dataclass(frozen=True)
class Meaning:
    """How a state is shown: to the front door and to the person who raised it; tag colour; owner."""

    label: str
    told: str
    colour: str
    owner: str


MEANINGS: dict[State, Meaning] = {
    State.RECEIVED: Meaning("Waiting to be screened", "Received, waiting to be read", "yellow", "front door"),
    State.SCREENING: Meaning("Being screened", "Being read by a practitioner", "blue", "screener"),
    State.SECOND_PERSON: Meaning(
        "Waiting for a second person", "Being decided, with a second person", "purple", "second person"
    ),
    State.DECIDED: Meaning(
        "Decided, answer to send", "Decided, your answer is being written", "orange", "screener"
    ),
    State.ANSWERED: Meaning("Answered", "Answered", "green", "the person who raised it"),
    State.DISAGREED: Meaning(
        "Disagreement to settle", "Your disagreement is being looked at", "red", "front door"
    ),
    State.ASKED: Meaning("Advice to give", "Asked, waiting for an adviser", "yellow", "adviser"),
    State.ADVISED: Meaning("Advice given", "Answered", "green", "the person who asked"),
    State.BECAME_CONCERN: Meaning("Became a concern", "Became a concern", "green", "the person who asked"),
}


@dataclass(frozen=True)
class Move:
    """One transition: `verb` is the name of the action, the URL, the audit event and the journey test."""

    verb: str
    kind: Kind
    before: State | None
    after: State


C, A = Kind.CONCERN, Kind.ADVICE
MOVES: tuple[Move, ...] = (
    Move("raise_concern", C, None, State.RECEIVED),
    Move("start_screening", C, State.RECEIVED, State.SCREENING),
    Move("decide", C, State.SCREENING, State.DECIDED),
    Move("propose", C, State.SCREENING, State.SECOND_PERSON),
    Move("agree", C, State.SECOND_PERSON, State.DECIDED),
    Move("return", C, State.SECOND_PERSON, State.SCREENING),
    Move("answer", C, State.DECIDED, State.ANSWERED),
    Move("add_information", C, State.RECEIVED, State.RECEIVED),
    Move("add_information", C, State.SCREENING, State.SCREENING),
    Move("add_information", C, State.SECOND_PERSON, State.SCREENING),
    Move("add_information", C, State.DECIDED, State.RECEIVED),
    Move("add_information", C, State.ANSWERED, State.RECEIVED),
    Move("add_information", C, State.DISAGREED, State.DISAGREED),
    Move("disagree", C, State.ANSWERED, State.DISAGREED),
    Move("stand_by_decision", C, State.DISAGREED, State.ANSWERED),
    Move("decide_again", C, State.DISAGREED, State.SCREENING),
    Move("ask_advice", A, None, State.ASKED),
    Move("give_advice", A, State.ASKED, State.ADVISED),
    Move("add_information", A, State.ASKED, State.ASKED),
    Move("add_information", A, State.ADVISED, State.ASKED),
    Move("add_information", A, State.DISAGREED, State.DISAGREED),
    Move("become_concern", A, State.ASKED, State.BECAME_CONCERN),
    Move("become_concern", A, State.ADVISED, State.BECAME_CONCERN),
    Move("become_concern", A, State.DISAGREED, State.BECAME_CONCERN),
    Move("disagree", A, State.ADVISED, State.DISAGREED),
    Move("stand_by_decision", A, State.DISAGREED, State.ADVISED),
    Move("decide_again", A, State.DISAGREED, State.ASKED),
)


def after(verb: str, kind: str, before: str | None) -> State | None:
    """The state `verb` leads to, or None if it cannot be done from here."""
    for move in MOVES:
        if (move.verb, move.kind, move.before) == (verb, kind, before):
            return move.after
    return None


def verbs_from(kind: str, state: str) -> frozenset[str]:
    """What can be done with a contact of this kind in this state."""
    return frozenset(move.verb for move in MOVES if move.kind == kind and move.before == state)
