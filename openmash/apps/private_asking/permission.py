"""Who may see how often an agency asked and was asked, and who may shield a record."""

from datetime import datetime

from openmash.apps.access.errors import Refused
from openmash.apps.access.viewers import viewer_of
from openmash.apps.directory.models import Person
from openmash.engines.clocks import LONDON

LEADS = frozenset({"safeguarding_lead", "manager", "head_of_service", "safeguarding_partner"})
LEADS_HERE = "leads safeguarding or the front door in the agency"


def leads_in_own_agency(by: Person, now: datetime) -> bool:
    """Whether this person leads safeguarding, a front door or a service in the agency they work for."""
    held = {role for role, _place in viewer_of(by, now.astimezone(LONDON).date()).roles}
    return by.is_active and bool(held & LEADS)


def permitted(verb: str, *, by: Person, now: datetime) -> str:
    """The ground on which `by` may see or do this for the agency they work for, and for no other.

    Raises:
        Refused: they lead nothing there.
    """
    if leads_in_own_agency(by, now):
        return LEADS_HERE
    raise Refused(
        "This is for those who lead safeguarding or the front door in your agency.",
        verb=verb,
        subject_kind="private_answers",
        subject_id=by.agency_id,
    )
