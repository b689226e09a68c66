"""The keeper's part: looks outputs up among the holder's, and says one word. It has no use for the key.

Only this module reads `PreparedOutput`. The keeper learns which prepared numbers are alike to what was asked,
and never who that is: outputs are pseudo-random without the key, and padding looks like the rest.
"""

import hashlib
import hmac
from collections.abc import Collection
from uuid import UUID

from django.db import connection

from openmash.apps.private_asking.limits import Limits
from openmash.apps.private_asking.models import HolderKey, Shielding
from openmash.apps.private_asking.sealing import lot_key
from openmash.engines.matching.private.kinds import Kind, of_mask
from openmash.engines.matching.private.messages import Answered, Finished
from openmash.engines.matching.private.weighing import MOST_SHARED, Hit, HitWeights, say

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

SHIELDED = """
    SELECT DISTINCT person.id FROM private_asking_preparedperson AS person
    CROSS JOIN LATERAL unnest(person.record_ids) AS record (id)
    CROSS JOIN LATERAL (
        SELECT shielded FROM private_asking_shielding AS word
        WHERE word.agency_id = %s AND word.record_id = record.id
        ORDER BY word.id DESC LIMIT 1
    ) AS latest
    WHERE person.id = ANY(%s) AND latest.shielded
"""


def answer_for(
    key: HolderKey, message: bytes, *, person_before: bool, limits: Limits, weights: HitWeights
) -> bytes:
    """The answer to a `Finished`, both as they would travel.

    person_before: a person has had to answer about this case before. Then it stays so, whatever is asked:
    neither asking again, nor asking about an invented child, shows why it was.

    Raises:
        MessageRefused: no honest asker sends this.
    """
    finished = Finished.from_bytes(message)
    hits = hits_of(key, finished.outputs)
    shielded = _shielded(key, {hit.person for hit in hits})
    by_lot = person_by_lot(lot_key(bytes(key.sealed_seed)), finished.question, limits.person_answers_one_in)
    said = say(
        hits, asked=finished.kinds, shielded=shielded, person_by_lot=by_lot or person_before, weights=weights
    )
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


def _shielded(key: HolderKey, people: Collection[int]) -> frozenset[int]:
    if not people or not Shielding.objects.filter(agency_id=key.agency_id).exists():
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(SHIELDED, [key.agency_id, sorted(people)])
        return frozenset(person for (person,) in cursor.fetchall())


def person_by_lot(secret: bytes, question: UUID, one_in: int) -> bool:
    """Whether a person answers this question by lot.

    Drawn for each question by itself: were it one lot for a whole case, a question about an invented child
    would show how it fell, and so whether another answer on that case was by lot.
    """
    drawn = hmac.digest(secret, question.bytes, hashlib.sha256)
    return int.from_bytes(drawn, "big") % one_in == 0
