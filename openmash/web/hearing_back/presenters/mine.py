"""The list of what somebody raised, in the order in which they need it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from openmash.apps.concerns.queries.mine import Line
from openmash.apps.concerns.states import Kind
from openmash.web.layout.times import Due, due_in_words, short_moment


@dataclass(frozen=True)
class LineShown:
    """One row. `mark` says in words what is new about it."""

    id: UUID
    reference: str
    about: str
    what: str
    raised: str
    raised_by: str
    status: str
    mark: str
    due: Due | None


@dataclass(frozen=True)
class DraftShown:
    """Something begun and not sent."""

    id: UUID
    what: str
    is_advice: bool
    saved: str


@dataclass(frozen=True)
class Mine:
    """What is being written, has an answer to read, is waiting, has been answered; each newest first."""

    drafts: list[DraftShown]
    unread: list[LineShown]
    waiting: list[LineShown]
    answered: list[LineShown]
    shows_colleagues: bool


def shown(lines: Iterable[Line], drafts: Iterable[Any], now: datetime) -> Mine:
    """Everything in its group."""
    listed = list(lines)
    unread = [line for line in listed if line.has_ended and (line.is_unread or line.is_guarded)]
    return Mine(
        drafts=[_draft(draft, now) for draft in drafts],
        unread=[_line(line, now) for line in unread],
        waiting=[_line(line, now) for line in listed if not line.has_ended],
        answered=[_line(line, now) for line in listed if line.has_ended and line not in unread],
        shows_colleagues=any(line.raised_by for line in listed),
    )


def _line(line: Line, now: datetime) -> LineShown:
    mark = "Please ring us" if line.is_guarded and line.has_ended else "New answer" if line.is_unread else ""
    return LineShown(
        id=line.id,
        reference=line.reference,
        about=_about(line),
        what="Concern" if line.kind == Kind.CONCERN else "Advice",
        raised=short_moment(line.received_at, now),
        raised_by=line.raised_by or "You",
        status=line.status,
        mark=mark,
        due=due_in_words(line.due_at, now) if line.due_at else None,
    )


def _about(line: Line) -> str:
    if line.is_guarded:
        return "Not shown here"
    if not line.names:
        return "No child named"
    return ", ".join(name or "Name not known" for name in line.names)


def _draft(draft: Any, now: datetime) -> DraftShown:
    is_advice = draft.kind == Kind.ADVICE
    what = "Request for advice" if is_advice else "Concern"
    return DraftShown(draft.id, what, is_advice, short_moment(draft.saved_at, now))
