"""Whether somebody may do something to a contact, and the note that they did."""

from datetime import datetime
from typing import Any

from openmash.apps.access.grounds import ContactFacts, Ground, Viewer, ground_for
from openmash.apps.access.viewers import member_of_the_public, viewer_of
from openmash.apps.audit.actions import record
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person

NO_CODES: frozenset[str] = frozenset()


def facts_for_access(contact: Contact) -> ContactFacts:
    """All that access needs to know of a contact."""
    return ContactFacts(
        id=str(contact.pk),
        kind=contact.kind,
        raised_by_id=contact.raised_by_id,
        raised_agency_id=contact.raised_agency_id,
        locality_id=contact.locality_id,
    )


def whoever(by: Person | None, codes: frozenset[str], now: datetime) -> Viewer:
    """The viewer behind an act: an account, or a member of the public with the contacts proved theirs."""
    return viewer_of(by, day_of(now)) if by is not None else member_of_the_public(codes)


def permitted(
    verb: str, contact: Contact, by: Person | None, now: datetime, codes: frozenset[str] = NO_CODES
) -> Ground:
    """The ground on which `by` may do this.

    Raises:
        Refused: there is none.
    """
    return ground_for(whoever(by, codes, now), verb, facts_for_access(contact))


def note_down(
    contact: Contact,
    verb: str,
    *,
    by: Person | None,
    ground: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write an event about this contact."""
    record(
        by=by, verb=verb, subject_kind="contact", subject_id=contact.pk, ground=ground, now=now, detail=detail
    )
