"""What the database refuses, whatever the Python above it does."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from openmash.apps.audit.actions import record
from openmash.apps.concerns.models import Answer, Contact, Decision, SecondWord, SignRecorded
from openmash.apps.concerns.states import State
from tests.apps.journey import answered, choice, decided, raised, screening
from tests.cast import MONDAY, Cast

OURS = {
    "audit",
    "directory",
    "access",
    "policy",
    "families",
    "registers",
    "private_asking",
    "concerns",
    "casework",
    "documents",
    "papers",
    "sharing",
    "keeping",
    "subject_access",
    "case_audit",
}
# Who works here is not case data; a draft is nobody's record until it is sent.
# The index of people is worked out from what is recorded, and can be worked out again.
# So can what agencies have prepared to answer. How far a run has come, and who holds which pair, is of the hour.
WORKED_OUT = {"IndexedPerson", "MatchKey", "PreparedPerson", "PreparedOutput"}
THE_LOG_ITSELF = {"Event", "SealedEvent", "Seal"}
OF_THE_HOUR = {"RunProgress", "PairHeld"}
NOT_CASE_DATA = {
    "Locality",
    "Agency",
    "Person",
    "RoleHeld",
    "Draft",
    *THE_LOG_ITSELF,
    *WORKED_OUT,
    *OF_THE_HOUR,
}


def note(contact: Contact) -> None:
    record(by=None, verb="test", subject_kind="contact", subject_id=contact.pk, ground="a test", now=MONDAY)


def check_now() -> None:
    """Deferred triggers fire at commit; a test's transaction never commits, so ask for them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(change: object) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        change()  # type: ignore[operator]
        check_now()
    return str(error.value)


def case_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m._meta.app_label in OURS and m.__name__ not in NOT_CASE_DATA]


def test_there_is_case_data_to_guard() -> None:
    assert len(case_models()) > 15


@pytest.mark.parametrize("model", case_models(), ids=lambda m: m.__name__)
def test_every_table_of_case_data_is_audited_and_keeps_its_rows(model: type[models.Model]) -> None:
    names = {trigger.name for trigger in model._meta.triggers}  # type: ignore[attr-defined]
    assert "audited" in names
    assert names & {"append_only", "never_deleted"}


def test_no_write_without_an_audit_event(cast: Cast) -> None:
    contact = raised(cast, "A06")
    check_now()
    with connection.cursor() as cursor:  # as if the event had been written in another transaction
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_event")
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")

    def write() -> None:
        SignRecorded.objects.create(contact=contact, sign="A06", evidence="seen", at=MONDAY)

    assert "without an audit event" in refused(write)
    with transaction.atomic():
        write()
        note(contact)
        check_now()


@pytest.mark.parametrize("state", [State.ANSWERED, State.ADVISED, State.BECAME_CONCERN])
def test_no_end_without_an_answer(cast: Cast, state: State) -> None:
    contact = decided(cast, "A06")
    assert "contact_ends_with_an_answer" in refused(
        lambda: Contact.objects.filter(pk=contact.pk).update(state=state, answer=None)
    )


def test_an_answer_is_sent_or_its_absence_explained(cast: Cast) -> None:
    contact = decided(cast, "A06")
    for text, sent_at, unsafe in [
        ("", None, ""),
        ("  ", MONDAY, ""),
        ("", None, "  "),
        ("told", None, ""),
        ("told", MONDAY, "unsafe"),
    ]:
        assert "answer_sent_or_unsafe" in refused(
            lambda text=text, sent_at=sent_at, unsafe=unsafe: Answer.objects.create(
                contact=contact, text=text, sent_at=sent_at, unsafe_because=unsafe, at=MONDAY
            )
        )


def test_an_answer_must_be_this_contacts_own(cast: Cast) -> None:
    other = answered(cast, "A06")
    contact = decided(cast, "A06")
    assert "about this contact" in refused(
        lambda: Contact.objects.filter(pk=contact.pk).update(state="answered", answer=other.answer)
    )


def a_decision(contact: Contact, by: object, **given: object) -> Decision:
    fields = {
        "contact": contact,
        "finding": contact.findings.first(),
        "level": "1",
        "level_rank": 1,
        "policy_rank": 1,
        "guarded_from": 4,
        "pathway": "universal_services",
        "rationale": "reasons",
        "needs_second": False,
        "by": by,
        "at": MONDAY,
    }
    return Decision.objects.create(**{**fields, **given})


