"""What every action on a contact shares: lock it, check the right and the state, move it, write it down."""

from datetime import datetime
from typing import Any
from uuid import UUID

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.actions.findings import keep_up
from openmash.apps.concerns.errors import ChangedMeanwhile, NotPossibleNow
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import note_down
from openmash.apps.concerns.states import MEANINGS, State, after
from openmash.apps.directory.models import Person


@acting
def locked(contact_id: UUID, seen_version: int | None = None) -> Contact:
    """The contact, locked until the transaction ends.

    Raises:
        ChangedMeanwhile: it has moved on since the version the person saw.
    """
    contact = Contact.objects.select_for_update().get(pk=contact_id)
    if seen_version is not None and contact.version != seen_version:
        raise ChangedMeanwhile(seen_version, contact.version)
    return contact


@acting
def next_state(verb: str, contact: Contact) -> State:
    """Where `verb` leads from here.

    Raises:
        NotPossibleNow: nowhere.
    """
    state = after(verb, contact.kind, contact.state)
    if state is None:
        label = MEANINGS[State(contact.state)].label.lower()
        raise NotPossibleNow(f"This cannot be done now: {contact.reference} is at “{label}”.")
    return state


@acting
def move(
    contact: Contact,
    verb: str,
    *,
    by: Person | None,
    ground: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Take the contact along one transition with its changes, and write it down."""
    before = contact.state
    contact.state = next_state(verb, contact)
    for name, value in changes.items():
        setattr(contact, name, value)
    contact.version += 1
    contact.save()
    note_down(
        contact,
        verb,
        by=by,
        ground=ground,
        now=now,
        detail={"from": before, "to": contact.state, **(detail or {})},
    )


@acting
def touch(
    contact: Contact,
    verb: str,
    *,
    by: Person | None,
    ground: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
    evidence_changed: bool = False,
) -> None:
    """Raise the version after something was added to the contact, and write it down.

    `evidence_changed`: the threshold is asked again (`findings.keep_up`).
    """
    if evidence_changed:
        keep_up(contact, now=now)
    contact.version += 1
    contact.save()
    note_down(contact, verb, by=by, ground=ground, now=now, detail=detail)
