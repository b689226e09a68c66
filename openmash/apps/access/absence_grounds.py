"""Who may say that somebody is away, and who covers for them. Pure: callers hand in plain facts."""

from collections.abc import Collection

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import Ground, Viewer


def ground_for_absence(viewer: Viewer, person_id: int, worker_in: Collection[int | None]) -> Ground:
    """Their own, or that of somebody of a team they manage. `worker_in`: where the absent person is a social worker.

    Raises:
        Refused: neither.
    """
    if viewer.id is not None and viewer.id == person_id:
        return Ground.OWN_ABSENCE
    managed = {place for role, place in viewer.roles if role == "team_manager"}
    if managed & set(worker_in) or (None in managed and worker_in):
        return Ground.MANAGES_TEAM
    raise Refused(
        "You can write down your own absence, and a team manager that of the team.",
        verb="record_absence",
        subject_kind="person",
        subject_id=person_id,
    )
