"""Three brothers and sisters on the way: a concern accepted, a strategy discussion with four agencies, an enquiry
for two of them and Family Help for the third, and a conference called. All by the same actions as the pages.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from openmash.apps.casework.actions import leading, meetings, stages
from openmash.apps.casework.actions.adopting import adopt_practice
from openmash.apps.casework.actions.opening import open_case
from openmash.apps.casework.models import Case, Meeting
from openmash.apps.casework.rules import Said, Written
from openmash.apps.concerns.account import Account, PartTold, Raiser, SignTold
from openmash.apps.concerns.actions.answering import answer
from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.actions.screening import start_screening
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.rules import Choice
from openmash.apps.directory.models import Person
from openmash.apps.directory.queries import people_with
from openmash.apps.families.actions import PersonDescribed
from openmash.apps.papers.actions.giving import give_paper, keep_paper
from openmash.apps.papers.actions.letters import adopt_letters
from openmash.demo.stories.asked_and_answered import requests_about
from openmash.demo.stories.timeline import Story
from openmash.demo.tables import HERE
from openmash.demo.world import World
from openmash.engines.clocks import LONDON, is_working_day

PRACTICE_FOLDER = HERE.parents[1] / "practice" / "draft-2026-12"
LETTERS_FOLDER = HERE.parents[1] / "practice" / "letters-2026-12"
IN_FORCE_FROM = datetime(2024, 6, 1, tzinfo=LONDON)
PLACE = "aldermarsh"
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


def adopt_the_practice(now: datetime) -> None:
    """The fictitious partnership adopts the draft practice and its letters."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(PRACTICE_FOLDER.iterdir())}
    adopt_practice(
        texts=texts,
        in_force_from=IN_FORCE_FROM,
        decision="Adopted by the fictitious partnership, as a draft for trying out.",
        by=None,
        now=min(now, IN_FORCE_FROM),
    )
    adopt_letters(
        texts={path.name: path.read_text(encoding="utf-8") for path in LETTERS_FOLDER.iterdir()},
        in_force_from=IN_FORCE_FROM,
        decision="Adopted by the fictitious partnership, as a draft for trying out.",
        by=None,
        now=min(now, IN_FORCE_FROM),
    )


def begin_three_siblings(world: World) -> None:
    """Begin the story, a week of working days ago."""
    world.timeline.begin(_played(world))


def _days(now: datetime) -> list[datetime]:
    """The last six working days before today, oldest first, in the morning."""
    days: list[datetime] = []
    day = now.astimezone(LONDON).date()
    while len(days) < 6:
        day -= timedelta(days=1)
        if is_working_day(day):
            days.append(datetime.combine(day, time(9, 40), tzinfo=LONDON))
    return days[::-1]


def _played(world: World) -> Story:
    days = _days(world.now)
    teacher, screener = _named("Grace Adeyinka"), _named("Lorraine Pettifer")
    manager, worker = _named("Yvonne Castellane"), _named("Farida Holloway-Mensah")
    yield days[0]
    contact = _raised(world, teacher, days[0])
    yield days[0] + timedelta(minutes=50)
    cases = _accepted(contact, screener, days[0] + timedelta(minutes=50))
    at = days[0] + timedelta(hours=2)
    yield at
    for case in cases:
        leading.allocate(case_id=case.pk, seen_version=None, worker=worker, note="", by=manager, now=at)
    yield from _discussed(cases, worker, manager, at + timedelta(hours=1))
    yield days[1]
    for case in cases[:2]:
        leading.record_child_seen(
            case_id=case.pk,
            seen_version=None,
            seen_at=days[1] - timedelta(minutes=30),
            alone="yes",
            what=f"Seen at school, alone. {case.child.name.split()[0]} was quiet at first, and then talked of home.",
            by=worker,
            now=days[1],
        )
    yield from requests_about(cases[0], worker, days[1] + timedelta(hours=1), days[2])
    yield days[4]
    yield from _to_conference(cases, worker, manager, days[4])


def _named(name: str) -> Person:
    return Person.objects.get(name=name)


def _raised(world: World, teacher: Person, at: datetime) -> Contact:
    parts = [
        PartTold(
            "subject" if number == 0 else "other_child",
            PersonDescribed(kind="child", name=name, about_age=age, sex=sex, **HOME),
        )
        for number, (name, age, sex) in enumerate(CHILDREN)
    ]
    mother = PersonDescribed(kind="adult", name="Dana Verity", sex="female", **HOME)
    account = Account(
        raiser=Raiser(source="school", contact=teacher.email),
        locality_id=world.county.localities[PLACE].pk,
        policy_id=world.in_force.pk,
        parts=(*parts, PartTold("parent", mother)),
        signs=(SignTold("D03", "seen", immediate_answer="no"),),
        in_danger="no",
        seen="yes",
        spoken_to="yes",
        parents_know="no",
        parents_know_why_not="He asked me not to, because of Sam.",
        account="Callum said at registration that Sam hits him with a belt, and showed me a mark above his knee. "
        "His sister and baby brother live there too.",
    )
    contact = raise_concern(account=account, by=teacher, now=at).contact
    for part, (name, _age, _sex) in zip(contact.parts.order_by("id"), CHILDREN, strict=False):
        world.children[part.description_id] = f"verity/{name}"
    return contact


