"""Who may see or do what with a contact, and on what ground. Pure: callers hand in plain facts.

Deny by default: a verb that is not in `ALLOWED` is refused for everybody.
"""

from dataclasses import dataclass
from enum import StrEnum

from openmash.apps.access.errors import Refused


class Ground(StrEnum):
    """Why a look or an act is allowed; written into the audit log."""

    RAISED_IT = "raised it"
    HOLDS_THE_CODE = "holds the reference and code given to the person who raised it"
    LEADS_SAFEGUARDING = "leads safeguarding in the agency that raised it"
    SCREENS_HERE = "screens concerns in this locality"
    MANAGES_HERE = "manages the front door of this locality"
    ADVISES_HERE = "gives advice in this locality"
    HEADS_SERVICE_HERE = "heads the service of this locality"
    SAFEGUARDING_PARTNER = "delegated safeguarding partner"
    LEADS_WORK = "leads the work with this child"
    COVERS_WORK = "covers for whoever leads the work with this child, who is away"
    OWN_ABSENCE = "is away themselves"
    MANAGES_TEAM = "manages the team"
    CHAIRS_HERE = "chairs conferences in this locality"
    TAKES_OVER = "manages the team of the area that takes over"
    INVITED = "was invited to this meeting"
    WAS_GIVEN = "was given this paper"
    ASKED_FOR_IT = "asked for this information"
    ASKED_BY_NAME = "was asked by name"
    ANSWERS_FOR_AGENCY = "leads in the agency that was asked"
    AUDITS_BLIND = "was asked to judge a sample of concerns blind"
    TOOK_PART = "raised the concern, or was invited to a meeting about this child"


@dataclass(frozen=True)
class Viewer:
    """Whoever is asking: a signed-in person, or a member of the public (no id)."""

    id: int | None
    agency_id: int | None
    roles: frozenset[tuple[str, int | None]]
    codes: frozenset[str] = frozenset()
    """Contact ids for which this member of the public has given the right code."""
    kept_out: frozenset[str] = frozenset()
    """Contact ids closed to this person, whatever their role: restricted to others, or a conflict of interest."""


@dataclass(frozen=True)
class ContactFacts:
    """All that access needs to know of a contact."""

    id: str
    kind: str
    raised_by_id: int | None
    raised_agency_id: int | None
    locality_id: int


ROLE_GROUNDS = {
    "screening_practitioner": Ground.SCREENS_HERE,
    "manager": Ground.MANAGES_HERE,
    "adviser": Ground.ADVISES_HERE,
    "head_of_service": Ground.HEADS_SERVICE_HERE,
    "safeguarding_partner": Ground.SAFEGUARDING_PARTNER,
}

OWN_WORDS = frozenset({Ground.RAISED_IT, Ground.HOLDS_THE_CODE})
"""What nobody can be kept from: whoever told us something may read what they told, and the answer."""

RAISERS = frozenset({Ground.RAISED_IT, Ground.HOLDS_THE_CODE, Ground.LEADS_SAFEGUARDING})
FRONT_DOOR = frozenset({Ground.SCREENS_HERE, Ground.MANAGES_HERE})
LEADERS = frozenset({Ground.MANAGES_HERE, Ground.HEADS_SERVICE_HERE, Ground.SAFEGUARDING_PARTNER})
HUB = FRONT_DOOR | LEADERS

# Most telling ground first: it is the one that is written down.
ALLOWED: dict[str, frozenset[Ground]] = {
    "see_as_raiser": RAISERS,
    "acknowledge": RAISERS,
    "disagree": RAISERS,
    "become_concern": RAISERS,
    "add_information": RAISERS | FRONT_DOOR,
    "see_as_hub": HUB,
    "see_who_looked": LEADERS,
    "see_advice": HUB | {Ground.ADVISES_HERE},
    "give_advice": HUB | {Ground.ADVISES_HERE},
    "start_screening": FRONT_DOOR,
    "record_sign": FRONT_DOOR,
    "withdraw_sign": FRONT_DOOR,
    "record_fact": FRONT_DOOR,
    "link": FRONT_DOOR,
    "ask_information": FRONT_DOOR,
    "ask_privately": FRONT_DOOR | {Ground.LEADS_SAFEGUARDING},
    "restrict": LEADERS,
    "keep": LEADERS,
    "answer_subject_access": LEADERS - {Ground.MANAGES_HERE},
    "declare_conflict": HUB | {Ground.ADVISES_HERE, Ground.LEADS_SAFEGUARDING},
    "end_conflict": LEADERS,
    "see_private_log": HUB | {Ground.LEADS_SAFEGUARDING},
    "shield": LEADERS | {Ground.LEADS_SAFEGUARDING},
    "decide": HUB,
    "agree": LEADERS,
    "return": LEADERS,
    "answer": HUB,
    "finish_follow_up": HUB,
    "reply_to_disagreement": HUB | {Ground.ADVISES_HERE},
}


KEPT_OUT = (
    "This record is open to named people only, or you have said that you know the family. "
    "If a child cannot wait, ask the front door manager of the locality."
)


def grounds_of(viewer: Viewer, contact: ContactFacts) -> frozenset[Ground]:
    """Every ground the viewer has on this contact."""
    grounds = grounds_by_role(viewer, contact)
    return grounds & OWN_WORDS if contact.id in viewer.kept_out else grounds


def grounds_by_role(viewer: Viewer, contact: ContactFacts) -> frozenset[Ground]:
    """Every ground there would be if the viewer were kept out of nothing."""
    grounds = set()
    if viewer.id is not None and viewer.id == contact.raised_by_id:
        grounds.add(Ground.RAISED_IT)
    if contact.id in viewer.codes:
        grounds.add(Ground.HOLDS_THE_CODE)
    for role, locality_id in viewer.roles:
        if role == "safeguarding_lead" and viewer.agency_id == contact.raised_agency_id:
            grounds.add(Ground.LEADS_SAFEGUARDING)
        if role in ROLE_GROUNDS and locality_id in (None, contact.locality_id):
            grounds.add(ROLE_GROUNDS[role])
    return frozenset(grounds)


def ground_for(viewer: Viewer, verb: str, contact: ContactFacts) -> Ground:
    """The ground on which `viewer` may do `verb` to `contact`.

    Raises:
        Refused: there is none.
    """
    usable = grounds_of(viewer, contact) & ALLOWED.get(verb, frozenset())
    if not usable and grounds_by_role(viewer, contact) & ALLOWED.get(verb, frozenset()):
        raise Refused(KEPT_OUT, verb=verb, subject_kind="contact", subject_id=contact.id)
    if not usable:
        raise Refused(
            "You do not have a role that lets you do this for this record. "
            "If you think you should, ask the front door manager of the locality.",
            verb=verb,
            subject_kind="contact",
            subject_id=contact.id,
        )
    return min(usable, key=list(Ground).index)


def localities_for(viewer: Viewer, roles: frozenset[str]) -> frozenset[int] | None:
    """Where the viewer holds any of these roles: locality ids, or None for everywhere."""
    held = {locality_id for role, locality_id in viewer.roles if role in roles}
    return None if None in held else frozenset(place for place in held if place is not None)
