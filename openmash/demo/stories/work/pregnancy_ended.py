"""A pregnancy that ended while the assessment before birth went on: nothing more is asked, and few people are told."""

from datetime import timedelta

from openmash.apps.casework.actions.loss import Loss, record_pregnancy_ended
from openmash.apps.concerns.account import PartTold, SignTold
from openmash.apps.concerns.rules import Choice
from openmash.apps.families.actions import PersonDescribed
from openmash.demo.stories.timeline import Story
from openmash.demo.stories.work import steps
from openmash.demo.stories.work.steps import GP, HEALTH_VISITOR, HOUR, MANAGER, Concern, named
from openmash.demo.world import World


def pregnancy_ended(world: World) -> Story:
    """Eight working days."""
    days = steps.mornings(world.now, 8)
    yield days[0]
    concern = Concern(
        key="castle",
        source="gp",
        parts=(
            PartTold(
                "subject",
                PersonDescribed(kind="unborn", expected_on=world.now.date() + timedelta(weeks=21)),
            ),
            PartTold(
                "parent",
                PersonDescribed(
                    kind="adult",
                    name="Rhiannon Castle",
                    sex="female",
                    address="31 Marsh Lane",
                    postcode="FN1 1LT",
                ),
            ),
        ),
        signs=(SignTold("B28", "seen"),),
        words="Rhiannon Castle told me that she is pregnant and still drinks most days. She asked for help herself.",
        asked={"parents_know": "yes"},
    )
    contact = steps.told(world, concern, named(GP), days[0])
    at = days[0] + 2 * HOUR
    yield at
    choice = Choice(
        level="3",
        pathway="section_17_assessment",
        rationale="She asked for help with her drinking early enough for it to matter to the baby.",
    )
    reply = "Thank you. A social worker rings Ms Castle this week, and you hear what they agree."
    (case,) = steps.opened(steps.answered(contact, choice, reply, at), at)
    yield days[6]
    record_pregnancy_ended(
        case_id=case.pk,
        seen_version=None,
        loss=Loss(
            known="The ward rang this morning.",
            care="The bereavement midwife is with her. Her mother stays this week.",
            contact="Only the bereavement midwife, by telephone, after ten. She wants no letter and no visit.",
        ),
        tell=[named(GP), named(HEALTH_VISITOR)],
        by=named(MANAGER),
        now=days[6],
    )
