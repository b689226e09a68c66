"""What a decision brings with it: each duty with a clock becomes something somebody owes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.actions.moves import locked, touch
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import ChildConsidered, Contact, FollowUp, FollowUpDone
from openmash.apps.concerns.permission import permitted
from openmash.apps.concerns.promises import due_by, promised
from openmash.apps.concerns.queries.wanted import INFORMATION_REQUEST, questions_to_ask, wanted_on
from openmash.apps.concerns.rules import Reason
from openmash.apps.directory.models import Person
from openmash.engines.thresholds import Duty, Finding, Policy


@acting
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


@acting
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
    if duty.id != INFORMATION_REQUEST:
        return [(duty.text, duty.owner)]
    return questions_to_ask(duty, rules, finding, policy)


@acting
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


@acting
@transaction.atomic
def settle_wanted(*, contact_id: UUID, key: str, note: str, by: Person, now: datetime) -> FollowUp:
    """Say what came of a not-known that matters: it was asked for, or why it is not (rule C16).

    Where no decision has set it yet it is set and settled at once, so that the decision does not set it again.

    Raises:
        NotPossibleNow: it is not wanted any more, or somebody has settled it.
    """
    contact = locked(contact_id)
    ground = permitted("ask_information", contact, by, now)
    if not note.strip():
        raise Incomplete([Reason("reason", "Write why nobody is asked.")])
    wanted = next((each for each in wanted_on(contact, now=now) if each.key == key), None)
    if wanted is None:
        raise NotPossibleNow("This has been settled already, or is known by now.")
    follow_up = wanted.follow_up or FollowUp.objects.create(
        contact=contact,
        duty=INFORMATION_REQUEST,
        text=wanted.question,
        owner=wanted.whom,
        due_at=wanted.due_at,
        at=now,
    )
    FollowUpDone.objects.create(follow_up=follow_up, contact=contact, note=note, by=by, at=now)
    touch(contact, "settle_wanted", by=by, ground=ground, now=now, detail={"follow_up": follow_up.pk})
    return follow_up
