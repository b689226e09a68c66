"""Whom one may ask: agencies in which somebody leads, and people by name."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from openmash.apps.access.request_grounds import LEADS_AN_AGENCY
from openmash.apps.directory.models import Person
from openmash.apps.directory.queries import holders_of


@dataclass(frozen=True)
class Whom:
    """Somebody who may be asked: whoever leads in an agency (`person_id` is empty), or a person there by name."""

    agency_id: int
    agency: str
    person_id: int | None = None
    person: str = ""


def agencies_with_leads(now: datetime) -> set[int]:
    """Agencies in which somebody answers for the agency."""
    leads = holders_of(LEADS_AN_AGENCY, timezone.localtime(now).date())
    return set(leads.values_list("agency_id", flat=True))


def whom_to_ask(by: Person, now: datetime) -> list[Whom]:
    """Everybody of other agencies, by agency: first whoever leads there, then people by name."""
    people = Person.objects.filter(is_active=True).exclude(agency_id=by.agency_id)
    led = agencies_with_leads(now)
    found: list[Whom] = []
    for person in people.select_related("agency").order_by("agency__name", "name"):
        agency = person.agency
        if agency.pk in led and not any(each.agency_id == agency.pk for each in found[-1:]):
            found.append(Whom(agency.pk, agency.name))
        found.append(Whom(agency.pk, agency.name, person.pk, f"{person.name}, {person.job_title}"))
    return found
