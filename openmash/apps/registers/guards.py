"""The one exception from "nothing is lost": what was made of a register goes when its agency's day has gone by."""

import pgtrigger

OF_REGISTER = "r.id = OLD.register_id"
OF_RUN = (
    "EXISTS (SELECT 1 FROM registers_linkingrun run "
    "WHERE run.id = OLD.run_id AND r.id IN (run.one_id, run.other_id))"
)


def append_only_until_its_day(whose: str) -> pgtrigger.Trigger:
    """Rows may be added, and never changed; removed only with a register whose day has gone by.

    Held by the database, and by its own clock, whatever the Python above it says: without an event that this very
    register is erased, in the same transaction, nothing goes. `whose` says which registers a row was made of.
    """
    # Only names of our own tables and columns are put in: nothing that anybody typed.
    return pgtrigger.Trigger(
        name="append_only",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=rf"""
            IF TG_OP = 'DELETE' AND EXISTS (
                SELECT 1 FROM registers_register r
                WHERE {whose}
                  AND r.keep_until < (now() AT TIME ZONE 'Europe/London')::date
                  AND EXISTS (
                      SELECT 1 FROM audit_event
                      WHERE transaction = pg_current_xact_id()::text::bigint
                        AND outcome = 'done' AND verb = 'erase_register'
                        AND subject_kind = 'register' AND subject_id = r.id::text
                  )
            ) THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'Cannot update or delete rows from % table before their day', TG_TABLE_NAME;
        """,  # noqa: S608
    )
