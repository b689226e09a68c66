"""Answers, acknowledgement, disagreement and new information."""

from typing import Any

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event
from openmash.apps.concerns.actions.answering import acknowledge, answer
from openmash.apps.concerns.actions.disagreeing import disagree, reply_to_disagreement
from openmash.apps.concerns.actions.screening import (
    add_information,
)
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.states import State
from tests.apps.journey import HOUR, NOW, answered, at, decided
from tests.cast import Cast


def test_an_answer_is_the_text_or_why_not_never_both(cast: Cast) -> None:
    contact = decided(cast, "A06")
    for text, unsafe in (("", ""), (" ", "\n"), ("Told", "and unsafe")):
        with pytest.raises(Incomplete):
            answer(
                contact_id=contact.pk,
                seen_version=contact.version,
                text=text,
                unsafe_because=unsafe,
                by=cast.screener,
                now=NOW,
            )
    answer(
        contact_id=contact.pk,
        seen_version=contact.version,
        text="",
        unsafe_because="The person who may have harmed reads the post there.",
        by=cast.screener,
        now=NOW,
    )
    contact.refresh_from_db()
    assert contact.state == State.ANSWERED


def test_acknowledging_twice_is_once(cast: Cast) -> None:
    contact = answered(cast, "A06")
    for _ in range(2):
        acknowledge(contact_id=contact.pk, by=cast.teacher, now=NOW)
    assert Event.objects.filter(verb="acknowledge").count() == 1


def test_disagreement_goes_up_four_steps_and_holds_the_child(cast: Cast) -> None:
    contact = answered(cast, "A06")
    steps = [
        ("second_screener", at(2026, 11, 16, 23, 59)),
        ("second_manager", at(2026, 11, 17, 15, 0)),
        ("head", at(2026, 11, 18, 15, 0)),
        ("partner", at(2026, 11, 23, 15, 0)),
    ]
    for number, (who, due) in enumerate(steps, start=1):
        disagree(contact_id=contact.pk, reason="He is worse.", level_asked="4", by=cast.teacher, now=NOW)
        contact.refresh_from_db()
        assert (contact.state, contact.held_rank, contact.due_at) == (State.DISAGREED, 4, due)
        assert contact.disagreements.latest("id").step == number
        for other in {name for name, _due in steps} - {who}:
            if (number, other) == (1, "second_manager"):
                continue  # a manager may do a practitioner's step
            with pytest.raises(Refused):
                stand(contact, cast.people[other])
        stand(contact, cast.people[who])
        contact.refresh_from_db()
    assert contact.answers.count() == 5
    with pytest.raises(NotPossibleNow, match="last step"):
        disagree(contact_id=contact.pk, reason="Still.", by=cast.teacher, now=NOW)


def stand(contact: Contact, by: Any) -> None:
    reply_to_disagreement(
        contact_id=contact.pk,
        seen_version=contact.version,
        outcome="stands",
        reason="Because.",
        by=by,
        now=NOW,
    )


def test_the_child_stays_held_while_it_is_decided_again(cast: Cast) -> None:
    contact = answered(cast, "A06")
    disagree(contact_id=contact.pk, reason="Worse.", level_asked="3", by=cast.teacher, now=NOW)
    contact.refresh_from_db()
    reply_to_disagreement(
        contact_id=contact.pk,
        seen_version=contact.version,
        outcome="decide_again",
        reason="You are right to ask.",
        by=cast.manager,
        now=NOW,
    )
    contact.refresh_from_db()
    assert (contact.state, contact.held_rank, contact.answer) == (State.SCREENING, 3, None)


def test_new_information_opens_a_decision_again(cast: Cast) -> None:
    contact = answered(cast, "A06")
    old = contact.decision
    add_information(contact_id=contact.pk, text="He was hurt last night.", by=cast.teacher, now=NOW)
    contact.refresh_from_db()
    assert contact.state == State.RECEIVED
    assert contact.due_at > NOW
    assert list(contact.decisions.all()) == [old]


def test_new_information_in_a_disagreement_is_decided_on(cast: Cast) -> None:
    contact = answered(cast, "A06")
    disagree(contact_id=contact.pk, reason="Worse.", by=cast.teacher, now=NOW)
    add_information(contact_id=contact.pk, text="A broken arm today.", by=cast.teacher, now=NOW + HOUR)
    contact.refresh_from_db()
    with pytest.raises(Incomplete, match="taken again"):
        stand(contact, cast.second_screener)


def test_above_the_first_step_nobody_who_had_a_say_answers(cast: Cast) -> None:
    contact = answered(cast, "A06")
    for number in (1, 2):
        disagree(contact_id=contact.pk, reason="Worse.", by=cast.teacher, now=NOW)
        contact.refresh_from_db()
        if number == 1:
            stand(contact, cast.manager)
            contact.refresh_from_db()
    with pytest.raises(NotPossibleNow, match="somebody else"):
        stand(contact, cast.manager)
    stand(contact, cast.second_manager)
