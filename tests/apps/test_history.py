"""Looking back: who may, on which cases and as of when; and whether every finding kept can be worked out again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from typing import Any

import pgtrigger
import pytest
from django.core.management import CommandError, call_command

from openmash.apps.access.errors import Refused
from openmash.apps.audit.actions import record
from openmash.apps.audit.queries import events_about
from openmash.apps.concerns.account import PartTold, SignTold
from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact, FindingRecorded
from openmash.apps.concerns.queries.history import (
    CANNOT,
    DIFFERS,
    UNLIKE_ITS_LEVEL,
    decided_cases,
    not_reproduced,
)
from openmash.apps.directory.models import Agency, Person, RoleHeld
from openmash.apps.families.actions import PersonDescribed
from tests.apps.journey import HOUR, NOW, asked, choice, decided, link, raised, screening
from tests.cast import MONDAY, Cast, child

pytestmark = pytest.mark.django_db
LATER = NOW + 24 * HOUR


def manager_elsewhere(cast: Cast) -> Person:
    agency = Agency.objects.get(name="Southmere Children's Services")
    person = Person.objects.create_user(
        email="m.e@example.org", name="M E", job_title="Manager", agency=agency
    )
    RoleHeld.objects.create(person=person, role="manager", locality=cast.elsewhere, starts=date(2020, 1, 1))
    return person


def agencies(by: Person) -> list[str]:
    return [each.agency for each in decided_cases(by=by, now=LATER)]


def test_a_manager_looks_back_on_their_own_locality_and_the_policy_lead_on_all(cast: Cast) -> None:
    decided(cast, "A13", by=cast.gp)
    elsewhere = manager_elsewhere(cast)
    assert agencies(cast.manager) == ["GP practice"]
    assert agencies(cast.head) == ["GP practice"]
    assert agencies(cast.partner) == ["GP practice"]
    assert agencies(elsewhere) == []
    RoleHeld.objects.create(
        person=elsewhere, role="policy_lead", locality=cast.elsewhere, starts=date(2020, 1, 1)
    )
    assert agencies(elsewhere) == ["GP practice"]
    assert agencies(cast.policy_lead) == ["GP practice"]


def test_looking_back_is_written_down_with_its_ground(cast: Cast) -> None:
    decided(cast, "A13")
    decided_cases(by=cast.manager, now=LATER)
    event = events_about("policy", "history").get()
    assert (event.verb, event.by_id, event.at, event.outcome) == (
        "see_history",
        cast.manager.pk,
        LATER,
        "done",
    )
    assert event.ground == "leads on the threshold"
    assert event.detail == {"cases": 1}


@pytest.mark.parametrize("who", ["teacher", "safeguarding_lead", "screener", "adviser", "gp"])
def test_nobody_else_looks_back(cast: Cast, who: str) -> None:
    decided(cast, "A13")
    with pytest.raises(Refused) as refused:
        decided_cases(by=cast.people[who], now=LATER)
    assert (refused.value.verb, refused.value.subject_kind) == ("see_history", "policy")
    assert not events_about("policy", "history").exists()


def test_only_what_was_decided_counts_and_once(cast: Cast) -> None:
    raised(cast, "A13")
    screening(cast, "A13")
    asked(cast)
    assert decided_cases(by=cast.policy_lead, now=LATER) == ()
    decided(cast, "A13", parts=(child(about_age=2, sex="female"),))
    (found,) = decided_cases(by=cast.policy_lead, now=LATER)
    assert (found.level, found.decided_on, found.locality) == ("2", day_of(MONDAY), "Northfield")
    assert (found.age, found.sex, found.agency) == ("1 to 4", "Girl or woman", "School")


@pytest.mark.parametrize(
    ("told", "age", "sex"),
    [
        ({"kind": "unborn"}, "Not yet born", "Several children, or not known"),
        ({"about_age": None}, "Age not known", "Several children, or not known"),
        ({"about_age": 0, "sex": "male"}, "Under 1", "Boy or man"),
        ({"about_age": 17}, "16 and over", "Several children, or not known"),
    ],
)
def test_groups_are_broad(cast: Cast, told: dict[str, Any], age: str, sex: str) -> None:
    part = PartTold(role="subject", person=PersonDescribed(**{"kind": "child", "name": "Alex", **told}))
    decided(cast, "A13", parts=(part,))
    (found,) = decided_cases(by=cast.policy_lead, now=LATER)
    assert (found.age, found.sex) == (age, sex)


def test_a_case_is_as_it_stood_when_it_was_decided(cast: Cast) -> None:
    """An earlier contact counts; a later one, linked to the same child, does not."""
    earlier = raised(cast, "A10", now=MONDAY - 24 * HOUR)
    contact = screening(cast, "A10")
    link(cast, contact, earlier)
    contact.refresh_from_db()
    decide_now(cast, contact)
    before = decided_cases(by=cast.policy_lead, now=LATER)
    later = raised(cast, "A10", now=LATER)
    link(cast, later, contact)
    after = decided_cases(by=cast.policy_lead, now=LATER + HOUR)
    assert before == after
    (found,) = after
    assert [past.at for past in found.case.past] == [day_of(earlier.received_at)]
    assert found.case.as_of == day_of(NOW)


def decide_now(cast: Cast, contact: Contact) -> None:
    decide(
        contact_id=contact.pk,
        seen_version=contact.version,
        choice=choice(),
        by=cast.screener,
        now=NOW + HOUR,
    )


# --- working every finding out again ---


@contextmanager
def planted(contact: Contact, **values: Any) -> Iterator[None]:
    """One kept finding altered behind the record's back, which takes switching its guard off."""
    kept = FindingRecorded.objects.filter(contact=contact).earliest("id")
    with pgtrigger.ignore("concerns.FindingRecorded:append_only"):
        FindingRecorded.objects.filter(pk=kept.pk).update(**values)
    yield
    record(by=None, verb="test", subject_kind="contact", subject_id=kept.contact_id, ground="a test", now=NOW)


