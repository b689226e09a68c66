"""Whoever carries out a run holds a lock of the database while their process lives: nobody waits for a dead one."""

from uuid import UUID

from django.db import connection

IS_HELD = """
    SELECT EXISTS (
        SELECT 1 FROM pg_locks
        WHERE locktype = 'advisory' AND granted AND objsubid = 2
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND classid = (hashtext('registers.run')::bigint & 4294967295)::oid
          AND objid = (hashtext(%s)::bigint & 4294967295)::oid
    )
"""
TRY = "SELECT pg_try_advisory_lock(hashtext('registers.run'), hashtext(%s))"
LET_GO = "SELECT pg_advisory_unlock(hashtext('registers.run'), hashtext(%s))"


def is_held(run: UUID) -> bool:
    """Whether some process has this run in hand, this one included."""
    return _asked(IS_HELD, run)


def hold(run: UUID) -> bool:
    """Take the run in hand, until `let_go` or the end of this process's connection; False while anybody has it."""
    return not is_held(run) and _asked(TRY, run)


def let_go(run: UUID) -> None:
    """Leave the run to others."""
    _asked(LET_GO, run)


def _asked(question: str, run: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [str(run)])
        (answer,) = cursor.fetchone()
    return bool(answer)
