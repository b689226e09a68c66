"""What came after decided concerns, brought about by the real actions; and that none of it reaches the replay."""

from datetime import datetime
from typing import Any

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.audit.queries import events_about
from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.models import Contact, FindingRecorded
from openmash.apps.concerns.queries.history import DecidedCase, decided_cases
from openmash.apps.review.aftermath import aftermath
from openmash.engines.review.what_if import NONE_KNOWN, Closed, Found
from tests.apps.casework.working import DAY, accepted, adopted, enquiry
from tests.apps.journey import HOUR, NOW, choice, decided, link, raised, screening
from tests.cast import MONDAY, Cast, make_cast

pytestmark = pytest.mark.django_db
YEAR_ON = MONDAY + 400 * DAY


@pytest.fixture
def cast() -> Cast:
    made = make_cast()
    adopted()
    return made


def of(contact: Contact, cast: Cast, now: datetime = YEAR_ON) -> tuple[Any, ...]:
    known = decided_cases(by=cast.policy_lead, now=now)
    came = aftermath(known, by=cast.policy_lead, now=now)
    at = [each.contact for each in known].index(contact.pk)
    return tuple(int(each[at]) for each in (came.closed, came.found, came.serious_after, came.followed))


def test_a_concern_closed_at_the_door_after_which_nothing_is_known(cast: Cast) -> None:
    contact = decided(cast, "A13")
    closed, found, serious, followed = of(contact, cast)
    assert (closed, found, serious) == (Closed.YES, Found.NOT_KNOWN, NONE_KNOWN)
    assert followed == 399, "whole days from two hours after to the end"


def test_only_who_leads_on_the_threshold_looks_and_it_is_written_down(cast: Cast) -> None:
    decided(cast, "A13")
    known = decided_cases(by=cast.policy_lead, now=YEAR_ON)
    before = events_about("policy", "history").count()
    aftermath(known, by=cast.policy_lead, now=YEAR_ON)
    assert events_about("policy", "history").count() == before + 1
    with pytest.raises(Refused):
        aftermath(known, by=cast.teacher, now=YEAR_ON)


def test_a_decision_nobody_can_find_is_not_known_and_not_no(cast: Cast) -> None:
    decided(cast, "A13")
    (case,) = decided_cases(by=cast.policy_lead, now=YEAR_ON)
    lost = DecidedCase(case.case, case.decided_on, case.level, "", "", "", "")
    came = aftermath([lost], by=cast.policy_lead, now=YEAR_ON)
    assert (came.closed[0], came.found[0], came.followed[0]) == (Closed.NOT_KNOWN, Found.NOT_KNOWN, 0)


def test_what_was_linked_after_the_decision_is_not_in_the_case_that_is_replayed(cast: Cast) -> None:
    """An earlier contact of the same child that nobody had connected yet: it was there, and it was not known."""
    earlier = raised(cast, "A10", now=MONDAY - 24 * HOUR)
    contact = decided(cast, "A10", chosen=choice())
    before = decided_cases(by=cast.policy_lead, now=NOW)
    link(cast, contact, earlier)
    after = decided_cases(by=cast.policy_lead, now=NOW + HOUR)
    assert before == after and before[0].case.past == ()


def test_the_finding_that_is_replayed_was_recorded_no_later_than_the_decision(cast: Cast) -> None:
    contact = decided(cast, "A10")
    link(cast, contact, raised(cast, "A10", now=MONDAY - 24 * HOUR))
    contact.refresh_from_db()
    assert contact.decision is not None
    assert contact.decision.finding.at <= contact.decision.at
    later = FindingRecorded.objects.filter(contact=contact, at__gt=contact.decision.at)
    known = {each.contact: each for each in decided_cases(by=cast.policy_lead, now=NOW + HOUR)}
    assert known[contact.pk].case.as_of <= contact.decision.at.date()
    assert contact.decision.finding_id not in later.values_list("pk", flat=True)


def test_an_enquiry_about_the_same_child_counts_once_people_have_said_that_it_is_the_same(cast: Cast) -> None:
    case = enquiry(cast)
    later = Contact.objects.get(pk=case.camefrom_set.get().contact_id)
    first = decided(cast, "A13", now=MONDAY - HOUR)
    assert of(first, cast)[1:3] == (Found.NOT_KNOWN, NONE_KNOWN)
    link(cast, later, first)
    assert of(first, cast)[:3] == (Closed.YES, Found.PROTECTION, 0)
    assert of(later, cast)[:3] == (Closed.NO, Found.PROTECTION, 0)


def test_what_began_before_the_decision_did_not_come_after_it(cast: Cast) -> None:
    case = enquiry(cast)
    later = Contact.objects.get(pk=case.camefrom_set.get().contact_id)
    again = screening(cast, "A13")
    link(cast, again, later)
    again.refresh_from_db()
    decide(contact_id=again.pk, seen_version=again.version, choice=choice(), by=cast.screener, now=NOW + DAY)
    assert of(again, cast)[1:3] == (Found.NOT_KNOWN, NONE_KNOWN)


def test_work_that_has_come_to_nothing_yet_is_not_known_rather_than_nothing(cast: Cast) -> None:
    contact = accepted(cast, "3", "section_17_assessment")
    assert of(contact, cast)[:3] == (Closed.NO, Found.NOT_KNOWN, NONE_KNOWN)
