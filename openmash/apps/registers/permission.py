"""Who may hand over, link and look at registers, and on what ground.

A safeguarding lead hands over registers of their own agency, and sees what became of them in numbers. A front door
manager links registers of agencies in their locality. Managers and screening practitioners there look at pairs,
and are told where somebody they look for stands.
"""

from datetime import datetime

from openmash.apps.access.errors import Refused
from openmash.apps.access.viewers import viewer_of
from openmash.apps.directory.models import Agency, Person
from openmash.engines.clocks import LONDON

LEADS_THERE = "leads safeguarding in the agency whose register it is"
MANAGES_HERE = "manages the front door of this locality"
SCREENS_HERE = "screens concerns in this locality"

# By verb: the roles, most telling first, and whether the agency must be one's own or of one's locality.
_MAY: dict[str, tuple[tuple[str, str], ...]] = {
    "hand_over": (("safeguarding_lead", LEADS_THERE),),
    "see_register": (("safeguarding_lead", LEADS_THERE), ("manager", MANAGES_HERE)),
    "see_rows_to_mend": (("safeguarding_lead", LEADS_THERE),),
    "link_registers": (("manager", MANAGES_HERE),),
    "see_run": (("manager", MANAGES_HERE), ("screening_practitioner", SCREENS_HERE)),
    "see_standing": (("manager", MANAGES_HERE), ("screening_practitioner", SCREENS_HERE)),
    "review_pairs": (("manager", MANAGES_HERE), ("screening_practitioner", SCREENS_HERE)),
}
_WHO = {
    "hand_over": "Only the safeguarding lead of an agency may hand over its register.",
    "link_registers": "Only a front door manager of the locality may link registers.",
}


def ground_on(verb: str, agency: Agency, *, by: Person, now: datetime) -> str:
    """The ground on which `by` may do this with registers of an agency; "" when there is none."""
    viewer = viewer_of(by, now.astimezone(LONDON).date())
    if not by.is_active:
        return ""
    for role, ground in _MAY.get(verb, ()):
        if role == "safeguarding_lead":
            if viewer.agency_id == agency.pk and any(held == role for held, _place in viewer.roles):
                return ground
        elif {(role, agency.locality_id), (role, None)} & viewer.roles:
            return ground
    return ""


def permitted(verb: str, *agencies: Agency, by: Person, now: datetime, subject: tuple[str, object]) -> str:
    """The ground on which `by` may do this with registers of all these agencies.

    Raises:
        Refused: there is none for one of them.
    """
    grounds = [ground_on(verb, agency, by=by, now=now) for agency in agencies]
    if not grounds or not all(grounds):
        raise Refused(
            _WHO.get(verb, "You do not have a role that lets you do this with this register."),
            verb=verb,
            subject_kind=subject[0],
            subject_id=subject[1],
        )
    return grounds[0]
