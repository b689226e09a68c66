"""What stands in the way of asking, answering and refusing, and what an answer makes of a request. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from openmash.apps.concerns.rules import Reason
from openmash.apps.sharing.states import State

MOST_QUESTIONS = 12
NEEDS_WORDS = {
    "agree": "Write what they said, and who said it.",
    "refused": "Write what they said, and who said it.",
    "young_refused": "Write what the young person said.",
    "not_asked": "Write why they have not been asked.",
    "not_safe": "Write why asking could be unsafe.",
}
"""Answers about the family that take a sentence besides, by the ids of the dated text. Others do not."""


class Outcome(StrEnum):
    """What became of one question. Not held and not known are answers of their own, and neither is a no."""

    ANSWERED = "answered"
    NOT_HELD = "not_held"
    NOT_KNOWN = "not_known"
    WITHHELD = "withheld"


OUTCOME_WORDS = {
    Outcome.ANSWERED: "Answered",
    Outcome.NOT_HELD: "Not held: we have no records that would say",
    Outcome.NOT_KNOWN: "Not known: our records do not say, or we cannot tell",
    Outcome.WITHHELD: "Not shared, for a reason",
}


@dataclass(frozen=True)
class Asking:
    """What somebody wants to ask. `names`: how many details that would go with it say which child."""

    asked_agency_id: int | None
    own_agency_id: int
    asked_leads: bool
    asked_person: bool
    names: int
    questions: int
    why: str
    grounds: tuple[str, ...]
    family: str
    family_said: str


def why_not_ask(asking: Asking, *, grounds: Collection[str], family: Collection[str]) -> list[Reason]:
    """What is lacking, by field. `grounds` are those that hold for the agency that asks, today."""
    reasons = []
    if asking.asked_agency_id is None:
        reasons.append(Reason("asked", "Choose whom you ask."))
    elif asking.asked_agency_id == asking.own_agency_id:
        reasons.append(Reason("asked", "This is your own agency. Look in its own records."))
    elif not asking.asked_person and not asking.asked_leads:
        reasons.append(
            Reason("asked", "Nobody leads safeguarding there. Choose a person, so that somebody reads it.")
        )
    if not asking.names:
        reasons.append(
            Reason("told", "Choose at least the name of one child, or nobody can find the records.")
        )
    if not asking.questions:
        reasons.append(Reason("questions", "Write what you need to know, one question on each line."))
    if asking.questions > MOST_QUESTIONS:
        reasons.append(Reason("questions", f"Ask no more than {MOST_QUESTIONS} questions at once."))
    if not asking.why.strip():
        reasons.append(Reason("why", "Write why you need it. Whoever is asked reads this."))
    reasons += why_not_grounds(asking.grounds, grounds)
    if asking.family not in family:
        reasons.append(Reason("family", "Choose what the family says to it, or that you do not know."))
    elif asking.family in NEEDS_WORDS and not asking.family_said.strip():
        reasons.append(Reason("family_said", NEEDS_WORDS[asking.family]))
    return reasons


def why_not_grounds(chosen: Collection[str], known: Collection[str]) -> list[Reason]:
    """A ground at least, and each one that holds for this agency in the version in force."""
    if not chosen:
        return [Reason("grounds", "Choose at least one legal ground.")]
    if set(chosen) - set(known):
        return [Reason("grounds", "One of these grounds does not hold for your agency. Choose again.")]
    return []


@dataclass(frozen=True)
class Answered:
    """What is said to one question now."""

    item_id: int
    outcome: str
    text: str


def why_not_answer(
    answered: Collection[Answered],
    *,
    items: Collection[int],
    chosen: Collection[str],
    grounds: Collection[str],
    note: str,
) -> list[Reason]:
    """What is lacking in an answer, by field: `outcome_7` and `text_7` are of the question with the id 7."""
    reasons = []
    if not answered and not note.strip():
        reasons.append(Reason("", "Answer at least one question, or write something below."))
    for each in answered:
        if each.item_id not in items or each.outcome not in list(Outcome):
            reasons.append(Reason("", "Choose what you say to each question."))
        elif each.outcome == Outcome.ANSWERED and not each.text.strip():
            reasons.append(Reason(f"text_{each.item_id}", "Write your answer."))
        elif each.outcome == Outcome.WITHHELD and not each.text.strip():
            reasons.append(
                Reason(f"text_{each.item_id}", "Write why you do not share this. Whoever asked reads it.")
            )
    if leaves(answered, note) or chosen:
        reasons += why_not_grounds(chosen, grounds)
    return reasons


def leaves(answered: Collection[Answered], note: str) -> bool:
    """Whether anything about the child or family leaves with this answer.

    That nothing is held says something too: a clinic that holds nothing has told that it does not know the child.
    """
    return bool(note.strip()) or any(each.outcome != Outcome.WITHHELD for each in answered)


def state_after(latest: Mapping[int, str], items: Collection[int]) -> State:
    """Where a request stands, from the latest word on each question that has one."""
    said = [latest[item] for item in items if item in latest]
    if len(said) == len(items) and all(outcome == Outcome.WITHHELD for outcome in said):
        return State.REFUSED
    if len(said) == len(items) and Outcome.WITHHELD not in said:
        return State.ANSWERED_IN_FULL
    return State.ANSWERED_IN_PART


WAITING = frozenset({State.ASKED, State.BEING_ANSWERED, State.ANSWERED_IN_PART})


def waits(state: str, still_to_come: int) -> bool:
    """Whether something is still owed: a question without any word on it."""
    return state in WAITING and still_to_come > 0


def is_overdue(state: str, still_to_come: int, due_at: datetime, now: datetime) -> bool:
    """A fact about the clock: something is still owed, and its time has run out."""
    return waits(state, still_to_come) and due_at < now
