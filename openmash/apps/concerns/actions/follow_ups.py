"""What a decision brings with it: each duty with a clock becomes something somebody owes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.concerns.actions.moves import locked, touch
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import ChildConsidered, Contact, FollowUp, FollowUpDone
from openmash.apps.concerns.permission import permitted
from openmash.apps.concerns.promises import due_by, promised
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.engines.thresholds import Duty, Finding, Policy, Unknown


def set_follow_ups(contact: Contact, finding: Finding, *, policy: Policy, now: datetime) -> None:
    """Set what the finding asks for, once. The caller records the event of the contact."""
    for duty, rules in finding.duties:
        if duty.blocks or not duty.clock:
            continue  # what blocks a decision was settled in making it
        for text, owner in _asked(duty, rules, finding, policy):
            FollowUp.objects.get_or_create(
                contact=contact,
                duty=duty.id,
                text=text,
                defaults={"owner": owner, "due_at": due_by(policy, duty.clock, now), "at": now},
            )


def ask_for_a_concern_about(
    contact: Contact, other: ChildConsidered, *, policy: Policy, now: datetime
) -> None:
    """A child of the household who needs a concern of their own (rule C12): somebody owes it, with a clock."""
    FollowUp.objects.get_or_create(
        contact=contact,
        duty="decision_for_each_child",
        text=f"Raise a concern of their own for {other.part.description}. {other.reason}",
        defaults={"owner": "Screening practitioner", "due_at": promised(policy, "decide", now), "at": now},
    )


def _asked(duty: Duty, rules: tuple[str, ...], finding: Finding, policy: Policy) -> list[tuple[str, str]]:
    """Each text and who owes it. Rule C16: a request for each not-known that matters."""
    if duty.id != "information_request":
        return [(duty.text, duty.owner)]
    return [
        (unknown.question, _whom_to_ask(unknown, duty, policy))
        for unknown in finding.unknowns
        if unknown.if_yes.rank > unknown.if_no.rank or set(unknown.rules) & set(rules)
    ]


def _whom_to_ask(unknown: Unknown, duty: Duty, policy: Policy) -> str:
    named = policy.fact(unknown.id).ask if unknown.kind == "fact" else ""
    return named or duty.owner


@transaction.atomic
def finish_follow_up(*, contact_id: UUID, follow_up_id: int, note: str, by: Person, now: datetime) -> None:
    """Say what came of a follow-up."""
    contact = locked(contact_id)
    ground = permitted("finish_follow_up", contact, by, now)
    if not note.strip():
        raise Incomplete([Reason("note", "Write what came of it.")])
    follow_up = FollowUp.objects.get(pk=follow_up_id, contact=contact)
    if FollowUpDone.objects.filter(follow_up=follow_up).exists():
        raise NotPossibleNow("This has already been recorded as done.")
    FollowUpDone.objects.create(follow_up=follow_up, contact=contact, note=note, by=by, at=now)
    touch(contact, "finish_follow_up", by=by, ground=ground, now=now, detail={"follow_up": follow_up.pk})
