"""What left an agency and what did not, newest first: for those who lead it everything, for others what they wrote."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from openmash.apps.access.request_grounds import leads_agency
from openmash.apps.audit.actions import record
from openmash.apps.directory.models import Person
from openmash.apps.sharing.models import NotShared, Shared
from openmash.apps.sharing.permission import viewer_at

MOST_SHOWN = 200


@dataclass(frozen=True)
class Log:
    """`of_agency`: everything of the agency; otherwise only this person's own."""

    agency: str
    of_agency: bool
    shared: tuple[Shared, ...]
    not_shared: tuple[NotShared, ...]


@transaction.atomic
def look_at_log(*, by: Person, now: datetime) -> Log:
    """The log of one's own agency. The look is written down."""
    leads = leads_agency(viewer_at(by, now))
    whose = Q() if leads else Q(by=by)
    shared = Shared.objects.filter(whose, from_agency_id=by.agency_id).select_related("by", "request")
    not_shared = NotShared.objects.filter(whose, agency_id=by.agency_id).select_related("by", "request")
    record(
        by=by,
        verb="see_sharing_log",
        subject_kind="agency",
        subject_id=by.agency_id,
        ground="leads in the agency" if leads else "their own entries",
        now=now,
    )
    return Log(
        agency=by.agency.name,
        of_agency=leads,
        shared=tuple(shared.prefetch_related("fields").order_by("-id")[:MOST_SHOWN]),
        not_shared=tuple(not_shared.order_by("-id")[:MOST_SHOWN]),
    )
