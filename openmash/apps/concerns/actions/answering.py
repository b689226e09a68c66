"""Telling the person who raised it, and what they say back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.grounds import LEADERS, grounds_of
from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.account import Account
from openmash.apps.concerns.actions.moves import locked, move, next_state
from openmash.apps.concerns.actions.raising import Raised, raise_concern
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Acknowledgement, Answer, Contact
from openmash.apps.concerns.notices import say_an_answer_waits
from openmash.apps.concerns.permission import NO_CODES, facts_for_access, note_down, permitted, whoever
from openmash.apps.concerns.rules import Reason
from openmash.apps.concerns.states import ENDS
from openmash.apps.directory.models import Person
from openmash.apps.policy.queries import adopted

NEWER_ANSWER = "There is a newer answer than the one you read. Read it first, then tell us what you think."


def _write(contact: Contact, text: str, unsafe_because: str, by: Person | None, now: datetime) -> Answer:
    if bool(text.strip()) == bool(unsafe_because.strip()):
        raise Incomplete(
            [Reason("text", "Write the answer to send, or why sending one would be unsafe: one of the two.")]
        )
    return Answer.objects.create(
        contact=contact,
        decision=contact.decision,
        text=text if text.strip() else "",
        sent_at=now if text.strip() else None,
        unsafe_because="" if text.strip() else unsafe_because,
        by=by,
        at=now,
    )


@acting
@transaction.atomic
def answer(
    *, contact_id: UUID, seen_version: int, text: str, unsafe_because: str = "", by: Person, now: datetime
) -> Answer:
    """Send the answer to a decided concern, or record why that would be unsafe."""
    contact = locked(contact_id, seen_version)
    ground = permitted("answer", contact, by, now)
    next_state("answer", contact)
    written = _write(contact, text, unsafe_because, by, now)
    move(contact, "answer", by=by, ground=ground, now=now, answer=written, held_rank=None)
    if written.sent_at is not None:
        say_an_answer_waits(contact)
    return written


@acting
@transaction.atomic
def give_advice(
    *, contact_id: UUID, seen_version: int, text: str, unsafe_because: str = "", by: Person, now: datetime
) -> Answer:
    """Answer a request for advice, in one's own name."""
    contact = locked(contact_id, seen_version)
    ground = permitted("give_advice", contact, by, now)
    next_state("give_advice", contact)
    _not_too_serious_for_advice(contact, by, now)
    written = _write(contact, text, unsafe_because, by, now)
    move(contact, "give_advice", by=by, ground=ground, now=now, answer=written, screener=by, held_rank=None)
    if written.sent_at is not None:
        say_an_answer_waits(contact)
    return written


def _not_too_serious_for_advice(contact: Contact, by: Person, now: datetime) -> None:
    """Where the threshold speaks of protection, advice alone is not an answer that one adviser may give."""
    policy = adopted(contact.policy_id).policy
    found = max(contact.findings.values_list("level_rank", flat=True), default=1)
    leads = grounds_of(whoever(by, NO_CODES, now), facts_for_access(contact)) & LEADERS
    if found >= policy.level(policy.second_person_from).rank and not leads:
        raise NotPossibleNow(
            "The published threshold speaks of protection for what was told here. Ring the person who asked and have "
            "them make it a concern. If advice is enough, a manager has to give it."
        )


@acting
@transaction.atomic
def become_concern(
    *,
    account: Account,
    by: Person | None,
    now: datetime,
    draft_id: UUID | None = None,
    draft_code: str = "",
    codes: frozenset[str] = NO_CODES,
) -> Raised:
    """Raise the concern that a request for advice has become; the request ends with that as its answer."""
    if account.arose_from is None:
        raise NotPossibleNow("This did not arise from a request for advice.")
    advice = locked(account.arose_from)
    ground = permitted("become_concern", advice, by, now, codes)
    raised = raise_concern(account=account, by=by, now=now, draft_id=draft_id, draft_code=draft_code)
    if raised.was_already_sent:
        return raised
    told = _write(
        advice, f"This became concern {raised.contact.reference}, which will be answered.", "", by, now
    )
    move(
        advice,
        "become_concern",
        by=by,
        ground=ground,
        now=now,
        answer=told,
        held_rank=None,
        detail={"concern": str(raised.contact.pk)},
    )
    return raised


@acting
@transaction.atomic
def acknowledge(
    *,
    contact_id: UUID,
    answer_id: int | None = None,
    by: Person | None,
    now: datetime,
    codes: frozenset[str] = NO_CODES,
) -> None:
    """The person who raised it has read the answer. Saying so twice changes nothing.

    `answer_id` is the answer that was on their page: nobody acknowledges one they have not seen.
    """
    contact = locked(contact_id)
    ground = permitted("acknowledge", contact, by, now, codes)
    if contact.state not in ENDS or contact.answer is None:
        raise NotPossibleNow("There is no answer to acknowledge yet.")
    if answer_id is not None and contact.answer_id != answer_id:
        raise NotPossibleNow(NEWER_ANSWER)
    if Acknowledgement.objects.filter(answer=contact.answer).exists():
        return
    Acknowledgement.objects.create(answer=contact.answer, contact=contact, by=by, at=now)
    note_down(contact, "acknowledge", by=by, ground=ground, now=now)
