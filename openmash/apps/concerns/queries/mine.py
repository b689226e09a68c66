"""Everything one person raised (and, for a safeguarding lead, their agency), as short as a list shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects

from openmash.apps.concerns.models import Answer, Contact, Role
from openmash.apps.concerns.queries.heard import status_of
from openmash.apps.concerns.queries.lists import mine
from openmash.apps.concerns.states import ENDS, State
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Description


@dataclass(frozen=True)
class Line:
    """One thing raised.

    `names` are those of the children it is about as they were given, "" for a name not known. None is shown
    where an answer in writing would have been unsafe (`is_guarded`). `raised_by` is empty for one's own.
    """

    id: UUID
    reference: str
    kind: str
    state: State
    status: str
    names: tuple[str, ...]
    received_at: datetime
    due_at: datetime | None
    raised_by: str
    is_guarded: bool
    is_unread: bool

    @property
    def has_ended(self) -> bool:
        return self.state in ENDS


@transaction.atomic
def raised_by(by: Person, *, now: datetime) -> list[Line]:
    """What this person may hear back about, newest first. Who was shown which is written down."""
    contacts = mine(by=by, now=now)
    answers = Answer.objects.select_related("acknowledged").order_by("id")
    prefetch_related_objects(contacts, Prefetch("answers", queryset=answers, to_attr="answers_given"))
    return [_line(contact, by) for contact in contacts]


def _line(contact: Contact, by: Person) -> Line:
    given: list[Answer] = getattr(contact, "answers_given", [])
    guarded = bool(given) and given[-1].text == ""
    state = State(contact.state)
    unread = state in ENDS - {State.BECAME_CONCERN} and not guarded and not hasattr(given[-1], "acknowledged")
    others = contact.raised_by.name if contact.raised_by and contact.raised_by_id != by.pk else ""
    return Line(
        id=contact.pk,
        reference=contact.reference,
        kind=contact.kind,
        state=state,
        status=status_of(contact.kind, state, guarded=guarded),
        names=() if guarded else tuple(_names(contact)),
        received_at=contact.received_at,
        due_at=None if state in ENDS else contact.due_at,
        raised_by=others,
        is_guarded=guarded,
        is_unread=unread,
    )


def _names(contact: Contact) -> Iterator[str]:
    for part in getattr(contact, "people", []):
        if part.role == Role.SUBJECT:
            unborn = part.description.kind == Description.Kind.UNBORN
            yield part.description.name or ("Unborn child" if unborn else "")
