"""Raising a concern and asking for advice."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.grounds import Ground
from openmash.apps.access.wall.passing import acting
from openmash.apps.concerns.account import Account, PartTold, RelationTold
from openmash.apps.concerns.actions.asking_elsewhere import ask_front_doors
from openmash.apps.concerns.actions.drafts import own_draft
from openmash.apps.concerns.actions.findings import record_finding
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.codes import hash_of, new_code, new_reference
from openmash.apps.concerns.completeness import why_not_send
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import (
    Contact,
    Draft,
    FactRecorded,
    FindingRecorded,
    Part,
    Role,
    SignRecorded,
)
from openmash.apps.concerns.permission import note_down, permitted
from openmash.apps.concerns.promises import promised
from openmash.apps.concerns.states import Kind, after
from openmash.apps.directory.models import Person
from openmash.apps.families.actions import describe, index_descriptions, link_same, say_relationship
from openmash.apps.families.errors import LinkRefused
from openmash.apps.families.told import RelationshipTold
from openmash.apps.policy.queries import adopted


@dataclass(frozen=True)
class Raised:
    """A contact just made. `code` is what a member of the public needs to come back; shown once."""

    contact: Contact
    code: str
    was_already_sent: bool = False


@acting
def raise_concern(
    *, account: Account, by: Person | None, now: datetime, draft_id: UUID | None = None, draft_code: str = ""
) -> Raised:
    """Raise a concern. Sending the same draft twice gives the same concern.

    Raises:
        Incomplete: what is missing or impossible, by field.
    """
    return _receive("raise_concern", Kind.CONCERN, account, by, now, draft_id, draft_code)


@acting
def ask_advice(
    *, account: Account, by: Person | None, now: datetime, draft_id: UUID | None = None, draft_code: str = ""
) -> Raised:
    """Ask for advice, with or without naming a child. Like `raise_concern` in every other way."""
    return _receive("ask_advice", Kind.ADVICE, account, by, now, draft_id, draft_code)


@transaction.atomic
def _receive(
    verb: str,
    kind: Kind,
    account: Account,
    by: Person | None,
    now: datetime,
    draft_id: UUID | None,
    draft_code: str,
) -> Raised:
    draft = own_draft(draft_id, by, draft_code, lock=True) if draft_id else None
    if draft is not None and draft.sent_as is not None:
        return Raised(contact=draft.sent_as, code="", was_already_sent=True)
    if draft is not None and draft.discarded_at is not None:
        raise NotPossibleNow("This draft was deleted, and cannot be sent.")
    policy = adopted(account.policy_id).policy
    reasons = why_not_send(account, kind, policy, day_of(now))
    if reasons:
        raise Incomplete(reasons)
    code = new_code() if by is None else ""
    contact = _write_contact(verb, kind, account, by, now, code)
    _write_parts(contact, account, by, now)
    _write_evidence(contact, account, by, now)
    note_down(contact, verb, by=by, ground=Ground.RAISED_IT, now=now, detail={"reference": contact.reference})
    _link_to_what_they_raised_before(contact, by, now)
    ask_front_doors(contact, now=now)
    finding = record_finding(
        contact, FindingRecorded.Stage.RAISED, policy=policy, now=now, own_agency_only=True
    )
    contact.due_at = min(
        promised(policy, "decide" if kind == Kind.CONCERN else "advise", now), finding.due_at
    )
    contact.save()
    if draft is not None:
        _mark_sent(draft, contact, now)
    return Raised(contact=contact, code=code)


def _write_contact(
    verb: str, kind: Kind, account: Account, by: Person | None, now: datetime, code: str
) -> Contact:
    state = after(verb, kind, None)
    if state is None:
        raise ValueError(f"“{verb}” does not begin a contact.")
    return Contact.objects.create(
        reference=new_reference(kind),
        kind=kind,
        state=state,
        locality_id=account.locality_id,
        source=by.agency.kind if by is not None else account.raiser.source,
        raised_by=by,
        raised_agency=by.agency if by is not None else None,
        raiser_name=account.raiser.name,
        raiser_contact=account.raiser.contact,
        code_hash=hash_of(code) if code else "",
        received_at=now,
        due_at=now,
        policy_id=account.policy_id,
        in_danger=account.in_danger,
        where_now=account.where_now,
        seen=account.seen,
        spoken_to=account.spoken_to,
        parents_know=account.parents_know,
        parents_know_why_not=account.parents_know_why_not,
        account=account.account,
        question=account.question,
        arose_from_id=account.arose_from,
        same_child_as_id=account.same_child_as,
    )


def _write_parts(contact: Contact, account: Account, by: Person | None, now: datetime) -> None:
    described = [
        describe(person=told.person, contact_id=contact.pk, by=by, now=now, index=False)
        for told in account.parts
    ]
    for told, description in zip(account.parts, described, strict=True):
        Part.objects.create(contact=contact, description=description, role=told.role)
    for place, told in enumerate(account.parts):
        for relation in _relationships(told, account):
            say_relationship(
                one=described[place],
                other=described[relation.to],
                told=relation.told,
                contact_id=contact.pk,
                by=by,
                now=now,
                index=False,
            )
    index_descriptions(described)


def _relationships(told: PartTold, account: Account) -> tuple[RelationTold, ...]:
    """What was told; somebody whose part is “Parent” is a parent of the children it is about, if no more was said."""
    if told.relationships or told.role != Role.PARENT:
        return told.relationships
    subjects = (place for place, part in enumerate(account.parts) if part.role == Role.SUBJECT)
    return tuple(RelationTold(place, RelationshipTold("parent")) for place in subjects)


def _write_evidence(contact: Contact, account: Account, by: Person | None, now: datetime) -> None:
    for sign in account.signs:
        SignRecorded.objects.create(
            contact=contact,
            sign=sign.sign,
            evidence=sign.evidence,
            immediate_answer=sign.immediate_answer,
            examples=list(sign.examples),
            since=sign.since,
            when=sign.when,
            note=sign.note,
            by=by,
            at=now,
        )
    for fact, answer in account.facts.items():
        FactRecorded.objects.create(contact=contact, fact=fact, answer=answer, by=by, at=now)


def _link_to_what_they_raised_before(contact: Contact, by: Person | None, now: datetime) -> None:
    """The raiser said it is a child they told us about before: their word, on their own earlier contact."""
    earlier = contact.same_child_as
    if earlier is None or by is None:
        return
    ground = permitted("see_as_raiser", earlier, by, now)
    mine, theirs = _subjects(contact), _subjects(earlier)
    if len(mine) != 1 or len(theirs) != 1:
        return  # with several children, which is which is for the screener to say
    try:
        link_same(
            description=mine[0].description,
            earlier=theirs[0].description,
            reason=f"The person who raised it says it is the child of {earlier.reference}.",
            by=by,
            ground=ground,
            now=now,
        )
    except LinkRefused:
        # A number mistyped, here or in a record they may not see, keeps no concern from being sent, and tells them
        # nothing. Their word stays in `same_child_as`, where the screener reads it.
        return


def _subjects(contact: Contact) -> list[Part]:
    return list(Part.objects.filter(contact=contact, role=Role.SUBJECT).select_related("description"))


def _mark_sent(draft: Draft, contact: Contact, now: datetime) -> None:
    # The words are in the record now; a second copy would only be one more place to guard.
    draft.pages = {}
    draft.sent_as = contact
    draft.saved_at = now
    draft.save()
