"""Contacts brought to where hearing back has something to hide or to say, by the real actions."""

from datetime import timedelta

from django.utils import timezone

from openmash.apps.concerns.actions.answering import answer
from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.actions.screening import (
    add_information,
    record_fact,
    record_sign,
    start_screening,
    withdraw_sign,
)
from openmash.apps.concerns.models import Contact
from tests.apps import journey
from tests.cast import Cast
from tests.web.screening import stages


def unsafe(cast: Cast) -> Contact:
    """Decided, and an answer in writing would be unsafe."""
    contact = stages.decided(cast)
    return answered(cast, contact, text="", unsafe_because="Her partner reads her messages.")


def answered(cast: Cast, contact: Contact, *, text: str, unsafe_because: str = "") -> Contact:
    answer(
        contact_id=contact.pk,
        seen_version=contact.version,
        text=text,
        unsafe_because=unsafe_because,
        by=cast.screener,
        now=timezone.now(),
    )
    contact.refresh_from_db()
    return contact


def screen_again(cast: Cast, contact: Contact) -> Contact:
    """From received to answered, as the screener."""
    now = timezone.now()
    start_screening(contact_id=contact.pk, seen_version=contact.version, by=cast.screener, now=now)
    contact.refresh_from_db()
    decide(
        contact_id=contact.pk,
        seen_version=contact.version,
        choice=journey.choice("3", "family_help"),
        by=cast.screener,
        now=now,
    )
    contact.refresh_from_db()
    return answered(cast, contact, text="We looked at what is new.")


def raised_long_ago(cast: Cast, length: timedelta) -> Contact:
    return journey.raised(cast, "B10", now=timezone.now() - length)


def secrets_everywhere(cast: Cast) -> Contact:
    """Answered, with a SECRET in every place where the front door writes for itself."""
    contact = stages.screening(cast)
    now = timezone.now()
    by = cast.screener
    told = contact.signs.get()
    record_sign(contact_id=contact.pk, sign="A10", evidence="confirmed", note="SECRET note", by=by, now=now)
    withdraw_sign(contact_id=contact.pk, sign_id=told.pk, reason="SECRET reason", by=by, now=now)
    record_fact(contact_id=contact.pk, fact="help_refused", answer="yes", note="SECRET fact", by=by, now=now)
    add_information(contact_id=contact.pk, text="SECRET from the police", by=by, now=now)
    contact.refresh_from_db()
    chosen = journey.choice(
        "3",
        "family_help",
        rationale="SECRET rationale",
        why_not_policy="",
        response_not_available="SECRET shortage",
    )
    decide(contact_id=contact.pk, seen_version=contact.version, choice=chosen, by=by, now=now)
    contact.refresh_from_db()
    return answered(cast, contact, text="What the teacher may know.")