def checked() -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_findings", stdout=out)
    except CommandError as failed:
        return failed.returncode, out.getvalue()
    return 0, out.getvalue()


def test_every_finding_comes_out_the_same(cast: Cast) -> None:
    decided(cast, "A13", SignTold("B10", "reported", note="Wet again."), chosen=choice("3", "family_help"))
    raised(cast, "D03", "A10", parts=(child(about_age=None),))
    kept = FindingRecorded.objects.count()
    assert kept > 2
    assert list(not_reproduced()) == []
    assert checked() == (0, f"{kept} of {kept} findings come out the same, bit for bit.\n")


def test_an_altered_finding_is_found(cast: Cast) -> None:
    contact = raised(cast, "A13")
    raised(cast, "A13")
    finding = FindingRecorded.objects.get(contact=contact).finding
    lower = {**finding, "level": {**finding["level"], "rank": 1, "code": "1"}}
    with planted(contact, finding=lower):
        (found,) = not_reproduced()
        code, said = checked()
    assert (found.contact, found.version, found.why) == (contact.reference, "2026-11", DIFFERS)
    assert code == 1
    assert "1 of 2 findings come out the same" in said
    assert f"Finding {found.finding_id} on {contact.reference}, under version 2026-11, {DIFFERS}." in said


def test_true_in_the_place_of_one_is_not_bit_for_bit(cast: Cast) -> None:
    contact = raised(cast, "A13")
    finding = FindingRecorded.objects.get(contact=contact).finding
    assert finding["respond"]["to_be_confirmed"] is True
    alike = {**finding, "respond": {**finding["respond"], "to_be_confirmed": 1}}
    assert alike == finding
    with planted(contact, finding=alike):
        assert [each.why for each in not_reproduced()] == [DIFFERS]


def test_an_altered_case_or_level_is_found(cast: Cast) -> None:
    first, second, third = (raised(cast, "A13") for _ in range(3))
    case = FindingRecorded.objects.get(contact=first).case
    with (
        planted(first, case={**case, "observations": []}),
        planted(second, case={**case, "facts": {"no_such_fact": "yes"}}),
        planted(third, level="1", level_rank=1),
    ):
        assert {each.contact: each.why for each in not_reproduced()} == {
            first.reference: DIFFERS,
            second.reference: CANNOT,
            third.reference: UNLIKE_ITS_LEVEL,
        }
