"""Sealing holders' keys under the secret of today, so that the secret of before can be forgotten."""

from datetime import datetime

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.private_asking.models import HolderKey
from openmash.apps.private_asking.sealing import sealed_anew

BY_COMMAND = "by whoever runs this service, after its secret was changed"


@acting
@transaction.atomic
def reseal_keys(*, now: datetime) -> list[HolderKey]:
    """Each agency's key in use, sealed anew: prepared answers stay good, and nothing opens with the old secret.

    All or none. If the old secret became known, copies of the database open with it: prepare answers again instead.

    Raises:
        CannotBeAsked: a key was sealed under a secret that this installation no longer has.
    """
    keys = list(HolderKey.objects.select_for_update(of=("self",)).select_related("agency"))
    in_use = {key.agency_id: key for key in keys}
    for key in in_use.values():
        key.sealed_seed = sealed_anew(bytes(key.sealed_seed))
        key.save(update_fields=["sealed_seed"])
        record(
            by=None,
            verb="reseal_key",
            subject_kind="private_answers",
            subject_id=key.agency_id,
            ground=BY_COMMAND,
            now=now,
        )
    return list(in_use.values())
