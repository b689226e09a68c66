"""A child moves: here, held under another area’s plan until a conference decides; away, with help until then."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event
from openmash.apps.casework.actions import awaiting, meetings, receiving, stages, transfer
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.missing import missing
from openmash.apps.casework.models import Awaited, Case, HandedOver, StageEnded, TransferIn
from openmash.apps.casework.queries.lists import worklist
from openmash.apps.casework.queries.opened import possible
from openmash.apps.casework.standing import facts_of, stages_of
from openmash.apps.concerns.account import PartTold
from openmash.apps.concerns.actions.linking import say_same_person
from openmash.apps.concerns.models import Contact
from openmash.apps.families.actions import PersonDescribed
from openmash.engines.clocks import LONDON, working_days_between
from tests.apps import journey
from tests.apps.casework import working
from tests.apps.casework.working import DAY, HOUR, THEN, written
from tests.apps.test_guards import check_now
from tests.cast import MONDAY, Cast, child

NOTICE_AT = THEN - 2 * DAY
RECORDS = ("Current child protection plan", "Chronology")


def notice(**given: Any) -> receiving.Notice:
    fields: dict[str, Any] = {
        "from_area": "Eastvale",
        "key_worker": "Noor Haddad, 01632 960 001",
        "plan": "Father does not stay at the flat; school every day.",
        "category": "",
        "plan_since": None,
        "notice_at": NOTICE_AT,
        "records": RECORDS,
    }
    return receiving.Notice(**{**fields, **given})


def received(cast: Cast, **given: Any) -> Case:
    """A child of a notice that the front door has not even decided on, held here."""
    working.adopted()
    contact = journey.screening(cast, "A06")
    (case,) = receive(cast, contact, **given).held
    return case


def receive(cast: Cast, contact: Contact, now: datetime = THEN, **given: Any) -> receiving.Received:
    return receiving.receive_transfer(
        contact_id=contact.pk,
        notice=notice(**given),
        reason="With her mother at her aunt’s, 4 Elm Street.",
        by=cast.screener,
        now=now,
    )


def later_notice(cast: Cast, case: Case, *parts: PartTold) -> Contact:
    """A health visitor tells of a child who has a case already, and of any others, with a plan elsewhere."""
    contact = journey.screening(cast, "A06", by=cast.health_visitor, parts=(child(), *parts))
    say_same_person(
        contact_id=contact.pk,
        description_id=contact.parts.filter(role="subject").order_by("pk")[0].description_id,
        earlier_id=case.child_id,
        reason="Same child.",
        by=cast.screener,
        now=MONDAY + HOUR,
    )
    return contact


def also(name: str, role: str = "subject") -> PartTold:
    return PartTold(role=role, person=PersonDescribed(kind="child", name=name, about_age=5))


def running(case: Case) -> dict[str, Any]:
    return {each.definition: each for each in case.clocks.filter(stopped_at__isnull=True)}


def conference(cast: Cast, case: Case, now: datetime) -> Any:
    meeting = working.called(cast, case, "transfer_in_conference", cast.chair, now)
    working.held(cast, meeting, cast.chair, now + 2 * HOUR)
    return meeting


def test_a_child_is_held_under_their_plan_from_the_notice_on(cast: Cast) -> None:
    case = received(cast)
    check_now()
    assert stages_of(case) == {"transfer_in"}
    clock = running(case)["transfer_in_conference"]
    assert clock.started_at == NOTICE_AT
    assert working_days_between(NOTICE_AT, clock.due_at.astimezone(LONDON)) == 15
    assert [each.what for each in Awaited.objects.filter(case=case)] == list(RECORDS)
    with pytest.raises(Refused):
        working.go(case, "reopen", "", cast.teacher)
    # Held under a plan, the work cannot simply be ended.
    assert "close" not in possible(case, by=cast.team_manager, now=THEN)
    assert {each.what for each in worklist(by=cast.team_manager, now=THEN).awaited} == set(RECORDS)


def test_a_notice_says_whose_plan_it_is_and_what_it_asks(cast: Cast) -> None:
    working.adopted()
    contact = journey.screening(cast, "A06")
    empty = notice(from_area="", key_worker=" ", plan="", records=(), notice_at=None)
    with pytest.raises(Incomplete) as lacking:
        receiving.receive_transfer(contact_id=contact.pk, notice=empty, reason="", by=cast.screener, now=THEN)
    fields = {reason.field for reason in lacking.value.reasons}
    assert fields == {"from_area", "key_worker", "plan", "records", "reason", "notice_on"}
    with pytest.raises(Refused):
        receiving.receive_transfer(
            contact_id=contact.pk, notice=notice(), reason="Here.", by=cast.screener_elsewhere, now=THEN
        )
    with pytest.raises(DatabaseError, match="transfer_in_says"), transaction.atomic():
        TransferIn.objects.create(
            case=working.led(cast, "3", "family_help"),
            from_area=" ",
            key_worker="K",
            plan="P",
            notice_at=THEN,
            by=cast.screener,
            at=THEN,
        )


def test_a_child_known_here_is_held_with_the_household_of_the_notice(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    contact = later_notice(cast, case, also("Bo Winter", "other_child"))
    assert contact in [told for told, _ in missing([case])[case.pk]]
    assert receive(cast, contact).held == (case,)
    assert "transfer_in" in stages_of(case)
    assert contact in [each.contact for each in case.camefrom_set.all()]
    assert "Bo Winter" in {described.name for described, _ in meetings.children_of_household(case)}
    assert cast.health_visitor.pk in facts_of(case, THEN).took_part
    # What put the child on hold is not brought to the work again as something new.
    assert contact not in [told for told, _ in missing([case]).get(case.pk, [])]
    check_now()


def test_a_child_with_a_plan_here_stands_in_no_sibling_s_way(cast: Cast) -> None:
    case = working.with_plan(cast)
    contact = later_notice(cast, case, also("Bo Winter"), also("Cy Winter"))
    now = THEN + DAY
    received = receive(cast, contact, now)
    assert sorted(each.child.name for each in received.held) == ["Bo Winter", "Cy Winter"]
    (left,) = received.not_held
    assert left.case == case
    assert "Child protection plan" in left.why
    assert stages_of(case) == {"protection_plan"}
    # For the child who has a plan here, it is something new.
    assert contact in [told for told, _ in missing([case])[case.pk]]
    with pytest.raises(NotPossibleNow, match="Bo Winter: This cannot be done"):
        receive(cast, contact, now)
    check_now()


def test_a_child_whose_work_elsewhere_ended_is_held_where_the_notice_came(cast: Cast) -> None:
    case = moved_away(cast)
    stages.close(
        case_id=case.pk,
        seen_version=None,
        written=written(),
        tell=[],
        by=cast.team_manager_elsewhere,
        now=THEN + 6 * DAY,
    )
    assert stages_of(case) == {"closed"}
    receive(cast, later_notice(cast, case), THEN + 7 * DAY)
    case.refresh_from_db()
    assert stages_of(case) == {"transfer_in"}
    assert case.locality == cast.here
    event = Event.objects.filter(subject_id=case.pk, verb="receive_transfer").latest("pk")
    assert event.detail["place"] == {"from": cast.elsewhere.pk, "to": cast.here.pk}
    check_now()


def test_work_that_is_open_elsewhere_is_transferred_and_not_taken(cast: Cast) -> None:
    case = moved_away(cast)
    contact = later_notice(cast, case)
    with pytest.raises(NotPossibleNow, match="Southmere works with this child"):
        receive(cast, contact, THEN + 7 * DAY)
    case.refresh_from_db()
    assert stages_of(case) == {"family_help"}
    assert case.locality == cast.elsewhere


def moved_away(cast: Cast) -> Case:
    """Family help with a child that the next area has taken over."""
    case = working.led(cast, "3", "family_help")
    offer(cast, case, to=cast.elsewhere)
    return transfer.accept_transfer(
        case_id=case.pk,
        seen_version=None,
        written=written(),
        by=cast.team_manager_elsewhere,
        now=THEN + 3 * DAY,
    )


def test_a_conference_here_makes_a_plan_here(cast: Cast) -> None:
    case = received(cast)
    with pytest.raises(NotPossibleNow, match="cannot be done"):
        receiving.receive_transfer(
            contact_id=case.camefrom_set.get().contact_id,
            notice=notice(),
            reason="Again.",
            by=cast.screener,
            now=THEN,
        )
    meeting = conference(cast, case, THEN + DAY)
    assert "transfer_in_conference" not in running(case)
    working.decide(meeting, case, "plan", cast.chair, THEN + DAY + 2 * HOUR)
    meetings.end_meeting(meeting_id=meeting.pk, summary="", by=cast.chair, now=THEN + DAY + 2 * HOUR)
    assert stages_of(case) == {"protection_plan"}
    assert set(running(case)) == {"first_core_group", "first_review_conference"}
    check_now()


def test_their_plan_is_not_let_go_while_their_records_are_to_come(cast: Cast) -> None:
    case = received(cast)
    meeting = conference(cast, case, THEN + DAY)
    now = THEN + DAY + 2 * HOUR
    with pytest.raises(NotPossibleNow, match="still to come: Current child protection plan; Chronology"):
        working.decide(meeting, case, "no_plan", cast.chair, now, goes_on="family_help")
    for each, outcome in zip(Awaited.objects.filter(case=case), ("came", "will_not_come"), strict=True):
        awaiting.end_waiting(
            case_id=case.pk,
            awaited_id=each.pk,
            outcome=outcome,
            words="Read by the team manager.",
            by=cast.team_manager,
            now=now,
        )
    working.decide(meeting, case, "no_plan", cast.chair, now, goes_on="family_help")
    assert stages_of(case) == {"family_help"}


def test_new_harm_while_held_is_enquired_into_as_for_any_child(cast: Cast) -> None:
    case = received(cast)
    working.called(cast, case, "strategy_discussion", cast.team_manager, THEN + HOUR)
    assert stages_of(case) == {"transfer_in", "strategy_discussion"}


def offer(cast: Cast, case: Case, **given: Any) -> Case:
    return transfer.transfer(
        case_id=case.pk,
        seen_version=None,
        written=written(),
        by=cast.team_manager,
        now=THEN + 4 * HOUR + DAY,
        **{"to": None, **given},
    )


def test_within_the_partnership_the_plan_goes_on_until_the_conference_there(cast: Cast) -> None:
    case = working.with_plan(cast)
    case = offer(cast, case, to=cast.elsewhere)
    assert "hand_over" not in possible(case, by=cast.team_manager, now=THEN + 2 * DAY)
    transfer.accept_transfer(
        case_id=case.pk,
        seen_version=None,
        written=written(),
        by=cast.team_manager_elsewhere,
        now=THEN + 3 * DAY,
    )
    assert stages_of(case) == {"protection_plan", "transfer_in"}
    # Counted from the notice, not from when the new area came round to it.
    assert running(case)["transfer_in_conference"].started_at == THEN + 4 * HOUR + DAY
    assert "first_core_group" in running(case)
    check_now()


def hand_over(cast: Cast, case: Case, **given: Any) -> Any:
    told = {"said_by": "Sam Osei, team manager, Eastvale", "decided": "A plan was made there on Monday."}
    return transfer.hand_over(
        case_id=case.pk,
        seen_version=None,
        written=written(),
        tell=[cast.teacher],
        by=cast.team_manager,
        now=THEN + 3 * DAY,
        **{**told, **given},
    )


def test_outside_the_partnership_work_ends_on_the_word_of_the_other_area(cast: Cast) -> None:
    case = working.with_plan(cast)
    for place in ({"to": None, "outside": " "}, {"to": cast.elsewhere, "outside": "Eastvale"}):
        with pytest.raises(Incomplete):
            offer(cast, case, **place)
    offer(cast, case, outside="Eastvale")
    assert stages_of(case) == {"protection_plan", "transfer"}
    for lacking in ({"said_by": " "}, {"decided": ""}):
        with pytest.raises(Incomplete):
            hand_over(cast, case, **lacking)
    plan = case.stageopen_set.get(stage="protection_plan")
    with pytest.raises(DatabaseError, match="word of the other area"), transaction.atomic():
        StageEnded.objects.create(
            case=case, opened=plan, verb="hand_over", reason="Gone.", by=cast.team_manager, at=THEN + DAY
        )
    hand_over(cast, case)
    assert stages_of(case) == {"closed"}
    assert running(case) == {}
    assert HandedOver.objects.get().transfer.area == "Eastvale"
    check_now()


def test_work_is_not_handed_over_while_an_enquiry_runs_or_to_an_area_that_takes_over_itself(
    cast: Cast,
) -> None:
    case = working.with_plan(cast)
    offer(cast, case, to=cast.elsewhere)
    with pytest.raises(NotPossibleNow, match="of this partnership"):
        hand_over(cast, case)
    transfer.withdraw_transfer(
        case_id=case.pk, seen_version=None, written=written(), by=cast.team_manager, now=THEN + 2 * DAY
    )
    assert stages_of(case) == {"protection_plan"}
    offer(cast, case, outside="Eastvale")
    working.called(cast, case, "strategy_discussion", cast.social_worker, THEN + 2 * DAY)
    with pytest.raises(NotPossibleNow, match="Strategy discussion"):
        hand_over(cast, case)


def test_a_thing_waited_for_is_ended_once_and_cannot_have_been_asked_tomorrow(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    given: dict[str, Any] = {"case_id": case.pk, "seen_version": None, "by": cast.social_worker, "now": THEN}
    with pytest.raises(Incomplete):
        awaiting.wait_for_agency(what="Report", from_whom=" ", since=THEN + timedelta(days=1), **given)
    awaited = awaiting.wait_for_agency(what="Report", from_whom="CAMHS", since=None, **given)
    end: dict[str, Any] = {
        "case_id": case.pk,
        "awaited_id": awaited.pk,
        "words": "Read.",
        "by": cast.social_worker,
        "now": THEN,
    }
    with pytest.raises(Incomplete):
        awaiting.end_waiting(outcome="perhaps", **end)
    awaiting.end_waiting(outcome="came", **end)
    with pytest.raises(NotPossibleNow, match="already"):
        awaiting.end_waiting(outcome="came", **end)
