"""Database guards that other apps put on their tables. They hold whatever the Python above them does."""

import pgtrigger


def append_only() -> pgtrigger.Trigger:
    """Rows may be added, never changed or removed."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def never_deleted() -> pgtrigger.Trigger:
    """Rows may change, but nothing that was recorded disappears."""
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)


class Kept(pgtrigger.Trigger):
    """Rows of a record stay as long as the record does. They go with it, and not by any other way.

    A record goes by a row of `keeping.Removed`, which two people decided and no hold stands against; the parts of it
    that go are named beside, in the same transaction (`keeping.RemovedPart`). `kind` and `subject` say of which record
    a row is: the kind, as in the log, and the column that holds its identifier.
    """

    def __init__(self, kind: str, subject: str, *, name: str, protects: pgtrigger.Operation) -> None:
        self.kind, self.subject = kind, subject
        super().__init__(
            name=name,
            level=pgtrigger.Row,
            when=pgtrigger.Before,
            operation=protects,
            # Only names of our own tables and columns are put in: nothing that anybody typed.
            func=rf"""
                IF TG_OP = 'DELETE' AND EXISTS (
                    SELECT 1 FROM keeping_removedpart
                    WHERE transaction = pg_current_xact_id()::text::bigint
                      AND kind = '{kind}' AND subject_id = OLD.{subject}::text
                ) THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION 'Cannot update or delete rows from % table', TG_TABLE_NAME;
            """,  # noqa: S608
        )


def kept(kind: str, subject: str) -> list[pgtrigger.Trigger]:
    """Rows of a record that may be added, never changed, and go only with the record; each write with its event."""
    both = pgtrigger.Update | pgtrigger.Delete
    return [Kept(kind, subject, name="append_only", protects=both), audited(kind, subject)]


def kept_moving(kind: str, subject: str) -> list[pgtrigger.Trigger]:
    """The same for rows of a record that may change."""
    return [Kept(kind, subject, name="never_deleted", protects=pgtrigger.Delete), audited(kind, subject)]


def audited(kind: str, subject: str) -> pgtrigger.Trigger:
    """No write without an event about the same subject in the same transaction.

    Checked when the transaction commits, so that an action may write and record in either order. To have looked
    is not to have written: events of looking do not count.
    `subject` is the column of the row that holds the subject's identifier.
    """
    return pgtrigger.Trigger(
        name="audited",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        # Only names of our own tables and columns are put in: nothing that anybody typed.
        func=rf"""
            IF NOT EXISTS (
                SELECT 1 FROM audit_event
                WHERE transaction = pg_current_xact_id()::text::bigint
                  AND outcome = 'done' AND verb NOT LIKE 'see\_%' AND verb <> 'prove_by_code'
                  AND subject_kind = '{kind}'
                  AND subject_id = NEW.{subject}::text
            ) THEN
                RAISE EXCEPTION 'write to % without an audit event', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        """,  # noqa: S608
    )
