"""A child with a plan in another area has moved here: held under it until a conference, some records still to come."""

from datetime import timedelta
from typing import Any

from openmash.apps.casework.actions.awaiting import end_waiting
from openmash.apps.casework.actions.receiving import Notice, receive_transfer
from openmash.apps.casework.models import Awaited
from openmash.apps.concerns.account import PartTold, SignTold
from openmash.apps.concerns.rules import Choice
from openmash.apps.families.actions import PersonDescribed
from openmash.demo.stories.timeline import Story
from openmash.demo.stories.work import steps
from openmash.demo.stories.work.steps import HOUR, Concern, Table, named
from openmash.demo.world import World

HOME: dict[str, Any] = {"address": "2 Heron Close", "postcode": "FN1 4DQ"}
CONCERN = Concern(
    key="adair",
    source="health_visiting",
    parts=(
        PartTold(
            "subject", PersonDescribed(kind="child", name="Mabel Adair", about_age=4, sex="female", **HOME)
        ),
        PartTold("parent", PersonDescribed(kind="adult", name="Corinne Adair", sex="female", **HOME)),
    ),
    signs=(SignTold("B19", "reported"),),
    words="The health visitor in Eastvale rang: Mabel has a child protection plan there and moved to her aunt’s here "
    "last week.",
    asked={"seen": "yes", "parents_know": "yes"},
)
NEEDED = ("Current child protection plan", "Chronology", "Minutes of the last review conference")


def moving_here(world: World) -> Story:
    """Eight working days; led by somebody who is away now."""
    days = steps.mornings(world.now, 8)
    yield days[0]
    contact = steps.told(world, CONCERN, named(steps.HEALTH_VISITOR), days[0])
    at = days[0] + HOUR
    yield at
    choice = Choice(
        level="3",
        pathway="section_17_assessment",
        rationale="She has a plan elsewhere, which goes on here until a conference has decided.",
    )
    reply = "Thank you. Mabel’s plan goes on here, and a conference decides within three weeks."
    steps.answered(contact, choice, reply, at)
    notice = Notice(
        from_area="Eastvale",
        key_worker="Noor Haddad, 01632 960 001",
        plan="Her father sees her only with somebody else there. Nursery every day.",
        category="emotional",
        plan_since=(days[0] - timedelta(days=120)).date(),
        notice_at=days[0],
        records=NEEDED,
    )
    (case,) = receive_transfer(
        contact_id=contact.pk,
        notice=notice,
        reason="With her mother at her aunt’s, 2 Heron Close.",
        by=named(steps.SCREENER),
        now=at,
    ).held
    steps.lead(case, steps.OTHER_WORKER, at)
    yield days[3]
    end_waiting(
        case_id=case.pk,
        awaited_id=Awaited.objects.get(case=case, what=NEEDED[0]).pk,
        outcome="came",
        words="By secure e-mail from Ms Haddad. Read with the nursery the same day.",
        by=named(steps.OTHER_WORKER),
        now=days[3],
    )
    conference = Table(
        "transfer_in_conference",
        "To decide whether Mabel needs a child protection plan here.",
        steps.OTHER_WORKER,
        steps.CHAIR,
        {
            steps.HEALTH_VISITOR: "Well, and talks a lot. She hid when somebody knocked.",
            steps.POLICE: "",
            "Leanne Tapsell": "She started with us on Monday, and her aunt brings her.",
        },
    )
    yield days[5]
    steps.called(case, conference, steps.morning_after(world.now, 3), days[5])
