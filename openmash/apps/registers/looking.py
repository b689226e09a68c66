"""Looking at pairs: which still need somebody, and the trace of every look."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.registers.models import LinkingRun, Pair
from openmash.apps.registers.permission import permitted


def looks_wanted(run: LinkingRun) -> QuerySet[Pair]:
    """Pairs that still need somebody's word: one, or two where the lot fell on them."""
    counted = Count("said", filter=Q(said__taken_back__isnull=True))
    return run.pairs.annotate(looks=counted).filter(Q(looks=0) | Q(looks=1, second_look=True))


@transaction.atomic
def note_look(run: LinkingRun, verb: str, detail: Mapping[str, Any], *, by: Person, now: datetime) -> str:
    """Write down that somebody looked, and give the ground on which they may.

    Raises:
        Refused: they may not.
    """
    ground = permitted(
        "review_pairs", run.one.agency, run.other.agency, by=by, now=now, subject=("linking_run", run.pk)
    )
    record(
        by=by,
        verb=verb,
        subject_kind="linking_run",
        subject_id=run.pk,
        ground=ground,
        now=now,
        detail=dict(detail),
    )
    return ground
