"""A social worker is away for two weeks, and somebody of the same team covers."""

from datetime import timedelta

from openmash.apps.casework.actions.absence import record_absence
from openmash.demo.stories.timeline import Story
from openmash.demo.stories.work import steps
from openmash.demo.stories.work.steps import HOUR, MANAGER, OTHER_WORKER, WORKER, named
from openmash.demo.world import World

AWAY = timedelta(days=13)


def worker_away(world: World) -> Story:
    """Written down on the last working day, from that day on."""
    (day,) = steps.mornings(world.now, 1)
    at = day - HOUR
    yield at
    record_absence(
        person=named(OTHER_WORKER),
        starts=at.date(),
        ends=at.date() + AWAY,
        cover=named(WORKER),
        by=named(MANAGER),
        now=at,
    )
