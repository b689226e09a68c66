"""Short ways to a conference with papers. Each goes through the real actions."""

from datetime import datetime
from pathlib import Path
from typing import Any

from openmash.apps.casework.actions import meetings
from openmash.apps.casework.actions.leading import ActionTold
from openmash.apps.casework.models import Case, Meeting
from openmash.apps.papers.actions.letters import adopt_letters
from openmash.apps.papers.models import LettersAdopted
from openmash.apps.papers.permission import PAPERS
from tests.apps.casework import working
from tests.cast import LONDON, MONDAY, Cast

FOLDER = Path(__file__).parents[3] / "practice" / "letters-2026-12"
LATER = working.THEN + 3 * working.HOUR
HELD = LATER + 2 * working.HOUR
SAID = {
    "police_officer": "Called to the house twice in June.",
    "health_visitor": "His sister was weighed last week: well.",
    "teacher": "He told me about the belt on Monday.",
}


def letter_texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.iterdir())}


def adopted_letters() -> LettersAdopted:
    found = LettersAdopted.objects.first()
    return found or adopt_letters(
        texts=letter_texts(),
        in_force_from=datetime(2024, 6, 1, tzinfo=LONDON),
        decision="Agreed for the tests.",
        by=None,
        now=MONDAY,
    )


def conference(cast: Cast) -> tuple[Case, Meeting]:
    """A conference called, for which three agencies have written."""
    case = working.enquiry(cast)
    working.go(case, "finish_enquiry", "conference", cast.team_manager, LATER)
    meeting = working.called(cast, case, "initial_conference", cast.social_worker, LATER)
    for name, text in SAID.items():
        meetings.make_entry(meeting_id=meeting.pk, text=text, by=getattr(cast, name), now=LATER)
    return case, meeting


def ended(cast: Cast) -> tuple[Case, Meeting]:
    """The same, held and ended with a plan, an action and one who disagrees."""
    case, meeting = conference(cast)
    working.held(cast, meeting, cast.chair, HELD, cast.gp)
    meetings.make_entry(meeting_id=meeting.pk, text="Said at the table.", by=cast.teacher, now=HELD)
    meetings.decide_for_child(
        meeting_id=meeting.pk,
        case_id=case.pk,
        outcome="plan",
        written=working.written(reason="Two injuries, and fear of the next."),
        not_quorate_because="",
        actions=[ActionTold("Meet his mother every Friday", "The school", (MONDAY + 9 * working.DAY).date())],
        by=cast.chair,
        now=HELD,
    )
    meetings.dissent(meeting_id=meeting.pk, text="I would have waited.", by=cast.health_visitor, now=HELD)
    meetings.end_meeting(meeting_id=meeting.pk, summary="He is seen tomorrow.", by=cast.chair, now=HELD)
    case.refresh_from_db()
    return case, meeting


def every_word(content: Any) -> str:
    """All that stands in a paper, as one text."""
    if isinstance(content, dict):
        return " ".join(every_word(each) for each in content.values())
    if isinstance(content, list | tuple):
        return " ".join(every_word(each) for each in content)
    return str(content)


VERBS = sorted(PAPERS)
