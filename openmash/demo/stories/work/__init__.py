"""Stories of the work with a child after a concern was accepted, each in a module of its own."""

from openmash.demo.stories.work.before_birth import before_birth
from openmash.demo.stories.work.disagreeing import disagreeing
from openmash.demo.stories.work.moving_away import moving_away
from openmash.demo.stories.work.moving_here import moving_here
from openmash.demo.stories.work.pregnancy_ended import pregnancy_ended
from openmash.demo.stories.work.stepping import stepped_down, stepped_up
from openmash.demo.stories.work.three_siblings import three_siblings
from openmash.demo.stories.work.worker_away import worker_away
from openmash.demo.world import World

STORIES = (
    three_siblings,
    before_birth,
    pregnancy_ended,
    moving_here,
    moving_away,
    stepped_up,
    stepped_down,
    disagreeing,
    worker_away,
)


def begin_work(world: World) -> None:
    """Begin them all."""
    for story in STORIES:
        world.timeline.begin(story(world))
