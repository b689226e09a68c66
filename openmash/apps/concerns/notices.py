"""A short e-mail that an answer is waiting: never what it says, nor anything about a child.

Sent after the answer is safely kept, so that a mail server can neither lose nor undo it. Whoever else opens
the mailbox learns no more than that an answer is waiting.
"""

import logging
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from openmash.apps.concerns.models import Contact
from openmash.apps.directory.models import Person

logger = logging.getLogger(__name__)

SUBJECT = "You have an answer"

TO_AN_ACCOUNT = """Hello {name},

You have an answer to {reference}.

Sign in to read it: {page}

Please do not reply to this e-mail: nobody reads what is sent to it.
"""

TO_SOMEBODY_WITHOUT_ONE = """Hello,

You have an answer. To read it, go to this page and give the reference and code that you were given:

{page}

Please do not reply to this e-mail: nobody reads what is sent to it.
If you were not expecting this, you need do nothing.
"""


def say_an_answer_waits(contact: Contact, *, also_to: Person | None = None) -> None:
    """Tell whoever raised it that an answer is there to read, once this transaction has been kept.

    `also_to` is somebody else who is waiting for it, such as the safeguarding lead who disagreed.
    """
    letters: dict[str, str] = {}
    for person in (contact.raised_by, also_to):
        if person is not None and person.is_active:
            letters[person.email] = TO_AN_ACCOUNT.format(
                name=person.name, reference=contact.reference, page=_address("hearing_back:mine")
            )
    if contact.raised_by is None and is_email(contact.raiser_contact):
        letters[contact.raiser_contact.strip()] = TO_SOMEBODY_WITHOUT_ONE.format(
            page=_address("hearing_back:find")
        )
    for address, text in letters.items():
        transaction.on_commit(_sending(address, text, contact.pk))


def is_email(text: str) -> bool:
    """Whether what somebody left to be reached by is an e-mail address, and nothing else."""
    try:
        validate_email(text.strip())
    except ValidationError:
        return False
    return True


def _address(page: str) -> str:
    return f"{settings.OPENMASH_PUBLIC_URL}{reverse(page)}"


def _sending(address: str, text: str, contact_id: UUID) -> Callable[[], None]:
    def send() -> None:
        try:
            send_mail(SUBJECT, text, None, [address])
        except Exception as fault:
            # The answer is kept and can be read all the same. What went wrong may quote the address.
            logger.error("No notice could be sent about %s: %s", contact_id, type(fault).__name__)

    return send
