"""Somebody without an account shows that something is theirs, by its reference and code."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import Ground
from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record_refusal
from openmash.apps.concerns.codes import as_reference, is_code
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import note_down

NOT_TOGETHER = "This reference and this code do not go together. Check both, letter by letter."
"""The same whether the reference is unknown or the code is wrong: nobody learns which references exist."""


@acting
@transaction.atomic
def prove_by_code(*, reference: str, code: str, now: datetime, path: str = "") -> UUID | None:
    """The contact whose code this is, or None. Either way it is written down that somebody tried."""
    contact = Contact.objects.filter(reference=as_reference(reference)).first()
    if contact is not None and is_code(code, contact.code_hash):
        note_down(contact, "prove_by_code", by=None, ground=Ground.HOLDS_THE_CODE, now=now)
        return contact.pk
    wrong = Refused(
        NOT_TOGETHER,
        verb="prove_by_code",
        # What was typed is not kept: it may be anything, a child's name among them.
        subject_kind="contact" if contact else "reference",
        subject_id=contact.pk if contact else "",
    )
    record_refusal(by=None, refusal=wrong, now=now, path=path)
    return None
