"""A chain over the log, so that a row which was changed, removed or put in afterwards shows.

Each link is the SHA-256 of the digest before it and of one event as text, in the order of transactions. Sealing is
a step of its own and not part of a write: a chain that every transaction had to take hold of would let one person
at a time save anything. What a transaction writes can be sealed once it and all older ones have ended; until then,
normally for less than a minute, the row is protected by the append-only trigger alone.

Whoever can change rows as the database's owner can also work the whole chain out again. That shows only against a
digest that was kept elsewhere: see `anchors`.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction

from openmash.apps.audit.models import Seal, SealedEvent

BEFORE_THE_FIRST = "0" * 64
LOCK = 26_11_2026_01
AT_A_TIME = 5_000

# The event as text: the same on every server, whatever its time zone and date style.
AS_TEXT = """jsonb_build_array(
    e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    to_char(e.written_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    e.by_id, e.verb, e.subject_kind, e.subject_id, e.ground, e.outcome, e.detail, e.transaction)::text"""


def digest_after(digest: str, event: str) -> str:
    """The digest of a link: of the link before it, and the event as text."""
    return hashlib.sha256(f"{digest}\n{event}".encode()).hexdigest()


def seal(now: datetime) -> int:
    """Seal every event that can be; gives how many. Two at once wait for one another."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cluster, horizon = where_we_are()
        before = Seal.objects.order_by("-number").first()
        number, digest = (before.last_link, before.digest) if before else (0, BEFORE_THE_FIRST)
        links = []
        for event_id, text in _unsealed(before, cluster, horizon):
            number, digest = number + 1, digest_after(digest, text)
            links.append(SealedEvent(number=number, event_id=event_id, digest=digest))
        if links or before is None:
            SealedEvent.objects.bulk_create(links, batch_size=AT_A_TIME)
            Seal.objects.create(
                number=before.number + 1 if before else 1,
                at=now,
                cluster=cluster,
                horizon=horizon,
                last_link=number,
                digest=digest,
            )
        return len(links)


def where_we_are() -> tuple[str, int]:
    """Which PostgreSQL this is, and the number below which every transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT system_identifier::text FROM pg_control_system()),"
            " pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        )
        cluster, horizon = cursor.fetchone()
    return cluster, horizon


def _unsealed(before: Seal | None, cluster: str, horizon: int) -> Iterator[tuple[int, str]]:
    """Events that no link holds, of transactions that have ended, in the order of transactions.

    On the same PostgreSQL all events below the last horizon are sealed. The first time, and after a move to another
    PostgreSQL, transactions may have been counted elsewhere, and only looking at each event tells. Every event that
    can be read was committed; what an open transaction writes has a number above the horizon, and comes next time.
    """
    known = before is not None and before.cluster == cluster
    least = before.horizon if before is not None and known else None
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT e.id, {AS_TEXT} FROM audit_event e
            WHERE (%s::bigint IS NULL OR e.transaction >= %s::bigint)
              AND (e.transaction < %s OR NOT %s)
              AND NOT EXISTS (SELECT 1 FROM audit_sealedevent l WHERE l.event_id = e.id)
            ORDER BY e.transaction, e.id
            """,  # noqa: S608 -- AS_TEXT is ours
            [least, least, horizon, known],
        )
        while rows := cursor.fetchmany(AT_A_TIME):
            yield from rows
