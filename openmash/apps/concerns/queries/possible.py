"""What one person may do with a contact now: for showing a button, never instead of the check behind it."""

from datetime import datetime

from openmash.apps.access.grounds import ALLOWED, Ground, grounds_of
from openmash.apps.concerns.actions.disagreeing import already_had_a_say, who_replies
from openmash.apps.concerns.actions.screening import OPEN_TO_CHANGE
from openmash.apps.concerns.models import Contact, FollowUp
from openmash.apps.concerns.permission import NO_CODES, facts_for_access, whoever
from openmash.apps.concerns.states import State, verbs_from
from openmash.apps.directory.models import Person

EVIDENCE = frozenset({"record_sign", "withdraw_sign", "record_fact"})
ALWAYS = frozenset(
    {
        "link",
        "ask_information",
        "see_who_looked",
        "restrict",
        "declare_conflict",
        "keep",
        "answer_subject_access",
    }
)
SECOND_WORDS = frozenset({"agree", "return"})


def possible_for(contact: Contact, *, by: Person, now: datetime) -> frozenset[str]:
    """Every verb of `access.grounds.ALLOWED` that this person has a ground for and the state allows now."""
    grounds = grounds_of(whoever(by, NO_CODES, now), facts_for_access(contact))
    allowed = frozenset(verb for verb, needed in ALLOWED.items() if grounds & needed)
    open_now = verbs_from(contact.kind, contact.state) | ALWAYS
    if contact.state in OPEN_TO_CHANGE:
        open_now |= EVIDENCE
    if FollowUp.objects.filter(contact=contact, done__isnull=True).exists():
        open_now |= {"finish_follow_up"}
    if contact.state == State.DISAGREED and _may_reply(contact, grounds, by):
        open_now |= {"reply_to_disagreement"}
    if contact.state == State.SECOND_PERSON and _proposed_it(contact, by):
        open_now -= SECOND_WORDS
    return allowed & open_now


def _may_reply(contact: Contact, grounds: frozenset[Ground], by: Person) -> bool:
    step = contact.disagreements.order_by("-id")[0].step
    return bool(grounds & who_replies(step, contact.kind)) and not (
        step > 1 and by.pk in already_had_a_say(contact)
    )


def _proposed_it(contact: Contact, by: Person) -> bool:
    return contact.decisions.order_by("-id")[0].by_id == by.pk
