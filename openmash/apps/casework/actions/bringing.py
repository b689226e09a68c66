"""Something new about a child reaches the work: each once, whoever linked it, and whatever came first.

Concerns know nothing of the work that follows from them. So what is new is looked for (`casework.missing`): every
few minutes by `send_what_is_due`, and when somebody who sees that it waits brings it at once. Its clock
counts from when it was told.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.audit.actions import record
from openmash.apps.casework.actions.timing import start_clocks
from openmash.apps.casework.missing import missing
from openmash.apps.casework.models import Case, NewInformation
from openmash.apps.casework.pathway import RECEIVED
from openmash.apps.casework.standing import open_stages
from openmash.apps.concerns.models import Contact, Information

GROUND = "somebody said that it is about this child"


@acting
def bring_what_is_new(*, now: datetime, cases: Iterable[Case] | None = None) -> list[NewInformation]:
    """Bring whatever is new to these cases, or to all of them; what was brought, by case."""
    wanted = Case.objects.all() if cases is None else Case.objects.filter(pk__in=[case.pk for case in cases])
    found = missing(list(wanted))
    return [new for case_id in sorted(found) for new in _bring_to(case_id, now)]


@transaction.atomic
def _bring_to(case_id: UUID, now: datetime) -> list[NewInformation]:
    # Looked for again under the lock: somebody else may have brought it a moment ago.
    case = Case.objects.select_for_update().get(pk=case_id)
    return [_bring(case, contact, more, now) for contact, more in missing([case]).get(case.pk, [])]


def _bring(case: Case, contact: Contact, more: Information | None, now: datetime) -> NewInformation:
    received = more.at if more is not None else contact.received_at
    new = NewInformation.objects.create(
        case=case, contact=contact, information=more, received_at=min(received, now), at=now
    )
    start_clocks(
        case, (RECEIVED,), (), open_stages(case), {"received": new.received_at}, now, about=about(new)
    )
    detail = {"new": new.pk, "contact": str(contact.pk)}
    record(
        by=None, verb=RECEIVED, subject_kind="case", subject_id=case.pk, ground=GROUND, now=now, detail=detail
    )
    return new


@acting
def about(new: NewInformation) -> str:
    """What its clock is for."""
    return f"information:{new.pk}"
