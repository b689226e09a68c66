"""What a decision on a contact has to answer to."""

from openmash.apps.concerns.models import Contact, Part, Reply, Role
from openmash.apps.concerns.rules import Standing
from openmash.apps.concerns.steps import FIRST_STEP, step_after
from openmash.engines.thresholds import Finding, Policy


def standing_of(contact: Contact, policy: Policy, finding: Finding, *, decider_is_manager: bool) -> Standing:
    """Gather it for one decider."""
    others = Part.objects.filter(contact=contact, role=Role.OTHER_CHILD).values_list("pk", flat=True)
    return Standing(
        policy=policy,
        finding=finding,
        highest_rank=_highest_rank_ever(contact),
        held_before=_had_a_duty_that_blocks_lowering(contact),
        child_seen=not any(duty.id == "seen_before_closing" for duty, _rules in finding.duties),
        other_children=tuple(others),
        decider_is_manager=decider_is_manager,
    )


def _highest_rank_ever(contact: Contact) -> int:
    """The highest level the threshold ever found, anybody decided, or the child is held at."""
    found = contact.findings.values_list("level_rank", flat=True)
    decided = [each.level_rank for each in contact.decisions.all() if each.was_in_force]
    return max([*found, *decided, contact.held_rank or 1])


def _had_a_duty_that_blocks_lowering(contact: Contact) -> bool:
    findings = contact.findings.values_list("finding__duties", flat=True)
    return any(duty["blocks"] == "lowering" for duties in findings for duty in duties or [])


def step_if_disagreed(contact: Contact) -> int | None:
    """The step a disagreement with the present answer would go to; None when the last has been taken.

    A decision taken again, or taken anew because something new was told, begins at the practitioner.
    """
    last = contact.disagreements.select_related("reply").order_by("-id").first()
    if last is None:
        return FIRST_STEP
    reply: Reply | None = getattr(last, "reply", None)
    if reply is None:  # it is still open
        return None
    afresh = (
        reply.outcome == Reply.Outcome.DECIDE_AGAIN or contact.information.filter(at__gt=reply.at).exists()
    )
    return FIRST_STEP if afresh else step_after(last.step)
