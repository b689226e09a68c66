"""What a decision on a contact has to answer to."""

from openmash.apps.concerns.models import Contact, FindingRecorded, Part, Role
from openmash.apps.concerns.rules import Standing
from openmash.engines.thresholds import Finding, Policy


def standing_of(contact: Contact, policy: Policy, finding: Finding, *, decider_is_manager: bool) -> Standing:
    """Gather it for one decider."""
    raised = contact.findings.filter(stage=FindingRecorded.Stage.RAISED).order_by("id").first()
    others = Part.objects.filter(contact=contact, role=Role.OTHER_CHILD).values_list("pk", flat=True)
    return Standing(
        policy=policy,
        finding=finding,
        raised_rank=raised.level_rank if raised else 1,
        child_seen=not any(duty.id == "seen_before_closing" for duty, _rules in finding.duties),
        other_children=tuple(others),
        decider_is_manager=decider_is_manager,
    )
