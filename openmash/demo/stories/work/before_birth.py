"""A child who is not born yet: told of by the GP, protected by a plan before birth, with a later word on the day."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from openmash.apps.casework.actions.birth import record_expected_date
from openmash.apps.casework.actions.leading import ActionTold
from openmash.apps.casework.actions.stages import move_case
from openmash.apps.casework.models import Case
from openmash.apps.casework.rules import Written
from openmash.apps.concerns.account import PartTold, SignTold
from openmash.apps.concerns.rules import Choice
from openmash.apps.families.actions import PersonDescribed
from openmash.demo.stories.timeline import Story
from openmash.demo.stories.work import steps
from openmash.demo.stories.work.steps import HOUR, MANAGER, WORKER, Concern, Table, named
from openmash.demo.world import World

HOME: dict[str, Any] = {"address": "14 Station Parade", "postcode": "FN1 5HJ"}
NOT_BORN = "The child is not born yet."
VIEWS = steps.views(
    child_not=NOT_BORN,
    parents="Ms Ormerod says that she is frightened of Kyle, and that she wants to bring the baby home to her "
    "sister’s. Mr Render says that this is nobody’s business.",
)
DISCUSSION = Table(
    "strategy_discussion",
    "A baby is expected in a home where the father is on bail for violence.",
    WORKER,
    MANAGER,
    {
        steps.GP: "Jade Ormerod booked at 22 weeks. She has had bruises twice, and each time Kyle spoke for her.",
        steps.POLICE: "Mr Render is on bail for assaulting Ms Ormerod in August. A condition is that he stays away.",
        steps.HEALTH_VISITOR: "I have met her once. She keeps appointments when her sister brings her.",
    },
)
CONFERENCE = Table(
    "initial_conference",
    "To decide before the birth whether the baby needs a child protection plan.",
    WORKER,
    steps.CHAIR,
    {
        steps.GP: "Weight and scans are as they should be.",
        steps.POLICE: "He was seen near the flat on Sunday, which broke his bail.",
        steps.HEALTH_VISITOR: "Her sister has a room ready, and I visit there every week.",
    },
)


def before_birth(world: World) -> Story:
    """Four weeks, to a plan and a core group that is called."""
    days, expected = steps.mornings(world.now, 20), world.now.date() + timedelta(weeks=10)
    yield days[0]
    contact = steps.told(world, _concern(expected), named(steps.GP), days[0])
    at = days[0] + HOUR
    yield at
    choice = Choice(
        level="4",
        pathway="strategy_discussion",
        rationale="The father is on bail for hitting the mother in this pregnancy, and has gone back to the flat.",
        why_not_policy="more_serious",
    )
    reply = "Thank you. We meet this afternoon, before anybody speaks to Mr Render. You are invited."
    (case,) = steps.opened(steps.answered(contact, choice, reply, at), at)
    yield from _discussed(case, days[0] + 3 * HOUR)
    yield days[6]
    move_case(
        case_id=case.pk,
        seen_version=None,
        verb="finish_enquiry",
        outcome="conference",
        written=Written(reason="He has broken his bail twice, and the baby comes in weeks.", views=VIEWS),
        by=named(MANAGER),
        now=days[6],
    )
    meeting = steps.called(case, CONFERENCE, days[12], days[6])
    yield days[12] + 2 * HOUR
    _protected(case, meeting, days[12] + 2 * HOUR, expected)
    yield days[14]
    record_expected_date(
        case_id=case.pk,
        seen_version=None,
        expected_on=expected - timedelta(days=6),
        how_known="The hospital, from the scan at 30 weeks.",
        by=named(WORKER),
        now=days[14],
    )
    yield days[17]
    core_group = Table("core_group", "To write the plan for the birth.", WORKER, WORKER, CONFERENCE.entries)
    steps.called(case, core_group, steps.morning_after(world.now, 2), days[17])


def _concern(expected: Any) -> Concern:
    return Concern(
        key="ormerod",
        source="gp",
        parts=(
            PartTold("subject", PersonDescribed(kind="unborn", expected_on=expected)),
            PartTold("parent", PersonDescribed(kind="adult", name="Jade Ormerod", sex="female", **HOME)),
            PartTold("may_have_harmed", PersonDescribed(kind="adult", name="Kyle Render", sex="male")),
        ),
        signs=(SignTold("B28", "seen"),),
        words="Jade Ormerod booked at 22 weeks and had a bruise on her arm. She says that Kyle did it, that he is on "
        "bail, and that he came back last week.",
        asked={"parents_know": "no", "parents_know_why_not": "He reads her telephone."},
    )


def _discussed(case: Case, at: datetime) -> Iterator[datetime]:
    yield at
    meeting = steps.called(case, DISCUSSION, at, at)
    then = at + 2 * HOUR
    yield then
    steps.held(meeting, DISCUSSION, then, Education=NOT_BORN)
    reason = "He is violent to her now, and a newborn baby cannot get out of the way."
    not_yet = steps.views(
        child_not=NOT_BORN, parents_not="Not asked yet: it is not safe while he reads her messages."
    )
    steps.decided(meeting, case, DISCUSSION, "enquiry", Written(reason=reason, views=not_yet), then)
    steps.ended(meeting, DISCUSSION, "The midwife sees her alone on Thursday.", then)


def _protected(case: Case, meeting: Any, at: datetime, expected: Any) -> None:
    steps.held(meeting, CONFERENCE, at, Education=NOT_BORN)
    written = Written(
        reason="Violence in the home has gone on through the pregnancy and has not stopped for bail.",
        category="physical",
        views=VIEWS,
    )
    actions = (
        ActionTold("A room at her sister’s, with what a baby needs", "Farida Holloway-Mensah", expected),
        ActionTold("Tell the ward who may visit, in writing", "Sinéad Gilhooley", expected),
    )
    steps.decided(meeting, case, CONFERENCE, "plan", written, at, actions=actions)
    steps.ended(meeting, CONFERENCE, "The baby goes home to the sister’s. Police act on every breach.", at)
