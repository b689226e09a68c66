"""What the stories of the work share: a concern told and accepted, somebody who leads, a meeting that decides.

Everything goes through the same actions as the pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from openmash.apps.casework.actions import leading, meetings
from openmash.apps.casework.actions.opening import open_case
from openmash.apps.casework.models import Case, Meeting, MeetingDecision
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
from openmash.demo.world import World
from openmash.engines.clocks import LONDON, is_working_day

PLACE = "aldermarsh"
SCREENER, MANAGER, CHAIR = "Lorraine Pettifer", "Yvonne Castellane", "Rajinder Ashgrove"
WORKER, OTHER_WORKER = "Farida Holloway-Mensah", "Tomasz Pryce"
TEACHER, HEALTH_VISITOR, POLICE, GP = (
    "Grace Adeyinka",
    "Sinéad Gilhooley",
    "PC Lauren Whitlam",
    "Dr Olumide Fasanya",
)
HOUR = timedelta(hours=1)
TWENTY_TO_TEN = time(9, 40)


def named(name: str) -> Person:
    """One of the staff."""
    return Person.objects.get(name=name)


def second_person(case: Case) -> Person:
    """The head of service of the place."""
    return people_with("head_of_service", case.locality_id, case.opened_at.date())[0]


def mornings(now: datetime, count: int) -> list[datetime]:
    """The last so many working days before today, oldest first, at twenty to ten."""
    days: list[datetime] = []
    day = now.astimezone(LONDON).date()
    while len(days) < count:
        day -= timedelta(days=1)
        if is_working_day(day):
            days.append(datetime.combine(day, TWENTY_TO_TEN, tzinfo=LONDON))
    return days[::-1]


def morning_after(now: datetime, count: int) -> datetime:
    """That many working days after this day, at twenty to ten."""
    day = now.astimezone(LONDON).date()
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
    return datetime.combine(day, TWENTY_TO_TEN, tzinfo=LONDON)


def views(
    child: str = "", parents: str = "", *, child_not: str = "", parents_not: str = ""
) -> dict[str, Said]:
    """What the child and the parents said, or why they could not be asked."""
    return {"child": Said(child, child_not), "parents": Said(parents, parents_not)}


@dataclass(frozen=True)
class Concern:
    """What somebody tells the front door. `key` tells one household of the demonstration from another."""

    key: str
    source: str
    parts: tuple[PartTold, ...]
    signs: tuple[SignTold, ...]
    words: str
    asked: Mapping[str, Any]
    """What everybody is asked: whether the child was seen, whether the parents know."""


def told(world: World, concern: Concern, by: Person, at: datetime) -> Contact:
    """The concern reaches the front door."""
    account = Account(
        raiser=Raiser(source=concern.source, contact=by.email),
        locality_id=world.county.localities[PLACE].pk,
        policy_id=world.in_force.pk,
        parts=concern.parts,
        signs=concern.signs,
        in_danger="no",
        account=concern.words,
        **concern.asked,
    )
    contact = raise_concern(account=account, by=by, now=at).contact
    for part, said in zip(contact.parts.order_by("id"), concern.parts, strict=True):
        if said.person.kind != "adult":
            world.children[part.description_id] = f"{concern.key}/{said.person.name}"
    return contact


def answered(contact: Contact, choice: Choice, reply: str, at: datetime) -> Contact:
    """The front door screens, decides and answers."""
    common: dict[str, Any] = {"contact_id": contact.pk, "by": named(SCREENER), "now": at}
    for act in (
        lambda seen: start_screening(seen_version=seen, **common),
        lambda seen: decide(seen_version=seen, choice=choice, **common),
        lambda seen: answer(seen_version=seen, text=reply, **common),
    ):
        contact.refresh_from_db()
        act(contact.version)
    contact.refresh_from_db()
    return contact


def opened(contact: Contact, at: datetime, worker: str = WORKER) -> list[Case]:
    """The work begins with each child, and the team manager names who leads it."""
    cases = open_case(contact_id=contact.pk, by=named(SCREENER), now=at)
    for case in cases:
        lead(case, worker, at)
    return cases


def lead(case: Case, worker: str, at: datetime) -> None:
    """The team manager names who leads the work with this child."""
    leading.allocate(
        case_id=case.pk, seen_version=None, worker=named(worker), note="", by=named(MANAGER), now=at
    )


@dataclass(frozen=True)
class Table:
    """A meeting: of what kind, why, who calls it and who leads it, and what each agency writes before."""

    kind: str
    purpose: str
    caller: str
    leader: str
    entries: Mapping[str, str]


def called(case: Case, table: Table, planned_for: datetime, at: datetime) -> Meeting:
    """Everybody is invited, and writes what their agency knows."""
    meeting = meetings.call_meeting(
        case_id=case.pk,
        seen_version=None,
        kind=table.kind,
        purpose=table.purpose,
        planned_for=planned_for,
        invite=[named(name) for name in table.entries],
        by=named(table.caller),
        now=at,
    )
    for name, text in table.entries.items():
        if text:
            meetings.make_entry(meeting_id=meeting.pk, text=text, by=named(name), now=at)
    return meeting


def held(meeting: Meeting, table: Table, at: datetime, **not_applying: str) -> None:
    """Everybody invited came."""
    came = {each.pk: (True, "") for each in meeting.invitation_set.all()}
    meetings.hold_meeting(
        meeting_id=meeting.pk,
        held_at=at - HOUR,
        came=came,
        not_applying=not_applying,
        by=named(table.leader),
        now=at,
    )


def decided(
    meeting: Meeting,
    case: Case,
    table: Table,
    outcome: str,
    written: Written,
    at: datetime,
    *,
    agreed_because: str = "",
    actions: Sequence[leading.ActionTold] = (),
) -> MeetingDecision:
    """What is decided for this child, to which the head of service agrees where it takes two."""
    decision = meetings.decide_for_child(
        meeting_id=meeting.pk,
        case_id=case.pk,
        outcome=outcome,
        written=written,
        not_quorate_because="",
        actions=actions,
        by=named(table.leader),
        now=at,
    )
    if decision.is_waiting:
        meetings.say_second_word(
            meeting_id=meeting.pk,
            decision_id=decision.pk,
            agrees=True,
            reason=agreed_because,
            by=second_person(case),
            now=at,
        )
    return decision


def ended(meeting: Meeting, table: Table, summary: str, at: datetime) -> None:
    """The meeting ends, and everybody at the table reads what it decided."""
    meetings.end_meeting(meeting_id=meeting.pk, summary=summary, by=named(table.leader), now=at)
