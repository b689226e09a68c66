"""Whether a meeting has everybody it needs."""

from collections.abc import Collection, Mapping

from openmash.engines.pathway.practice import Practice


def missing_from(
    practice: Practice, meeting: str, came: Collection[str], not_applying: Mapping[str, str]
) -> tuple[str, ...]:
    """Whom a meeting lacks, by the names of quorum.csv, in its order; empty: it is quorate.

    `came` are the kinds of agency at the table. `not_applying` gives, by name, the reason why somebody needed
    "where it applies" is not needed for these children: without a reason it applies.
    """
    return tuple(
        need.needed
        for need in practice.needs(meeting)
        if not need.agency_kinds & set(came)
        and (need.always or not not_applying.get(need.needed, "").strip())
    )
