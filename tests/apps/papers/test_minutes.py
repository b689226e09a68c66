"""Reports and minutes are made from what was recorded; what was kept stays as it was; what went to whom is known."""

from typing import Any

import pytest

from openmash.apps.audit.models import Event
from openmash.apps.casework.actions import meetings
from openmash.apps.papers.actions.giving import give_paper, keep_paper
from openmash.apps.papers.contents import minutes
from openmash.apps.papers.errors import Incomplete, NotPossibleNow
from openmash.apps.papers.models import Given
from openmash.apps.papers.queries.of_a_meeting import open_given, open_paper, papers_of_meeting
from tests.apps.casework import working
from tests.apps.papers.writing import HELD, LATER, SAID, conference, ended, every_word
from tests.cast import Cast


def test_reports_hold_what_each_agency_wrote_before(cast: Cast) -> None:
    _, meeting = conference(cast)
    paper = keep_paper(meeting_id=meeting.pk, kind="reports", by=cast.social_worker, now=LATER)
    words = every_word(paper.content)
    assert all(text in words for text in SAID.values())
    with pytest.raises(NotPossibleNow):
        keep_paper(meeting_id=meeting.pk, kind="minutes", by=cast.chair, now=LATER)


def test_reports_do_not_hold_what_was_said_at_the_meeting(cast: Cast) -> None:
    _, meeting = ended(cast)
    words = every_word(keep_paper(meeting_id=meeting.pk, kind="reports", by=cast.chair, now=HELD).content)
    assert SAID["teacher"] in words
    assert "Said at the table." not in words


def test_minutes_say_all_that_was_recorded(cast: Cast) -> None:
    case, meeting = ended(cast)
    paper = keep_paper(meeting_id=meeting.pk, kind="minutes", by=cast.chair, now=HELD)
    words = every_word(paper.content)
    for recorded in (
        *SAID.values(),
        "Said at the table.",
        "Police Officer, Police officer, Northfield Police",
        "I want the shouting to stop.",
        "Father works away this week.",
        "A child protection plan begins. Category: Neglect",
        "Two injuries, and fear of the next.",
        "Meet his mother every Friday: The school, by 25 November 2026",
        "I would have waited.",
        "He is seen tomorrow.",
    ):
        assert recorded in words
    assert f"child:{case.pk}" in [part["key"] for part in paper.content["parts"]]


def test_minutes_that_were_kept_stay_and_what_came_later_makes_the_next(cast: Cast) -> None:
    _, meeting = ended(cast)
    first = keep_paper(meeting_id=meeting.pk, kind="minutes", by=cast.chair, now=HELD)
    again = keep_paper(meeting_id=meeting.pk, kind="minutes", by=cast.team_manager, now=HELD)
    assert again == first
    then = HELD + working.DAY
    meetings.dissent(meeting_id=meeting.pk, text="So would I.", by=cast.teacher, now=then)
    assert papers_of_meeting(meeting.pk, by=cast.chair, now=then).has_grown
    second = keep_paper(meeting_id=meeting.pk, kind="minutes", by=cast.chair, now=then)
    assert not papers_of_meeting(meeting.pk, by=cast.chair, now=then).has_grown
    assert (first.number, second.number) == (1, 2)
    assert "So would I." not in every_word(open_paper(first.pk, by=cast.chair, now=then).content)
    assert "So would I." in every_word(second.content)


def test_nobody_is_given_anything_without_a_reason(cast: Cast) -> None:
    _, meeting = ended(cast)
    paper = keep_paper(meeting_id=meeting.pk, kind="minutes", by=cast.chair, now=HELD)
    whole = {"people": [cast.teacher], "family": [], "parts": ["came"], "reason": "He is in her class."}
    lacking: dict[str, Any]
    for lacking in (
        {"people": []},
        {"parts": []},
        {"parts": ["made up"]},
        {"reason": " "},
        {"people": [cast.gp]},
        {"people": [], "family": ["A neighbour"]},
    ):
        with pytest.raises(Incomplete):
            give_paper(paper_id=paper.pk, by=cast.chair, now=HELD, **{**whole, **lacking})  # type: ignore[arg-type]
    assert not Given.objects.exists()


def test_what_went_to_whom_and_who_read_it_is_written_down(cast: Cast) -> None:
    _, meeting = ended(cast)
    paper = keep_paper(meeting_id=meeting.pk, kind="minutes", by=cast.chair, now=HELD)
    asked: dict[str, Any] = {
        "paper_id": paper.pk,
        "people": [cast.teacher],
        "family": ["The parents or carers"],
        "parts": ["dissent", "came"],
        "reason": "They asked for it.",
        "by": cast.chair,
        "now": HELD,
    }
    given = give_paper(**asked)
    assert give_paper(**asked) == [], "a button pressed twice"
    assert [(each.who, each.parts) for each in given] == [
        ("Teacher, Teacher, Millbrook Primary School", ["came", "dissent"]),
        ("The parents or carers", ["came", "dissent"]),
    ]
    open_given(given[0].pk, by=cast.teacher, now=HELD)
    event = Event.objects.filter(verb="see_given").get()
    assert (event.by_id, event.ground) == (cast.teacher.pk, "was given this paper")


def test_minutes_say_why_a_meeting_that_had_everybody_decided_lower_and_who_agreed(cast: Cast) -> None:
    case = working.led(cast)
    meeting = working.called(cast, case, "strategy_discussion", cast.social_worker)
    at = working.THEN + 2 * working.HOUR
    working.held(cast, meeting, cast.team_manager, at)
    decision = working.decide(meeting, case, "no_enquiry", cast.team_manager, at, goes_on="family_help")
    assert decision.quorate
    why = "The mark has an innocent cause, which two people saw."
    waits = every_word(minutes(meeting))
    assert why in waits
    assert "Nobody has agreed yet" in waits
    meetings.say_second_word(
        meeting_id=meeting.pk,
        decision_id=decision.pk,
        agrees=True,
        reason="I saw the photographs too.",
        by=working.another_manager(cast),
        now=at,
    )
    agreed = every_word(minutes(meeting))
    assert "I saw the photographs too." in agreed
    assert "Another Manager" in agreed
    assert "Nobody has agreed yet" not in agreed
