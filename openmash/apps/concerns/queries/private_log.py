"""The log of private questions for those who lead an agency, with what they may open of it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import note_down, permitted
from openmash.apps.directory.models import Person
from openmash.apps.private_asking.queries.log import Log, look_at_log


@seeing_everything("the gate decides row by row, and says why not")
@transaction.atomic
def look_at_private_log(*, by: Person, now: datetime) -> Log:
    """Both directions. References and answers only of contacts that `by` has a ground for.

    Raises:
        Refused: this person leads nothing in their agency.
    """

    def opened(cases: Collection[UUID]) -> set[UUID]:
        return {each.pk for each in Contact.objects.filter(pk__in=cases) if _opened(each, by, now)}

    return look_at_log(by=by, now=now, may_open=opened)


def _opened(contact: Contact, by: Person, now: datetime) -> bool:
    try:
        ground = permitted("see_private_log", contact, by, now)
    except Refused:
        return False
    note_down(contact, "see_private_log", by=by, ground=ground, now=now)
    return True
