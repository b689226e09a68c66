"""The review of the hub's own records: who may, what is written down, and what of it may leave."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmash.apps.access.errors import Refused
from openmash.apps.audit.queries import events_about
from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.actions.linking import say_household
from openmash.apps.concerns.actions.screening import start_screening, withdraw_sign
from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Agency, Person, RoleHeld
from openmash.apps.review.local.gathered import gathered
from openmash.apps.review.local.records import own_review
from openmash.apps.review.local.review import local
from tests.apps.journey import HOUR, at, choice, link, raised
from tests.cast import Cast, make_cast
from tests.engines.review.local.invented import small_history

pytestmark = pytest.mark.django_db
OCTOBER, NOW, LAST = at(2026, 10, 5, 10), at(2026, 11, 16, 12), date(2026, 10, 31)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def decided_in_october(
    cast: Cast,
    *signs: str,
    by: Person | None = None,
    level: str = "1",
    path: str = "advice_only",
    days: int = 0,
) -> Contact:
    start = OCTOBER + timedelta(days=days)
    contact = raised(cast, *signs, by=by, now=start)
    contact = start_screening(
        contact_id=contact.pk, seen_version=contact.version, by=cast.screener, now=start + HOUR
    )
    chosen = choice(level, path)
    decide(
        contact_id=contact.pk,
        seen_version=contact.version,
        choice=chosen,
        by=cast.screener,
        now=start + 3 * HOUR,
    )
    return contact


def test_a_decision_is_read_with_what_the_threshold_said_and_what_is_empty_stays_not_known(
    cast: Cast,
) -> None:
    decided_in_october(cast, "A13", by=cast.gp, level="2", path="early_help")
    raised(cast, "A13", now=at(2026, 11, 2, 9))  # after the last whole month
    read = gathered(None, LAST)
    assert read.followed_to == date(2026, 10, 31)
    (row,) = read.contacts.to_pylist()
    assert (row["agency_kind"], row["team"], row["hours_to_decision"]) == ("gp", "Northfield", 3.0)
    assert (row["decided_rank"], row["first_answer"], row["closed_at_door"]) == (2, "early_help", True)
    assert row["signs"] == ["A13"]
    assert (row["lacked_capacity"], row["answered_on"], row["seen_on"]) == (None, None, None)


def test_only_whoever_leads_on_the_threshold_reads_it_each_where_they_lead_and_it_is_written_down(
    cast: Cast,
) -> None:
    decided_in_october(cast, "A13", level="2", path="early_help")
    for nobody in (cast.teacher, cast.safeguarding_lead, cast.screener, cast.social_worker):
        with pytest.raises(Refused):
            own_review(by=nobody, now=NOW)
    assert not events_about("policy", "local_review").exists()
    agency = Agency.objects.get(name="Southmere Children's Services")
    other = Person.objects.create_user(email="o@example.org", name="O", job_title="Manager", agency=agency)
    RoleHeld.objects.create(person=other, role="manager", locality=cast.elsewhere, starts=date(2020, 1, 1))
    assert own_review(by=other, now=NOW).concerns == "0"
    assert own_review(by=cast.policy_lead, now=NOW).concerns == "1 to 5"
    assert [event.verb for event in events_about("policy", "local_review")] == ["see_local_review"] * 2


def test_children_people_have_linked_are_one_child_and_come_back(cast: Cast) -> None:
    first = decided_in_october(cast, "A13", level="2", path="early_help")
    second = decided_in_october(cast, "A13", level="2", path="early_help", days=10)
    assert gathered(None, LAST).children.num_rows == 2
    link(cast, second, first)
    read = gathered(None, LAST)
    assert read.children.num_rows == 1
    assert len(set(read.children["household"].to_pylist())) == 1


def test_brothers_on_two_concerns_are_one_household_once_somebody_says_so(cast: Cast) -> None:
    first = decided_in_october(cast, "A13", level="2", path="early_help")
    second = decided_in_october(cast, "A13", level="2", path="early_help", days=10)

    def homes() -> int:
        return len(set(gathered(None, LAST).children["household"].to_pylist()))

    assert homes() == 2
    for same, number in ((True, 1), (False, 2)):
        say_household(
            contact_id=second.pk,
            earlier_contact_id=first.pk,
            same=same,
            reason="Said at the door.",
            by=cast.screener,
            now=NOW,
        )
        assert homes() == number, "the latest word counts"


def test_only_signs_that_counted_when_it_was_decided_are_read(cast: Cast) -> None:
    contact = raised(cast, "A13", "A14", now=OCTOBER)
    contact = start_screening(
        contact_id=contact.pk, seen_version=contact.version, by=cast.screener, now=OCTOBER + HOUR
    )
    sign = contact.signs.get(sign="A14")
    withdraw_sign(
        contact_id=contact.pk, sign_id=sign.pk, reason="Misheard.", by=cast.screener, now=OCTOBER + HOUR
    )
    assert gathered(None, LAST).contacts["signs"].to_pylist() == [None], "of what is not decided none is said"
    contact.refresh_from_db()
    decide(
        contact_id=contact.pk,
        seen_version=contact.version,
        choice=choice("2", "early_help"),
        by=cast.screener,
        now=OCTOBER + 2 * HOUR,
    )
    (row,) = gathered(None, LAST).contacts.to_pylist()
    assert row["signs"] == ["A13"]


def test_it_is_worked_out_once_a_day_for_the_same_localities(cast: Cast) -> None:
    decided_in_october(cast, "A13", level="2", path="early_help")
    assert own_review(by=cast.manager, now=NOW).concerns == "1 to 5"
    for day in range(7):
        decided_in_october(cast, "A13", level="2", path="early_help", days=day)
    with CaptureQueriesContext(connection) as asked:
        assert own_review(by=cast.manager, now=NOW + HOUR).concerns == "1 to 5"
    assert not any("concerns_decision" in query["sql"] for query in asked.captured_queries)
    assert own_review(by=cast.policy_lead, now=NOW).concerns == "10", "who leads everywhere reads another"
    assert own_review(by=cast.manager, now=NOW + timedelta(days=1)).concerns == "10"


def test_a_decision_for_want_of_staff_is_said_loudly_and_by_no_number() -> None:
    day = date(2025, 1, 6)
    lower = {"received_on": day, "decided_on": day, "policy_rank": 3, "decided_rank": 2}
    review = local(small_history([{"contact": "1", "child": "a", **lower, "lacked_capacity": True}]))
    assert review.alarm and review.capacity.startswith("1 to 5 of the concerns decided lower")
    fine = local(small_history([{"contact": "1", "child": "a", **lower, "lacked_capacity": False}]))
    assert not fine.alarm and "as it must be" in fine.capacity
    unknown = local(small_history([{"contact": "1", "child": "a", **lower}]))
    assert "Of 1 to 5 it is not known" in unknown.capacity


def test_nothing_that_leaves_the_review_is_a_count_of_one_to_five() -> None:
    day, rows = date(2024, 1, 8), []
    for number in range(400):
        rows.append({
            "contact": str(number), "child": f"c{number % 320}", "received_on": day + timedelta(number % 300),
            "decided_on": day + timedelta(number % 300 + number % 4), "policy_rank": 2 + (number % 7 == 0),
            "policy_level": str(2 + (number % 7 == 0)), "decided_rank": 2, "decided_level": "2",
            "agency_kind": ("gp", "school", "police", "camhs")[number % 97 % 4], "team": f"team {number % 3}",
            "closed_at_door": number % 5 > 0, "first_answer": "early_help", "signs": [f"s{number % 60}"],
            "override_reason": "history" if number % 7 == 0 else None,
        })  # fmt: skip
    review = local(small_history(rows), replications=20)
    percents = {"In 100", "At least", "At most", "Lower, in 100 known", "Closed, in 100 known"}
    seen = 0
    for sheet in review.sheets:
        for row in sheet.rows:
            for head, cell in zip(sheet.head, row, strict=True):
                if isinstance(cell, int) and head not in percents:
                    seen += 1
                    assert cell == 0 or (cell >= 5 and cell % 5 == 0), (sheet.name, row)
    assert seen > 200
    again = next(sheet for sheet in review.sheets if sheet.name == "after-again")
    assert again.rows[0][0] == "3 months" and again.rows[-1][0] == "2 years"
    assert any(isinstance(row[4], int) for row in again.rows)


def test_of_nobody_is_not_of_nobody_for_certain_and_unknown_is_never_counted_as_no() -> None:
    """Sixty followed with nothing after leave about one in twenty open; of those unknown nothing is said."""
    day, rows = date(2020, 1, 6), []
    for number in range(160):
        known = number < 80
        rows.append({
            "contact": str(number), "child": f"c{number}", "received_on": day, "decided_on": day,
            "policy_level": "2", "decided_level": "2", "policy_rank": 2, "decided_rank": 2,
            "closed_at_door": (number < 60) if known else None, "override_reason": "Parental capacity improved",
        })  # fmt: skip
    review = local(small_history(rows), replications=20)
    again = next(sheet for sheet in review.sheets if sheet.name == "after-again")
    assert again.rows[0][1:] == ("50 or more", "50 or more", 0, 0, 10)
    outcome = next(sheet for sheet in review.sheets if sheet.name == "outcome-by-agency")
    assert outcome.rows[-1][-1] == 75, "60 of the 80 of whom it is known"
    assert not review.alarm, "words that hold a word are no kind of reason"
    assert "Parental" not in str(review.sheets)
