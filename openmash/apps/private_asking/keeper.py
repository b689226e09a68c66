"""The keeper's part: looks outputs up among the holder's, and says one word. It has no use for the key.

Only this module reads `PreparedOutput`. The keeper learns which prepared numbers are alike to what was asked,
and never who that is: outputs are pseudo-random without the key, and padding looks like the rest.
"""

import hashlib
import hmac
import time
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection

from openmash.apps.private_asking.limits import Limits
from openmash.apps.private_asking.models import HolderKey
from openmash.apps.private_asking.sealing import lot_key
from openmash.apps.private_asking.shields import shielded_among
from openmash.engines.matching.private.kinds import Kind, of_mask
from openmash.engines.matching.private.messages import Answered, Finished
from openmash.engines.matching.private.weighing import MOST_SHARED, Hit, HitWeights, could_be_meant, say

FIND = """
    SELECT asked.output, found.person_id, found.kind, person.kinds
    FROM unnest(%s::bigint[]) AS asked (output)
    CROSS JOIN LATERAL (
        SELECT person_id, kind FROM private_asking_preparedoutput
        WHERE key_id = %s AND output = asked.output
        LIMIT %s
    ) AS found
    JOIN private_asking_preparedperson AS person ON person.id = found.person_id
"""
"""One round trip. One more row than is used shows that a token is too common."""

ANSWERED_AFTER = 0.25
"""Seconds from when a question comes in to when its answer goes out, whatever was found. Finding out whether a
child is shielded takes time when there is somebody alike, and without this a watch would show what the lot hides."""


def answer_for(
    key: HolderKey, message: bytes, *, person_before: bool, limits: Limits, weights: HitWeights, now: datetime
) -> bytes:
    """The answer to a `Finished`, both as they would travel.

    person_before: a person has had to answer about this case before. Then it stays so, whatever is asked:
    neither asking again, nor asking about an invented child, shows why it was.

    Raises:
        MessageRefused: no honest asker sends this.
    """
    began = time.monotonic()
    finished = Finished.from_bytes(message)
    hits = hits_of(key, finished.outputs)
    alike = could_be_meant(hits, asked=finished.kinds, weights=weights)
    shielded = shielded_among(alike, now=now)
    by_lot = person_by_lot(lot_key(bytes(key.sealed_seed)), finished.question, limits.person_answers_one_in)
    said = say(
        hits, asked=finished.kinds, shielded=shielded, person_by_lot=by_lot or person_before, weights=weights
    )
    time.sleep(max(0.0, ANSWERED_AFTER - (time.monotonic() - began)))
    return Answered(finished.question, said).as_bytes()


def hits_of(key: HolderKey, outputs: Collection[int]) -> list[Hit]:
    """Outputs that are among the holder's, each with whose it is and how many share it."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [sorted(set(outputs)), key.pk, MOST_SHARED + 1])
        rows = cursor.fetchall()
    shared: dict[int, set[int]] = {}
    for output, person, _kind, _kinds in rows:
        shared.setdefault(output, set()).add(person)
    return [
        Hit(person, Kind(kind), shared_by=len(shared[output]), has=of_mask(kinds))
        for output, person, kind, kinds in rows
        if len(shared[output]) <= MOST_SHARED
    ]


def person_by_lot(secret: bytes, question: UUID, one_in: int) -> bool:
    """Whether a person answers this question by lot.

    Drawn for each question by itself: were it one lot for a whole case, a question about an invented child
    would show how it fell, and so whether another answer on that case was by lot.
    """
    drawn = hmac.digest(secret, question.bytes, hashlib.sha256)
    return int.from_bytes(drawn, "big") % one_in == 0
