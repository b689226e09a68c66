"""What has been done to a contact since somebody opened it, so that two people's work can stand side by side.

Read from the records themselves: each says who and when. The audit log is for checking, not for features.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openmash.apps.concerns.models import (
    Answer,
    Contact,
    Decision,
    Disagreement,
    FactRecorded,
    Information,
    Reply,
    SecondWord,
    SignRecorded,
    SignWithdrawn,
)
from openmash.apps.directory.models import Person

KINDS: dict[str, Any] = {
    "record_sign": SignRecorded,
    "withdraw_sign": SignWithdrawn,
    "record_fact": FactRecorded,
    "add_information": Information,
    "decide": Decision,
    "second_word": SecondWord,
    "answer": Answer,
    "disagree": Disagreement,
    "reply_to_disagreement": Reply,
}


@dataclass(frozen=True)
class ChangeMade:
    """One thing somebody did: `verb` is a key of `KINDS`, `record` what it left.

    Without `by` it was a member of the public.
    """

    verb: str
    at: datetime
    by: Person | None
    record: Any


def changes_since(contact: Contact, since: datetime) -> list[ChangeMade]:
    """Everything recorded from `since` on, first to last; failing that the latest thing recorded.

    Two people's clocks and transactions overlap: the latest is shown rather than nothing.
    """
    changes = sorted(_changes(contact), key=lambda change: change.at)
    return [change for change in changes if change.at >= since] or changes[-1:]


def _changes(contact: Contact) -> Iterator[ChangeMade]:
    for verb, model in KINDS.items():
        for record in model.objects.filter(contact=contact).select_related("by__agency"):
            yield ChangeMade(verb, record.at, record.by, record)
