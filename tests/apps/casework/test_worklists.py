"""Who is away and who covers, what the worklist shows of it, and how waits are spread."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from openmash.apps.access.absence_grounds import ground_for_absence
from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import Viewer
from openmash.apps.access.models import ConflictDeclared
from openmash.apps.audit.actions import record
from openmash.apps.casework.actions import stages
from openmash.apps.casework.actions.absence import record_absence
from openmash.apps.casework.actions.bringing import bring_what_is_new
from openmash.apps.casework.actions.due import send_what_is_due
from openmash.apps.casework.actions.leading import record_child_seen
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.models import Absence, Case, NewInformation
from openmash.apps.casework.queries.lists import worklist
from openmash.apps.casework.queries.opened import open_work
from openmash.apps.casework.queries.waits import SEEN, waits_of_team
from openmash.apps.casework.standing import worker_of
from openmash.apps.casework.waits import BANDS, Wait, spread
from tests.apps import journey
from tests.apps.casework import working
from tests.apps.casework.working import DAY, HOUR, THEN
from tests.apps.test_guards import check_now
from tests.cast import Cast

TODAY = THEN.date()


def away(cast: Cast, **given: Any) -> Absence:
    fields: dict[str, Any] = {
        "person": cast.social_worker,
        "starts": TODAY,
        "ends": TODAY + timedelta(days=6),
        "cover": None,
        "by": cast.team_manager,
        "now": THEN,
    }
    return record_absence(**{**fields, **given})


def test_whoever_is_away_with_a_clock_due_is_an_alert_to_the_manager(cast: Cast) -> None:
    case = working.led(cast)
    assert worklist(by=cast.team_manager, now=THEN).away == ()
    first = away(cast)
    check_now()
    (alert,) = worklist(by=cast.team_manager, now=THEN).away
    assert alert.line.case == case
    assert [each.row.definition for each in alert.due] == ["strategy_held"]
    assert alert.cover is None
    away(cast, cover=cast.second_social_worker, replaces_id=first.pk)
    (alert,) = worklist(by=cast.team_manager, now=THEN).away
    assert alert.cover == cast.second_social_worker
    assert [line.case for line in worklist(by=cast.second_social_worker, now=THEN).covering] == [case]
    # A clock due after they are back is no alert.
    assert worklist(by=cast.team_manager, now=THEN + 7 * DAY).away == ()


def test_cover_may_do_what_the_worker_may_while_it_lasts_and_no_longer(cast: Cast) -> None:
    case = working.led(cast)
    with pytest.raises(Refused):
        open_work(case.pk, by=cast.second_social_worker, now=THEN)
    absence = away(cast, cover=cast.second_social_worker)
    opened = open_work(case.pk, by=cast.second_social_worker, now=THEN + HOUR)
    assert "call_strategy_discussion" in opened.can
    for now in (THEN - DAY, THEN + 7 * DAY):
        with pytest.raises(Refused):
            open_work(case.pk, by=cast.second_social_worker, now=now)
    away(cast, cover=cast.second_social_worker, replaces_id=absence.pk, withdrawn=True)
    with pytest.raises(Refused):
        open_work(case.pk, by=cast.second_social_worker, now=THEN + HOUR)
    with pytest.raises(NotPossibleNow, match="changed meanwhile"):
        away(cast, replaces_id=absence.pk)


def test_whoever_is_kept_out_of_the_concern_covers_nothing_that_came_from_it(cast: Cast) -> None:
    case = working.led(cast)
    away(cast, cover=cast.second_social_worker)
    ConflictDeclared.objects.create(
        contact_id=case.camefrom_set.get().contact_id,
        person=cast.second_social_worker,
        reason="Her aunt.",
        by=cast.second_social_worker,
        at=THEN,
    )
    record(
        by=cast.second_social_worker,
        verb="declare_conflict",
        subject_kind="contact",
        subject_id=case.camefrom_set.get().contact_id,
        ground="themselves",
        now=THEN,
    )
    with pytest.raises(Refused):
        open_work(case.pk, by=cast.second_social_worker, now=THEN + HOUR)
    assert worklist(by=cast.second_social_worker, now=THEN).covering == ()


def test_cover_ends_with_the_role_and_while_they_are_away_themselves(cast: Cast) -> None:
    case = working.led(cast)
    absence = away(cast, cover=cast.second_social_worker)
    own = away(cast, person=cast.second_social_worker, starts=TODAY + timedelta(days=1))
    (alert,) = worklist(by=cast.team_manager, now=THEN + DAY).away
    assert alert.absence.cover == cast.second_social_worker and alert.cover is None, (
        "nobody is told that they cover"
    )
    open_work(case.pk, by=cast.second_social_worker, now=THEN)
    with pytest.raises(Refused):
        open_work(case.pk, by=cast.second_social_worker, now=THEN + DAY)
    away(cast, cover=cast.second_social_worker, replaces_id=absence.pk, withdrawn=True)
    away(cast, person=cast.second_social_worker, replaces_id=own.pk, withdrawn=True)
    away(cast, cover=cast.second_social_worker)
    cast.second_social_worker.roles_held.update(ends=TODAY)
    open_work(case.pk, by=cast.second_social_worker, now=THEN)
    with pytest.raises(Refused):
        open_work(case.pk, by=cast.second_social_worker, now=THEN + DAY)
    with pytest.raises(Incomplete) as lacking:
        away(cast, cover=cast.second_social_worker, starts=TODAY + timedelta(days=2))
    assert "is not a social worker then" in lacking.value.reasons[0].text


def test_what_is_new_reaches_whoever_covers(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    contact = journey.screening(cast, "A06", by=cast.gp)
    journey.link(cast, contact, case.camefrom_set.get().contact)
    bring_what_is_new(now=THEN, cases=[case])
    assert worklist(by=cast.second_social_worker, now=THEN).new == ()
    away(cast, cover=cast.second_social_worker)
    assert [each.case for each in worklist(by=cast.second_social_worker, now=THEN).new] == [case]


def test_an_absence_is_ones_own_or_of_ones_team(cast: Cast) -> None:
    away(cast, by=cast.social_worker)
    for other in (cast.second_social_worker, cast.team_manager_elsewhere, cast.head):
        with pytest.raises(Refused):
            away(cast, by=other)
    with pytest.raises(Incomplete):
        away(cast, ends=TODAY - timedelta(days=1))
    with pytest.raises(Incomplete, match=r"away then too|Social Worker is away"):
        away(cast, person=cast.second_social_worker, cover=cast.social_worker)
    with pytest.raises(DatabaseError, match="absence_covered_by_another"), transaction.atomic():
        Absence.objects.create(
            person=cast.social_worker,
            cover=cast.social_worker,
            starts=TODAY,
            ends=TODAY,
            by=cast.social_worker,
            at=THEN,
        )
    nobody = Viewer(None, None, frozenset())
    with pytest.raises(Refused):
        ground_for_absence(nobody, cast.social_worker.pk, [cast.here.pk])


def test_looking_writes_nothing_and_what_is_new_is_said_to_wait(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    contact = journey.screening(cast, "A06", by=cast.gp)
    journey.link(cast, contact, case.camefrom_set.get().contact)
    before = Case.objects.get(pk=case.pk).version
    for by in (cast.team_manager, cast.social_worker, cast.partner):
        assert worklist(by=by, now=THEN).not_brought == 1
    assert open_work(case.pk, by=cast.social_worker, now=THEN).not_brought == 1
    assert not NewInformation.objects.exists()
    assert Case.objects.get(pk=case.pk).version == before
    assert worklist(by=cast.teacher, now=THEN).not_brought == 0
    bring_what_is_new(now=THEN + HOUR, cases=[case])
    assert worklist(by=cast.team_manager, now=THEN + HOUR).not_brought == 0
    clock = case.clocks.get(definition="new_information_decided")
    assert clock.started_at == contact.received_at  # waiting to be brought gains no time


def test_every_wait_falls_into_one_band_and_the_longest_come_first() -> None:
    hours = (0, 23, 24, 71, 72, 167, 168, 335, 336, 671, 672, 9000)
    found = spread([Wait(str(each), THEN - each * HOUR) for each in hours], THEN)
    assert [number for _band, number in found.bands] == [2] * len(BANDS)
    assert found.count == len(hours)
    assert [wait.whom for wait in found.longest] == ["9000", "672", "671", "336", "335"]


def test_the_waits_of_a_team_are_those_of_its_children_alone(cast: Cast) -> None:
    case = working.opened(cast)
    assert waits_of_team(by=cast.social_worker, now=THEN) == {}
    later = THEN + 3 * DAY
    waits = waits_of_team(by=cast.team_manager, now=later)
    assert [wait.whom for wait in waits["For somebody to lead the work"].longest] == [case]
    assert waits[SEEN].longest[0].since == THEN
    assert waits_of_team(by=cast.team_manager_elsewhere, now=later)[SEEN].count == 0


def test_work_that_begins_again_is_nobodys_until_somebody_is_named(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    stages.close(
        case_id=case.pk,
        seen_version=None,
        written=working.written(),
        tell=[],
        by=cast.team_manager,
        now=THEN + DAY,
    )
    assert worker_of(case) == cast.social_worker, "who led it last"
    again = THEN + 30 * DAY
    working.go(case, "reopen", "", cast.team_manager, again, goes_on="assessment")
    check_now()
    assert worker_of(case) is None
    (line,) = worklist(by=cast.team_manager, now=again).team
    assert (line.worker, line.nobody_since) == (None, again)
    assert worklist(by=cast.social_worker, now=again).mine == ()
    (wait,) = waits_of_team(by=cast.team_manager, now=again)["For somebody to lead the work"].longest
    assert (wait.whom, wait.since) == (case, again)


def test_whoever_has_left_the_service_leads_nothing(cast: Cast) -> None:
    case = working.led(cast, "3", "family_help")
    type(cast.social_worker).objects.filter(pk=cast.social_worker.pk).update(is_active=False)
    assert worker_of(case) is None
    (line,) = worklist(by=cast.team_manager, now=THEN + DAY).team
    assert line.worker is None
    assert line.nobody_since is not None
    assert waits_of_team(by=cast.team_manager, now=THEN + DAY)["For somebody to lead the work"].count == 1


def test_a_clock_that_ran_out_is_told_to_somebody_who_is_there(cast: Cast) -> None:
    unled = working.opened(cast)
    (notice,) = send_what_is_due(now=THEN + 2 * DAY)
    assert (notice.case, notice.to) == (unled, cast.team_manager)
    led = working.led(cast)
    away(cast, cover=cast.second_social_worker)
    (notice,) = send_what_is_due(now=THEN + 3 * DAY)
    assert (notice.case, notice.to) == (led, cast.second_social_worker)
    later = working.led(cast)
    (notice,) = send_what_is_due(now=THEN + 30 * DAY)
    assert (notice.case, notice.to) == (later, cast.social_worker)
    check_now()


def test_a_visit_before_the_enquiry_began_is_not_the_one_it_asks_for(cast: Cast) -> None:
    case = working.enquiry(cast)

    def seen(at: Any) -> bool:
        record_child_seen(
            case_id=case.pk,
            seen_version=None,
            seen_at=at,
            alone="yes",
            what="He showed me his room.",
            by=cast.social_worker,
            now=THEN + 5 * HOUR,
        )
        return not case.clocks.filter(definition="child_seen", stopped_at__isnull=True).exists()

    assert not seen(THEN - DAY)
    assert seen(THEN - HOUR), "on the day on which it began, the visit counts"
    check_now()
