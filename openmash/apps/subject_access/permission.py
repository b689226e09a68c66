"""Who answers a request for somebody's own record: whoever heads the service, or a safeguarding partner."""

from datetime import datetime
from uuid import UUID

from openmash.apps.access.grounds import Ground
from openmash.apps.audit.actions import record
from openmash.apps.casework.models import CameFrom
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import note_down, permitted
from openmash.apps.directory.models import Person
from openmash.apps.keeping.kinds import RecordKind
from openmash.apps.keeping.permission import ground_to_keep

VERB = "answer_subject_access"
ROLES = frozenset({"head_of_service", "safeguarding_partner"})


def may(contact: Contact, by: Person, now: datetime) -> Ground:
    """The ground on which somebody answers requests about a contact and all the work that came of it.

    Raises:
        Refused: there is none; or another area answers for some of the work since it was handed over.
    """
    ground = permitted(VERB, contact, by, now)
    for case in work_of(contact):
        ground_to_keep(RecordKind.CASE, case, by, now)
    return ground


def work_of(contact: Contact) -> list[UUID]:
    """The cases that the answer to a request about this contact covers."""
    return list(
        CameFrom.objects.filter(contact=contact).values_list("case", flat=True).distinct().order_by("case")
    )


def list_request(contact_id: UUID, *, by: Person, now: datetime) -> None:
    """Write down that somebody saw in the list that there is a request: its reference and day, no word of the record.

    Raises:
        Refused: it is none of theirs, or they are kept out of it.
    """
    contact = Contact.objects.get(pk=contact_id)
    note_down(contact, "see_subject_access", by=by, ground=permitted(VERB, contact, by, now), now=now)


def enter(contact_id: UUID, verb: str, *, by: Person, now: datetime, **detail: object) -> Contact:
    """The contact, for whoever may answer a request about it; that they did or saw this is written down,
    in the log of the contact and of all the work that came of it.

    Raises:
        Contact.DoesNotExist: there is no such contact.
        Refused: it is none of theirs, or they are kept out of it.
    """
    contact = Contact.objects.get(pk=contact_id)
    ground = may(contact, by, now)
    note_down(contact, verb, by=by, ground=ground, now=now, detail=dict(detail))
    for case in work_of(contact):
        record(
            by=by,
            verb=verb,
            subject_kind="case",
            subject_id=case,
            ground=ground,
            now=now,
            detail=dict(detail),
        )
    return contact
