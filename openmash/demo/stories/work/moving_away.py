"""A child moves to an area outside the partnership: help goes on here until that area says that it has taken over."""

from datetime import timedelta
from typing import Any

from openmash.apps.casework.actions.awaiting import wait_for_agency
from openmash.apps.casework.actions.transfer import transfer
from openmash.apps.casework.rules import Written
from openmash.apps.concerns.account import PartTold, SignTold
from openmash.apps.concerns.rules import Choice
from openmash.apps.families.actions import PersonDescribed
from openmash.demo.stories.timeline import Story
from openmash.demo.stories.work import steps
from openmash.demo.stories.work.steps import HOUR, MANAGER, TEACHER, WORKER, Concern, named
from openmash.demo.world import World

HOME: dict[str, Any] = {"address": "50 Tollgate Road", "postcode": "FN1 2AB"}
CONCERN = Concern(
    key="brandt",
    source="school",
    parts=(
        PartTold(
            "subject", PersonDescribed(kind="child", name="Otis Brandt", about_age=8, sex="male", **HOME)
        ),
        PartTold("parent", PersonDescribed(kind="adult", name="Helen Brandt", sex="female", **HOME)),
    ),
    signs=(SignTold("B09", "seen"),),
    words="Otis does the shopping and the washing for his mother, who has multiple sclerosis. He is late and tired.",
    asked={"seen": "yes", "spoken_to": "yes", "parents_know": "yes"},
)


def moving_away(world: World) -> Story:
    """Five weeks, the last of them after the notice."""
    days = steps.mornings(world.now, 25)
    yield days[0]
    contact = steps.told(world, CONCERN, named(TEACHER), days[0])
    at = days[0] + 2 * HOUR
    yield at
    choice = Choice(
        level="3",
        pathway="family_help",
        rationale="An eight-year-old cares for his mother every day, and it costs him school and sleep.",
    )
    reply = "Thank you. Family Help begins this week. You will be asked to the first meeting."
    (case,) = steps.opened(steps.answered(contact, choice, reply, at), at)
    yield days[18]
    transfer(
        case_id=case.pk,
        seen_version=None,
        to=None,
        outside="Southmoor Children’s Services",
        written=Written(reason="They move on Friday to a flat without stairs, near her brother."),
        by=named(MANAGER),
        now=days[18],
    )
    yield days[19]
    wait_for_agency(
        case_id=case.pk,
        seen_version=None,
        what="Their word on who leads the work there, and from which day",
        from_whom="Southmoor Children’s Services",
        since=days[19] - timedelta(hours=1),
        by=named(WORKER),
        now=days[19],
    )
