"""Which prepared people a person answers about: shielded children, in whatever words they were described.

A shield is put on one description and holds for the child. That is worked out when a question is answered and not
before, so that a link made a minute ago counts. It holds whichever agency is asked: that a school knows the child is
no less telling because the refuge's own list is silent.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection

from openmash.apps.families.models import Description
from openmash.apps.families.queries import WORTH_SHOWING, combined, described_all, look_up, same_people_as
from openmash.apps.private_asking.models import PreparedPerson, Shielding

IN_FORCE = """
    SELECT record_id FROM (
        SELECT DISTINCT ON (agency_id, record_id) record_id, shielded FROM private_asking_shielding
        WHERE record_id = ANY(%s) ORDER BY agency_id, record_id, id DESC
    ) AS latest WHERE shielded
"""
"""The latest word of each agency counts, and one agency cannot end what another decided."""


def shielded_among(prepared: Collection[int], *, now: datetime) -> frozenset[int]:
    """Those of these prepared people who are a shielded child, by what people linked or by how alike they are.

    Alike is meant widely: possibly the same, a brother, sister or twin, and too little known to tell count too.
    The price of one too many is a telephone call.
    """
    if not prepared or not Shielding.objects.exists():
        return frozenset()
    records = dict(PreparedPerson.objects.filter(pk__in=prepared).values_list("pk", "record_ids"))
    shielded = of_shielded_children({each for several in records.values() for each in several})
    return frozenset(
        person
        for person, several in records.items()
        if shielded & set(several) or _is_like_a_shielded_child(several, now)
    )


def of_shielded_children(records: Collection[UUID]) -> frozenset[UUID]:
    """Those of these descriptions that are shielded, or linked with one that is."""
    same = same_people_as(records)
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [list({one for several in same.values() for one in several})])
        in_force = {record for (record,) in cursor.fetchall()}
    return frozenset(each for each, several in same.items() if several & in_force)


def _is_like_a_shielded_child(records: Collection[UUID], now: datetime) -> bool:
    """Whether anybody in the index like this child is shielded. Only the shielded compete for being meant."""
    people = described_all(Description.objects.filter(pk__in=records))
    if not people:
        return False
    found = look_up(combined(people.values()), now=now, only=of_shielded_children)
    return any(each.match.sureness in WORTH_SHOWING for each in found)
