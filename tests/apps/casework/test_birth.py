"""A child from before birth: what leads up to it, the birth, and what counts from then."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from openmash.apps.casework.actions import birth, leading
from openmash.apps.casework.asking import at_gate
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import Birth, Case
from openmash.apps.casework.queries.opened import possible
from openmash.apps.casework.queries.waits import SEEN, waits_of_team
from openmash.apps.casework.unborn import expected_on, name_of
from openmash.apps.concerns.account import PartTold
from openmash.apps.families.actions import PersonDescribed
from openmash.apps.families.models import IdentifierSaid
from openmash.apps.families.queries.described import described_all
from tests.apps.casework import working
from tests.apps.casework.working import DAY, HOUR, THEN, written
from tests.apps.test_guards import check_now
from tests.cast import MONDAY, Cast

EXPECTED = (MONDAY + 200 * DAY).date()


def unborn(**known: Any) -> tuple[PartTold]:
    told = PersonDescribed(kind="unborn", **{"expected_on": EXPECTED, **known})
    return (PartTold(role="subject", person=told),)


def running(case: Case) -> dict[str, Any]:
    return {each.definition: each for each in case.clocks.filter(stopped_at__isnull=True)}


def born(case: Case, cast: Cast, now: Any = THEN + 10 * DAY, **given: Any) -> Birth:
    told = {"born_at": now - HOUR, "name": "Bo Winter", "nhs_number": "943 476 5919", "where": "On the ward."}
    return birth.record_birth(
        case_id=case.pk,
        seen_version=None,
        born=birth.Born(**{**told, **given}),
        by=cast.social_worker,
        now=now,
    )


def with_plan(cast: Cast) -> Case:
    """An unborn child with a child protection plan."""
    return working.with_plan(cast, parts=unborn())


def test_what_leads_up_to_a_birth_counts_back_from_the_expected_date(cast: Cast) -> None:
    case = working.led(cast, "3", "section_17_assessment", parts=unborn())
    clock = running(case)["assessment_before_birth"]
    assert clock.due_at.date() == EXPECTED - timedelta(weeks=8)
    assert "assessment_finished" in running(case)  # the 45 working days run beside it
    birth.record_expected_date(
        case_id=case.pk,
        seen_version=None,
        expected_on=EXPECTED - timedelta(days=30),
        how_known="The midwife, from the scan.",
        by=cast.social_worker,
        now=THEN + DAY,
    )
    assert expected_on(case) == EXPECTED - timedelta(days=30)
    clock = running(case)["assessment_before_birth"]
    assert clock.due_at.date() == EXPECTED - timedelta(days=30, weeks=8)
    check_now()


def expect(case: Case, cast: Cast, days: int, now: Any) -> None:
    birth.record_expected_date(
        case_id=case.pk,
        seen_version=None,
        expected_on=EXPECTED + timedelta(days=days),
        how_known="The midwife, from the scan.",
        by=cast.social_worker,
        now=now,
    )


def test_the_conference_before_birth_is_counted_until_it_is_held(cast: Cast) -> None:
    case = working.enquiry(cast, parts=unborn())
    assert "conference_before_birth" in running(case)
    now = THEN + 3 * HOUR
    working.go(case, "finish_enquiry", "conference", cast.team_manager, now)
    # One clock at a time says it: that of the conference follows on that of the enquiry.
    assert "conference_before_birth" not in running(case)
    assert running(case)["conference_called_before_birth"].due_at.date() == EXPECTED - timedelta(weeks=12)
    expect(case, cast, -20, now + HOUR)
    clock = running(case)["conference_called_before_birth"]
    assert clock.due_at.date() == EXPECTED - timedelta(days=20, weeks=12)
    meeting = working.called(cast, case, "initial_conference", cast.social_worker, now + HOUR)
    working.held(cast, meeting, cast.chair, now + 3 * HOUR)
    assert "conference_called_before_birth" not in running(case)
    # It has been held: another date asks for no other.
    expect(case, cast, -10, now + 4 * HOUR)
    assert "conference_called_before_birth" not in running(case)
    check_now()


def plan_written(case: Case, cast: Cast, now: datetime) -> None:
    leading.write_plan(
        case_id=case.pk,
        seen_version=None,
        goals="I come home to somebody sober.",
        outline="The midwife rings at once.",
        actions=[],
        written=written(),
        by=cast.social_worker,
        now=now,
    )


def test_another_date_does_not_ask_again_for_what_is_done(cast: Cast) -> None:
    case = with_plan(cast)
    now = THEN + DAY
    expect(case, cast, -10, now)
    assert running(case)["birth_planned"].due_at.date() == EXPECTED - timedelta(days=10, weeks=4)
    plan_written(case, cast, now + HOUR)
    expect(case, cast, 10, now + 2 * HOUR)
    assert "birth_planned" not in running(case)
    check_now()


def test_a_first_date_learned_after_the_plan_was_written_asks_for_no_other(cast: Cast) -> None:
    case = working.with_plan(cast, parts=unborn(expected_on=None))
    assert "birth_planned" not in running(case)
    plan_written(case, cast, THEN + DAY)
    expect(case, cast, 0, THEN + 2 * DAY)
    assert "birth_planned" not in running(case)
    check_now()


def test_a_first_date_learned_while_the_plan_is_to_be_written_starts_its_clock(cast: Cast) -> None:
    case = working.with_plan(cast, parts=unborn(expected_on=None))
    expect(case, cast, 0, THEN + 2 * DAY)
    assert running(case)["birth_planned"].due_at.date() == EXPECTED - timedelta(weeks=4)


def test_without_an_expected_date_nothing_is_counted_from_one_until_it_is_known(cast: Cast) -> None:
    case = working.led(cast, "3", "section_17_assessment", parts=unborn(expected_on=None))
    assert "assessment_before_birth" not in running(case)
    late: dict[str, Any] = {"case_id": case.pk, "seen_version": None, "by": cast.social_worker}
    with pytest.raises(Incomplete):
        birth.record_expected_date(expected_on=None, how_known="?", now=THEN, **late)
    near = (THEN + 20 * DAY).date()
    birth.record_expected_date(expected_on=near, how_known="Her GP.", now=THEN, **late)
    # Eight weeks before has gone by: it is due now, and never before it started.
    assert running(case)["assessment_before_birth"].due_at == THEN


def test_an_unborn_child_is_not_seen_and_the_clock_for_it_starts_at_birth(cast: Cast) -> None:
    case = working.enquiry(cast, parts=unborn())
    assert "child_seen" not in running(case)
    assert "conference_before_birth" in running(case)
    assert "record_child_seen" not in possible(case, by=cast.social_worker, now=THEN)
    seen: dict[str, Any] = {"case_id": case.pk, "seen_version": None, "by": cast.social_worker}
    with pytest.raises(NotPossibleNow, match="not born yet"):
        leading.record_child_seen(seen_at=THEN, alone="no", what="A scan.", now=THEN, **seen)
    born(case, cast)
    assert "conference_before_birth" not in running(case)
    assert running(case)["child_seen"].started_by == "record_birth"
    leading.record_child_seen(
        seen_at=THEN + 10 * DAY, alone="no", what="Asleep.", now=THEN + 10 * DAY, **seen
    )
    assert "child_seen" not in running(case)


def test_a_birth_is_said_of_the_child_who_is_then_found_by_name_and_number(cast: Cast) -> None:
    case = with_plan(cast)
    assert name_of(case) == "Unborn child"
    assert "birth_planned" in running(case)
    leading.write_plan(
        case_id=case.pk,
        seen_version=None,
        goals="I come home to somebody sober.",
        outline="The midwife rings at once; nobody takes the baby home before the meeting.",
        actions=[],
        written=written(),
        by=cast.social_worker,
        now=THEN + DAY,
    )
    assert "birth_planned" not in running(case)
    record = born(case, cast)
    check_now()
    case = Case.objects.get(pk=case.pk)
    assert name_of(case) == "Bo Winter"
    clock = running(case)["core_group_after_birth"]
    assert (clock.started_at, clock.due_at - clock.started_at) == (record.born_at, 10 * DAY)
    told = described_all([case.child])[case.child_id]
    assert any("Winter" in f"{name}" for name in told.names)
    assert IdentifierSaid.objects.get(description=case.child).plain == "9434765919"
    with pytest.raises(NotPossibleNow, match="birth is on record"):
        born(case, cast, THEN + 11 * DAY)


def test_an_nhs_number_that_fails_its_check_is_kept_and_no_evidence(cast: Cast) -> None:
    case = with_plan(cast)
    born(case, cast, nhs_number="943 476 5910")
    said = IdentifierSaid.objects.get(description=case.child)
    assert said.plain == ""
    assert said.why_not


def test_a_birth_spares_nobody_a_second_person(cast: Cast) -> None:
    case = working.enquiry(cast, parts=unborn())
    before = at_gate(case, "conference", THEN + HOUR)
    assert before is not None
    assert before.guards_lower
    born(case, cast)
    after = at_gate(Case.objects.get(pk=case.pk), "conference", THEN + 11 * DAY)
    assert after is not None
    assert after.guards_lower
    assert after.highest_rank >= before.highest_rank


def test_what_cannot_be_is_refused(cast: Cast) -> None:
    case = with_plan(cast)
    for given in ({"born_at": None}, {"born_at": THEN + 20 * DAY}, {"where": " "}):
        with pytest.raises(Incomplete):
            born(case, cast, **given)
    other = working.led(cast, "3", "family_help")
    with pytest.raises(NotPossibleNow, match="not born yet"):
        born(other, cast)
    with pytest.raises(DatabaseError, match="not yet born"), transaction.atomic():
        Birth.objects.create(case=other, born_at=THEN, where="At home.", by=cast.social_worker, at=THEN)


def test_a_wait_to_be_seen_counts_from_the_birth_and_not_from_the_plan_before_it(cast: Cast) -> None:
    case = with_plan(cast)
    later = THEN + 60 * DAY
    assert waits_of_team(by=cast.team_manager, now=later)[SEEN].count == 0
    born(case, cast, now=later)
    (longest,) = waits_of_team(by=cast.team_manager, now=later)[SEEN].longest
    assert (longest.whom, longest.since) == (case, later - HOUR)
