"""Up and down: a plan that was not working stepped up by rule, and one that worked stepped down with a way back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from openmash.apps.casework.actions.leading import ActionTold, write_plan
from openmash.apps.casework.actions.stages import move_case, review_plan
from openmash.apps.casework.models import Case
from openmash.apps.casework.rules import Said, Written
from openmash.apps.concerns.account import PartTold, SignTold
from openmash.apps.concerns.rules import Choice
from openmash.apps.families.actions import PersonDescribed
from openmash.demo.stories.timeline import Story
from openmash.demo.stories.work import steps
from openmash.demo.stories.work.steps import HOUR, MANAGER, TEACHER, WORKER, Concern, named
from openmash.demo.world import World


def _concern(
    key: str, child: str, age: int, sex: str, parent: str, home: str, sign: str, words: str
) -> Concern:
    where: dict[str, Any] = {"address": home, "postcode": "FN1 2AB"}
    return Concern(
        key=key,
        source="school",
        parts=(
            PartTold("subject", PersonDescribed(kind="child", name=child, about_age=age, sex=sex, **where)),
            PartTold("parent", PersonDescribed(kind="adult", name=parent, **where)),
        ),
        signs=(SignTold(sign, "seen"),),
        words=words,
        asked={"seen": "yes", "spoken_to": "yes", "parents_know": "yes"},
    )


def stepped_up(world: World) -> Story:
    """Seven weeks of early help, which did not change what it was for (rule C5)."""
    days = steps.mornings(world.now, 35)
    words = (
        "Freya is away on most Mondays: 86% this term. Her father works nights and sleeps through the alarm."
    )
    concern = _concern("lund", "Freya Lund", 7, "female", "Anders Lund", "8 Tollgate Road", "A04", words)
    yield days[0]
    contact = steps.told(world, concern, named(TEACHER), days[0])
    at = days[0] + 2 * HOUR
    yield at
    choice = Choice(
        level="2",
        pathway="early_help",
        rationale="One thing is hard at home, her father wants help with it, and nothing else was seen.",
    )
    reply = "Thank you. Early help begins, and we look at it again together in six weeks."
    (case,) = steps.opened(steps.answered(contact, choice, reply, at), at)
    yield days[2]
    _planned(
        case,
        days[2],
        days[32].date(),
        goals="I want Dad to wake up so I can go with Mia.",
        outline="A neighbour knocks at half past seven. Breakfast club keeps a place.",
        action=ActionTold("Keep a place at breakfast club", TEACHER, days[10].date()),
        said=steps.views("I like breakfast club.", "Mr Lund says that nights end in spring."),
    )
    yield days[32]
    said = steps.views("Nobody knocks any more.", "Mr Lund says that he is tired, and cannot do it alone.")
    review_plan(
        case_id=case.pk,
        seen_version=None,
        outcome="not_working",
        written=Written(
            reason="Away on five of the last six Mondays. She has begun to make her own supper.",
            review_on=world.now.date() + timedelta(days=28),
            views=said,
        ),
        by=named(WORKER),
        now=days[32],
    )


def stepped_down(world: World) -> Story:
    """A child in need plan that worked: Family Help goes on, with a plan in the child’s own words."""
    days = steps.mornings(world.now, 50)
    words = (
        "Idle talk first, then Jonah told me that he washes at school because there is no hot water at home."
    )
    concern = _concern("pike", "Jonah Pike", 9, "male", "Stacey Pike", "19 Tollgate Road", "B08", words)
    yield days[0]
    contact = steps.told(world, concern, named(TEACHER), days[0])
    at = days[0] + 2 * HOUR
    yield at
    choice = Choice(
        level="3",
        pathway="section_17_assessment",
        rationale="School has washed and fed him for weeks, and what is missing at home is not known yet.",
    )
    reply = "Thank you. A social worker sees Jonah this week, and asks you what you have seen."
    (case,) = steps.opened(steps.answered(contact, choice, reply, at), at)
    yield days[15]
    said = steps.views("I want a bath with bubbles.", "Ms Pike says that she was ashamed to ask.")
    _moved(
        case,
        "finish_assessment",
        "child_in_need_plan",
        "The boiler is broken, and money is short.",
        said,
        days[15],
    )
    yield days[16]
    _planned(
        case,
        days[16],
        days[40].date(),
        goals="A warm bath at home, and tea before bed.",
        outline="The landlord mends the boiler. Ms Pike is helped with what she is owed.",
        action=ActionTold("Have the boiler mended", "Chantelle Brody", days[22].date()),
        said=said,
    )
    yield days[40]
    said = steps.views("I have bubbles now.", "Ms Pike asks that somebody still comes until spring.")
    down = "The boiler works, and he has come clean and fed for five weeks."
    _moved(
        case,
        "step_down",
        "family_help",
        down,
        said,
        days[40],
        way_back="Ring Ms Holloway-Mensah, or tell school.",
    )
    yield days[41]
    _planned(
        case,
        days[41],
        world.now.date() + timedelta(days=35),
        goals="It should stay warm. I want to have Kai for tea.",
        outline="Family Help visits every second week, and the school’s breakfast goes on.",
        action=ActionTold("Ask Kai’s mother", "Stacey Pike", world.now.date() + timedelta(days=7)),
        said=said,
    )


def _planned(
    case: Case,
    at: datetime,
    review_on: date,
    *,
    goals: str,
    outline: str,
    action: ActionTold,
    said: Mapping[str, Said],
) -> None:
    write_plan(
        case_id=case.pk,
        seen_version=None,
        goals=goals,
        outline=outline,
        actions=[action],
        written=Written(review_on=review_on, views=said),
        by=named(WORKER),
        now=at,
    )


def _moved(
    case: Case,
    verb: str,
    outcome: str,
    reason: str,
    said: Mapping[str, Said],
    at: datetime,
    way_back: str = "",
) -> None:
    move_case(
        case_id=case.pk,
        seen_version=None,
        verb=verb,
        outcome=outcome,
        written=Written(reason=reason, views=said, way_back=way_back),
        by=named(MANAGER),
        now=at,
    )
