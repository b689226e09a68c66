"""Saying that one has read the version in force."""

from datetime import datetime

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.policy.errors import VersionNotInForce
from openmash.apps.policy.models import Acknowledgement
from openmash.apps.policy.permission import permitted
from openmash.apps.policy.queries.versions import in_force


@acting
@transaction.atomic
def acknowledge(*, policy_id: int, by: Person, now: datetime) -> Acknowledgement:
    """`by` has read the version in force. Saying so again changes nothing.

    Raises:
        NoPolicyInForce: there is none.
        VersionNotInForce: it is another version that is in force.
    """
    ground = permitted("acknowledge", "policy", policy_id, by=by, now=now)
    if in_force(now).pk != policy_id:
        raise VersionNotInForce
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # two clicks at once: the second waits
    before = Acknowledgement.objects.filter(person=by, policy_id=policy_id).first()
    if before is not None:
        return before
    made = Acknowledgement.objects.create(person=by, agency_id=by.agency_id, policy_id=policy_id, at=now)
    record(by=by, verb="acknowledge", subject_kind="policy", subject_id=policy_id, ground=ground, now=now)
    return made
