"""Asking another agency, on account of a contact, whether it knows a child."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.concerns.permission import permitted
from openmash.apps.directory.models import Person
from openmash.apps.families.queries import described
from openmash.apps.private_asking.actions import asking
from openmash.apps.private_asking.models import PrivateQuestion
from openmash.apps.private_asking.purposes import Purpose
from openmash.engines.matching.described import DescribedPerson


@acting
@transaction.atomic
def ask_privately(
    *,
    question_id: UUID,
    contact_id: UUID,
    child: UUID | DescribedPerson,
    asked_id: int,
    purpose: Purpose,
    by: Person,
    now: datetime,
) -> PrivateQuestion:
    """Ask about a child described on this contact (the description's id), or about one typed for it.

    `question_id` is of this question alone, whenever and however often it is sent.

    Raises:
        Contact.DoesNotExist, Part.DoesNotExist: there is no such contact, or no such child on it.
        Refused: this person may not ask on account of this contact, or has asked as often as they may.
        CannotBeAsked: too little is known of the child, or that agency cannot be asked. Nothing was sent.
    """
    contact = Contact.objects.get(pk=contact_id)
    ground = permitted("ask_privately", contact, by, now)
    if isinstance(child, UUID):
        part = Part.objects.select_related("description").get(contact=contact, description_id=child)
        child = described(part.description)
    about = asking.About(case_id=contact.pk, case_reference=contact.reference)
    return asking.ask(
        question_id=question_id,
        child=child,
        about=about,
        asked_id=asked_id,
        purpose=purpose,
        by=by,
        ground=ground,
        now=now,
    )
