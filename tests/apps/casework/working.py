"""Short ways for tests to bring a case to where a test begins. Each goes through the real actions."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openmash.apps.casework.actions import leading, meetings, stages
from openmash.apps.casework.actions.adopting import adopt_practice
from openmash.apps.casework.actions.opening import open_case
from openmash.apps.casework.models import Case, Meeting, PracticeAdopted
from openmash.apps.casework.rules import Said, Written
from openmash.apps.concerns.account import PartTold, SignTold
from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person, RoleHeld
from openmash.apps.families.actions import PersonDescribed
from tests.apps import journey
from tests.cast import LONDON, MONDAY, Cast, child

PRACTICE_FOLDER = Path(__file__).parents[3] / "practice" / "draft-2027-01"
SERIOUS = SignTold("D03", "seen", immediate_answer="no")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THEN = MONDAY + 4 * HOUR
VIEWS = {
    "child": Said(text="I want the shouting to stop."),
    "parents": Said(not_obtained_because="Father works away this week."),
}


def practice_texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(PRACTICE_FOLDER.iterdir())}


def adopted() -> PracticeAdopted:
    """The draft practice, adopted once."""
    found = PracticeAdopted.objects.first()
    return found or adopt_practice(
        texts=practice_texts(),
        in_force_from=datetime(2024, 6, 1, tzinfo=LONDON),
        decision="Agreed for the tests.",
        by=None,
        now=MONDAY,
    )


def written(**given: Any) -> Written:
    """Everything that any move may need, and whatever is given."""
    fields: dict[str, Any] = {
        "reason": "The reasons in full.",
        "views": VIEWS,
        "offer": "The school’s family worker goes on.",
        "way_back": "Ring the front door, or ask at school.",
        "told": ("The family",),
        "category": "neglect",
        "lower_because": "The mark has an innocent cause, which two people saw.",
        "review_on": (MONDAY + 60 * DAY).date(),
    }
    return Written(**{**fields, **given})


def accepted(cast: Cast, level: str = "4", pathway: str = "strategy_discussion", **given: Any) -> Contact:
    """A concern that the front door decided on, by default for a strategy discussion."""
    adopted()
    signs = given.pop("signs", (SERIOUS,) if level == "4" else ("A06",))
    chosen = given.pop("chosen", None)
    extra = {} if level == "4" else {"why_not_policy": "more_serious"}
    return journey.decided(cast, *signs, chosen=chosen or journey.choice(level, pathway, **extra), **given)


def sibling(name: str, **known: Any) -> PartTold:
    return PartTold(role="other_child", person=PersonDescribed(kind="child", name=name, **known))


def opened(cast: Cast, level: str = "4", pathway: str = "strategy_discussion", **given: Any) -> Case:
    """The case of the first child, with nobody to lead it yet."""
    contact = accepted(cast, level, pathway, **given)
    return open_case(contact_id=contact.pk, by=cast.screener, now=THEN)[0]


def led(cast: Cast, *args: str, **given: Any) -> Case:
    """A case that the social worker leads."""
    case = opened(cast, *args, **given)
    return leading.allocate(
        case_id=case.pk, seen_version=None, worker=cast.social_worker, note="", by=cast.team_manager, now=THEN
    )


def go(case: Case, verb: str, outcome: str, by: Person, now: datetime = THEN, **given: Any) -> Case:
    """One of the plain moves, fully written."""
    return stages.move_case(
        case_id=case.pk,
        seen_version=None,
        verb=verb,
        outcome=outcome,
        written=written(**given),
        by=by,
        now=now,
    )


def called(cast: Cast, case: Case, kind: str, by: Person, now: datetime = THEN, *invite: Person) -> Meeting:
    return meetings.call_meeting(
        case_id=case.pk,
        seen_version=None,
        kind=kind,
        purpose="What was told at the front door.",
        planned_for=now + HOUR,
        invite=invite or (cast.police_officer, cast.health_visitor, cast.teacher),
        by=by,
        now=now,
    )


def held(cast: Cast, meeting: Meeting, by: Person, now: datetime, *absent: Person, **why: str) -> Meeting:
    """Held, with everybody invited there but those named."""
    came = {
        each.pk: (each.person_id not in {person.pk for person in absent}, "")
        for each in meeting.invitation_set.all()
    }
    meetings.hold_meeting(
        meeting_id=meeting.pk, held_at=now - HOUR / 2, came=came, not_applying=why, by=by, now=now
    )
    return meeting


def decide(meeting: Meeting, case: Case, outcome: str, by: Person, now: datetime, **given: Any) -> Any:
    because = given.pop("not_quorate_because", "")
    return meetings.decide_for_child(
        meeting_id=meeting.pk,
        case_id=case.pk,
        outcome=outcome,
        written=written(**given),
        not_quorate_because=because,
        by=by,
        now=now,
    )


def enquiry(cast: Cast, **given: Any) -> Case:
    """A case with a section 47 enquiry, decided at a quorate strategy discussion."""
    case = led(cast, **given)
    meeting = called(cast, case, "strategy_discussion", cast.social_worker)
    later = THEN + 2 * HOUR
    held(cast, meeting, cast.team_manager, later)
    for each in meetings.cases_of(meeting):
        decide(meeting, each, "enquiry", cast.team_manager, later)
    meetings.end_meeting(meeting_id=meeting.pk, summary="", by=cast.team_manager, now=later)
    case.refresh_from_db()
    return case


def with_plan(cast: Cast, **given: Any) -> Case:
    """A case with a child protection plan, decided at a quorate conference."""
    case, later = enquiry(cast, **given), THEN + 3 * HOUR
    go(case, "finish_enquiry", "conference", cast.team_manager, later)
    meeting = called(cast, case, "initial_conference", cast.social_worker, later)
    then = later + 2 * HOUR
    held(cast, meeting, cast.chair, then)
    decide(meeting, case, "plan", cast.chair, then)
    meetings.end_meeting(meeting_id=meeting.pk, summary="", by=cast.chair, now=then)
    case.refresh_from_db()
    return case


def another_manager(cast: Cast, name: str = "Another Manager") -> Person:
    """One more manager of the same team."""
    person = Person.objects.create_user(
        email=f"{name.lower().replace(' ', '.')}@example.org",
        name=name,
        job_title="Team manager",
        agency=cast.team_manager.agency,
    )
    RoleHeld.objects.create(person=person, role="team_manager", locality=cast.here, starts=date(2020, 1, 1))
    return person


__all__ = ["DAY", "HOUR", "THEN", "child"]
