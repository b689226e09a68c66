"""One child and brothers and sisters through the work, by the real actions."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event
from openmash.apps.casework.actions import leading, meetings, stages, transfer
from openmash.apps.casework.actions.opening import open_case
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import (
    AgencyEntry,
    CameFrom,
    Case,
    Clock,
    Closure,
    MeetingEnded,
    StageOpen,
)
from openmash.apps.casework.standing import stages_of, told_as
from openmash.apps.concerns.actions import deciding
from openmash.engines.clocks import LONDON
from tests.apps import journey
from tests.apps.casework import working
from tests.apps.casework.working import DAY, HOUR, THEN, sibling, written
from tests.apps.test_guards import check_now
from tests.cast import MONDAY, Cast


def running(case: Case) -> dict[str, Clock]:
    return {clock.definition: clock for clock in case.clocks.filter(stopped_at__isnull=True)}


def test_opening_a_case_from_a_decision(cast: Cast) -> None:
    case = working.opened(cast)
    check_now()
    assert stages_of(case) == {"strategy_discussion"}
    assert StageOpen.objects.get(case=case).practice.version == "2027-01"
    assert running(case)["strategy_held"].due_at == THEN + timedelta(hours=24)
    assert Event.objects.filter(verb="open_case", subject_kind="case", subject_id=str(case.pk)).exists()


def test_a_decision_opens_its_work_once(cast: Cast) -> None:
    case = working.opened(cast)
    contact = CameFrom.objects.get(case=case).contact
    with pytest.raises(NotPossibleNow, match="already"):
        open_case(contact_id=contact.pk, by=cast.screener, now=THEN)


def test_a_child_never_has_two_cases(cast: Cast) -> None:
    case = working.opened(cast, "3", "family_help")
    earlier = CameFrom.objects.get(case=case).contact
    later = working.accepted(cast)
    journey.link(cast, later, earlier)
    again = open_case(contact_id=later.pk, by=cast.screener, now=THEN + DAY)[0]
    check_now()
    assert again == case
    assert stages_of(case) == {"family_help", "strategy_discussion"}
    assert CameFrom.objects.filter(case=case).count() == 2


def test_what_closes_opens_nothing(cast: Cast) -> None:
    contact = working.accepted(cast, "1", "advice_only", chosen=journey.choice("2", "early_help"))
    assert open_case(contact_id=contact.pk, by=cast.screener, now=THEN)  # early help is an offer with a lead
    working.adopted()
    closed = journey.decided(
        cast, "A06", chosen=journey.choice("1", "universal_services", why_not_policy="already_helped")
    )
    with pytest.raises(NotPossibleNow, match="leads to no work"):
        open_case(contact_id=closed.pk, by=cast.screener, now=THEN)


def test_forty_five_days_count_from_the_concern(cast: Cast) -> None:
    case = working.opened(cast, "3", "section_17_assessment")
    clock = running(case)["assessment_finished"]
    assert clock.started_at == MONDAY
    # 45 working days from Monday 16 November 2026: Christmas, Boxing Day (kept on the 28th) and New Year lie between.
    assert clock.due_at.astimezone(LONDON).date().isoformat() == "2027-01-21"


def test_from_concern_to_closure(cast: Cast) -> None:
    case = working.with_plan(cast)
    check_now()
    assert stages_of(case) == {"protection_plan"}
    assert set(running(case)) == {"first_core_group", "first_review_conference"}
    now = THEN + DAY
    leading.write_plan(
        case_id=case.pk,
        seen_version=None,
        goals="Nobody shouts at night.",
        outline="Mum goes to the group; school rings each Friday.",
        actions=[leading.ActionTold("Ring home every Friday", "School", (now + 7 * DAY).date())],
        written=written(),
        by=cast.social_worker,
        now=now,
    )
    group = working.called(cast, case, "core_group", cast.social_worker, now)
    working.held(cast, group, cast.social_worker, now + 2 * HOUR)
    working.decide(group, case, "goes_on", cast.social_worker, now + 2 * HOUR)
    meetings.end_meeting(meeting_id=group.pk, summary="", by=cast.social_worker, now=now + 2 * HOUR)
    assert set(running(case)) == {"next_core_group", "first_review_conference"}
    review = working.called(cast, case, "review_conference", cast.chair, now + 3 * HOUR)
    working.held(cast, review, cast.chair, now + 5 * HOUR)
    working.decide(review, case, "plan_ends", cast.chair, now + 5 * HOUR, goes_on="child_in_need_plan")
    meetings.end_meeting(meeting_id=review.pk, summary="", by=cast.chair, now=now + 5 * HOUR)
    assert stages_of(case) == {"child_in_need_plan"}
    assert set(running(case)) == {"child_in_need_plan_planned"}
    with pytest.raises(Incomplete) as lacking:
        stages.close(
            case_id=case.pk,
            seen_version=None,
            written=written(told=(), offer="", way_back=" "),
            tell=[],
            by=cast.team_manager,
            now=now + DAY,
        )
    assert {reason.field for reason in lacking.value.reasons} == {"told", "offer", "way_back"}
    stages.close(
        case_id=case.pk,
        seen_version=None,
        written=written(told=("The family", told_as(cast.teacher))),
        tell=[cast.teacher],
        by=cast.team_manager,
        now=now + DAY,
    )
    check_now()
    assert stages_of(case) == {"closed"}
    assert Closure.objects.get(case=case).told.filter(person=cast.teacher).exists()


def test_a_meeting_cannot_end_while_a_child_of_the_household_is_undecided(cast: Cast) -> None:
    parts = (
        working.child("Alex Winter", about_age=8),
        sibling("Bo Winter", about_age=5),
        sibling("Cy Winter", about_age=1),
    )
    contact = journey.screening(cast, working.SERIOUS, parts=parts)
    working.adopted()
    others = contact.parts.filter(role="other_child")
    chosen = journey.choice(
        "4",
        "strategy_discussion",
        children={
            others[0].pk: ("same_decision", "Lives there."),
            others[1].pk: ("not_affected", "Lives with Gran during the week."),
        },
    )
    deciding.decide(
        contact_id=contact.pk, seen_version=contact.version, choice=chosen, by=cast.screener, now=THEN - HOUR
    )
    cases = open_case(contact_id=contact.pk, by=cast.screener, now=THEN)
    assert [case.child.name for case in cases] == ["Alex Winter", "Bo Winter"]
    meeting = working.called(cast, cases[0], "strategy_discussion", cast.team_manager)
    about = meetings.cases_of(meeting)
    assert sorted(case.child.name for case in about) == ["Alex Winter", "Bo Winter", "Cy Winter"]
    later = THEN + 2 * HOUR
    working.held(cast, meeting, cast.team_manager, later)
    working.decide(meeting, about[0], "enquiry", cast.team_manager, later)
    working.decide(meeting, about[1], "enquiry", cast.team_manager, later)
    with pytest.raises(NotPossibleNow, match="every child needs a decision"):
        meetings.end_meeting(meeting_id=meeting.pk, summary="", by=cast.team_manager, now=later)
    with pytest.raises(DatabaseError, match="without a decision"), transaction.atomic():
        MeetingEnded.objects.create(meeting=meeting, by=cast.team_manager, at=later)
    lower = working.decide(meeting, about[2], "no_enquiry", cast.team_manager, later, goes_on="early_help")
    # What may harm one child may harm the others: lower than the threshold says takes a second person.
    with pytest.raises(DatabaseError, match="without a decision"), transaction.atomic():
        MeetingEnded.objects.create(meeting=meeting, by=cast.team_manager, at=later)
    word = {"meeting_id": meeting.pk, "decision_id": lower.pk, "agrees": True, "reason": "Seen by two."}
    meetings.say_second_word(by=cast.head, now=later, **word)
    meetings.end_meeting(meeting_id=meeting.pk, summary="", by=cast.team_manager, now=later)
    check_now()
    assert stages_of(about[2]) == {"early_help"}


def test_a_meeting_that_lacks_somebody_does_not_decide_alone(cast: Cast) -> None:
    case = working.led(cast)
    meeting = working.called(cast, case, "strategy_discussion", cast.social_worker)
    later = THEN + 2 * HOUR
    working.held(cast, meeting, cast.team_manager, later, cast.police_officer)
    with pytest.raises(Incomplete, match="lacked: Police"):
        working.decide(meeting, case, "enquiry", cast.team_manager, later)
    decision = working.decide(
        meeting, case, "enquiry", cast.team_manager, later, not_quorate_because="They rang in what they know."
    )
    assert stages_of(case) == {"strategy_discussion"}
    say = meetings.say_second_word
    with pytest.raises(NotPossibleNow, match="somebody else"):
        say(
            meeting_id=meeting.pk,
            decision_id=decision.pk,
            agrees=True,
            reason="Yes.",
            by=cast.team_manager,
            now=later,
        )
    say(meeting_id=meeting.pk, decision_id=decision.pk, agrees=True, reason="Yes.", by=cast.head, now=later)
    check_now()
    assert stages_of(case) == {"section_47_enquiry"}
    assert running(case)["conference_held"].started_at == later - HOUR / 2
    # What was decided, and the words, stay those of whoever decided.
    assert StageOpen.objects.get(case=case, stage="section_47_enquiry").by == cast.team_manager
    assert {each.by for each in case.view_set.all()} == {cast.team_manager}


def test_education_is_needed_unless_somebody_says_why_not(cast: Cast) -> None:
    case = working.led(cast)
    meeting = working.called(cast, case, "strategy_discussion", cast.social_worker)
    later = THEN + 2 * HOUR
    working.held(cast, meeting, cast.team_manager, later, cast.teacher, Education="Not yet of school age.")
    assert meeting.meetingheld_set.get().missing == []


def test_each_agency_writes_its_own_entry(cast: Cast) -> None:
    case = working.led(cast)
    meeting = working.called(cast, case, "strategy_discussion", cast.social_worker)
    for text in ("Called twice in June.", "And once today."):
        meetings.make_entry(meeting_id=meeting.pk, text=text, by=cast.police_officer, now=THEN)
    check_now()
    assert AgencyEntry.objects.filter(by=cast.police_officer).count() == 2
    with pytest.raises(Refused):
        meetings.make_entry(meeting_id=meeting.pk, text="Not invited.", by=cast.gp, now=THEN)
    invitation = meeting.invitation_set.get(person=cast.police_officer)
    with pytest.raises(DatabaseError, match="the person it sent"), transaction.atomic():
        AgencyEntry.objects.create(
            meeting=meeting, invitation=invitation, text="In their name.", by=cast.social_worker, at=THEN
        )


def test_a_refused_offer_steps_up_by_rule_or_says_why_not(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    with pytest.raises(Refused):
        working.go(case, "offer_refused", "not_stepped_up", cast.social_worker)
    with pytest.raises(Incomplete, match="Write the reasons"):
        working.go(case, "offer_refused", "not_stepped_up", cast.team_manager, reason="")
    working.go(case, "offer_refused", "stepped_up", cast.social_worker)
    assert stages_of(case) == {"family_help", "assessment"}


def test_want_of_staff_is_no_reason_to_do_less(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    with pytest.raises(Incomplete, match="staffing or capacity"):
        working.go(case, "step_down", "early_help", cast.team_manager, reason="No capacity to allocate.")


def test_a_transfer_goes_on_here_until_it_is_taken_over(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    transfer.transfer(
        case_id=case.pk,
        seen_version=None,
        to=cast.elsewhere,
        written=written(),
        by=cast.team_manager,
        now=THEN,
    )
    assert stages_of(case) == {"family_help", "transfer"}
    with pytest.raises(Refused):
        transfer.accept_transfer(
            case_id=case.pk, seen_version=None, written=written(), by=cast.team_manager, now=THEN
        )
    transfer.accept_transfer(
        case_id=case.pk, seen_version=None, written=written(), by=cast.team_manager_elsewhere, now=THEN
    )
    check_now()
    case.refresh_from_db()
    assert case.locality == cast.elsewhere
    assert stages_of(case) == {"family_help"}


def test_closed_work_opens_again(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    stages.close(
        case_id=case.pk, seen_version=None, written=written(), tell=[], by=cast.team_manager, now=THEN
    )
    working.go(case, "reopen", "", cast.team_manager, goes_on="assessment")
    check_now()
    assert stages_of(case) == {"assessment"}


def test_of_two_people_of_one_name_the_right_one_is_told(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    cast.gp.name = cast.teacher.name
    cast.gp.save()
    closure = stages.close(
        case_id=case.pk,
        seen_version=None,
        written=written(told=(told_as(cast.teacher),)),
        tell=[cast.teacher, cast.gp],
        by=cast.team_manager,
        now=THEN,
    )
    assert [each.person for each in closure.told.all()] == [cast.teacher]
