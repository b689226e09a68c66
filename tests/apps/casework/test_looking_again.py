"""Something new, a disagreement, and decisions lower than the published threshold: each is looked at again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from openmash.apps.access.errors import Refused
from openmash.apps.casework.actions import meetings, stages
from openmash.apps.casework.actions.asking import ask_threshold
from openmash.apps.casework.actions.bringing import bring_what_is_new
from openmash.apps.casework.actions.escalating import answer_escalation, escalate
from openmash.apps.casework.actions.informing import decide_on_information
from openmash.apps.casework.actions.proposing import say_word, waiting
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import (
    Case,
    Escalation,
    NewInformation,
    OfferRefused,
    Review,
    StageEnded,
    ThresholdAsked,
)
from openmash.apps.casework.standing import stages_of
from openmash.apps.concerns.actions.screening import add_information
from tests.apps import journey
from tests.apps.casework import working
from tests.apps.casework.working import DAY, HOUR, THEN, written
from tests.apps.test_guards import check_now
from tests.cast import Cast

LATER = THEN + DAY


def running(case: Case) -> dict[str, str]:
    return {each.definition: each.about for each in case.clocks.filter(stopped_at__isnull=True)}


def told_again(cast: Cast, case: Case, *signs: object) -> NewInformation:
    """A second concern about the same child, linked to the first, as it reaches the work."""
    contact = journey.screening(cast, *signs, by=cast.gp)  # type: ignore[arg-type]
    first = case.camefrom_set.first()
    assert first is not None
    journey.link(cast, contact, first.contact)
    brought = bring_what_is_new(now=LATER)
    assert [each.contact for each in brought] == [contact]
    return brought[0]


def decide_on(new: NewInformation, outcome: str, by: object, **given: object) -> object:
    return decide_on_information(
        case_id=new.case_id,
        new_id=new.pk,
        seen_version=None,
        outcome=outcome,
        written=written(**given),
        by=by,  # type: ignore[arg-type]
        now=LATER + HOUR,
    )


def closed(cast: Cast) -> Case:
    case = working.led(cast, "3", "family_help")
    stages.close(
        case_id=case.pk, seen_version=None, written=written(), tell=[], by=cast.team_manager, now=THEN + HOUR
    )
    return case


# --- something new (rule C18) ---


def test_what_is_new_reaches_the_work_once_with_a_clock_from_when_it_was_told(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    assert bring_what_is_new(now=THEN) == []
    new = told_again(cast, case, "A06")
    assert bring_what_is_new(now=LATER) == []
    clock = case.clocks.get(definition="new_information_decided")
    assert clock.started_at == new.contact.received_at
    first = case.camefrom_set.get().contact
    add_information(contact_id=first.pk, text="He was seen with a bruise.", by=cast.teacher, now=LATER)
    (more,) = bring_what_is_new(now=LATER)
    assert more.text == "He was seen with a bruise."
    decide_on(new, "goes_on", cast.social_worker)
    # Each has its own clock: deciding on one decides nothing about the other.
    assert running(case) == {"family_help_planned": "", "new_information_decided": f"information:{more.pk}"}
    decided = first.decisions.get()
    assert decided.level == "3"
    decide_on(more, "assessment", cast.social_worker)
    assert stages_of(case) == {"family_help", "assessment"}
    assert first.decisions.get() == decided
    check_now()


def test_work_that_ended_is_decided_on_again(cast: Cast) -> None:
    case = closed(cast)
    new = told_again(cast, case, "A06")
    with pytest.raises(Refused):
        decide_on(new, "stays_closed", cast.social_worker)
    decide_on(new, "strategy_discussion", cast.team_manager)
    assert stages_of(case) == {"strategy_discussion"}
    with pytest.raises(NotPossibleNow, match="already"):
        decide_on(new, "goes_on", cast.team_manager)


def test_changing_nothing_after_something_grave_takes_two_people(cast: Cast) -> None:
    case = closed(cast)
    new = told_again(cast, case, working.SERIOUS)
    decide_on(new, "stays_closed", cast.team_manager)
    (proposal,) = waiting(case)
    assert "level" in proposal.because[0]
    assert not hasattr(NewInformation.objects.get(pk=new.pk), "decided")
    word: dict[str, Any] = {
        "case_id": case.pk,
        "proposal_id": proposal.pk,
        "reason": "Read it.",
        "now": LATER + 2 * HOUR,
    }
    with pytest.raises(NotPossibleNow, match="somebody else"):
        say_word(agrees=True, by=cast.team_manager, **word)
    say_word(agrees=True, by=cast.head, **word)
    assert NewInformation.objects.get(pk=new.pk).decided.outcome == "stays_closed"
    assert "new_information_decided" not in running(case)


# --- a disagreement (rule C20) ---


def no_enquiry(cast: Cast) -> tuple[Case, StageEnded]:
    """A quorate discussion decided, with a second person, that there is no enquiry."""
    case = working.led(cast)
    meeting = working.called(cast, case, "strategy_discussion", cast.social_worker)
    at = THEN + 2 * HOUR
    working.held(cast, meeting, cast.team_manager, at)
    decision = working.decide(meeting, case, "no_enquiry", cast.team_manager, at, goes_on="family_help")
    assert decision.is_waiting
    assert stages_of(case) == {"strategy_discussion"}
    meetings.say_second_word(
        meeting_id=meeting.pk,
        decision_id=decision.pk,
        agrees=True,
        reason="I agree.",
        by=working.another_manager(cast),
        now=at,
    )
    meetings.end_meeting(meeting_id=meeting.pk, summary="", by=cast.team_manager, now=at)
    return case, StageEnded.objects.get(case=case, verb="decide_on_enquiry")


def disagree(case: Case, by: object, now: object = LATER, **given: object) -> Escalation:
    return escalate(case_id=case.pk, reason="He is not safe there.", by=by, now=now, **given)  # type: ignore[arg-type]


def answer(escalation: Escalation, outcome: str, by: object, now: object) -> object:
    return answer_escalation(
        case_id=escalation.case_id,
        escalation_id=escalation.pk,
        seen_version=None,
        outcome=outcome,
        reason="The answer, and why.",
        by=by,  # type: ignore[arg-type]
        now=now,  # type: ignore[arg-type]
    )


def test_the_child_stays_at_the_higher_level_until_there_is_an_answer(cast: Cast) -> None:
    case, ended = no_enquiry(cast)
    assert stages_of(case) == {"family_help"}
    with pytest.raises(Refused):
        disagree(case, cast.gp, about_id=ended.pk)
    first = disagree(case, cast.teacher, about_id=ended.pk)
    assert stages_of(case) == {"family_help", "strategy_discussion"}
    with pytest.raises(NotPossibleNow, match="C20"):
        working.go(case, "step_down", "early_help", cast.team_manager, LATER)
    with pytest.raises(Refused, match="practitioner"):
        answer(first, "stands", cast.head, LATER)
    answer(first, "stands", cast.social_worker, LATER + HOUR)
    # What was put back for the disagreement ends with its answer.
    assert stages_of(case) == {"family_help"}
    second = disagree(case, cast.teacher, LATER + 2 * HOUR, follows_id=first.pk)
    assert second.step == 2
    assert stages_of(case) == {"family_help", "strategy_discussion"}
    with pytest.raises(NotPossibleNow, match="somebody else"):
        answer(second, "stands", cast.team_manager, LATER + 3 * HOUR)  # it was their decision
    assert set(running(case)) >= {"disagreement_managers", "strategy_held"}
    check_now()


def test_a_disagreement_goes_up_four_steps_and_each_has_its_clock(cast: Cast) -> None:
    case, ended = no_enquiry(cast)
    others = working.another_manager(cast, "Third Manager")
    last: Escalation | None = None
    now = LATER
    for step, by in enumerate((cast.social_worker, others, cast.head, cast.partner), start=1):
        given = {"follows_id": last.pk} if last else {"about_id": ended.pk}
        last = disagree(case, cast.police_officer, now, **given)
        assert last.step == step
        assert any(name.startswith("disagreement_") for name in running(case))
        answer(last, "stands", by, now + HOUR)
        assert not any(name.startswith("disagreement_") for name in running(case))
        now += 2 * HOUR
    assert last is not None
    with pytest.raises(NotPossibleNow, match="last step"):
        disagree(case, cast.police_officer, now, follows_id=last.pk)


def test_a_disagreement_can_change_the_decision(cast: Cast) -> None:
    case, ended = no_enquiry(cast)
    first = disagree(case, cast.health_visitor, about_id=ended.pk)
    answer(first, "decide_again", cast.social_worker, LATER + HOUR)
    assert stages_of(case) == {"family_help", "strategy_discussion"}
    meeting = working.called(cast, case, "strategy_discussion", cast.social_worker, LATER + 2 * HOUR)
    working.held(cast, meeting, cast.team_manager, LATER + 4 * HOUR)
    working.decide(meeting, case, "enquiry", cast.team_manager, LATER + 4 * HOUR)
    assert stages_of(case) == {"family_help", "section_47_enquiry"}


def test_what_one_agency_was_promised_is_not_undone_by_the_answer_to_another(cast: Cast) -> None:
    case, ended = no_enquiry(cast)
    first = disagree(case, cast.teacher, about_id=ended.pk)
    other = disagree(case, cast.police_officer, about_id=ended.pk)
    answer(other, "decide_again", cast.social_worker, LATER + HOUR)
    answer(first, "stands", cast.social_worker, LATER + 2 * HOUR)
    assert stages_of(case) == {"family_help", "strategy_discussion"}


def test_work_that_ended_opens_again_while_somebody_disagrees(cast: Cast) -> None:
    case = closed(cast)
    ended = StageEnded.objects.get(case=case, verb="close")
    with pytest.raises(Incomplete):
        disagree(case, cast.teacher)
    first = disagree(case, cast.teacher, about_id=ended.pk)
    assert stages_of(case) == {"family_help"}
    answer(first, "stands", cast.social_worker, LATER + HOUR)
    assert stages_of(case) == {"closed"}
    check_now()


# --- lower than the published threshold ---


def test_no_conference_against_the_threshold_takes_two_people(cast: Cast) -> None:
    case = working.enquiry(cast)
    with pytest.raises(Incomplete) as lacking:
        working.go(
            case,
            "finish_enquiry",
            "no_conference",
            cast.team_manager,
            LATER,
            goes_on="family_help",
            lower_because="",
        )
    assert [reason.field for reason in lacking.value.reasons] == ["lower_because"]
    working.go(case, "finish_enquiry", "no_conference", cast.team_manager, LATER, goes_on="family_help")
    (proposal,) = waiting(case)
    assert stages_of(case) == {"section_47_enquiry"}
    # Answering in the other direction afterwards spares nobody.
    no = {"harm_substantiated": "no", "continuing_risk": "no", "conference_asked_for": "no"}
    low = ask_threshold(case_id=case.pk, gate="conference", facts=no, by=cast.social_worker, now=LATER)
    assert low.level == "noICPC"
    say_word(
        case_id=case.pk,
        proposal_id=proposal.pk,
        agrees=False,
        reason="Not yet.",
        by=cast.head,
        now=LATER + HOUR,
    )
    working.go(case, "finish_enquiry", "no_conference", cast.team_manager, LATER, goes_on="family_help")
    (proposal,) = waiting(case)
    say_word(
        case_id=case.pk,
        proposal_id=proposal.pk,
        agrees=True,
        reason="I agree.",
        by=cast.head,
        now=LATER + HOUR,
    )
    assert stages_of(case) == {"family_help"}
    check_now()


def test_where_the_threshold_says_no_more_one_person_decides(cast: Cast) -> None:
    case = working.enquiry(cast)
    no = {"harm_substantiated": "no", "continuing_risk": "no", "conference_asked_for": "no"}
    kept = ask_threshold(case_id=case.pk, gate="conference", facts=no, by=cast.social_worker, now=LATER)
    assert (kept.level, kept.facts) == ("noICPC", no)
    working.go(case, "finish_enquiry", "no_conference", cast.team_manager, LATER, goes_on="family_help")
    assert stages_of(case) == {"family_help"}
    assert ThresholdAsked.objects.filter(case=case, gate="conference").count() == 2


def test_refusing_to_step_up_takes_two_people(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    stages.review_plan(
        case_id=case.pk,
        seen_version=None,
        outcome="not_stepped_up",
        written=written(),
        by=cast.team_manager,
        now=LATER,
    )
    assert not Review.objects.exists()
    (proposal,) = waiting(case)
    say_word(
        case_id=case.pk, proposal_id=proposal.pk, agrees=True, reason="Seen.", by=cast.head, now=LATER + HOUR
    )
    assert Review.objects.get().outcome == "not_stepped_up"
    working.go(case, "offer_refused", "not_stepped_up", cast.team_manager, LATER + 2 * HOUR)
    assert [each.verb for each in waiting(case)] == ["offer_refused"]
    check_now()


def test_the_database_refuses_what_one_person_decides_alone(cast: Cast) -> None:
    case = working.enquiry(cast)
    opened = case.stageopen_set.get(stage="section_47_enquiry")
    ask_threshold(case_id=case.pk, gate="conference", facts={}, by=cast.social_worker, now=LATER)
    common = {"case": case, "reason": "Mine.", "by": cast.team_manager, "at": LATER}
    for write in (
        lambda: StageEnded.objects.create(
            opened=opened, verb="finish_enquiry", outcome="no_conference", **common
        ),
        lambda: Review.objects.create(
            outcome="not_stepped_up", review_on=(LATER + timedelta(days=9)).date(), **common
        ),
    ):
        with pytest.raises(DatabaseError, match="takes two people"), transaction.atomic():
            write()


def test_refusing_an_offer_alone_is_refused_by_the_database_too(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    alone = {"case": case, "outcome": "not_stepped_up", "by": cast.team_manager, "at": LATER}
    with pytest.raises(DatabaseError, match="takes two people"), transaction.atomic():
        OfferRefused.objects.create(reason="Mine.", way_back="Ring.", **alone)
    with pytest.raises(DatabaseError, match="way_back"), transaction.atomic():
        OfferRefused.objects.create(reason="Mine.", **alone)
    working.go(case, "offer_refused", "not_stepped_up", cast.team_manager, LATER)
    (proposal,) = waiting(case)
    assert not OfferRefused.objects.exists()
    say_word(
        case_id=case.pk, proposal_id=proposal.pk, agrees=True, reason="Seen.", by=cast.head, now=LATER + HOUR
    )
    assert OfferRefused.objects.get().outcome == "not_stepped_up"
    check_now()


def test_the_clock_of_a_conference_ends_when_it_stands_that_none_is_held(cast: Cast) -> None:
    case = working.enquiry(cast)
    working.go(case, "finish_enquiry", "no_conference", cast.team_manager, LATER, goes_on="family_help")
    for each in waiting(case):
        say_word(
            case_id=case.pk, proposal_id=each.pk, agrees=True, reason="Read it.", by=cast.head, now=LATER
        )
    assert "conference_held" not in running(case)
    ended = StageEnded.objects.get(case=case, opened__stage="section_47_enquiry")
    first = disagree(case, cast.teacher, LATER + HOUR, about_id=ended.pk)
    assert "conference_held" in running(case), "what is put back has its clocks"
    answer(first, "stands", cast.social_worker, LATER + 2 * HOUR)
    check_now()
    assert stages_of(case) == {"family_help"}
    assert "conference_held" not in running(case)


def test_a_second_person_is_told_plainly_when_the_first_may_not_decide_it_any_more(cast: Cast) -> None:
    case = working.enquiry(cast)
    working.go(case, "finish_enquiry", "no_conference", cast.team_manager, LATER, goes_on="family_help")
    (proposal,) = waiting(case)
    cast.team_manager.roles_held.update(ends=THEN.date())
    word: dict[str, Any] = {"case_id": case.pk, "proposal_id": proposal.pk, "by": cast.head, "now": LATER}
    with pytest.raises(NotPossibleNow, match="Return it, to be decided again"):
        say_word(agrees=True, reason="Read it.", **word)
    say_word(agrees=False, reason="They have left.", **word)
    assert stages_of(case) == {"section_47_enquiry"}
