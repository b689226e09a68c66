"""Adopting a version of the threshold policy."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.policy.errors import VersionNotSound
from openmash.apps.policy.models import AdoptedPolicy
from openmash.apps.policy.queries.checking import release_report
from openmash.apps.policy.queries.versions import followed_by
from openmash.engines.thresholds import parse


@acting
@transaction.atomic
def adopt(
    *,
    texts: Mapping[str, str],
    in_force_from: datetime,
    decision: str,
    by: Person | None,
    now: datetime,
) -> AdoptedPolicy:
    """Adopt the policy these texts describe, from `in_force_from`. `decision` says who decided and why.

    For whoever sets the service up, with a policy that was agreed elsewhere (`by` is None then). A version
    written here is adopted with `drafting.adopt_draft`. Either way the whole of it is proved first.

    Raises:
        PolicyErrors: the texts do not make a policy; says file, row and what to write instead.
        VersionNotSound: it could not be proved, or an agreed example does not come out as agreed.
    """
    policy = parse(texts)
    earlier = followed_by(in_force_from)
    release = release_report(policy, earlier.policy if earlier else None)
    if not release.passes:
        raise VersionNotSound(release.why_not)
    adopted = AdoptedPolicy.objects.create(
        name=policy.id,
        version=policy.version,
        title=policy.title,
        digest=policy.digest,
        texts=dict(texts),
        in_force_from=in_force_from,
        adopted_at=now,
        adopted_by_id=by.pk if by else None,
        decision=decision,
    )
    record(
        by=by,
        verb="adopt",
        subject_kind="policy",
        subject_id=adopted.pk,
        ground="adopted by the partnership",
        now=now,
        detail={
            "digest": policy.digest,
            "examples_not_kept": [each.example for each in release.not_kept],
        },
    )
    return adopted
