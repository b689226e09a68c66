"""Who has acknowledged the version in force: oneself, the agencies, and those of one's own agency."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from openmash.apps.access.grounds import localities_for
from openmash.apps.access.viewers import viewer_of
from openmash.apps.directory.models import Agency, Person, RoleHeld
from openmash.apps.policy.models import Acknowledgement
from openmash.apps.policy.permission import may, permitted
from openmash.apps.policy.queries.versions import in_force
from openmash.apps.policy.rules import LEADS_ON_THE_THRESHOLD, SAFEGUARDING_LEAD
from openmash.engines.clocks import LONDON


@dataclass(frozen=True)
class AgencyAcknowledged:
    """How many of an agency's people have acknowledged, and when the first of its safeguarding leads did.

    `has_lead` is whether anybody leads safeguarding there: their word counts as the agency's.
    """

    name: str
    kind: str
    locality: str
    people: int
    acknowledged: int
    has_lead: bool
    lead_at: datetime | None


@dataclass(frozen=True)
class YetToAcknowledge:
    """An agency's own people, for its safeguarding lead: how many there are, and who has not yet."""

    agency: str
    people: int
    waiting: tuple[tuple[str, str], ...]
    """Name and job title, by name."""


def acknowledged_at(*, by: Person, policy_id: int) -> datetime | None:
    """When this person acknowledged this version, None if they have not."""
    found = Acknowledgement.objects.filter(person=by, policy_id=policy_id).first()
    return found.at if found else None


def may_see_acknowledgements(*, by: Person, now: datetime) -> bool:
    """Whether there is anything about others that this person may be shown."""
    return may("see_acknowledgements", by, now) or may("see_own_agency", by, now)


def acknowledged_by_agency(*, by: Person, now: datetime) -> list[AgencyAcknowledged]:
    """Every agency where this person leads, by name: agencies and people are never put in order of merit.

    Raises:
        Refused: this person does not lead on the threshold.
        NoPolicyInForce: there is nothing to acknowledge.
    """
    policy_id = in_force(now).pk
    permitted("see_acknowledgements", "policy", policy_id, by=by, now=now)
    day = now.astimezone(LONDON).date()
    where = localities_for(viewer_of(by, day), LEADS_ON_THE_THRESHOLD)
    agencies = Agency.objects.select_related("locality")
    if where is not None:
        agencies = agencies.filter(locality_id__in=where)
    active = Person.objects.filter(is_active=True)
    people = Counter(active.values_list("agency_id", flat=True))
    made: Mapping[int, datetime] = dict(
        Acknowledgement.objects.filter(policy_id=policy_id).values_list("person_id", "at")
    )
    acknowledged = Counter(active.filter(pk__in=made).values_list("agency_id", flat=True))
    leads = _leads(day)
    return [
        AgencyAcknowledged(
            name=agency.name,
            kind=str(agency.get_kind_display()),
            locality=agency.locality.name,
            people=people[agency.pk],
            acknowledged=acknowledged[agency.pk],
            has_lead=bool(leads.get(agency.pk)),
            lead_at=min((made[lead] for lead in leads.get(agency.pk, []) if lead in made), default=None),
        )
        for agency in agencies.order_by("name")
        if people[agency.pk]
    ]


def _leads(day: object) -> dict[int, list[int]]:
    """Who leads safeguarding in each agency on a day: person ids by agency id."""
    held = RoleHeld.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=day),
        role=SAFEGUARDING_LEAD,
        starts__lte=day,
        person__is_active=True,
    )
    found: dict[int, list[int]] = {}
    for person, agency in held.values_list("person_id", "person__agency_id").distinct():
        found.setdefault(agency, []).append(person)
    return found


def yet_to_acknowledge(*, by: Person, now: datetime) -> YetToAcknowledge:
    """Who in this person's own agency has not acknowledged the version in force yet.

    Raises:
        Refused: this person does not lead safeguarding in an agency.
        NoPolicyInForce: there is nothing to acknowledge.
    """
    policy_id = in_force(now).pk
    permitted("see_own_agency", "policy", policy_id, by=by, now=now)
    colleagues = Person.objects.filter(is_active=True, agency_id=by.agency_id)
    made = Acknowledgement.objects.filter(policy_id=policy_id).values("person_id")
    waiting = colleagues.exclude(pk__in=made).order_by("name").values_list("name", "job_title")
    return YetToAcknowledge(by.agency.name, colleagues.count(), tuple(waiting))
