"""Brothers and sisters whose work is at different stages: each meeting is for those whom it can still be for."""

import pytest
from django.db import DatabaseError, transaction

from openmash.apps.access.errors import Refused
from openmash.apps.casework.actions import meetings
from openmash.apps.casework.actions.opening import open_case
from openmash.apps.casework.errors import NotPossibleNow
from openmash.apps.casework.meeting_kinds import MEETINGS
from openmash.apps.casework.models import Case, Meeting, MeetingEnded
from openmash.apps.casework.pathway import MOVES
from openmash.apps.casework.standing import stages_of
from openmash.apps.concerns.account import PartTold
from openmash.apps.directory.models import Person
from openmash.apps.families.actions import PersonDescribed
from tests.apps.casework import working
from tests.apps.casework.working import DAY, HOUR, THEN
from tests.apps.test_guards import check_now
from tests.cast import Cast

LATER = THEN + 3 * HOUR
NEXT = THEN + DAY


def two_with_an_enquiry(cast: Cast) -> tuple[Case, Case]:
    parts = tuple(
        PartTold(role="subject", person=PersonDescribed(kind="child", name=name, about_age=age))
        for name, age in (("Alex Winter", 8), ("Bo Winter", 5))
    )
    contact = working.accepted(cast, parts=parts)
    alex, bo = open_case(contact_id=contact.pk, by=cast.screener, now=THEN)
    meeting = working.called(cast, alex, "strategy_discussion", cast.team_manager)
    working.held(cast, meeting, cast.team_manager, THEN + 2 * HOUR)
    for each in (alex, bo):
        working.decide(meeting, each, "enquiry", cast.team_manager, THEN + 2 * HOUR)
    end(meeting, cast.team_manager)
    return alex, bo


def end(meeting: Meeting, by: Person) -> None:
    meetings.end_meeting(meeting_id=meeting.pk, summary="", by=by, now=NEXT + DAY)


def to_conference(case: Case, cast: Cast) -> None:
    working.go(case, "finish_enquiry", "conference", cast.team_manager, LATER)


def two_with_a_plan(cast: Cast) -> tuple[Case, Case]:
    alex, bo = two_with_an_enquiry(cast)
    to_conference(alex, cast)
    to_conference(bo, cast)
    conference = working.called(cast, alex, "initial_conference", cast.team_manager, LATER)
    assert meetings.cases_of(conference) == [alex, bo]
    working.held(cast, conference, cast.chair, LATER + 2 * HOUR)
    for each in (alex, bo):
        working.decide(conference, each, "plan", cast.chair, LATER + 2 * HOUR)
    end(conference, cast.chair)
    return alex, bo


def test_a_child_in_a_conference_of_its_own_is_not_called_to_the_one_of_its_brother(cast: Cast) -> None:
    alex, bo = two_with_an_enquiry(cast)
    to_conference(alex, cast)
    first = working.called(cast, alex, "initial_conference", cast.team_manager, LATER)
    to_conference(bo, cast)
    second = working.called(cast, bo, "initial_conference", cast.team_manager, LATER)
    assert meetings.cases_of(first) == [alex]
    assert meetings.cases_of(second) == [bo]


def test_a_child_whose_plan_has_ended_does_not_keep_the_others_from_their_core_group(cast: Cast) -> None:
    alex, bo = two_with_a_plan(cast)
    group = working.called(cast, alex, "core_group", cast.team_manager, NEXT)
    assert meetings.cases_of(group) == [alex, bo]
    review = working.called(cast, alex, "review_conference", cast.chair, NEXT)
    working.held(cast, review, cast.chair, NEXT + 2 * HOUR)
    working.decide(review, alex, "plan_ends", cast.chair, NEXT + 2 * HOUR, goes_on="child_in_need_plan")
    assert stages_of(alex) == {"child_in_need_plan"}
    versions = [Case.objects.get(pk=each.pk).version for each in (alex, bo)]
    working.held(cast, group, cast.team_manager, NEXT + 3 * HOUR)
    assert [Case.objects.get(pk=each.pk).version for each in (alex, bo)] == [versions[0], versions[1] + 1]
    # Rule C12 as before: who is still at the stage needs a decision, here and in the database.
    with pytest.raises(NotPossibleNow, match=r"Without one: Bo Winter\.$"):
        end(group, cast.team_manager)
    with pytest.raises(DatabaseError, match="without a decision"), transaction.atomic():
        MeetingEnded.objects.create(meeting=group, by=cast.team_manager, at=NEXT + DAY)
    working.decide(group, bo, "goes_on", cast.team_manager, NEXT + 3 * HOUR)
    end(group, cast.team_manager)
    check_now()


def test_a_meeting_is_not_held_for_nobody(cast: Cast) -> None:
    alex, bo = two_with_a_plan(cast)
    group = working.called(cast, alex, "core_group", cast.team_manager, NEXT)
    review = working.called(cast, alex, "review_conference", cast.chair, NEXT)
    working.held(cast, review, cast.chair, NEXT + 2 * HOUR)
    for each in (alex, bo):
        working.decide(review, each, "plan_ends", cast.chair, NEXT + 2 * HOUR, goes_on="family_help")
    with pytest.raises(NotPossibleNow, match="None of these children"):
        working.held(cast, group, cast.team_manager, NEXT + 3 * HOUR)


def test_a_child_in_another_area_does_not_keep_the_others_from_their_meeting(cast: Cast) -> None:
    alex, bo = two_with_a_plan(cast)
    group = working.called(cast, alex, "core_group", cast.team_manager, NEXT)
    Case.objects.filter(pk=alex.pk).update(locality=cast.elsewhere)
    with pytest.raises(Refused):
        working.held(cast, group, cast.teacher, NEXT + 2 * HOUR)
    working.held(cast, group, cast.team_manager, NEXT + 2 * HOUR)
    assert "protection_plan" in stages_of(bo)


@pytest.mark.parametrize("kind", MEETINGS)
def test_the_database_knows_at_which_stage_each_meeting_decides(kind: str) -> None:
    """EVERY_CHILD_DECIDED names a stage for each kind: the table of the pathway says the same."""
    named = {
        "transfer_in_conference": "transfer_in",
        "core_group": "protection_plan",
        "review_conference": "protection_plan",
    }
    before = {stage for move in MOVES if move.verb == MEETINGS[kind].decide for stage in move.before}
    assert before == {named.get(kind, kind)}
