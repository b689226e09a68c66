"""Disagreements with an answer: each step, who it is with, its clock, and what was said to it."""

from dataclasses import dataclass
from datetime import datetime

from openmash.apps.concerns.queries.opened import Opened
from openmash.apps.concerns.steps import STEP_NAMES
from openmash.web.layout.times import Due, due_in_words
from openmash.web.screening.presenters.findings import code_words, rank_words
from openmash.web.screening.presenters.people import who


@dataclass(frozen=True)
class DisagreementShown:
    """`reply` is empty, and `due` set, while nobody has answered it."""

    step: int
    with_whom: str
    by: str
    at: datetime
    reason: str
    level_asked: str
    held_at: str
    due: Due | None
    reply: str
    reply_by: str
    reply_reason: str


def disagreements_shown(opened: Opened, now: datetime) -> list[DisagreementShown]:
    """Every disagreement on a contact, first to last."""
    shown = []
    for each in opened.disagreements:
        reply = getattr(each, "reply", None)
        shown.append(
            DisagreementShown(
                step=each.step,
                with_whom=STEP_NAMES[each.step],
                by=who(each.by),
                at=each.at,
                reason=each.reason,
                level_asked=code_words(each.level_asked, opened.policy) if each.level_asked else "",
                held_at=rank_words(each.held_rank, opened.policy),
                due=None if reply else due_in_words(each.due_at, now),
                reply=reply.get_outcome_display() if reply else "",
                reply_by=who(reply.by) if reply else "",
                reply_reason=reply.reason if reply else "",
            )
        )
    return shown
