"""The two ways in which the log is written: what left, and what did not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Agency, Person
from openmash.apps.sharing.guides import grounds_for_agency, guide_in_force
from openmash.apps.sharing.models import NotShared, Request, Shared, SharedField
from openmash.engines.sharing import Guide


@dataclass(frozen=True)
class ToWhom:
    """Who gets it, or would have got it: an agency known here, or anybody in words."""

    words: str
    agency: Agency | None = None


@acting
def guide_at(now: datetime) -> Guide:
    """The dated text in force at this moment."""
    return guide_in_force(timezone.localtime(now).date())


@acting
def keep_shared(
    *,
    to: ToWhom,
    about: str,
    fields: Sequence[tuple[str, str]],
    grounds: Collection[str],
    by: Person,
    ground: str,
    now: datetime,
    request: Request | None = None,
) -> Shared:
    """Write down that these fields left the agency of `by`, each with what it said. `grounds` are ids of the text."""
    guide = guide_at(now)
    relied_on = [each for each in grounds_for_agency(by.agency, guide) if each.id in grounds]
    shared = Shared.objects.create(
        request=request,
        from_agency=by.agency,
        to_agency=to.agency,
        to_whom=to.words,
        about=about,
        grounds=[
            {"id": each.id, "name": each.name, "source": each.source, "to_be_confirmed": each.to_be_confirmed}
            for each in relied_on
        ],
        text_version=f"“{guide.title}”, version {guide.version}",
        by=by,
        at=now,
    )
    for label, text in fields:
        SharedField.objects.create(shared=shared, label=label, text=text)
    detail = {"to_agency": to.agency.pk if to.agency else None, "fields": len(fields)}
    record(
        by=by,
        verb="share",
        subject_kind="shared",
        subject_id=shared.pk,
        ground=ground,
        now=now,
        detail=detail,
    )
    return shared


@acting
def keep_not_shared(
    *,
    with_whom: str,
    about: str,
    what: str,
    reason: str,
    by: Person,
    ground: str,
    now: datetime,
    request: Request | None = None,
) -> NotShared:
    """Write down that this did not leave the agency of `by`, and why."""
    kept = NotShared.objects.create(
        request=request,
        agency=by.agency,
        with_whom=with_whom,
        about=about,
        what=what,
        reason=reason,
        by=by,
        at=now,
    )
    record(by=by, verb="not_share", subject_kind="not_shared", subject_id=kept.pk, ground=ground, now=now)
    return kept
