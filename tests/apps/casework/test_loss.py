"""A pregnancy that ended without a birth: nothing goes on for this child, and everything does for the others."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event
from openmash.apps.casework.actions import birth, escalating, loss, meetings
from openmash.apps.casework.actions.awaiting import wait_for_agency
from openmash.apps.casework.actions.bringing import bring_what_is_new
from openmash.apps.casework.actions.opening import case_about, open_case
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import Case, Clock, Meeting, PregnancyEnded, StageOpen
from openmash.apps.casework.queries.lists import worklist
from openmash.apps.casework.queries.opened import open_work, possible
from openmash.apps.casework.standing import stages_of
from openmash.apps.casework.unborn import loss_of, name_of
from openmash.apps.concerns.account import PartTold
from openmash.apps.concerns.actions.screening import add_information
from openmash.apps.families.actions import PersonDescribed
from openmash.apps.papers.models import Letter
from openmash.apps.papers.occasions import occasions_of
from tests.apps.casework import working
from tests.apps.casework.test_birth import expect, running, unborn, with_plan
from tests.apps.casework.working import DAY, HOUR, THEN, written
from tests.apps.test_guards import check_now
from tests.cast import Cast

LATER = THEN + 5 * DAY
WORDS = {
    "known": "The midwife rang this morning.",
    "care": "The bereavement midwife sees them on Thursday.",
    "contact": "Only the midwife, by telephone.",
}


def ended(case: Case, cast: Cast, now: Any = LATER, tell: Any = (), **given: Any) -> PregnancyEnded:
    return loss.record_pregnancy_ended(
        case_id=case.pk,
        seen_version=None,
        loss=loss.Loss(**{**WORDS, **given}),
        tell=tell,
        by=cast.team_manager,
        now=now,
    )


def goes_on(case: Case, cast: Cast, stage: str, now: Any) -> Case:
    return loss.record_pregnancy_goes_on(
        case_id=case.pk, seen_version=None, written=written(goes_on=stage), by=cast.team_manager, now=now
    )


def family(cast: Cast) -> tuple[Case, Case]:
    """An unborn child and its sister, both with a strategy discussion."""
    sister = PartTold(role="subject", person=PersonDescribed(kind="child", name="Ida Winter", about_age=4))
    contact = working.accepted(cast, parts=(*unborn(), sister))
    cases = open_case(contact_id=contact.pk, by=cast.screener, now=THEN)
    (baby,) = [each for each in cases if each.child.kind == "unborn"]
    (other,) = [each for each in cases if each.child.kind != "unborn"]
    return baby, other


def test_nothing_goes_on_and_no_clock_runs(cast: Cast) -> None:
    case = with_plan(cast)
    expect(case, cast, -10, THEN + DAY)
    assert running(case)
    kept = ended(case, cast, name=" Robin ", ended_on=LATER.date())
    check_now()
    assert stages_of(case) == {"pregnancy_ended"}
    assert not running(case)
    assert set(possible(case, by=cast.team_manager, now=LATER)) == {"record_pregnancy_goes_on"}
    assert not possible(case, by=cast.social_worker, now=LATER)
    assert (kept.name, name_of(case)) == ("Robin", "Robin")
    event = Event.objects.filter(verb="record_pregnancy_ended", subject_id=str(case.pk)).get()
    assert (event.outcome, event.by_id) == ("done", cast.team_manager.pk)
    for each in (cast.social_worker, cast.team_manager, cast.chair):
        lists = worklist(by=each, now=LATER)
        assert case.pk not in {line.case.pk for line in (*lists.mine, *lists.team, *lists.chairing)}


def test_brothers_and_sisters_are_untouched(cast: Cast) -> None:
    baby, sister = family(cast)
    before = (stages_of(sister), running(sister), sister.version)
    ended(baby, cast, THEN + HOUR)
    check_now()
    sister.refresh_from_db()
    assert (stages_of(sister), running(sister), sister.version) == before
    # The discussion that was for both is held and ends for her alone.
    meeting = working.called(cast, sister, "strategy_discussion", cast.team_manager, THEN + HOUR)
    assert meetings.cases_of(meeting) == [sister]


def test_a_meeting_about_both_goes_on_for_the_other_and_asks_nothing_of_this_one(cast: Cast) -> None:
    baby, sister = family(cast)
    meeting = working.called(cast, sister, "strategy_discussion", cast.team_manager)
    assert set(meetings.cases_of(meeting)) == {baby, sister}
    ended(baby, cast, THEN + HOUR)
    working.held(cast, meeting, cast.team_manager, THEN + 2 * HOUR)
    with pytest.raises(NotPossibleNow):
        working.decide(meeting, baby, "enquiry", cast.team_manager, THEN + 2 * HOUR)
    with pytest.raises(NotPossibleNow, match="Ida Winter"):
        meetings.end_meeting(meeting_id=meeting.pk, summary="", by=cast.team_manager, now=THEN + 2 * HOUR)
    working.decide(meeting, sister, "enquiry", cast.team_manager, THEN + 2 * HOUR)
    meetings.end_meeting(meeting_id=meeting.pk, summary="", by=cast.team_manager, now=THEN + 2 * HOUR)
    check_now()
    assert stages_of(sister) == {"section_47_enquiry"}


def test_a_meeting_about_this_child_alone_is_off(cast: Cast) -> None:
    case = working.led(cast, parts=unborn())
    meeting = working.called(cast, case, "strategy_discussion", cast.social_worker)
    ended(case, cast)
    check_now()
    assert Meeting.objects.get(pk=meeting.pk).meetingended_set.get().summary == loss.NOT_HELD


def test_nothing_is_written_or_sent_to_the_parents(cast: Cast) -> None:
    case = working.enquiry(cast, parts=unborn())
    working.go(case, "finish_enquiry", "conference", cast.team_manager, THEN + 3 * HOUR)
    working.called(cast, case, "initial_conference", cast.social_worker, THEN + 3 * HOUR)
    assert occasions_of(case)  # an invitation to the parents
    ended(case, cast)
    assert occasions_of(case) == []
    assert not Letter.objects.exists()


def test_whoever_is_told_reads_how_to_speak_with_the_parents(cast: Cast) -> None:
    case = with_plan(cast)
    kept = ended(case, cast, tell=[cast.health_visitor])
    check_now()
    (told,) = worklist(by=cast.health_visitor, now=LATER).lost
    assert told.loss.contact == WORDS["contact"]
    assert not worklist(by=cast.teacher, now=LATER).lost
    goes_on(case, cast, "protection_plan", LATER + HOUR)
    assert not worklist(by=cast.health_visitor, now=LATER + HOUR).lost
    assert kept.told.count() == 2, "and the social worker who led, see below"


def test_whoever_led_is_told_without_being_chosen(cast: Cast) -> None:
    case = with_plan(cast)
    ended(case, cast)
    (told,) = worklist(by=cast.social_worker, now=LATER).lost
    assert told.loss.contact == WORDS["contact"]
    assert not worklist(by=cast.team_manager, now=LATER).lost, "who wrote it knows it"


def test_it_is_kept_in_few_words_that_say_who_cares_for_the_family(cast: Cast) -> None:
    case = with_plan(cast)
    tomorrow = LATER.date() + timedelta(days=1)
    for given in ({"known": " "}, {"care": ""}, {"contact": " "}, {"ended_on": tomorrow}):
        with pytest.raises(Incomplete):
            ended(case, cast, **given)
    assert stages_of(case) == {"protection_plan"}
    with pytest.raises(Refused):
        loss.record_pregnancy_ended(
            case_id=case.pk,
            seen_version=None,
            loss=loss.Loss("?", "?", "?"),
            tell=[],
            by=cast.teacher,
            now=LATER,
        )
    other = working.led(cast, "3", "family_help")
    with pytest.raises(NotPossibleNow, match="not born yet"):
        ended(other, cast)


def test_a_disagreement_does_not_stand_in_the_way_and_its_clock_stops(cast: Cast) -> None:
    case = with_plan(cast)
    escalating.escalate(case_id=case.pk, reason="Too little.", by=cast.health_visitor, now=THEN + DAY)
    ended(case, cast)
    check_now()
    assert not running(case)
    lists = worklist(by=cast.team_manager, now=LATER)
    assert not lists.disagreements
    assert not worklist(by=cast.health_visitor, now=LATER).mine_disagreed
    with pytest.raises(NotPossibleNow):
        escalating.escalate(case_id=case.pk, reason="Still.", by=cast.teacher, now=LATER)


def test_what_was_waited_for_is_waited_for_no_longer(cast: Cast) -> None:
    case = with_plan(cast)
    asked: dict[str, Any] = {"case_id": case.pk, "seen_version": None, "by": cast.social_worker}
    wait_for_agency(what="The scan.", from_whom="The hospital", since=None, now=THEN + DAY, **asked)
    assert worklist(by=cast.social_worker, now=LATER).awaited
    ended(case, cast)
    assert not worklist(by=cast.social_worker, now=LATER).awaited


def test_work_does_not_begin_again_for_this_child_and_does_for_the_others(cast: Cast) -> None:
    baby, sister = family(cast)
    ended(baby, cast, THEN + HOUR)
    contact = sister.camefrom_set.get().contact
    assert case_about(baby.child) == baby
    # Nothing that is told of the family is asked of this child; of the sister it is.
    add_information(
        contact_id=contact.pk, text="The sister is often alone.", by=cast.teacher, now=THEN + 2 * HOUR
    )
    brought = bring_what_is_new(now=THEN + 3 * HOUR)
    assert {each.case_id for each in brought} == {sister.pk}
    check_now()
    assert not running(baby)


def test_a_mistake_is_put_back_with_its_clocks_as_they_ran(cast: Cast) -> None:
    case = with_plan(cast)
    due = {name: (clock.started_at, clock.due_at) for name, clock in running(case).items()}
    ended(case, cast)
    assert loss.open_before(case) == ["protection_plan"]
    with pytest.raises(Incomplete):
        goes_on(case, cast, "", LATER + DAY)
    goes_on(case, cast, "protection_plan", LATER + DAY)
    check_now()
    assert stages_of(case) == {"protection_plan"}
    assert {name: (clock.started_at, clock.due_at) for name, clock in running(case).items()} == due
    assert loss_of(case) is None
    assert name_of(case) == "Unborn child"
    # And the birth can be recorded after all.
    told = birth.Born(LATER + 2 * DAY, "Bo", "", "At home.")
    birth.record_birth(
        case_id=case.pk, seen_version=None, born=told, by=cast.social_worker, now=LATER + 3 * DAY
    )
    case = Case.objects.get(pk=case.pk)
    assert "record_pregnancy_ended" not in set(possible(case, by=cast.team_manager, now=LATER + 3 * DAY))


def test_an_agency_still_waits_for_its_answer_when_it_was_a_mistake(cast: Cast) -> None:
    case = with_plan(cast)
    escalating.escalate(case_id=case.pk, reason="Too little.", by=cast.health_visitor, now=THEN + DAY)
    ended(case, cast)
    goes_on(case, cast, "protection_plan", LATER + HOUR)
    assert "disagreement_practitioner" in running(case)
    assert worklist(by=cast.team_manager, now=LATER + HOUR).disagreements


def test_the_database_lets_nothing_go_on(cast: Cast) -> None:
    case = with_plan(cast)
    clock = case.clocks.order_by("id").first()
    assert clock is not None
    ended(case, cast)
    check_now()
    stage = StageOpen.objects.get(case=case, stage="protection_plan")
    with pytest.raises(DatabaseError, match="pregnancy has ended"), transaction.atomic():
        Clock.objects.create(
            case=case,
            stage=stage,
            definition=clock.definition,
            practice=clock.practice,
            started_at=LATER,
            started_by="x",
            counted_from="done",
            due_at=LATER,
        )
        check_now()
    with pytest.raises(DatabaseError, match="pregnancy has ended"), transaction.atomic():
        StageOpen.objects.create(
            case=case,
            stage="early_help",
            practice=stage.practice,
            verb="x",
            by=cast.team_manager,
            at=LATER,
        )
        check_now()


def test_the_page_opens(cast: Cast) -> None:
    case = with_plan(cast)
    ended(case, cast)
    opened = open_work(case.pk, by=cast.team_manager, now=LATER)
    assert opened.loss is not None
    assert opened.not_brought == 0


def test_the_clock_of_a_conference_runs_on_when_it_was_a_mistake(cast: Cast) -> None:
    case = working.enquiry(cast, parts=unborn())
    working.go(case, "finish_enquiry", "conference", cast.team_manager, THEN + 3 * HOUR)
    due = running(case)["conference_held"].due_at
    ended(case, cast)
    assert not running(case)
    goes_on(case, cast, "initial_conference", LATER + DAY)
    check_now()
    assert running(case)["conference_held"].due_at == due
