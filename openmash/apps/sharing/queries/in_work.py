"""What was asked of other agencies in the work with children, and has had no answer yet."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from openmash.apps.casework.queries.lists import cases_answered_for
from openmash.apps.directory.models import Person
from openmash.apps.sharing.models import Item, Request
from openmash.apps.sharing.rules import WAITING


def waiting_in_work(*, by: Person, now: datetime) -> tuple[Request, ...]:
    """Requests asked in work that this person answers for and still owed an answer, the longest waiting first.

    For the worklist, which shows no more of each than its agency, its reference and its day; the request itself is
    opened on its own page.
    """
    ours = cases_answered_for(by=by, now=now)
    found = _owed().filter(case__in=ours.values("pk"))
    return tuple(found.select_related("case__child", "case__birth", "asked_agency", "asked_person"))


def _owed() -> QuerySet[Request]:
    to_come = Item.objects.filter(request=OuterRef("pk"), answers__isnull=True)
    return Request.objects.filter(Exists(to_come), state__in=list(WAITING)).order_by("at")
