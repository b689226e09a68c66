"""Deciding, and the second person's word."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.grounds import LEADERS, grounds_of
from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.actions.findings import Kept, record_finding
from openmash.apps.concerns.actions.follow_ups import ask_for_a_concern_about, set_follow_ups
from openmash.apps.concerns.actions.moves import locked, move, next_state
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import ChildConsidered, Contact, Decision, FindingRecorded, SecondWord
from openmash.apps.concerns.permission import facts_for_access, permitted, whoever
from openmash.apps.concerns.promises import promised
from openmash.apps.concerns.queries.standing import standing_of
from openmash.apps.concerns.rules import (
    OWN_CONCERN,
    Choice,
    Reason,
    Standing,
    second_person_reasons,
    why_not_decide,
)
from openmash.apps.directory.models import Person
from openmash.apps.policy.queries import adopted


@acting
@transaction.atomic
def decide(*, contact_id: UUID, seen_version: int, choice: Choice, by: Person, now: datetime) -> Decision:
    """Decide a concern, or propose the decision when it takes a second person.

    Raises:
        Incomplete: what stands in the way, by field.
        ChangedMeanwhile: somebody else moved the contact on.
    """
    contact = locked(contact_id, seen_version)
    ground = permitted("decide", contact, by, now)
    next_state("decide", contact)
    policy = adopted(contact.policy_id).policy
    kept = record_finding(contact, FindingRecorded.Stage.DECIDED, policy=policy, now=now)
    is_manager = bool(grounds_of(whoever(by, frozenset(), now), facts_for_access(contact)) & LEADERS)
    standing = standing_of(contact, policy, kept.finding, decider_is_manager=is_manager)
    reasons = why_not_decide(choice, standing)
    if reasons:
        raise Incomplete(reasons)
    decision = _write(contact, choice, standing, kept, by, now)
    detail = {"decision": decision.pk, "level": decision.level, "pathway": decision.pathway}
    if decision.needs_second:
        move(contact, "propose", by=by, ground=ground, now=now, detail=detail)
    else:
        _put_in_force(contact, decision, "decide", kept, by=by, ground=ground, now=now, detail=detail)
    return decision


def _write(
    contact: Contact, choice: Choice, standing: Standing, kept: Kept, by: Person, now: datetime
) -> Decision:
    second = second_person_reasons(choice, standing)
    decision = Decision.objects.create(
        contact=contact,
        finding=kept.row,
        level=choice.level,
        level_rank=standing.policy.level(choice.level).rank,
        policy_rank=standing.policy_rank,
        guarded_from=standing.policy.level(standing.policy.second_person_from).rank,
        pathway=choice.pathway,
        rationale=choice.rationale,
        why_not_policy=choice.why_not_policy,
        response_not_available=choice.response_not_available,
        not_seen_because=choice.not_seen_because,
        discounted_because=choice.discounted_because,
        second_person_reasons=second,
        needs_second=bool(second),
        by=by,
        at=now,
    )
    for part_id, (outcome, reason) in choice.children.items():
        if part_id in standing.other_children and reason.strip():
            ChildConsidered.objects.create(
                decision=decision, contact=contact, part_id=part_id, outcome=outcome, reason=reason
            )
    return decision


@acting
@transaction.atomic
def agree(*, contact_id: UUID, seen_version: int, reason: str, by: Person, now: datetime) -> Decision:
    """A second person agrees to a proposed decision, and it takes effect."""
    contact, decision, ground = _second_word(contact_id, seen_version, "agree", reason, by, now)
    policy = adopted(contact.policy_id).policy
    kept = record_finding(contact, FindingRecorded.Stage.DECIDED, policy=policy, now=now)
    if kept.finding.level.rank > decision.policy_rank:
        raise NotPossibleNow(
            "More is known now than when this was decided, and the published threshold says a higher level. "
            "Return the decision, so that it is taken again with what is known."
        )
    _put_in_force(
        contact, decision, "agree", kept, by=by, ground=ground, now=now, detail={"decision": decision.pk}
    )
    return decision


@acting
@transaction.atomic
def return_decision(
    *, contact_id: UUID, seen_version: int, reason: str, by: Person, now: datetime
) -> Decision:
    """A second person does not agree: the concern goes back to be screened and decided again."""
    contact, decision, ground = _second_word(contact_id, seen_version, "return", reason, by, now)
    move(contact, "return", by=by, ground=ground, now=now, detail={"decision": decision.pk})
    return decision


def _second_word(
    contact_id: UUID, seen_version: int, verb: str, reason: str, by: Person, now: datetime
) -> tuple[Contact, Decision, str]:
    contact = locked(contact_id, seen_version)
    ground = permitted(verb, contact, by, now)
    next_state(verb, contact)
    decision = contact.decisions.order_by("-id")[0]
    if decision.by_id == by.pk:
        raise NotPossibleNow("You made this decision, so somebody else must be the second person.")
    if not reason.strip():
        raise Incomplete([Reason("reason", "Write why you agree, or why you do not.")])
    SecondWord.objects.create(
        decision=decision,
        contact=contact,
        agrees=verb == "agree",
        reason=reason,
        by=by,
        first=decision.by,
        at=now,
    )
    return contact, decision, ground


def _put_in_force(
    contact: Contact,
    decision: Decision,
    verb: str,
    kept: Kept,
    *,
    by: Person,
    ground: str,
    now: datetime,
    detail: dict[str, object],
) -> None:
    policy = adopted(contact.policy_id).policy
    set_follow_ups(contact, kept.finding, policy=policy, now=now)
    for other in decision.children_considered.filter(outcome=OWN_CONCERN):
        ask_for_a_concern_about(contact, other, policy=policy, now=now)
    move(
        contact,
        verb,
        by=by,
        ground=ground,
        now=now,
        detail=detail,
        decision=decision,
        due_at=max(contact.received_at, min(contact.due_at, promised(policy, "answer", now))),
    )