@pytest.mark.parametrize("rationale", ["", "   ", "\n\t"])
def test_no_decision_without_a_rationale(cast: Cast, rationale: str) -> None:
    contact = screening(cast, "A06")
    assert "decision_has_a_rationale" in refused(
        lambda: a_decision(contact, cast.screener, rationale=rationale)
    )


def test_no_decision_with_no_rationale_at_all(cast: Cast) -> None:
    contact = screening(cast, "A06")
    assert "null value" in refused(lambda: a_decision(contact, cast.screener, rationale=None))


def test_lower_than_the_policy_from_four_needs_a_second_person(cast: Cast) -> None:
    contact = screening(cast, "D01")
    assert "decision_lower_needs_a_second" in refused(
        lambda: a_decision(contact, cast.screener, level="2", level_rank=2, policy_rank=4)
    )


def test_a_decision_for_two_is_not_in_force_for_one(cast: Cast) -> None:
    contact = screening(cast, "D01")
    decision = a_decision(contact, cast.screener, level="2", level_rank=2, policy_rank=4, needs_second=True)

    def put_in_force() -> None:
        Contact.objects.filter(pk=contact.pk).update(state="decided", decision=decision)

    assert "agreed by a second person" in refused(put_in_force)
    SecondWord.objects.create(
        decision=decision,
        contact=contact,
        agrees=False,
        reason="no",
        by=cast.manager,
        first=cast.screener,
        at=MONDAY,
    )
    assert "agreed by a second person" in refused(put_in_force)


def test_the_second_person_is_not_the_first(cast: Cast) -> None:
    contact = screening(cast, "D01")
    decision = a_decision(contact, cast.screener, level="2", level_rank=2, policy_rank=4, needs_second=True)
    assert "second_word_is_another_persons" in refused(
        lambda: SecondWord.objects.create(
            decision=decision,
            contact=contact,
            agrees=True,
            reason="yes",
            by=cast.screener,
            first=cast.screener,
            at=MONDAY,
        )
    )
    # Claiming that the first person was somebody else does not help.
    SecondWord.objects.create(
        decision=decision,
        contact=contact,
        agrees=True,
        reason="yes",
        by=cast.screener,
        first=cast.manager,
        at=MONDAY,
    )
    assert "agreed by a second person" in refused(
        lambda: Contact.objects.filter(pk=contact.pk).update(state="decided", decision=decision)
    )


def test_nothing_recorded_is_changed_or_removed(cast: Cast) -> None:
    contact = answered(cast, "A06")
    for change in (
        lambda: SignRecorded.objects.filter(contact=contact).update(sign="A07"),
        lambda: Decision.objects.filter(contact=contact).update(rationale="other reasons"),
        lambda: Answer.objects.filter(contact=contact).delete(),
        lambda: Contact.objects.filter(pk=contact.pk)._raw_delete("default"),
        lambda: apps.get_model("audit", "Event").objects.all().delete(),
        lambda: apps.get_model("audit", "Event").objects.update(ground="nothing to see"),
    ):
        assert "Cannot" in refused(change)


def test_a_disagreement_holds_the_child(cast: Cast) -> None:
    contact = answered(cast, "A06", chosen=choice())
    assert "contact_disagreed_is_held" in refused(
        lambda: Contact.objects.filter(pk=contact.pk).update(state="disagreed", held_rank=None)
    )


def test_what_the_raiser_said_is_written_once(cast: Cast) -> None:
    contact = raised(cast, "A06")
    for change in (
        {"account": "Other words."},
        {"raised_by": cast.gp},
        {"received_at": MONDAY - timedelta(days=1)},
    ):
        assert "Cannot" in refused(
            lambda change=change: Contact.objects.filter(pk=contact.pk).update(**change)
        )


def test_having_looked_is_not_having_written(cast: Cast) -> None:
    contact = raised(cast, "A06")
    check_now()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_event SET verb = 'see_as_hub'")
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
    assert "without an audit event" in refused(
        lambda: SignRecorded.objects.create(contact=contact, sign="A06", evidence="seen", at=MONDAY)
    )
