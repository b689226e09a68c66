"""Screening: taking a concern, adding what the front door learns, linking it to what is already known."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.actions.findings import keep_up
from openmash.apps.concerns.actions.moves import locked, move, next_state, touch
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import Contact, FactRecorded, Information, SignRecorded, SignWithdrawn
from openmash.apps.concerns.permission import NO_CODES, permitted
from openmash.apps.concerns.promises import promised
from openmash.apps.concerns.rules import Reason
from openmash.apps.concerns.states import ENDS, Kind, State
from openmash.apps.directory.models import Person
from openmash.apps.policy.queries import adopted

OPEN_TO_CHANGE = frozenset({State.RECEIVED, State.SCREENING, State.ASKED})
"""Once decided, or with a second person, nothing changes under their hands: new information reopens it."""


def _must_be_open(contact: Contact) -> None:
    if contact.state not in OPEN_TO_CHANGE:
        raise NotPossibleNow(
            f"{contact.reference} is no longer being screened. Add new information to open it again."
        )


@acting
@transaction.atomic
def start_screening(*, contact_id: UUID, seen_version: int, by: Person, now: datetime) -> Contact:
    """Take a concern to screen it."""
    contact = locked(contact_id, seen_version)
    ground = permitted("start_screening", contact, by, now)
    move(contact, "start_screening", by=by, ground=ground, now=now, screener=by)
    return contact


@acting
@transaction.atomic
def record_sign(
    *,
    contact_id: UUID,
    sign: str,
    evidence: str,
    immediate_answer: str = "not_known",
    examples: tuple[str, ...] = (),
    since: date | None = None,
    note: str = "",
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> SignRecorded:
    """Add a sign with one's own evidence. The same sign may stand twice, on two people's evidence.

    Give `seen_version` where the same page might be sent twice.

    Raises:
        Incomplete: an unknown sign or grade, or a date to come.
    """
    contact = locked(contact_id, seen_version)
    ground = permitted("record_sign", contact, by, now)
    _must_be_open(contact)
    policy = adopted(contact.policy_id).policy
    reasons = []
    if sign not in {each.id for each in policy.signs}:
        reasons.append(Reason("sign", "Select a sign."))
    if evidence not in {grade.id for grade in policy.evidence}:
        reasons.append(Reason("evidence", "Say how you know."))
    if since is not None and since > day_of(now):
        reasons.append(Reason("since", "When it was first noticed must be today or earlier."))
    if reasons:
        raise Incomplete(reasons)
    recorded = SignRecorded.objects.create(
        contact=contact,
        sign=sign,
        evidence=evidence,
        immediate_answer=immediate_answer,
        examples=list(examples),
        since=since,
        note=note,
        by=by,
        by_front_door=True,
        at=now,
    )
    touch(
        contact,
        "record_sign",
        by=by,
        ground=ground,
        now=now,
        detail={"sign": sign, "evidence": evidence},
        evidence_changed=True,
    )
    return recorded


@acting
@transaction.atomic
def withdraw_sign(*, contact_id: UUID, sign_id: int, reason: str, by: Person, now: datetime) -> None:
    """Stop relying on a sign, and say why. The level as raised still guards the decision."""
    contact = locked(contact_id)
    ground = permitted("withdraw_sign", contact, by, now)
    _must_be_open(contact)
    if not reason.strip():
        raise Incomplete([Reason("reason", "Write why this sign should not be relied on.")])
    sign = SignRecorded.objects.get(pk=sign_id, contact=contact)
    if SignWithdrawn.objects.filter(sign=sign).exists():
        raise NotPossibleNow("This sign has already been withdrawn.")
    SignWithdrawn.objects.create(sign=sign, contact=contact, by=by, at=now, reason=reason)
    touch(
        contact,
        "withdraw_sign",
        by=by,
        ground=ground,
        now=now,
        detail={"sign": sign.sign},
        evidence_changed=True,
    )


@acting
@transaction.atomic
def record_fact(
    *,
    contact_id: UUID,
    fact: str,
    answer: str,
    note: str = "",
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> FactRecorded:
    """Answer one of the policy's questions of fact. Earlier answers stay visible."""
    contact = locked(contact_id, seen_version)
    ground = permitted("record_fact", contact, by, now)
    _must_be_open(contact)
    policy = adopted(contact.policy_id).policy
    if fact not in {each.id for each in policy.facts_at(policy.gates[0])}:
        raise Incomplete([Reason("fact", "Select a question.")])
    if answer not in ("yes", "no", "not_known"):
        raise Incomplete([Reason("answer", "Select yes, no or not known.")])
    recorded = FactRecorded.objects.create(
        contact=contact, fact=fact, answer=answer, note=note, by=by, at=now
    )
    touch(
        contact,
        "record_fact",
        by=by,
        ground=ground,
        now=now,
        detail={"fact": fact, "answer": answer},
        evidence_changed=True,
    )
    return recorded


@acting
@transaction.atomic
def add_information(
    *,
    contact_id: UUID,
    text: str,
    by: Person | None,
    now: datetime,
    codes: frozenset[str] = NO_CODES,
    seen_version: int | None = None,
) -> Information:
    """Add new information. What was decided opens again; the old decision stays (rule C18).

    Give `seen_version` where the same page might be sent twice.
    """
    contact = locked(contact_id, seen_version)
    ground = permitted("add_information", contact, by, now, codes)
    if not text.strip():
        raise Incomplete([Reason("text", "Write what is new.")])
    opens_again = contact.state in ENDS | {State.DECIDED}
    next_state("add_information", contact)
    latest = contact.information.order_by("-id").first()
    if not opens_again and latest is not None and (latest.text, latest.by) == (text, by):
        raise NotPossibleNow("This has already been added, word for word. There is no need to send it again.")
    information = Information.objects.create(contact=contact, text=text, by=by, at=now)
    policy = adopted(contact.policy_id).policy
    promise = "decide" if contact.kind == Kind.CONCERN else "advise"
    changes: dict[str, Any] = {}
    if opens_again:
        due = promised(policy, promise, now)
        if contact.answer is None:  # never answered: the clock that runs already may not be put back
            due = min(due, contact.due_at)
        changes = {"due_at": due, "screener": None, "answer": None}
        contact.due_at = due
    keep_up(contact, now=now)
    changes = {**changes, "due_at": contact.due_at}
    move(
        contact, "add_information", by=by, ground=ground, now=now, detail={"reopened": opens_again}, **changes
    )
    return information
