"""Nothing that was once known, decided or held can be put aside by one person."""

from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.actions.disagreeing import disagree, reply_to_disagreement
from openmash.apps.concerns.actions.screening import (
    add_information,
    record_fact,
    record_sign,
    start_screening,
    withdraw_sign,
)
from openmash.apps.concerns.models import Contact
from tests.apps.journey import NOW, answered, choice, decided, screening
from tests.cast import Cast


def one_decides(cast: Cast, contact: Contact, level: str, pathway: str, by: str = "screener") -> bool:
    """Whether the decision waits for a second person."""
    contact.refresh_from_db()
    chosen = choice(level, pathway, why_not_policy="sign_misread", not_seen_because="Seen at school.")
    made = decide(
        contact_id=contact.pk, seen_version=contact.version, choice=chosen, by=cast.people[by], now=NOW
    )
    return made.needs_second


def test_a_sign_added_and_withdrawn_again_still_takes_two(cast: Cast) -> None:
    contact = screening(cast, "A06")
    added = record_sign(contact_id=contact.pk, sign="D01", evidence="seen", by=cast.manager, now=NOW)
    contact.refresh_from_db()
    assert contact.due_at == NOW  # and the clock is at once
    withdraw_sign(contact_id=contact.pk, sign_id=added.pk, reason="Misread.", by=cast.screener, now=NOW)
    assert one_decides(cast, contact, "2", "early_help")


def test_a_fact_taken_back_still_takes_two(cast: Cast) -> None:
    contact = screening(cast, "A06")
    for said in ("yes", "not_known"):
        record_fact(
            contact_id=contact.pk, fact="known_person_of_risk", answer=said, by=cast.screener, now=NOW
        )
    assert one_decides(cast, contact, "2", "early_help")


def test_a_decision_once_in_force_still_guards(cast: Cast) -> None:
    contact = answered(cast, "A06", chosen=choice("4", "strategy_discussion", why_not_policy="more_serious"))
    add_information(contact_id=contact.pk, text="All was explained.", by=cast.teacher, now=NOW)
    contact.refresh_from_db()
    start_screening(contact_id=contact.pk, seen_version=contact.version, by=cast.screener, now=NOW)
    assert one_decides(cast, contact, "2", "early_help")


def test_a_level_the_child_is_held_at_still_guards(cast: Cast) -> None:
    contact = answered(cast, "A06")
    disagree(contact_id=contact.pk, reason="Far worse.", level_asked="4", by=cast.teacher, now=NOW)
    contact.refresh_from_db()
    reply_to_disagreement(
        contact_id=contact.pk,
        seen_version=contact.version,
        outcome="decide_again",
        reason="We look again.",
        by=cast.second_screener,
        now=NOW,
    )
    assert one_decides(cast, contact, "2", "early_help")


def test_new_information_never_gives_more_time_to_what_was_not_answered(cast: Cast) -> None:
    contact = decided(cast, "D18", chosen=choice("4", "strategy_discussion"))
    before = contact.due_at
    add_information(contact_id=contact.pk, text="She rang again.", by=cast.teacher, now=NOW)
    contact.refresh_from_db()
    assert contact.due_at <= before
