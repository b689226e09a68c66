"""What earlier contacts and others at home add to a finding, and what the raiser may learn of it."""

from datetime import date

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.concerns.account import PartTold
from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.actions.screening import (
    record_sign,
    start_screening,
)
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.findings import work_out
from openmash.apps.families.actions import PersonDescribed
from openmash.apps.policy.queries import adopted
from tests.apps.journey import HOUR, NOW, choice, link, raised
from tests.cast import MONDAY, Cast, child


def test_the_raiser_is_not_told_what_other_agencies_know(cast: Cast) -> None:
    first = raised(cast, "A10")
    second = raised(cast, "A10", now=MONDAY + HOUR, same_child_as=first.pk)
    police = raised(cast, "A10", by=cast.police_officer, now=MONDAY + 2 * HOUR)
    link(cast, police, first)
    third = raised(cast, "A10", now=MONDAY + 3 * HOUR, same_child_as=second.pk)
    rules = {fired["rule"] for fired in third.findings.get().finding["fired"]}
    assert {"C6a", "C7"} <= rules  # three of the school's own
    assert "C6a" not in {fired["rule"] for fired in second.findings.get().finding["fired"]}
    here = work_out(third, policy=adopted(third.policy_id).policy, now=NOW)
    assert any("4" in because for fired in here.fired if fired.rule.id == "C6a" for because in fired.because)


def test_what_the_front_door_added_is_not_told_to_the_raiser(cast: Cast) -> None:
    first = raised(cast, "A06")
    second = raised(cast, "A06", now=MONDAY + HOUR, same_child_as=first.pk)
    for contact in (first, second):
        record_sign(contact_id=contact.pk, sign="A10", evidence="seen", by=cast.screener, now=NOW)
    third = raised(cast, "A10", now=NOW + HOUR, same_child_as=second.pk)
    assert "C6a" not in {fired["rule"] for fired in third.findings.get().finding["fired"]}


def test_only_ones_own_earlier_contact_can_be_named(cast: Cast) -> None:
    theirs = raised(cast, "A10", by=cast.gp)
    with pytest.raises(Refused):
        raised(cast, "A10", same_child_as=theirs.pk)
    assert Contact.objects.count() == 1


def test_an_assessment_since_ends_the_count_of_contacts_without_one(cast: Cast) -> None:
    first = raised(cast, "A06")
    second = raised(cast, "A06", now=MONDAY + HOUR, same_child_as=first.pk)
    third = raised(cast, "A06", now=MONDAY + 2 * HOUR, same_child_as=second.pk)
    assert "C7" in {fired["rule"] for fired in third.findings.get().finding["fired"]}
    start_screening(contact_id=second.pk, seen_version=second.version, by=cast.screener, now=NOW)
    second.refresh_from_db()
    assessment = choice("3", "section_17_assessment", why_not_policy="history")
    decide(contact_id=second.pk, seen_version=second.version, choice=assessment, by=cast.screener, now=NOW)
    policy = adopted(third.policy_id).policy
    assert "C7" not in {fired.rule.id for fired in work_out(third, policy=policy, now=NOW).fired}


def test_a_baby_at_home_counts_for_the_child_the_concern_is_about(cast: Cast) -> None:
    baby = PartTold(role="other_child", person=PersonDescribed(kind="child", born_on=date(2026, 7, 1)))
    assert raised(cast, "B18", parts=(child(about_age=8),)).findings.get().level == "3"
    assert raised(cast, "B18", parts=(child(about_age=8), baby)).findings.get().level == "4"
