"""Whether somebody may do something with the threshold, and the ground on which they may."""

from datetime import datetime

from openmash.apps.access.errors import Refused
from openmash.apps.access.viewers import viewer_of
from openmash.apps.directory.models import Person
from openmash.apps.policy.draft_states import ADOPTS, DRAFT_MOVES, WRITES
from openmash.apps.policy.rules import LEADS_ON_THE_THRESHOLD, SAFEGUARDING_LEAD
from openmash.engines.clocks import LONDON

HAS_AN_ACCOUNT = "has an account"
LEADS_ON_IT = "leads on the threshold"
LEADS_SAFEGUARDING = "leads safeguarding in the agency"

ROLES = {
    "begin_round": LEADS_ON_THE_THRESHOLD,
    "close_round": LEADS_ON_THE_THRESHOLD,
    "see_round_results": LEADS_ON_THE_THRESHOLD,
    "see_acknowledgements": LEADS_ON_THE_THRESHOLD,
    "see_own_agency": frozenset({SAFEGUARDING_LEAD}),
    "see_drafts": LEADS_ON_THE_THRESHOLD,
    "see_history": LEADS_ON_THE_THRESHOLD,
    "see_local_review": LEADS_ON_THE_THRESHOLD,
    "draw_sample": LEADS_ON_THE_THRESHOLD,
    "see_samples": LEADS_ON_THE_THRESHOLD,
    "see_sample_opened": LEADS_ON_THE_THRESHOLD,
    "open_sample": LEADS_ON_THE_THRESHOLD,
    "discuss_sample": LEADS_ON_THE_THRESHOLD,
    "begin_draft": WRITES,
    **{move.verb: move.roles for move in DRAFT_MOVES},
}
FOR_EVERYBODY = frozenset({"acknowledge", "judge"})


_WHO_LEADS = (
    "This is for those who lead on the threshold: front door managers, heads of service, "
    "safeguarding partners and the policy lead."
)
_WHO_MAY = {
    WRITES: "Only the policy lead, heads of service and safeguarding partners may change a draft.",
    ADOPTS: "Only a delegated safeguarding partner may adopt a threshold policy.",
}


def may(verb: str, by: Person, now: datetime) -> bool:
    """Whether a role held today allows this. Verbs that nobody has named here are allowed to nobody."""
    if verb in FOR_EVERYBODY:
        return by.is_active
    held = {role for role, _place in viewer_of(by, now.astimezone(LONDON).date()).roles}
    return by.is_active and bool(held & ROLES.get(verb, frozenset()))


def permitted(verb: str, subject_kind: str, subject_id: object, *, by: Person, now: datetime) -> str:
    """The ground on which `by` may do this.

    Raises:
        Refused: there is none.
    """
    if not may(verb, by, now):
        raise Refused(
            _WHO_MAY.get(ROLES.get(verb, frozenset()), _WHO_LEADS),
            verb=verb,
            subject_kind=subject_kind,
            subject_id=subject_id,
        )
    if verb in FOR_EVERYBODY:
        return HAS_AN_ACCOUNT
    return LEADS_SAFEGUARDING if verb == "see_own_agency" else LEADS_ON_IT
