"""Who may see or do what in the work with a child, and on what ground. Pure: callers hand in plain facts.

Deny by default: callers say which grounds a verb takes (`casework.pathway`), and without one of them it is refused.
"""

from collections.abc import Collection
from dataclasses import dataclass

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import Ground, Viewer

LOCAL_ROLES = {
    "team_manager": Ground.MANAGES_TEAM,
    "screening_practitioner": Ground.SCREENS_HERE,
    "manager": Ground.MANAGES_HERE,
    "head_of_service": Ground.HEADS_SERVICE_HERE,
    "safeguarding_partner": Ground.SAFEGUARDING_PARTNER,
}


@dataclass(frozen=True)
class CaseFacts:
    """All that access needs to know of a case, or of a case as one meeting sees it.

    `is_for_conference`: a conference or a child protection plan is open, which is when a chair has a part in it.
    `cover_id` is who covers for the worker today, if the worker is away. `invited` are the people invited to the
    meeting in question; of no meeting, nobody. `given` are those to whom the paper in question was given. `took_part`
    are those who were invited to any meeting about the child, or raised a concern that the work goes back to.
    """

    id: str
    locality_id: int
    worker_id: int | None
    cover_id: int | None = None
    is_for_conference: bool = False
    receiving_locality_id: int | None = None
    invited: frozenset[int] = frozenset()
    given: frozenset[int] = frozenset()
    took_part: frozenset[int] = frozenset()


def _own_grounds(viewer_id: int, case: CaseFacts) -> set[Ground]:
    """What somebody has by who they are to this child, whatever their roles."""
    own = {
        Ground.LEADS_WORK: viewer_id == case.worker_id,
        Ground.COVERS_WORK: viewer_id == case.cover_id,
        Ground.INVITED: viewer_id in case.invited,
        Ground.WAS_GIVEN: viewer_id in case.given,
        Ground.TOOK_PART: viewer_id in case.took_part,
    }
    return {ground for ground, holds in own.items() if holds}


def grounds_on_case(viewer: Viewer, case: CaseFacts) -> frozenset[Ground]:
    """Every ground the viewer has on this case."""
    grounds = _own_grounds(viewer.id, case) if viewer.id is not None else set()
    for role, locality_id in viewer.roles:
        if locality_id in (None, case.locality_id):
            if role in LOCAL_ROLES:
                grounds.add(LOCAL_ROLES[role])
            if role == "conference_chair" and case.is_for_conference:
                grounds.add(Ground.CHAIRS_HERE)
        if role == "team_manager" and locality_id is not None and locality_id == case.receiving_locality_id:
            grounds.add(Ground.TAKES_OVER)
    return frozenset(grounds)


def ground_for_work(viewer: Viewer, verb: str, case: CaseFacts, allowed: Collection[Ground]) -> Ground:
    """The ground, of those `allowed` for `verb`, on which `viewer` may do it.

    Raises:
        Refused: there is none.
    """
    usable = grounds_on_case(viewer, case) & set(allowed)
    if not usable:
        raise Refused(
            "You do not have a part in the work with this child that lets you do this. "
            "If you think you should, ask the team manager of the locality.",
            verb=verb,
            subject_kind="case",
            subject_id=case.id,
        )
    return min(usable, key=list(Ground).index)
