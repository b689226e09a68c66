"""Database guards that other apps put on their tables. They hold whatever the Python above them does."""

import pgtrigger


def append_only() -> pgtrigger.Trigger:
    """Rows may be added, never changed or removed."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def never_deleted() -> pgtrigger.Trigger:
    """Rows may change, but nothing that was recorded disappears."""
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)


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
