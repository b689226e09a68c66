"""Asking the published threshold, and keeping its whole answer."""

from dataclasses import dataclass
from datetime import datetime

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.models import Contact, FindingRecorded
from openmash.apps.concerns.promises import due_by
from openmash.apps.concerns.queries.findings import case_now
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Finding, Policy, as_record, case_as_record, evaluate


@dataclass(frozen=True)
class Kept:
    """A finding, the row it was kept in, and when its response is due."""

    finding: Finding
    row: FindingRecorded
    due_at: datetime


@acting
def keep_up(contact: Contact, *, now: datetime) -> None:
    """Ask the threshold again after something changed. The time left can become shorter, never longer.

    What it says is kept each time, so that what is withdrawn later still guards the decision (rule C19).
    """
    policy = adopted(contact.policy_id).policy
    kept = record_finding(contact, FindingRecorded.Stage.CHANGED, policy=policy, now=now)
    contact.due_at = min(contact.due_at, kept.due_at)


@acting
def record_finding(
    contact: Contact, stage: str, *, policy: Policy, now: datetime, own_agency_only: bool = False
) -> Kept:
    """Ask the threshold and keep its answer. The caller records the event of the contact."""
    case = case_now(contact, policy=policy, now=now, own_agency_only=own_agency_only)
    finding = evaluate(policy, case)
    row = FindingRecorded.objects.create(
        contact=contact,
        stage=stage,
        policy_id=contact.policy_id,
        level=finding.level.code,
        level_rank=finding.level.rank,
        consider_rank=finding.consider.rank if finding.consider else None,
        case=case_as_record(case),
        finding=as_record(finding),
        at=now,
    )
    return Kept(finding=finding, row=row, due_at=due_by(policy, finding.respond.id, now))
