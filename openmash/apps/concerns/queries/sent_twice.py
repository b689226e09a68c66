"""Whether somebody's page has arrived before: a button pressed twice is not a second act, nor a quarrel."""

from datetime import datetime
from uuid import UUID

from openmash.apps.concerns.models import (
    Contact,
    Decision,
    FactRecorded,
    FollowUpDone,
    Information,
    Reply,
    SecondWord,
    SignRecorded,
    SignWithdrawn,
)
from openmash.apps.concerns.rules import Choice
from openmash.apps.directory.models import Person


def decided_so(contact_id: UUID, choice: Choice, *, by: Person) -> bool:
    """Whether the last decision on this contact, not returned by a second person, is this very one."""
    last = Decision.objects.filter(contact_id=contact_id).order_by("-id").first()
    if last is None or last.by_id != by.pk:
        return False
    if SecondWord.objects.filter(decision=last, agrees=False).exists():
        return False
    given = (choice.level, choice.pathway, choice.rationale, choice.why_not_policy)
    return given == (last.level, last.pathway, last.rationale, last.why_not_policy)


def said_so(contact_id: UUID, *, agrees: bool, reason: str, by: Person) -> bool:
    """Whether this is the second word already given on the last decision."""
    last = SecondWord.objects.filter(contact_id=contact_id).order_by("-id").first()
    return last is not None and (last.by_id, last.agrees, last.reason) == (by.pk, agrees, reason)


def answered_so(contact_id: UUID, *, text: str, unsafe_because: str, by: Person) -> bool:
    """Whether this is the answer that stands."""
    last = Contact.objects.select_related("answer").get(pk=contact_id).answer
    return last is not None and (last.by_id, last.text, last.unsafe_because) == (by.pk, text, unsafe_because)


def replied_so(contact_id: UUID, *, outcome: str, reason: str, by: Person) -> bool:
    """Whether this is the last reply given to a disagreement."""
    last = Reply.objects.filter(contact_id=contact_id).order_by("-id").first()
    return last is not None and (last.by_id, last.outcome, last.reason) == (by.pk, outcome, reason)


def recorded_sign_so(
    contact_id: UUID, *, sign: str, evidence: str, note: str, since: datetime, by: Person
) -> bool:
    """Whether this person has recorded this sign, with the same words, since the page was opened."""
    return SignRecorded.objects.filter(
        contact_id=contact_id, sign=sign, evidence=evidence, note=note, at__gte=since, by=by
    ).exists()


def withdrew(contact_id: UUID, *, sign_id: int, by: Person) -> bool:
    """Whether this person has withdrawn this sign."""
    return SignWithdrawn.objects.filter(contact_id=contact_id, sign_id=sign_id, by=by).exists()


def answered_fact_so(contact_id: UUID, *, fact: str, answer: str, since: datetime, by: Person) -> bool:
    """Whether this person has answered this question so since the page was opened."""
    return FactRecorded.objects.filter(
        contact_id=contact_id, fact=fact, answer=answer, at__gte=since, by=by
    ).exists()


def informed_so(contact_id: UUID, *, text: str, since: datetime, by: Person) -> bool:
    """Whether this person has added these words since the page was opened."""
    return Information.objects.filter(contact_id=contact_id, text=text, at__gte=since, by=by).exists()


def finished(contact_id: UUID, *, follow_up_id: int, by: Person) -> bool:
    """Whether this person has recorded this follow-up as done."""
    return FollowUpDone.objects.filter(contact_id=contact_id, follow_up_id=follow_up_id, by=by).exists()
