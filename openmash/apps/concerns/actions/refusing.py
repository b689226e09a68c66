"""What may be told of why two people could not be linked: never what rests on a record somebody may not see."""

from datetime import datetime

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.queries.already_known import sight_of
from openmash.apps.directory.models import Person
from openmash.apps.families.errors import LinkRefused
from openmash.apps.families.models import Description


@acting
def reason_told(refused: LinkRefused, *, by: Person, now: datetime) -> str:
    """Why it was refused; where that rests on what this person may not see, only whom they have to ask."""
    contacts = Description.objects.filter(pk__in=refused.rests_on).values_list("contact_id", flat=True)
    there = sorted(each.name for each in sight_of(by, now).localities(set(contacts)))
    if not there:
        return refused.reason
    return (
        f"This cannot be said without the front door of {' and of '.join(there)}. Ring them before you go on."
    )
