"""Advice: a record with a clock and a named adviser, that counts and can become a concern."""

from datetime import date
from typing import Any

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.concerns.account import SignTold
from openmash.apps.concerns.actions.answering import become_concern, give_advice
from openmash.apps.concerns.actions.raising import ask_advice
from openmash.apps.concerns.errors import NotPossibleNow
from openmash.apps.concerns.queries.findings import work_out
from openmash.apps.concerns.queries.looking import look_as_hub
from openmash.apps.concerns.states import State
from openmash.apps.policy.queries import adopted
from tests.apps.journey import HOUR, NOW, asked, at, link, raised
from tests.cast import MONDAY, Cast, account, child


def test_advice_needs_no_name_and_has_a_clock_and_a_named_adviser(cast: Cast) -> None:
    contact = asked(cast)
    assert contact.due_at == at(2026, 11, 17, 10, 0)
    give_advice(
        contact_id=contact.pk, seen_version=1, text="Talk with his mother first.", by=cast.adviser, now=NOW
    )
    contact.refresh_from_db()
    assert contact.state == State.ADVISED
    assert contact.answer is not None and contact.answer.by == cast.adviser


def test_advice_becomes_a_concern_and_ends_with_that_as_its_answer(cast: Cast) -> None:
    contact = asked(cast)
    told = account(cast, "B18", arose_from=contact.pk)
    sent = become_concern(account=told, by=cast.gp, now=NOW).contact
    contact.refresh_from_db()
    assert contact.state == State.BECAME_CONCERN
    assert contact.answer is not None and sent.reference in contact.answer.text
    assert sent.arose_from == contact


def test_named_advice_counts(cast: Cast) -> None:
    contacts = [
        ask_advice(
            account=account(cast, "A10", question="What now?", parts=(child(born_on=date(2018, 1, 1)),)),
            by=cast.teacher,
            now=MONDAY + n * HOUR,
        ).contact
        for n in range(2)
    ]
    third = raised(cast, "A10", now=NOW - HOUR, parts=(child(born_on=date(2018, 1, 1)),))
    for earlier in contacts:
        link(cast, third, earlier)
    finding = work_out(third, policy=adopted(third.policy_id).policy, now=NOW)
    assert {"C6a", "C7"} <= {fired.rule.id for fired in finding.fired}


def test_an_adviser_reaches_advice_and_not_concerns(cast: Cast) -> None:
    look_as_hub(asked(cast).pk, by=cast.adviser, now=NOW)
    with pytest.raises(Refused):
        look_as_hub(raised(cast, "A06").pk, by=cast.adviser, now=NOW)


def test_one_adviser_does_not_end_a_request_that_speaks_of_protection(cast: Cast) -> None:
    contact = asked(cast, signs=(SignTold("D01", "seen"),), parts=(child(about_age=0),))
    advice: dict[str, Any] = {
        "contact_id": contact.pk,
        "seen_version": 1,
        "text": "Keep an eye on it.",
        "now": NOW,
    }
    with pytest.raises(NotPossibleNow, match="protection"):
        give_advice(**advice, by=cast.adviser)
    give_advice(**advice, by=cast.manager)


def test_only_whoever_asked_makes_a_request_a_concern(cast: Cast) -> None:
    contact = asked(cast)
    with pytest.raises(Refused):
        become_concern(account=account(cast, "B18", arose_from=contact.pk), by=cast.screener, now=NOW)
