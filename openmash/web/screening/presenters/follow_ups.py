"""What a decision brought with it, owed or done."""

from dataclasses import dataclass
from datetime import datetime

from openmash.apps.concerns.queries.opened import Opened
from openmash.apps.concerns.queries.wanted import INFORMATION_REQUEST
from openmash.web.layout.times import Due, due_in_words
from openmash.web.screening.presenters.people import who


@dataclass(frozen=True)
class FollowUpShown:
    id: int
    text: str
    owner: str
    asks_an_agency: bool
    due: Due | None
    done_by: str
    done_note: str


def follow_ups_shown(opened: Opened, now: datetime) -> list[FollowUpShown]:
    """Everything owed on a contact, soonest due first, with what came of what is done."""
    shown = []
    for each in opened.follow_ups:
        done = getattr(each, "done", None)
        shown.append(
            FollowUpShown(
                id=each.pk,
                text=each.text,
                owner=each.owner,
                asks_an_agency=each.duty == INFORMATION_REQUEST,
                due=None if done else due_in_words(each.due_at, now),
                done_by=who(done.by) if done else "",
                done_note=done.note if done else "",
            )
        )
    return shown
