"""A disagreement after an answer, after the end of the work, and beside the threshold; words that came too late."""

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.casework.actions import meetings, stages
from openmash.apps.casework.actions.asking import ask_threshold
from openmash.apps.casework.actions.opening import open_case
from openmash.apps.casework.actions.proposing import say_word, waiting
from openmash.apps.casework.asking import at_gate
from openmash.apps.casework.errors import NotPossibleNow
from openmash.apps.casework.models import Case, NewInformation, StageEnded
from openmash.apps.casework.queries.meeting import open_meeting
from openmash.apps.casework.standing import stages_of
from openmash.apps.concerns.actions import deciding
from tests.apps import journey
from tests.apps.casework import working
from tests.apps.casework.test_looking_again import (
    LATER,
    answer,
    closed,
    decide_on,
    disagree,
    no_enquiry,
    told_again,
)
from tests.apps.casework.working import DAY, HOUR, THEN, written
from tests.apps.test_guards import check_now
from tests.cast import Cast


def test_who_was_promised_that_it_is_decided_again_and_never_got_it_goes_one_step_higher(cast: Cast) -> None:
    case, ended = no_enquiry(cast)
    first = disagree(case, cast.teacher, about_id=ended.pk)
    answer(first, "decide_again", cast.social_worker, LATER + HOUR)
    second = disagree(case, cast.teacher, LATER + DAY, follows_id=first.pk)
    assert (second.step, second.held) == (2, first.held)
    assert stages_of(case) == {"family_help", "strategy_discussion"}
    answer(second, "stands", working.another_manager(cast, "Third Manager"), LATER + DAY + HOUR)
    # It was promised once that this is decided again: it stays open until it has been.
    assert stages_of(case) == {"family_help", "strategy_discussion"}


def test_what_was_not_being_done_is_taken_further_after_the_work_has_ended(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    first = disagree(case, cast.teacher)
    answer(first, "stands", cast.social_worker, LATER + HOUR)
    stages.close(
        case_id=case.pk,
        seen_version=None,
        written=written(),
        tell=[],
        by=cast.team_manager,
        now=LATER + 2 * HOUR,
    )
    second = disagree(case, cast.teacher, LATER + 3 * HOUR, follows_id=first.pk)
    assert second.step == 2
    assert stages_of(case) == {"family_help"}
    with pytest.raises(NotPossibleNow, match="somebody else"):
        answer(second, "stands", cast.team_manager, LATER + 4 * HOUR)  # who ended it
    answer(second, "stands", working.another_manager(cast, "Third Manager"), LATER + 4 * HOUR)
    assert stages_of(case) == {"closed"}
    check_now()


def test_a_decision_is_taken_further_after_the_work_has_ended(cast: Cast) -> None:
    case, ended = no_enquiry(cast)
    first = disagree(case, cast.teacher, about_id=ended.pk)
    answer(first, "stands", cast.social_worker, LATER + HOUR)
    stages.close(
        case_id=case.pk,
        seen_version=None,
        written=written(),
        tell=[],
        by=cast.team_manager,
        now=LATER + 2 * HOUR,
    )
    disagree(case, cast.teacher, LATER + 3 * HOUR, follows_id=first.pk)
    assert stages_of(case) == {"strategy_discussion"}


def test_only_an_assessment_after_something_grave_takes_two_people(cast: Cast) -> None:
    case = closed(cast)
    new = told_again(cast, case, working.SERIOUS)
    decide_on(new, "assessment", cast.team_manager)
    assert stages_of(case) == {"closed"}
    (proposal,) = waiting(case)
    say_word(
        case_id=case.pk,
        proposal_id=proposal.pk,
        agrees=True,
        reason="Seen.",
        by=cast.head,
        now=LATER + 2 * HOUR,
    )
    assert stages_of(case) == {"assessment"}
    assert NewInformation.objects.get(pk=new.pk).decided.outcome == "assessment"


def test_a_second_word_on_what_has_changed_since_is_refused(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    working.go(case, "offer_refused", "not_stepped_up", cast.team_manager, LATER)
    (proposal,) = waiting(case)
    working.go(case, "step_up", "assessment", cast.social_worker, LATER + HOUR)
    word = {"case_id": case.pk, "proposal_id": proposal.pk, "reason": "Seen.", "by": cast.head}
    with pytest.raises(NotPossibleNow, match="changed since"):
        say_word(agrees=True, now=LATER + 2 * HOUR, **word)  # type: ignore[arg-type]
    say_word(agrees=False, now=LATER + 2 * HOUR, **word)  # type: ignore[arg-type]
    assert stages_of(case) == {"family_help", "assessment"}


def test_a_stage_put_back_by_a_disagreement_keeps_what_was_answered_in_it(cast: Cast) -> None:
    case = working.enquiry(cast)
    standing = at_gate(case, "conference", LATER)
    assert standing is not None

    def ask(said: str) -> int:
        return ask_threshold(
            case_id=case.pk,
            gate="conference",
            facts={fact.id: said for fact in standing.facts},
            by=cast.social_worker,
            now=LATER,
        ).level_rank

    high, low = ask("yes"), ask("no")
    assert low < high
    working.go(case, "finish_enquiry", "no_conference", cast.team_manager, LATER, goes_on="family_help")
    (proposal,) = waiting(case)
    say_word(
        case_id=case.pk, proposal_id=proposal.pk, agrees=True, reason="Seen.", by=cast.head, now=LATER + HOUR
    )
    ended = StageEnded.objects.get(case=case, verb="finish_enquiry")
    disagree(case, cast.teacher, LATER + 2 * HOUR, about_id=ended.pk)
    assert "section_47_enquiry" in stages_of(case)
    again = at_gate(case, "conference", LATER + 3 * HOUR)
    assert again is not None
    assert again.finding.level.rank == low
    assert again.highest_rank == high


def test_a_meeting_of_brothers_and_sisters_is_open_to_whoever_has_a_part_in_any_of_them(cast: Cast) -> None:
    parts = (working.child("Alex Winter", about_age=8), working.sibling("Bo Winter", about_age=5))
    contact = journey.screening(cast, working.SERIOUS, parts=parts)
    working.adopted()
    other = contact.parts.get(role="other_child")
    chosen = journey.choice(
        "4", "strategy_discussion", children={other.pk: ("not_affected", "With Gran this week.")}
    )
    deciding.decide(
        contact_id=contact.pk, seen_version=contact.version, choice=chosen, by=cast.screener, now=THEN - HOUR
    )
    (case,) = open_case(contact_id=contact.pk, by=cast.screener, now=THEN)
    meeting = working.called(cast, case, "strategy_discussion", cast.team_manager)
    second = next(each for each in meetings.cases_of(meeting) if each.pk != case.pk)
    with pytest.raises(Refused):
        open_meeting(meeting.pk, by=cast.team_manager_elsewhere, now=THEN)
    Case.objects.filter(pk=second.pk).update(locality=cast.elsewhere)
    assert open_meeting(meeting.pk, by=cast.team_manager_elsewhere, now=THEN).meeting == meeting
    assert open_meeting(meeting.pk, by=cast.team_manager, now=THEN).meeting == meeting
