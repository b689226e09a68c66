"""The lookup of people by their keys, as text of SQL. It knows nothing of Django: the benchmark runs the same text.

One round trip. Each key asked for is read from the primary key of `families_matchkey` alone, at most `PER_KEY` people
of each source, so that no name however common makes a lookup slow. Whoever was found gets points: for sharing keys
that few share (a million over the number of people of their source with the key, added up, as a logarithm), and for
what the sketch beside the key agrees and disagrees with (`openmash.engines.matching.keys.sketch`). The points only say
who is worth comparing in full. The best `MOST` of each source come back with what is known of them: however large the
registers are, they leave descriptions on concerns their own places. Those with equal points are in the order of their
numbers, so that the same question always has the same answer. People of registers have numbers below nought, which is
all that tells a source in the table of keys.

The points were set on invented people whose seed is used for nothing else; with any one of them half as large or
half as large again, hardly anybody changes place. Tried beside it: arrays (slower, for the planner reads each key three
times), and shared keys alone (in a whole country too many share a key with somebody of whom much is wrong).
"""

from collections.abc import Collection
from typing import Any

from openmash.engines.matching.keys.sketch import DAY, DISTRICT, MONTH, PAIRS, PARENT, SEX, YEAR, Sought

PER_KEY = 500
MOST = 60


def _part(place: tuple[int, int]) -> str:
    first, bits = place
    return f"(sketch >> {first} & {(1 << bits) - 1})"


# Only numbers of our own are put into the text: where the parts of a sketch lie.
LOOKUP = f"""
    WITH found AS (
        SELECT hit.person_id, hit.sketch, 1000000 / count(*) OVER (PARTITION BY asked.key, hit.person_id > 0) AS telling
        FROM unnest(%(keys)s::bigint[]) AS asked (key)
        CROSS JOIN LATERAL (
            (SELECT person_id, sketch FROM families_matchkey
             WHERE key = asked.key AND person_id > 0 ORDER BY person_id LIMIT %(per_key)s)
            UNION ALL
            (SELECT person_id, sketch FROM families_matchkey
             WHERE key = asked.key AND person_id < 0 ORDER BY person_id DESC LIMIT %(per_key)s)
        ) AS hit
    ), person AS (
        SELECT person_id, sum(telling) AS telling, max(sketch) AS sketch FROM found GROUP BY person_id
    ), sketched AS (
        SELECT person_id, telling, bit_count((sketch & %(pairs)s)::bit(64)) AS shared,
            bit_count((sketch & {(1 << PAIRS) - 1})::bit(64)) + %(asked_pairs)s AS either,
            {_part(SEX)} AS sex, {_part(YEAR)} AS year, {_part(DAY)} AS day, {_part(MONTH)} AS month,
            {_part(DISTRICT)} AS district, {_part(PARENT)} AS parent
        FROM person
    ), pointed AS (
        SELECT person_id, 2.2 * ln(telling::float8) + 18.0::float8 * shared / greatest(either - shared, 1)
            + CASE WHEN sex = 0 OR %(sex)s = 0 THEN 0 WHEN sex = %(sex)s THEN 1 ELSE -4 END
            + CASE WHEN year = 0 OR NOT %(years_known)s THEN 0 WHEN year = ANY (%(same_years)s::bigint[]) THEN 4
                WHEN year = ANY (%(near_years)s::bigint[]) THEN 2 ELSE -3 END
            + CASE WHEN day = 0 OR %(day)s = 0 THEN 0 WHEN day = %(day)s AND month = %(month)s THEN 6
                WHEN day = %(swapped_day)s AND month = %(swapped_month)s THEN 6
                WHEN day = %(day)s OR month = %(month)s THEN 2 ELSE -2 END
            + CASE WHEN district = 0 OR NOT %(districts_known)s THEN 0
                WHEN district = ANY (%(districts)s::bigint[]) THEN 6 ELSE -1 END
            + CASE WHEN parent = ANY (%(parents)s::bigint[]) THEN 5 ELSE 0 END AS points
        FROM sketched
    ), ranked AS (
        SELECT person_id, points, row_number() OVER (
            PARTITION BY person_id > 0 ORDER BY points DESC, abs(person_id)
        ) AS place
        FROM pointed
    )
    SELECT person.id, person.source, person.record_id, person.described
    FROM ranked AS best JOIN families_indexedperson AS person ON person.id = best.person_id
    WHERE best.place <= %(most)s
    ORDER BY best.points DESC, abs(person.id)
"""  # noqa: S608


def parameters(keys: Collection[int], sought: Sought) -> dict[str, Any]:
    """What `LOOKUP` is executed with."""
    return sought._asdict() | {
        "keys": sorted(keys),
        "asked_pairs": sought.pairs.bit_count(),
        "years_known": bool(sought.same_years or sought.near_years),
        "districts_known": bool(sought.districts),
        "per_key": PER_KEY,
        "most": MOST,
    }
