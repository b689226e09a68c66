"""The history of decisions, for looking back on the threshold: cases as they stood, and no names.

Whoever leads on the threshold may read it. What leaves here are counts: the pages above show no single case.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch

from openmash.apps.access.grounds import localities_for
from openmash.apps.access.viewers import viewer_of
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Contact, Decision, FindingRecorded, Part, Role
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Sex
from openmash.apps.policy.permission import permitted
from openmash.apps.policy.queries import adopted
from openmash.apps.policy.rules import LEADS_ON_THE_THRESHOLD
from openmash.engines.thresholds import Case, Policy, as_record, case_from_record, evaluate

LEADS_EVERYWHERE = "policy_lead"
"""The threshold is one for all localities, so whoever leads on it looks back on all of them, wherever they work."""

NOT_ONE_SEX = "Several children, or not known"

AGE_BANDS = ((0, 12, "Under 1"), (12, 60, "1 to 4"), (60, 132, "5 to 10"), (132, 192, "11 to 15"))
OLDEST = "16 and over"


@dataclass(frozen=True)
class DecidedCase:
    """A case as it stood when it was decided, what a person decided, and what it is counted by.

    `contact` is for looking up what came after it, and is never shown.
    """

    case: Case
    decided_on: date
    level: str
    agency: str
    locality: str
    age: str
    sex: str
    contact: UUID | None = None


@seeing_everything("counted for the whole area, and nobody is shown one")
@transaction.atomic
def decided_cases(*, by: Person, now: datetime) -> tuple[DecidedCase, ...]:
    """Every concern that was decided, once, as it stood then, where this person leads. The reading is recorded.

    Raises:
        Refused: this person does not lead on the threshold.
    """
    ground = permitted("see_history", "policy", "history", by=by, now=now)
    found = tuple(_decided(by, now))
    record(
        by=by,
        verb="see_history",
        subject_kind="policy",
        subject_id="history",
        ground=ground,
        now=now,
        detail={"cases": len(found)},
    )
    return found


def _decided(by: Person, now: datetime) -> Iterator[DecidedCase]:
    children = Prefetch(
        "parts", Part.objects.filter(role=Role.SUBJECT).select_related("description"), to_attr="children"
    )
    contacts = (
        Contact.objects.filter(kind="concern", decision__isnull=False)
        .select_related("decision", "decision__finding", "locality", "raised_agency")
        .prefetch_related(children)
        .order_by("pk")
    )
    places = places_led(by, now)
    if places is not None:
        contacts = contacts.filter(locality_id__in=places)
    for contact in contacts:
        if contact.decision is not None:
            yield _as_decided(contact, contact.decision)


def places_led(by: Person, now: datetime) -> frozenset[int] | None:
    """The localities whose decisions this person may look back on; None for all of them."""
    viewer = viewer_of(by, day_of(now))
    if any(role == LEADS_EVERYWHERE for role, _place in viewer.roles):
        return None
    return localities_for(viewer, LEADS_ON_THE_THRESHOLD)


def _as_decided(contact: Contact, decision: Decision) -> DecidedCase:
    case = case_from_record(decision.finding.case)
    sexes = {part.description.get_sex_display() for part in contact.children}  # type: ignore[attr-defined]
    return DecidedCase(
        case=case,
        decided_on=day_of(decision.at),
        level=decision.level,
        agency=contact.get_source_display(),
        locality=contact.locality.name,
        age=_age_band(case),
        sex=sexes.pop() if len(sexes) == 1 and Sex.NOT_KNOWN.label not in sexes else NOT_ONE_SEX,
        contact=contact.pk,
    )


def _age_band(case: Case) -> str:
    if case.unborn == "yes":
        return "Not yet born"
    if case.age_months is None:
        return "Age not known"
    lowest = case.age_months[0]
    return next((words for low, high, words in AGE_BANDS if low <= lowest < high), OLDEST)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class NotReproduced:
    """A kept finding that came out differently when it was worked out again, or could not be; `why` says which.

    It names the contact by its reference alone, and shows nothing of it.
    """

    finding_id: int
    contact: str
    version: str
    why: str


DIFFERS = "comes out differently"
UNLIKE_ITS_LEVEL = "is kept beside another level than its own"
CANNOT = "cannot be worked out again"


def findings_kept() -> int:
    """How many findings are kept."""
    return FindingRecorded.objects.count()


def not_reproduced() -> Iterator[NotReproduced]:
    """Every kept finding that does not come out the same, bit for bit, from the case and the policy kept with it.

    For whoever runs the service. A finding that was altered, a case that was, a version that was, or a program
    that now says something else: each shows here.
    """
    for row in FindingRecorded.objects.select_related("contact").order_by("pk").iterator(chunk_size=500):
        policy = adopted(row.policy_id).policy
        why = _why_not_the_same(row, policy)
        if why:
            yield NotReproduced(row.pk, row.contact.reference, policy.version, why)


def _why_not_the_same(row: FindingRecorded, policy: Policy) -> str:
    try:
        finding = evaluate(policy, case_from_record(row.case))
    except (KeyError, TypeError, ValueError):
        return CANNOT
    if _written(as_record(finding)) != _written(row.finding):
        return DIFFERS
    beside = (row.level, row.level_rank, row.consider_rank)
    ours = (finding.level.code, finding.level.rank, finding.consider.rank if finding.consider else None)
    return "" if beside == ours else UNLIKE_ITS_LEVEL


def _written(record: Mapping[str, Any]) -> str:
    """The same text for the same record: 1 and true are equal to Python, and not the same bits."""
    return json.dumps(record, sort_keys=True, ensure_ascii=False)
