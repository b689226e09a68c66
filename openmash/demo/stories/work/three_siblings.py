"""Three brothers and sisters on the way: a concern accepted, a strategy discussion with four agencies, an enquiry
for two of them and Family Help for the third, and a conference called. All by the same actions as the pages.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from openmash.apps.casework.actions import leading, stages
from openmash.apps.casework.models import Case, Meeting
from openmash.apps.casework.rules import Said, Written
from openmash.apps.concerns.account import PartTold, SignTold
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.rules import Choice
from openmash.apps.families.actions import PersonDescribed
from openmash.apps.papers.actions.giving import give_paper, keep_paper
from openmash.demo.stories.timeline import Story
from openmash.demo.stories.work import steps
from openmash.demo.stories.work.asked_and_answered import requests_about
from openmash.demo.stories.work.steps import HOUR, MANAGER, WORKER, Concern, Table, named
from openmash.demo.world import World

HOME: dict[str, Any] = {"address": "6 Abbot’s Walk", "postcode": "FN1 3RT"}
CHILDREN = (("Callum Verity", 9, "male"), ("Skye Verity", 6, "female"), ("Robin Verity", 2, "male"))
ENTRIES = {
    "Grace Adeyinka": "Callum told me on Monday that his mother’s partner hits him with a belt when he is late. "
    "He showed me a mark above the knee. He has been late nine times this term.",
    "PC Lauren Whitlam": "We were called to Abbot’s Walk twice in June, both times for shouting. No arrest. Sam "
    "has a caution for assault from 2021.",
    "Sinéad Gilhooley": "Robin was weighed two weeks ago and is well. Ms Verity kept every appointment. She did not "
    "speak of a partner.",
    "Farida Holloway-Mensah": "No social worker has known the family before. The front door’s record has one earlier "
    "contact about lateness.",
}
VIEWS = {
    "child": Said(text="I don’t want Sam told that I said it. I want Mum to have a rest."),
    "parents": Said(
        not_obtained_because="Not asked yet: the discussion decided how and when it is safe to ask."
    ),
}
LATER_VIEWS = {
    "child": Said(text="I sleep better since Sam stays at his brother’s."),
    "parents": Said(
        text="Ms Verity says that she did not know of the belt, and wants help to keep Sam away."
    ),
}
CONCERN = Concern(
    key="verity",
    source="school",
    parts=(
        *(
            PartTold(
                "subject" if number == 0 else "other_child",
                PersonDescribed(kind="child", name=name, about_age=age, sex=sex, **HOME),
            )
            for number, (name, age, sex) in enumerate(CHILDREN)
        ),
        PartTold("parent", PersonDescribed(kind="adult", name="Dana Verity", sex="female", **HOME)),
    ),
    signs=(SignTold("D03", "seen", immediate_answer="no"),),
    words="Callum said at registration that Sam hits him with a belt, and showed me a mark above his knee. "
    "His sister and baby brother live there too.",
    asked={
        "seen": "yes",
        "spoken_to": "yes",
        "parents_know": "no",
        "parents_know_why_not": "He asked me not to, because of Sam.",
    },
)
DISCUSSION = Table(
    "strategy_discussion",
    "A child of the family says that he is hit with a belt, and has a mark.",
    WORKER,
    MANAGER,
    ENTRIES,
)
CONFERENCE = Table(
    "initial_conference",
    "To decide whether each child needs a child protection plan.",
    WORKER,
    steps.CHAIR,
    dict.fromkeys(ENTRIES, ""),
)


def three_siblings(world: World) -> Story:
    """The last six working days."""
    days = steps.mornings(world.now, 6)
    yield days[0]
    contact = steps.told(world, CONCERN, named(steps.TEACHER), days[0])
    at = days[0] + timedelta(minutes=50)
    yield at
    cases = _accepted(contact, at)
    yield from _discussed(cases, days[0] + 3 * HOUR)
    yield days[1]
    for case in cases[:2]:
        leading.record_child_seen(
            case_id=case.pk,
            seen_version=None,
            seen_at=days[1] - timedelta(minutes=30),
            alone="yes",
            what=f"Seen at school, alone. {case.child.name.split()[0]} was quiet at first, and then talked of home.",
            by=named(WORKER),
            now=days[1],
        )
    yield from requests_about(cases[0], named(WORKER), days[1] + HOUR, days[2])
    yield days[4]
    _to_conference(cases, days[4])


def _accepted(contact: Contact, at: datetime) -> list[Case]:
    others = contact.parts.filter(role="other_child")
    choice = Choice(
        level="4",
        pathway="strategy_discussion",
        rationale="A nine-year-old names who hits him and with what, and has a mark. Two younger children live there.",
        children={
            part.pk: ("same_decision", "Lives in the same home, with the same adult.") for part in others
        },
    )
    text = "Thank you. We hold a strategy discussion today, and you will be asked to it. Please do not speak to Sam."
    return steps.opened(steps.answered(contact, choice, text, at), at)


def _discussed(cases: list[Case], at: datetime) -> Iterator[datetime]:
    yield at
    meeting = steps.called(cases[0], DISCUSSION, at + 2 * HOUR, at)
    then = at + 3 * HOUR
    yield then
    steps.held(meeting, DISCUSSION, then)
    for case in cases[:-1]:
        reason = "What the child said fits what police know, and the mark. The adult still has a key."
        steps.decided(meeting, case, DISCUSSION, "enquiry", Written(reason=reason, views=VIEWS), then)
    youngest = Written(
        reason="He is well, and was seen two weeks ago; help for the whole family reaches him.",
        goes_on="family_help",
        views=VIEWS,
        lower_because="Nothing that was told is about him, and he is not alone with Sam.",
    )
    agreed = "I read what each agency said. Family Help reaches him, and he is seen each week."
    steps.decided(meeting, cases[-1], DISCUSSION, "no_enquiry", youngest, then, agreed_because=agreed)
    summary = "Callum and Skye are seen at school tomorrow. Nobody speaks to Sam before police have."
    steps.ended(meeting, DISCUSSION, summary, then)
    _minutes(meeting, then)


def _minutes(meeting: Meeting, at: datetime) -> None:
    """The school and the health visitor are given what they need to keep the children safe, and no more."""
    paper = keep_paper(meeting_id=meeting.pk, kind="minutes", by=named(MANAGER), now=at)
    parts = [part["key"] for part in paper.content["parts"]]
    give_paper(
        paper_id=paper.pk,
        people=[named(steps.TEACHER), named(steps.HEALTH_VISITOR)],
        family=[],
        parts=[key for key in parts if key.startswith("child:")],
        reason="They see the children every week, and need to know what was decided and who does what.",
        by=named(MANAGER),
        now=at,
    )


def _to_conference(cases: list[Case], at: datetime) -> None:
    for case in cases[:2]:
        stages.move_case(
            case_id=case.pk,
            seen_version=None,
            verb="finish_enquiry",
            outcome="conference",
            written=Written(reason="Both children describe being hit. Sam has a key.", views=LATER_VIEWS),
            by=named(MANAGER),
            now=at,
        )
    steps.called(cases[0], CONFERENCE, steps.morning_after(at, 6), at)
