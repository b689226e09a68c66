"""Who may see or do what with a request for information, and on what ground. Pure: callers hand in plain facts.

Deny by default. Whoever is asked has a ground on the request and on nothing behind it: the contact or case it was asked
on account of is opened on grounds of its own, which `on_record` brings along for the side that asks.
"""

from dataclasses import dataclass, field

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import HUB, Ground, Viewer

LEADS_AN_AGENCY = frozenset({"safeguarding_lead", "manager", "team_manager", "head_of_service"})
"""Roles whose holders answer for the agency they work for, and see what it shared."""

ASKS_ON_A_CASE = frozenset({Ground.LEADS_WORK, Ground.COVERS_WORK, Ground.MANAGES_TEAM, Ground.CHAIRS_HERE})
SEES_A_CASE = ASKS_ON_A_CASE | {Ground.HEADS_SERVICE_HERE, Ground.SAFEGUARDING_PARTNER, Ground.TAKES_OVER}

ASKING = frozenset({Ground.ASKED_FOR_IT}) | HUB | SEES_A_CASE
"""The side that asks: whoever did, and whoever may see the record it was asked on account of."""

ANSWERING = frozenset({Ground.ASKED_BY_NAME, Ground.ANSWERS_FOR_AGENCY})

ALLOWED_ON_REQUEST: dict[str, frozenset[Ground]] = {
    "see_request": ASKING | ANSWERING,
    "begin_answering": ANSWERING,
    "answer_request": ANSWERING,
    "refuse_request": ANSWERING,
    "withdraw_request": ASKING - {Ground.SAFEGUARDING_PARTNER},
}


@dataclass(frozen=True)
class RequestFacts:
    """All that access needs to know of a request. `on_record`: the viewer's grounds on its contact or case."""

    id: str
    asked_by_id: int
    asking_agency_id: int
    asked_agency_id: int
    asked_person_id: int | None
    on_record: frozenset[Ground] = field(default_factory=frozenset)
    is_kept_out: bool = False
    """The viewer is kept out of the contact it was asked on account of: having asked is then no ground any more."""


def leads_agency(viewer: Viewer) -> bool:
    """Whether this person answers for the agency they work for."""
    return any(role in LEADS_AN_AGENCY for role, _place in viewer.roles)


def grounds_on_request(viewer: Viewer, request: RequestFacts) -> frozenset[Ground]:
    """Every ground the viewer has on this request."""
    if viewer.id is None:
        return frozenset()
    if viewer.agency_id == request.asked_agency_id:
        # Grounds on the record are of the side that asks: whoever works for the agency asked does not use them here.
        named = {Ground.ASKED_BY_NAME} if viewer.id == request.asked_person_id else set()
        leads = {Ground.ANSWERS_FOR_AGENCY} if leads_agency(viewer) else set()
        return frozenset(named | leads)
    asked = viewer.id == request.asked_by_id and viewer.agency_id == request.asking_agency_id
    if request.is_kept_out:
        return frozenset()
    return request.on_record | ({Ground.ASKED_FOR_IT} if asked else set())


def ground_on_request(viewer: Viewer, verb: str, request: RequestFacts) -> Ground:
    """The ground on which `viewer` may do `verb` with this request.

    Raises:
        Refused: there is none.
    """
    usable = grounds_on_request(viewer, request) & ALLOWED_ON_REQUEST.get(verb, frozenset())
    if not usable:
        raise Refused(
            "You have no part in this request for information. If your agency was asked, whoever leads safeguarding "
            "there can answer.",
            verb=verb,
            subject_kind="information_request",
            subject_id=request.id,
        )
    return min(usable, key=list(Ground).index)
