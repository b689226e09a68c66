"""The review of the hub's own records: for whoever leads on the threshold, in the localities where they lead.

Restricted records are counted like all others: what leaves the review are counts of six or more. Deaths, moves to
another area and care are no events of the hub's own, so everybody is followed to the end of last month.
"""

import hashlib
from dataclasses import fields
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import transaction

from openmash.apps.access.grounds import localities_for
from openmash.apps.access.viewers import viewer_of
from openmash.apps.audit.actions import record
from openmash.apps.concerns.case import day_of
from openmash.apps.directory.models import Person
from openmash.apps.policy.permission import permitted
from openmash.apps.policy.rules import LEADS_ON_THE_THRESHOLD
from openmash.apps.review.local.gathered import gathered
from openmash.apps.review.local.review import Local, local

LEADS_EVERYWHERE = "policy_lead"
KEPT_FOR = 24 * 60 * 60


def last_whole_month(today: date) -> date:
    """The last day of the month before: within a month the review does not change from day to day."""
    return today.replace(day=1) - timedelta(days=1)


@transaction.atomic
def own_review(*, by: Person, now: datetime) -> Local:
    """The review of every concern received up to the end of last month where this person leads.

    It is worked out once a day for each choice of localities, and kept as it may be shown: no count of a few and no
    record of anybody is kept. Each reading is recorded.

    Raises:
        Refused: this person does not lead on the threshold.
    """
    ground = permitted("see_local_review", "policy", "local_review", by=by, now=now)
    places, today = _places(by, now), day_of(now)
    last = last_whole_month(today)
    review = _of_the_day(places, today, last)
    record(
        by=by,
        verb="see_local_review",
        subject_kind="policy",
        subject_id="local_review",
        ground=ground,
        now=now,
        detail={"up_to": last.isoformat()},
    )
    return review


def _of_the_day(places: frozenset[int] | None, today: date, last: date) -> Local:
    """From the cache where it is; what was kept by software in which a review had other parts is no review."""
    parts = [part.name for part in fields(Local)]
    what = hashlib.sha256(repr((None if places is None else sorted(places), parts)).encode()).hexdigest()
    kept: Local | None = cache.get(key := f"own-review/{today}/{what}")
    if kept is None:
        kept = local(gathered(places, last))
        cache.set(key, kept, KEPT_FOR)
    return kept


@transaction.atomic
def may_review_a_file(*, by: Person, now: datetime, concerns: int | None = None) -> None:
    """Whether this person may review concerns from a file; once one was read, that is recorded.

    Nothing of the file is kept.

    Raises:
        Refused: this person does not lead on the threshold.
    """
    ground = permitted("see_local_review", "policy", "review_of_a_file", by=by, now=now)
    if concerns is not None:
        record(
            by=by,
            verb="see_local_review",
            subject_kind="policy",
            subject_id="review_of_a_file",
            ground=ground,
            now=now,
            detail={"concerns": concerns},
        )


def _places(by: Person, now: datetime) -> frozenset[int] | None:
    """The localities this person may review; None for all."""
    viewer = viewer_of(by, day_of(now))
    if any(role == LEADS_EVERYWHERE for role, _ in viewer.roles):
        return None
    return localities_for(viewer, LEADS_ON_THE_THRESHOLD)