def _accepted(contact: Contact, screener: Person, at: datetime) -> list[Case]:
    common: dict[str, Any] = {"contact_id": contact.pk, "by": screener, "now": at}
    start_screening(seen_version=contact.version, **common)
    contact.refresh_from_db()
    others = contact.parts.filter(role="other_child")
    choice = Choice(
        level="4",
        pathway="strategy_discussion",
        rationale="A nine-year-old names who hits him and with what, and has a mark. Two younger children live there.",
        children={
            part.pk: ("same_decision", "Lives in the same home, with the same adult.") for part in others
        },
    )
    decide(seen_version=contact.version, choice=choice, **common)
    contact.refresh_from_db()
    text = "Thank you. We hold a strategy discussion today, and you will be asked to it. Please do not speak to Sam."
    answer(seen_version=contact.version, text=text, **common)
    return open_case(**common)


def _discussed(cases: list[Case], worker: Person, manager: Person, at: datetime) -> Iterator[datetime]:
    yield at
    meeting = meetings.call_meeting(
        case_id=cases[0].pk,
        seen_version=None,
        kind="strategy_discussion",
        purpose="A child of the family says that he is hit with a belt, and has a mark.",
        planned_for=at + timedelta(hours=2),
        invite=[_named(name) for name in ENTRIES],
        by=worker,
        now=at,
    )
    for name, text in ENTRIES.items():
        meetings.make_entry(meeting_id=meeting.pk, text=text, by=_named(name), now=at)
    then = at + timedelta(hours=3)
    yield then
    came = {each.pk: (True, "") for each in meeting.invitation_set.all()}
    meetings.hold_meeting(
        meeting_id=meeting.pk,
        held_at=at + timedelta(hours=2),
        came=came,
        not_applying={},
        by=manager,
        now=then,
    )
    reasons = "What the child said fits what police know, and the mark. The adult still has a key."
    for case in cases:
        youngest = case == cases[-1]
        decision = meetings.decide_for_child(
            meeting_id=meeting.pk,
            case_id=case.pk,
            outcome="no_enquiry" if youngest else "enquiry",
            written=Written(
                reason="He is well, and was seen two weeks ago; help for the whole family reaches him."
                if youngest
                else reasons,
                goes_on="family_help" if youngest else "",
                views=VIEWS,
                lower_because="Nothing that was told is about him, and he is not alone with Sam."
                if youngest
                else "",
            ),
            not_quorate_because="",
            by=manager,
            now=then,
        )
        if decision.is_waiting:
            meetings.say_second_word(
                meeting_id=meeting.pk,
                decision_id=decision.pk,
                agrees=True,
                reason="I read what each agency said. Family Help reaches him, and he is seen each week.",
                by=_second(case),
                now=then,
            )
    summary = "Callum and Skye are seen at school tomorrow. Nobody speaks to Sam before police have."
    meetings.end_meeting(meeting_id=meeting.pk, summary=summary, by=manager, now=then)
    _minutes(meeting, manager, then)


def _minutes(meeting: Meeting, manager: Person, at: datetime) -> None:
    """The school and the health visitor are given what they need to keep the children safe, and no more."""
    paper = keep_paper(meeting_id=meeting.pk, kind="minutes", by=manager, now=at)
    parts = [part["key"] for part in paper.content["parts"]]
    give_paper(
        paper_id=paper.pk,
        people=[_named("Grace Adeyinka"), _named("Sinéad Gilhooley")],
        family=[],
        parts=[key for key in parts if key.startswith("child:")],
        reason="They see the children every week, and need to know what was decided and who does what.",
        by=manager,
        now=at,
    )


def _second(case: Case) -> Person:
    """The head of service of the place."""
    return people_with("head_of_service", case.locality_id, case.opened_at.date())[0]


def _to_conference(cases: list[Case], worker: Person, manager: Person, at: datetime) -> Iterator[datetime]:
    yield at
    for case in cases[:2]:
        stages.move_case(
            case_id=case.pk,
            seen_version=None,
            verb="finish_enquiry",
            outcome="conference",
            written=Written(reason="Both children describe being hit. Sam has a key.", views=LATER_VIEWS),
            by=manager,
            now=at,
        )
    meetings.call_meeting(
        case_id=cases[0].pk,
        seen_version=None,
        kind="initial_conference",
        purpose="To decide whether each child needs a child protection plan.",
        planned_for=at + timedelta(days=9),
        invite=[_named(name) for name in ENTRIES],
        by=worker,
        now=at,
    )
