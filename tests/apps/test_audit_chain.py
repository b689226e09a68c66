"""The chain over the log: each way of tampering shows, and so does writing that is not guarded."""

import threading
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from openmash.apps.audit.actions import record
from openmash.apps.audit.models import Event, Seal, SealedEvent
from openmash.apps.audit.sealing import seal
from openmash.apps.audit.verifying import faults_of_the_chain, faults_of_writing, head
from openmash.apps.concerns.models import Contact
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)


def write(count: int = 1) -> None:
    for number in range(count):
        record(by=None, verb="test", subject_kind="contact", subject_id=number, ground="a test", now=MONDAY)


def behind_its_back(*statements: str) -> None:
    """What somebody can do who owns the database: guards off, rows changed, guards on."""
    with connection.cursor() as cursor, transaction.atomic():
        for table in ("audit_event", "audit_sealedevent", "audit_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        for table in ("audit_event", "audit_sealedevent", "audit_seal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def sealed() -> None:
    write(5)
    seal(MONDAY)
    write(5)
    assert seal(MONDAY) == 5
    assert SealedEvent.objects.count() == 10 and Seal.objects.count() == 2 and faults_of_the_chain([]) == []


def test_nothing_new_seals_nothing(sealed: None) -> None:
    assert seal(MONDAY) == 0 and Seal.objects.count() == 2


MIDDLE = "(SELECT event_id FROM audit_sealedevent WHERE number = 5)"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (f"UPDATE audit_event SET ground = 'nothing to see' WHERE id = {MIDDLE}", "was changed"),
        (f"UPDATE audit_event SET at = at + interval '1 second' WHERE id = {MIDDLE}", "was changed"),
        (f"UPDATE audit_event SET by_id = 7 WHERE id = {MIDDLE}", "was changed"),
        (f"UPDATE audit_event SET detail = '{{\"a\": 1}}' WHERE id = {MIDDLE}", "was changed"),
        (f"DELETE FROM audit_event WHERE id = {MIDDLE}", "was removed"),
        ("DELETE FROM audit_sealedevent WHERE number = 5", "Links 5 to 5 are missing"),
        ("UPDATE audit_sealedevent SET digest = repeat('0', 64) WHERE number = 5", "was changed"),
        ("UPDATE audit_seal SET digest = repeat('0', 64) WHERE number = 1", "Seal 1 does not fit"),
        ("DELETE FROM audit_sealedevent WHERE number > 8", "Seal 2 does not fit"),
        (
            "INSERT INTO audit_event (at, verb, subject_kind, subject_id, ground, outcome, detail, transaction)"
            " SELECT at, verb, subject_kind, subject_id, ground, outcome, detail, transaction FROM audit_event LIMIT 1",
            "put in after its time had been sealed",
        ),
        (
            "UPDATE audit_sealedevent SET event_id = CASE number WHEN 5 THEN -6 ELSE -5 END WHERE number IN (5, 6)",
            "was removed",
        ),
    ],
)
def test_tampering_shows(sealed: None, statement: str, said: str) -> None:
    behind_its_back(statement)
    assert any(said in fault for fault in faults_of_the_chain([])), faults_of_the_chain([])


def test_a_chain_made_anew_shows_against_a_digest_kept_elsewhere(sealed: None) -> None:
    kept = head()
    behind_its_back(
        "UPDATE audit_event SET ground = 'nothing to see'",
        "DELETE FROM audit_sealedevent",
        "DELETE FROM audit_seal",
    )
    assert seal(MONDAY) == 10
    assert faults_of_the_chain([]) == []
    assert any("the chain was made anew" in fault for fault in faults_of_the_chain([kept]))
    behind_its_back("TRUNCATE audit_event, audit_sealedevent, audit_seal")
    assert any("the chain has only 0" in fault for fault in faults_of_the_chain([kept]))


