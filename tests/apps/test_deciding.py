"""Screening and deciding: second persons, two people at once, and what comes of a decision."""

import threading

import pytest
from django.db import connections

from openmash.apps.access.errors import Refused
from openmash.apps.concerns.actions.deciding import agree, decide, return_decision
from openmash.apps.concerns.actions.screening import (
    record_sign,
    start_screening,
    withdraw_sign,
)
from openmash.apps.concerns.errors import ChangedMeanwhile, Incomplete, NotPossibleNow
from openmash.apps.concerns.states import State
from tests.apps.journey import NOW, choice, decided, raised, screening
from tests.cast import Cast, child, make_cast


def test_withdrawing_the_sign_still_takes_a_second_person(cast: Cast) -> None:
    contact = screening(cast, "D18")
    with pytest.raises(Incomplete):
        withdraw_sign(
            contact_id=contact.pk, sign_id=contact.signs.get().pk, reason=" ", by=cast.screener, now=NOW
        )
    withdraw_sign(
        contact_id=contact.pk, sign_id=contact.signs.get().pk, reason="Misheard.", by=cast.screener, now=NOW
    )
    contact.refresh_from_db()
    made = decide(
        contact_id=contact.pk,
        seen_version=contact.version,
        choice=choice("1", "advice_only", why_not_policy="sign_misread"),
        by=cast.screener,
        now=NOW,
    )
    contact.refresh_from_db()
    assert (made.needs_second, contact.state) == (True, State.SECOND_PERSON)
    with pytest.raises(Refused):
        agree(
            contact_id=contact.pk,
            seen_version=contact.version,
            reason="Yes",
            by=cast.second_screener,
            now=NOW,
        )
    return_decision(
        contact_id=contact.pk, seen_version=contact.version, reason="No.", by=cast.manager, now=NOW
    )
    contact.refresh_from_db()
    assert contact.state == State.SCREENING


def test_a_manager_cannot_be_their_own_second_person(cast: Cast) -> None:
    contact = raised(cast, "D18")
    start_screening(contact_id=contact.pk, seen_version=1, by=cast.manager, now=NOW)
    decide(
        contact_id=contact.pk,
        seen_version=2,
        choice=choice(why_not_policy="sign_misread"),
        by=cast.manager,
        now=NOW,
    )
    with pytest.raises(NotPossibleNow):
        agree(contact_id=contact.pk, seen_version=3, reason="Yes", by=cast.manager, now=NOW)
    agree(contact_id=contact.pk, seen_version=3, reason="Yes", by=cast.second_manager, now=NOW)
    contact.refresh_from_db()
    assert contact.state == State.DECIDED


def test_a_decision_brings_what_the_policy_asks_for(cast: Cast) -> None:
    contact = decided(
        cast, "A10", chosen=choice("3", "family_help", why_not_policy="history"), parts=(child(about_age=8),)
    )
    asked_for = {(each.duty, each.owner) for each in contact.follow_ups.all()}
    assert ("information_request", "The child’s GP practice") in asked_for


def test_the_second_of_two_deciders_is_told(cast: Cast) -> None:
    contact = screening(cast, "A06")
    decide(contact_id=contact.pk, seen_version=contact.version, choice=choice(), by=cast.screener, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        decide(contact_id=contact.pk, seen_version=contact.version, choice=choice(), by=cast.manager, now=NOW)
    assert contact.decisions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_decide_in_the_same_moment() -> None:
    cast = make_cast()
    contact = screening(cast, "A06")
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def attempt(name: str) -> None:
        together.wait()
        try:
            decide(
                contact_id=contact.pk,
                seen_version=contact.version,
                choice=choice(),
                by=cast.people[name],
                now=NOW,
            )
            outcomes.append("decided")
        except ChangedMeanwhile:
            outcomes.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=(name,)) for name in ("screener", "manager")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["decided", "told"]
    assert contact.decisions.count() == 1


def test_a_decided_contact_is_not_changed_under_the_decision(cast: Cast) -> None:
    contact = decided(cast, "A06")
    with pytest.raises(NotPossibleNow):
        record_sign(contact_id=contact.pk, sign="D18", evidence="seen", by=cast.screener, now=NOW)
