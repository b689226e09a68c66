from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from openmash.apps.papers.actions.messages import send_next, write_messages


class Command(BaseCommand):
    help = (
        "Tells people by e-mail that something waits for them, each thing once. Run it every few minutes; several "
        "may run at once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.OPENMASH_SENDS_EMAIL:
            raise CommandError("OPENMASH_EMAIL_HOST is not set, so no e-mail is sent. Pages say so.")
        write_messages(now=timezone.now())
        sent, others = 0, 0
        while (message := send_next(now=timezone.now())) is not None:
            message.refresh_from_db()
            sent += message.sent_at is not None
            others += message.sent_at is None
            if message.claimed_at is None:
                break  # the mail server cannot be reached: the rest waits for the next run
        self.stdout.write(f"{sent} e-mails sent, {others} not.")
