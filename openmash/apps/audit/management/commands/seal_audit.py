"""Seals what has been written to the log since the last time. Let a timer run it every minute; several at once wait."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from openmash.apps.audit.sealing import seal
from openmash.apps.audit.verifying import head


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        count = seal(timezone.now())
        self.stdout.write(f"{count:,} events sealed. Keep this elsewhere: {head()}")
