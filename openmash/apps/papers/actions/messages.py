"""E-mails that something waits. Not a word of what it is leaves the service: only where to sign in.

Each step is a transaction of its own. A message is written once for each thing that waits; claimed by one worker,
who may then be the only one to send it; and what became of it is written down. A worker that dies after the claim
leaves a message of which nobody knows whether it left. It is not sent again: what waits is on the reader's page
whether or not the e-mail came, and twice is what people learn to ignore.
"""

import smtplib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.models import Invitation, Notice
from openmash.apps.directory.models import Person
from openmash.apps.papers.actions.noting import note
from openmash.apps.papers.models import Given, Message

SUBJECT = "OpenMASH: something waits for you"
TEXT = """Something waits for you in OpenMASH. Sign in to read it:

{address}

This e-mail says no more, so that nobody learns anything from it who should not. Please do not answer it.
"""
MOST_TRIES = 5
GROUND = "something waits for somebody"


@acting
@transaction.atomic
def write_messages(*, now: datetime) -> int:
    """Write a message for everything that waits and has none yet. Returns how many were written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('openmash.papers.write_messages'))")
        if not cursor.fetchone()[0]:
            return 0  # another worker is writing them
    written = 0
    for to, about in _waiting():
        message = Message.objects.create(to=to, written_at=now, **about)
        note("message", message, "write_message", by=None, ground=GROUND, now=now)
        written += 1
    return written


def _waiting() -> Iterator[tuple[Person, dict[str, Any]]]:
    invitations = Invitation.objects.filter(
        message__isnull=True, meeting__meetingended__isnull=True, person__is_active=True
    ).select_related("person", "meeting")
    for invitation in invitations:
        if invitation.person_id != invitation.by_id:  # whoever called it knows
            yield invitation.person, {"invitation": invitation}
    for given in Given.objects.filter(message__isnull=True, person__is_active=True).select_related("person"):
        if given.person is not None and given.person_id != given.by_id:
            yield given.person, {"given": given}
    notices = Notice.objects.filter(message__isnull=True, clock__stopped_at__isnull=True, to__is_active=True)
    for notice in notices.select_related("to"):
        if notice.to is not None:
            yield notice.to, {"notice": notice}


CLAIM = """
    UPDATE papers_message SET claimed_at = %(now)s, tries = tries + 1
    WHERE id IN (
        SELECT id FROM papers_message
        WHERE claimed_at IS NULL AND failed_because = ''
        ORDER BY tries, written_at, id
        LIMIT 1
        FOR UPDATE SKIP LOCKED
    )
    RETURNING id
"""


@acting
@transaction.atomic
def claim_message(*, now: datetime) -> Message | None:
    """Take the next message that waits: from now on only its taker sends it. None if none waits."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now})
        row = cursor.fetchone()
    if row is None:
        return None
    message = Message.objects.select_related("to").get(pk=row[0])
    note("message", message, "claim_message", by=None, ground=GROUND, now=now)
    return message


@acting
def send_next(*, now: datetime) -> Message | None:
    """Claim a message, send it, and write down what became of it. None if none waits."""
    message = claim_message(now=now)
    if message is None:
        return None
    mail = get_connection()
    try:
        mail.open()
    except (OSError, smtplib.SMTPException) as wrong:
        _not_sent(message, f"The mail server cannot be reached: {wrong}", for_good=False, now=now)
        return message
    try:
        _letter(message, mail).send()
    except smtplib.SMTPServerDisconnected:
        pass  # it broke off in the middle: whether it left is not known, and that is what stays written
    except smtplib.SMTPException as refused:
        _not_sent(message, f"The mail server refused it ({_code(refused)})", for_good=True, now=now)
    except OSError:
        pass  # as above
    else:
        _sent(message, now)
    finally:
        mail.close()
    return message


def _code(refused: smtplib.SMTPException) -> str:
    """Which kind of refusal it was; its text holds the address, which belongs in no log."""
    code = getattr(refused, "smtp_code", None)
    return f"code {code}" if code else type(refused).__name__


def _letter(message: Message, mail: Any) -> EmailMessage:
    address = f"{settings.OPENMASH_PUBLIC_URL}/work/"
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return EmailMessage(
        SUBJECT,
        TEXT.format(address=address),
        to=[message.to.email],
        headers={"Message-ID": f"<{message.pk}@{host}>", "Auto-Submitted": "auto-generated"},
        connection=mail,
    )


@transaction.atomic
def _sent(message: Message, now: datetime) -> None:
    Message.objects.filter(pk=message.pk).update(sent_at=now)
    note("message", message, "send_message", by=None, ground=GROUND, now=now)


@transaction.atomic
def _not_sent(message: Message, why: str, *, for_good: bool, now: datetime) -> None:
    """It certainly did not leave. What may pass is tried again by the next run, a few times."""
    gives_up = for_good or message.tries >= MOST_TRIES
    Message.objects.filter(pk=message.pk).update(
        claimed_at=message.claimed_at if gives_up else None, failed_because=why[:300] if gives_up else ""
    )
    note("message", message, "fail_message", by=None, ground=GROUND, now=now, gives_up=gives_up)
