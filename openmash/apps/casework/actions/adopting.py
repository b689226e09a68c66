"""Adopting a version of the practice."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.casework.meeting_kinds import MEETINGS
from openmash.apps.casework.models import PracticeAdopted
from openmash.apps.casework.pathway import EVENTS
from openmash.apps.casework.stages import Stage
from openmash.apps.directory.models import AgencyKind, Person
from openmash.dated_texts import Fault, Faults
from openmash.engines.pathway import check, parse


@acting
def faults_in(texts: Mapping[str, str]) -> list[Fault]:
    """Everything that keeps these texts from being adopted."""
    try:
        practice = parse(texts)
    except Faults as wrong:
        return list(wrong.faults)
    return check(
        practice, stages=list(Stage), events=EVENTS, meetings=list(MEETINGS), agency_kinds=AgencyKind.values
    )


@acting
@transaction.atomic
def adopt_practice(
    *, texts: Mapping[str, str], in_force_from: datetime, decision: str, by: Person | None, now: datetime
) -> PracticeAdopted:
    """Adopt the practice these texts describe. `decision` says who decided and why.

    Raises:
        Faults: the texts are not a practice, or do not fit the pathway.
    """
    faults = faults_in(texts)
    if faults:
        raise Faults(faults)
    practice = parse(texts)
    before = PracticeAdopted.objects.filter(name=practice.id, version=practice.version).first()
    if before is not None and before.digest != practice.digest:
        said = f"{before} was adopted with other texts, under which work has begun."
        raise Faults([Fault("practice.toml", None, said, "Give the changed texts a version of their own.")])
    adopted = PracticeAdopted.objects.create(
        name=practice.id,
        version=practice.version,
        title=practice.title,
        digest=practice.digest,
        texts=dict(practice.texts),
        in_force_from=in_force_from,
        decision=decision,
        by=by,
        at=now,
    )
    record(
        by=by,
        verb="adopt_practice",
        subject_kind="practice",
        subject_id=adopted.pk,
        ground="adopted by the partnership",
        now=now,
        detail={"digest": practice.digest},
    )
    return adopted