def in_another_connection(work: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_what_an_older_transaction_writes_late_is_sealed_after_it(sealed: None) -> None:
    """Given a transaction that has written and not ended, nothing newer is sealed, and then all of it is."""
    written, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write()
            written.set()
            assert may_end.wait(10)

    thread = in_another_connection(slow)
    assert written.wait(10)
    write(3)
    assert seal(MONDAY) == 0
    may_end.set()
    thread.join()
    assert seal(MONDAY) == 4 and faults_of_the_chain([]) == []


def test_several_who_seal_at_once_make_one_chain() -> None:
    write(200)
    threads = [in_another_connection(lambda: seal(MONDAY)) for _ in range(4)]
    for thread in threads:
        thread.join()
    assert SealedEvent.objects.count() == Event.objects.count() and faults_of_the_chain([]) == []


def test_after_a_move_to_another_server_every_event_is_still_sealed_once(sealed: None) -> None:
    behind_its_back("UPDATE audit_seal SET cluster = 'another', horizon = horizon + 1000000")
    write(2)
    assert seal(MONDAY) == 2 and faults_of_the_chain([]) == []
    write(1)
    assert seal(MONDAY) == 1


def test_a_guard_that_is_off_or_missing_is_found() -> None:
    assert faults_of_writing(MONDAY) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE concerns_contact DISABLE TRIGGER USER")
        found = faults_of_writing(MONDAY)
        cursor.execute("ALTER TABLE concerns_contact ENABLE TRIGGER USER")
        assert any("“audited” of concerns_contact is switched off" in fault for fault in found)
        cursor.execute("SET session_replication_role = replica")
        found = faults_of_writing(MONDAY)
        cursor.execute("SET session_replication_role = origin")
    assert any("Triggers are off for this connection" in fault for fault in found)
    assert faults_of_writing(MONDAY) == []


def test_sealing_that_does_not_keep_up_is_found() -> None:
    write()
    written = Event.objects.get().written_at
    assert faults_of_writing(written + timedelta(minutes=5)) == []
    assert "1 events are older than 15 minutes" in faults_of_writing(written + timedelta(minutes=16))[0]


def test_the_command_keeps_digests_and_fails_when_something_is_wrong(tmp_path: Path) -> None:
    anchors, said = tmp_path / "digests.txt", StringIO()
    write(3)
    call_command("check_audit", anchors=anchors, stdout=said)
    call_command("check_audit", anchors=anchors, stdout=said)
    assert anchors.read_text().count("\n") == 1 and anchors.read_text().startswith("3 ")
    assert "3 events are as they were written" in said.getvalue()
    behind_its_back("UPDATE audit_event SET verb = 'other'")
    with pytest.raises(CommandError):
        call_command("check_audit", anchors=anchors, stdout=said)
    anchors.write_text("three\n")
    with pytest.raises(CommandError, match="Line 1"):
        call_command("check_audit", anchors=anchors, stdout=said)


HOLLOW = """CREATE OR REPLACE FUNCTION {name}() RETURNS TRIGGER AS $$ BEGIN RETURN NULL; END; $$ LANGUAGE plpgsql"""
STANDS_ASIDE = """CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
    AS $$ BEGIN RETURN TRUE; END; $$ LANGUAGE plpgsql"""
NEVER = """DROP TRIGGER {name} ON concerns_contact; CREATE CONSTRAINT TRIGGER {name} AFTER INSERT OR UPDATE
    ON concerns_contact DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (false) EXECUTE PROCEDURE {name}()"""
ON_DELETE = """DROP TRIGGER {name} ON concerns_contact; CREATE TRIGGER {name} AFTER DELETE
    ON concerns_contact FOR EACH ROW EXECUTE PROCEDURE {name}()"""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (HOLLOW, "“audited” of concerns_contact has another function"),
        ("ALTER FUNCTION {name}() SET pgtrigger.ignore = '{{{name}}}'", "has another function"),
        (STANDS_ASIDE, "The function that every guard asks whether to stand aside was replaced"),
        (NEVER, "“audited” of concerns_contact is put on otherwise"),
        (ON_DELETE, "“audited” of concerns_contact is put on otherwise"),
        ("ALTER DATABASE {database} SET session_replication_role = replica", "switches guards off"),
        ("ALTER DATABASE {database} SET \"pgtrigger.ignore\" = '{{x}}'", "switches guards off"),
        ("DROP TRIGGER {name} ON concerns_contact", "“audited” of concerns_contact is missing"),
    ],
)
def test_a_guard_made_harmless_in_another_way_is_found(statement: str, said: str) -> None:
    """Given a guard that is there and on, and does nothing, when the log is checked, then that is said."""
    trigger = next(each for each in Contact._meta.triggers if each.name == "audited")  # type: ignore[attr-defined]
    names = {"name": trigger.get_pgid(Contact), "database": connection.settings_dict["NAME"]}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement.format(**names))
        found = faults_of_writing(MONDAY)
        transaction.set_rollback(True)
    assert len(found) == 1 and said in found[0], found
    assert faults_of_writing(MONDAY) == []


def test_the_first_sealing_on_a_database_that_was_moved_takes_every_event() -> None:
    """Given events that another server counted, far ahead of this one, when sealed first, then all of them are."""
    write(3)
    behind_its_back("UPDATE audit_event SET transaction = transaction + 1000000000")
    write(2)
    assert seal(MONDAY) == 5 and faults_of_the_chain([]) == []
    write(1)
    assert seal(MONDAY) == 1 and faults_of_the_chain([]) == []
