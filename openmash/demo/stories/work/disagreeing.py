"""A school disagrees that there is no enquiry, and takes it to the managers; the child is kept where he was."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from openmash.apps.casework.actions.escalating import answer_escalation, escalate
from openmash.apps.casework.models import Case, StageEnded
from openmash.apps.casework.rules import Written
from openmash.apps.concerns.account import PartTold, SignTold
from openmash.apps.concerns.rules import Choice
from openmash.apps.families.actions import PersonDescribed
from openmash.demo.stories.timeline import Story
from openmash.demo.stories.work import steps
from openmash.demo.stories.work.steps import HOUR, MANAGER, TEACHER, WORKER, Concern, Table, named
from openmash.demo.world import World

HOME: dict[str, Any] = {"address": "77 Marsh Lane", "postcode": "FN1 1LT"}
CONCERN = Concern(
    key="quill",
    source="school",
    parts=(
        PartTold(
            "subject", PersonDescribed(kind="child", name="Reuben Quill", about_age=8, sex="male", **HOME)
        ),
        PartTold("parent", PersonDescribed(kind="adult", name="Martin Quill", sex="male", **HOME)),
    ),
    signs=(SignTold("D03", "seen", immediate_answer="no"),),
    words="Reuben has a mark like a hand on his upper arm. He says that he fell, and then that Dad held him.",
    asked={"seen": "yes", "spoken_to": "yes", "parents_know": "no", "parents_know_why_not": "He was afraid."},
)
DISCUSSION = Table(
    "strategy_discussion",
    "A boy has a mark like a hand, and has said two things about it.",
    WORKER,
    MANAGER,
    {
        TEACHER: "He flinched when I touched his sleeve. He has never done that.",
        steps.POLICE: "Nothing is known of the address.",
        steps.GP: "I saw the arm the same day: a mark that could be of holding hard. No older marks.",
    },
)
VIEWS = steps.views(
    "Dad held me because I ran at the road.",
    "Mr Quill says that a van was coming, and that he would do it again.",
)


def disagreeing(world: World) -> Story:
    """The last four working days."""
    days = steps.mornings(world.now, 4)
    yield days[0]
    contact = steps.told(world, CONCERN, named(TEACHER), days[0])
    at = days[0] + HOUR
    yield at
    choice = Choice(
        level="4",
        pathway="strategy_discussion",
        rationale="A mark like a hand, and an account that changed.",
    )
    reply = "Thank you. We meet today, and you are invited."
    (case,) = steps.opened(steps.answered(contact, choice, reply, at), at)
    yield from _no_enquiry(case, days[0] + 3 * HOUR)
    yield days[2]
    first = escalate(
        case_id=case.pk,
        about_id=StageEnded.objects.get(case=case, verb="decide_on_enquiry").pk,
        reason="He told me this morning to say nothing more about his arm. Nobody has seen him alone.",
        by=named(TEACHER),
        now=days[2],
    )
    at = days[2] + 4 * HOUR
    yield at
    answer_escalation(
        case_id=case.pk,
        escalation_id=first.pk,
        seen_version=None,
        outcome="stands",
        reason="The driver of the van rang the police, and tells the same as his father.",
        by=named(WORKER),
        now=at,
    )
    at = days[3] + timedelta(hours=6)
    yield at
    escalate(
        case_id=case.pk,
        follows_id=first.pk,
        reason="The van explains the mark. It does not explain why he is afraid. He should be seen alone.",
        by=named(TEACHER),
        now=at,
    )


def _no_enquiry(case: Case, at: datetime) -> Iterator[datetime]:
    yield at
    meeting = steps.called(case, DISCUSSION, at, at)
    then = at + 2 * HOUR
    yield then
    steps.held(meeting, DISCUSSION, then)
    written = Written(
        reason="What father and son say of the road agrees with what the GP saw.",
        goes_on="family_help",
        views=VIEWS,
        lower_because="The mark is one of holding, and there is an account of it that two people give.",
    )
    agreed = "I read the GP’s entry. Family Help sees the family this week."
    steps.decided(meeting, case, DISCUSSION, "no_enquiry", written, then, agreed_because=agreed)
    steps.ended(meeting, DISCUSSION, "Family Help begins. School tells us of any mark.", then)
