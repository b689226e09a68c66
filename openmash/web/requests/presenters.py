"""Requests and the log in words. Late is said in words, never in colour, and no agency is set above another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openmash.apps.sharing.queries.lists import Line
from openmash.apps.sharing.queries.opened import ItemShown, OpenedRequest
from openmash.apps.sharing.rules import OUTCOME_WORDS, Outcome
from openmash.apps.sharing.states import MEANINGS, State
from openmash.web.layout.times import Due, due_in_words, span

UNSAFE = "not_safe"
"""Asking the family is not safe: whoever is asked must not simply speak to them about the request."""


@dataclass(frozen=True)
class LineShown:
    """One request in a list. `other` is the other side; `due` is empty when nothing is owed."""

    id: str
    reference: str
    about: str
    other: str
    questions: str
    state: str
    waited: str
    due: Due | None


def lines_to_us(lines: Iterable[Line], now: datetime) -> list[LineShown]:
    """Requests to one's own agency."""
    return [_line(line, f"{line.request.by.name}, {line.request.asking_agency}", now) for line in lines]


def lines_of_ours(lines: Iterable[Line], now: datetime) -> list[LineShown]:
    """Requests to others."""
    return [
        _line(line, f"{asked_in_words(line.request)}, asked by {line.request.by.name}", now) for line in lines
    ]


def asked_in_words(request: Any) -> str:
    """Who was asked, by name if somebody was."""
    person = request.asked_person
    return f"{person.name}, {request.asked_agency}" if person is not None else str(request.asked_agency)


def _line(line: Line, other: str, now: datetime) -> LineShown:
    request = line.request
    count = len(request.item_set.all())
    said = f"{count} question{'' if count == 1 else 's'}"
    owed = line.still_to_come > 0 and request.state != State.WITHDRAWN and request.state != State.REFUSED
    if owed and line.still_to_come < count:
        said = f"{line.still_to_come} of {said} still to come"
    return LineShown(
        id=str(request.pk),
        reference=request.reference,
        about=request.about,
        other=other,
        questions=said,
        state=MEANINGS[State(request.state)].label,
        waited=span(now - request.at),
        due=due_in_words(request.due_at, now) if owed else None,
    )


@dataclass(frozen=True)
class WordShown:
    """One word on a question: what it was, what was written, and whether it is the one that counts."""

    words: str
    text: str
    counts: bool


@dataclass(frozen=True)
class QuestionShown:
    number: int
    question: str
    said: tuple[WordShown, ...]


def question_shown(each: ItemShown) -> QuestionShown:
    """A question with every word on it, oldest first."""
    words = tuple(
        WordShown(OUTCOME_WORDS[Outcome(said.outcome)], said.text, said is each.latest) for said in each.said
    )
    return QuestionShown(each.item.number, each.item.question, words)


def standing(opened: OpenedRequest, now: datetime) -> dict[str, Any]:
    """Where a request stands, in words."""
    return {
        "state": MEANINGS[opened.state].label,
        "due": due_in_words(opened.due_at, now) if opened.waits else None,
        "asked": asked_in_words(opened),
        "take_care": opened.family == UNSAFE and opened.ours is None,
    }
