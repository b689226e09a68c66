"""The lookup of people by their keys, as text of SQL. It knows nothing of Django: the benchmark runs the same text.

One round trip. Each key asked for is read from the primary key of `families_matchkey` alone, at most `PER_KEY` people
of each source, so that no name however common makes a lookup slow. A key that few share says more: people are put in
order by the sum of a million over the number of people of their source with each key they share, in whole numbers, and
then by their own number, so that the same question always has the same answer. The best `MOST` of each source come back
with what is known of them: however large the registers are, they leave descriptions on concerns their own places.
People of registers have numbers below nought, which is all that tells a source in the table of keys.

Tried beside it: arrays (slower, for the planner reads each key three times), and the logarithm in place of the
share (hardly anybody changes place).
"""

from collections.abc import Collection

PER_KEY = 500
MOST = 60

LOOKUP = """
    WITH found AS (
        SELECT hit.person_id, hit.person_id > 0 AS described,
            1000000 / count(*) OVER (PARTITION BY asked.key, hit.person_id > 0) AS telling
        FROM unnest(%(keys)s::bigint[]) AS asked (key)
        CROSS JOIN LATERAL (
            (SELECT person_id FROM families_matchkey
             WHERE key = asked.key AND person_id > 0 ORDER BY person_id LIMIT %(per_key)s)
            UNION ALL
            (SELECT person_id FROM families_matchkey
             WHERE key = asked.key AND person_id < 0 ORDER BY person_id DESC LIMIT %(per_key)s)
        ) AS hit
    ), ranked AS (
        SELECT person_id, sum(telling) AS telling, row_number() OVER (
            PARTITION BY described ORDER BY sum(telling) DESC, abs(person_id)
        ) AS place
        FROM found GROUP BY person_id, described
    )
    SELECT person.id, person.source, person.record_id, person.described
    FROM ranked AS best JOIN families_indexedperson AS person ON person.id = best.person_id
    WHERE best.place <= %(most)s
    ORDER BY best.telling DESC, abs(person.id)
"""


def parameters(keys: Collection[int]) -> dict[str, list[int] | int]:
    """What `LOOKUP` is executed with."""
    return {"keys": sorted(keys), "per_key": PER_KEY, "most": MOST}
